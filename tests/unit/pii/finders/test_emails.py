import pytest

from cs_pipeline.pii import PiiContext, find_spans

FOUND = {
    "EMAIL": [
        "[hong@naver.com]",
        "[hong @ naver . com]",
        "[hong1234@네이버]",
        "[hong1234@네이버닷컴]",
        "[hong1234@네이버.com]",
        "[kim골뱅이지메일]이요",
        "[kim 골뱅이 지메일 닷 컴]",
        "[에이비씨123 골뱅이 네이버 닷컴]",
        "[에이비씨 골뱅이 네이버 점 컴]이요",
        "[케이 아이 엠 골뱅이 다음 점 넷]",
        "[에이치오엔지 골뱅이 네이버]",
        "[홍길동골뱅이네이버닷컴]",
        "[hong.gd+shop@gmail.com]으로",
        "[ｈｏｎｇ＠ｎａｖｅｒ．ｃｏｍ]",
        "[hong@naver,com]",
        "[hong(at)naver.com]",
        "[hong at naver dot com]",
        "[hong 골뱅이 naver 점 com]",
        "[hong@gmail]",
        "[hong@회사닷컴]",
        "[hong@example.co.kr]입니다",
        "[hong 골뱅이 example 점 co 점 kr]",
        "[hong 골뱅이 example 닷 씨오 닷 케이알]",
        "[hong\n@naver.com]",
        "[hong@\nnaver.com]",
        "이메일은 [hong1234 naver.com]이에요",
        "[홍길동@한글.com]",
        "메일 [abc123골뱅이한메일쩜넷]",
        "[엠에이알와이 언더바 구공 골뱅이 지메일 닷컴]",
        "[hong1234골뱅이 naver.com]",
        "[kim.cs@kakao]로",
        "[abc@daum.net], [def@daum.net]",
        "[hong@naver .com]",
        "[hong＠네이버。com]",
        "[gildong.hong@gmail.com]이에요",
        "메일은 [gildong 골뱅이 지메일 쩜 컴]",
        "[gildong 골뱅이 naver.com]",
        "[gildong골뱅이naver닷com]",
        "[gildong@지메일닷컴]",
        "[gildong@네이버 닷컴]",
        "[gildong@네이버점컴]",
        "[gildong 앳 네이버 닷 컴]",
        "[gildong 엣 구글 닷컴]",
        "[gildong77@hanmail . net]",
        "[gildong77@ hanmail.net]",
        "[제이에이치케이77 골뱅이 네이버 닷컴]",
        "[지 아이 엘 골뱅이 네이버 점 컴]",
        "[비 오 엔 골뱅이 한메일 닷 넷]",
        "[길동 골뱅이 네이버 닷컴]",
        "[케이아이엠 공일 골뱅이 다음 닷 넷]",
        "[gildong.hong+2@example.co.kr]",
        "[gil_dong@example.io]",
        "[g*****@naver.com]",
        "[gild***@naver.com]",
        "[gildong(골뱅이)naver.com]",
        "[gildong@naver dot com]",
        "[gildong@naver.co.kr]",
        "[gildong@nate]요",
        "[gildong@naver]입니다",
        "[gildong@naver.con]",
        "[gildong@naver.com]/[hong@daum.net]",
        "이메일[gildong@naver.com]입니다",
        "[gildong@\nnaver.com]",
        "[gildong골뱅이구글닷컴]",
        "[gildong＠naver．com]",
        "[ｇildong@ｎaver.com]",
        "[홍길동@네이버.컴]",
        "[에스유엔 언더바 일이 골뱅이 핫메일 닷컴]",
        "[lee 언더바 77 골뱅이 지메일 닷컴]",
        "[abc1234 at gmail dot com]",
        "[abc 1234 골뱅이 네이버 닷컴]",
        "[abc일이삼사 골뱅이 네이버 닷컴]",
        "[abc 하나둘셋 골뱅이 네이버]",
        "my email is [hong@naver.com] thanks",
        "[hong 1234@naver.com]",
        "[h o n g 골뱅이 네이버 닷컴]",
        "주소는 [h.o.n.g 골뱅이 네이버]",
        "[hong_1234@naver.com]/네이버",
        "메일로 보내주세요: [x.y-z@sub.example.com]",
        "[hong1234＠gmail．com] 이거요",
        "영수증 [gildong@daum.net]으로 발송",
        "[길동이123@naver.com]",
        "[hong@네이버] 맞아요",
        "제 이메일은 [에이치 오 엔 지 공일 골뱅이 네이버 닷 컴]입니다",
        "[kim1004 골뱅이 지메일]로",
        "[티이에스티 골뱅이 이그잼플 닷 컴]",
        "[test골뱅이회사점씨오점케이알]",
        "메일 [abcd.ef@gmail.com] 요",
        "[abcd 골뱅이 핫메일점컴]",
        "[abcd@한메일.넷]",
        "[abcd 앳 지메일]",
        "[abcd 에트 네이버 닷컴]",
        "[a.b.c.d@naver.com]",
        "[abcd1234@gmail.com]/010",
        "이메일은 [에이비씨디 이사삼 골뱅이 네이버 닷컴]",
        "[abcd @ 네이버 . 컴]",
        "[abcd@g메일.com]",
        "[김철수123 골뱅이 네이버 닷컴]",
        "[kcs77 (at) naver (dot) com]",
        "[kcs77@naver,com]",
    ],
}

KEPT = [
    "매콤골뱅이 다음 주문",
    "골뱅이 무침 네이버 쇼핑에서 샀어요",
    "비빔면이랑 골뱅이 네이버 스토어에서",
    "을지로 골뱅이 다음 주에 가요",
    "골뱅이 통조림 3개",
    "@길동 님",
    "인스타 @shop_official 보고",
    "메일 주소 알려주세요",
    "이메일로 네이버 쓰세요?",
    "골뱅이 기호가 @ 맞나요",
    "이메일은 네이버 메일로 보내면 되나요",
    "네이버 닷컴에서 봤어요",
    "3@5,000원",
    "a@b",
    "#@전화번호#로 연락 주세요",
    "휴대폰 뒷자리 #@전화번호#이요 2개 주문",
    "#@계좌번호# 국민은행 2개",
    "카드 #@카드번호# 유효기간 #@카드인증#",
    "#@이메일#으로, @ 포함",
    "@ 기호",
    "hello @ 3시",
    "@everyone 공지",
    "@naver 블로그",
    "인스타 @gildong_hong",
    "이메일 @ 뒤에 뭐 적나요",
    "이메일 골뱅이 뒤에 적으세요",
    "골뱅이 다음 네이버 순서",
    "골뱅이 소면 2인분",
    "골뱅이무침 네이버 예약",
    "점심 골뱅이 점 많아요",
    "앳된 얼굴 네이버",
    "엣지 있는 네이버 디자인",
    "naver.com 들어가서",
    "gmail.com 도메인",
    "www.naver.com",
    "https://shop.example.com/p/1234567890",
    "지메일 네이버 둘다 안돼요",
    "네이버 점 컴 주소로",
    "메일 3통 네이버 닷컴",
    "a/b@c",
    "3 at 5",
    "look at naver",
    "5 at gmail",
    "메일 보내주세요 naver.com",
    "이메일로 인증하세요",
    "@gildong 태그해 주세요",
    "트위터 @shop.kr 계정",
    "1+1=2 @ 매장",
    "사과 3kg @ 9900",
    "골뱅이 넣은 비빔국수 다음 주 출시",
    "골뱅이탕 네이트판에서 봤어요",
    "골뱅이 500g 다음날 도착하나요",
    "골뱅이 세트 네이버페이로 결제",
    "동원 골뱅이 점 하나 찍힌 캔",
    "골뱅이 앞에 뭐라고 쓰나요",
    "골뱅이 기호 다음에 뭐예요",
    "이메일 주소에 점 찍나요",
    "네이버 메일이랑 지메일 중에 어디요",
    "지메일 닷컴으로 되나요",
    "gmail 계정 로그인 안 돼요",
    "naver 아이디로 로그인",
    "daum 카페 링크",
    "hotmail은 지원 안 해요",
    "메일 아이디가 뭐죠",
    "이메일 수신 거부",
    "메일이 안 와요 네이버요",
    "메일로 받을게요 naver로요",
    "www.example.com 접속",
    "example.co.kr 사이트",
    "store.example.com/items/12",
    "a.b.c 순서",
    "v1.2.3@latest 설치",
    "회의 @ 3층",
    "앳킨스 다이어트 네이버",
    "카페 엣지 닷 뭐시기",
    "엣날 과자 다음 주",
    "meet at office",
    "look at this.now",
    "sale at shop",
    "오후 3시 at 강남역",
    "총 3개 @@ 급해요",
    "ㅋㅋㅋ @_@",
    "@.@ 어지러워요",
    ">@< 감사해요",
    "점 컴 넷 뭐라고요",
    "닷컴 버블 때",
    "쿠팡 점 네이버 점 비교",
    "카카오 닷 지도",
    "네이버, 다음, 구글 검색",
    "네이트온 네이트 판",
    "메일 2번 보냈는데 gmail 말고요",
    "에이 비 씨 디 순서",
    "에이 그 골뱅이 말고요",
    "비 오는 날 골뱅이 소면",
    "이 골뱅이 다음 주 오나요",
    "오 골뱅이 네이버에서 싸네요",
    "디자인 엣 다음 시즌",
    "유 골뱅이 네이트 드라이브",
    "골뱅이",
    "메일: 없음",
]

ASKED = [
    ("이메일 주소요?", "[hong1234 네이버]요"),
    ("이메일 주소요?", "[hong1234 골뱅이 네이버]요"),
    ("이메일로 보내드릴까요?", "네 네이버요"),
]

# The types of all modules that read numbers and addresses of mail.
OWN = {"PHONE", "RRN", "FRN", "BRN", "CARD", "CARD_AUTH", "ACCOUNT", "EMAIL"}


def marked(row: str) -> tuple[str, list[str]]:
    """The text of a table row, and the values that stand in square brackets in it."""
    values = [part.partition("]")[0] for part in row.split("[")[1:]]
    return row.replace("[", "").replace("]", ""), values


def found(text: str, *preceding: str) -> tuple[list[str], set[str]]:
    spans = find_spans(text, context=PiiContext(preceding=preceding))
    own = [span for span in spans if span.entity_type in OWN]
    return [text[span.start : span.end] for span in own], {span.entity_type for span in own}


@pytest.mark.parametrize(
    ("entity_type", "row"), [(kind, row) for kind, rows in FOUND.items() for row in rows]
)
def test_an_address_is_found_whole(entity_type: str, row: str) -> None:
    text, values = marked(row)
    shown, types = found(text)
    assert shown == values
    assert entity_type in types


@pytest.mark.parametrize("text", KEPT)
def test_what_looks_like_it_stays(text: str) -> None:
    assert found(text) == ([], set())


@pytest.mark.parametrize(("asked", "row"), ASKED)
def test_the_question_is_evidence(asked: str, row: str) -> None:
    text, values = marked(row)
    assert found(text, asked)[0] == values


def test_as_many_rows_stay_as_are_found() -> None:
    assert len(KEPT) >= sum(map(len, FOUND.values()))
