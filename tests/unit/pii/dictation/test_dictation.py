"""Numbers told over several turns: every grouping of every kind, in figures and in words."""

from itertools import product

import pytest

from cs_pipeline.pii import PiiContext, dictation, find_spans
from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.records import Exchange
from tests.unit.pii.growth import growth

WORDS = str.maketrans("0123456789", "공일이삼사오육칠팔구")
NUMBERS = {
    "카드번호 불러주시겠어요?": [
        "5409 2613 7788 4021",
        "54092613 77884021",
        "5409 26137788 4021",
        "540926 137788 4021",
    ],
    "계좌번호 말씀해 주세요": [
        "352704 02 118836",
        "110 482 637195",
        "3333 0512 87341",
        "4827 1936 5501",
    ],
    "연락처가 어떻게 되세요?": ["010 4827 1936", "0104827 1936", "010 48271936", "010 48 27 1936"],
    "주민등록번호 부탁드립니다": ["870412 2074315", "870412 2 074315", "8704 12 2074 315"],
    "생년월일 확인 부탁드려요": ["870412", "87 04 12", "1987 0412"],
    "인증번호 불러주세요": ["482936", "482 936", "48 29 36"],
    "카드 뒷면 CVC 세 자리 말씀해 주세요": ["482"],
    "운송장 번호 알려주시겠어요?": ["6543 2109 8765", "654321 098765"],
    "사업자번호 말씀해 주시겠어요?": ["214 86 71403"],
}
BETWEEN = [
    "네",
    "네 말씀하세요",
    "네네 계속 불러주세요",
    "잠시만요 소리가 안 들려서요|네 들리세요?|다시요",
]
ENDINGS = ["", "이요", "에요", "입니다", "요 네"]
FRONTS = ["", "어 ", "네 ", "음 그 다음에 "]


def asked_cases():
    for (question, groupings), words, between in product(NUMBERS.items(), (False, True), BETWEEN):
        for at, number in enumerate(groupings):
            groups = number.translate(WORDS).split() if words else number.split()
            ending = ENDINGS[(at + len(between)) % len(ENDINGS)]
            front = FRONTS[(at + len(question)) % len(FRONTS)]
            turns = [question]
            for place, group in enumerate(groups):
                last = place == len(groups) - 1
                turns.append(f"{front if place == 0 else ''}[{group}]{ending if last else ''}")
                if not last:
                    turns += between.split("|")
            yield turns


def shown(turns: list[str]) -> list[str]:
    """What is left of each turn by the masker, with a `_` for each placeholder."""
    rows = [
        Exchange("s", f"A{n}", f"B{n}", "안녕하세요" if n == 0 else turns[2 * n - 1], turns[2 * n])
        if 2 * n < len(turns)
        else Exchange("s", f"A{n}", f"B{n}", turns[2 * n - 1], "네")
        for n in range(len(turns) // 2 + 1)
    ]
    rows = [
        Exchange(r.sheet, r.question_cell, r.answer_cell, r.question, r.answer, "c", n, ())
        for n, r in enumerate(rows)
    ]
    part = ConversationMasker(salt="s").mask_part(rows)
    sides = [
        side for pair in zip(part.masked.inputs, part.masked.outputs, strict=True) for side in pair
    ]
    return sides[1 : len(turns) + 1] if len(part.places) == len(rows) else []


def leaks(turns: list[str]) -> bool:
    """A value in brackets is still there."""
    values = [turn.partition("[")[2].partition("]")[0] for turn in turns]
    plain = [turn.replace("[", "").replace("]", "") for turn in turns]
    masked = shown(plain)
    return any(value and value in turn for value, turn in zip(values, masked, strict=bool(masked)))


def test_every_grouping_is_masked_after_a_question() -> None:
    leaking = [" | ".join(turns) for turns in asked_cases() if leaks(turns)]
    assert leaking == []


UNASKED = [
    ["[010]", "네", "[3841]에", "네", "[2297]이요"],
    ["[공일공]", "네", "[삼팔사일]", "네 말씀하세요", "[이이구칠]이요"],
    ["[공일공]", "공일공", "[삼팔사일]", "삼팔사일", "[이이구칠]"],
    ["[5409]", "네", "[2613]", "네", "[7788]", "네", "[4021]"],
    ["[54092613]", "네", "[77884021]이요"],
    ["[870412]", "네네", "[2074315]요"],
    ["네 [팔칠공사일이]", "네", "[이공칠사삼일오]입니다"],
]
READ_BACK = [
    ["제 번호 010-3841-2297이에요", "끝자리 [2297] 맞으세요?"],
    ["010 3841 2297요", "네 [3841]에 [2297] 맞으실까요?"],
    ["공일공 삼팔사일 이이구칠이요", "네 [삼팔사일]에 [이이구칠] 맞으시죠?"],
    ["카드번호는 5409-2613-7788-4021이에요", "네 뒷자리 [4021] 확인했습니다", "네"],
    ["010-3841-2297이요", "3841에 [2279] 맞으시죠?", "아니 [2297]이요"],
    ["연락처 알려 주세요", "010에 3841에 2297", "네 [3841] [2297] 맞으시죠", "아니 [3814]요"],
    ["카드번호 불러주세요", "5409", "네", "[2613]", "아니 [삼]이 아니라 [사]요", "네"],
    ["계좌번호요", "352704", "네", "[02]", "네", "[118836]", "[118836] 맞으시죠?", "네"],
    [
        "주민번호 말씀해 주세요",
        "870412에",
        "전화가 끊기네요 잠시만요",
        "네",
        "뒷자리 다시 불러 주세요",
        "[2074315]",
    ],
    [
        "카드번호 말씀하세요",
        "[5409] [2613]",
        "[5409] [2613] 그 다음이요",
        "잠깐만요",
        "네",
        "[7788]",
        "네",
        "[4021]",
    ],
]
PARTS = [
    ["카드 뒷자리 네 개만 불러주세요", "[1675]", "[1675] 현대카드 맞으시죠?", "네"],
    ["네 [구사구공] 네 공육이육 그리고 팔구일칠 마지막이 일오오구요", "네"],
    ["카드번호요 3560 2361 7750", "네 자리 더 있을 텐데요", "[1034]", "감사합니다"],
    ["카드번호 말씀하세요", "5409 2613 7788 4021", "뒤에가 [사공이일]인가요?", "네"],
    ["CVC 세 자리 말씀해주시겠어요", "[오이구]요", "네 [529] 맞으신가요?", "네"],
    ["국번부터 말씀해주세요", "[공삼일]", "네", "[팔팔사]", "네네", "[이공칠칠]"],
    ["차 번호가요?", "[47도]", "네", "[1193]"],
    ["차량번호 말씀해 주세요", "네 [128가]요", "네", "[4468]이요"],
    ["주소 불러주세요", "[서울 관악구 봉천로]", "네 번지는요?", "[312]요"],
    ["주소 불러주세요", "관악구 봉천로", "네", "[312번길]", "네", "[18]요"],
    ["주소가 어떻게 되세요?", "대전 유성구", "네", "[봉명동]", "네", "[441-2]"],
    ["연락처 남겨 주세요", "네", "주소는 어디세요?", "[101에 1203]이요"],
    ["103동 1502호 맞으시죠?", "아니요 [1520호]요", "[1520호]로 수정할게요"],
    ["생년월일이 1992년 4월 17일 맞으십니까", "아뇨 [십구일]이요", "네 [4월 19일]이시네요"],
    ["인증번호 불러주세요", "482936", "[482936] 맞으시죠?", "네"],
    ["이메일 주소 불러주세요", "[에스유엔 공삼일사 골뱅이]", "네 어디 메일이요", "지메일이요"],
]
PARTS_STAY = [
    ["결제 금액이 얼마예요?", "1675", "1675 맞으시죠?", "네"],
    ["마지막이 언제였죠?", "네", "그리고 다음이 언제예요?", "네"],
    ["상품번호요 3560 2361", "네 자리 더 있을 텐데요", "그래요?", "감사합니다"],
    ["카드번호 말씀하세요", "제가 운전 중이에요", "뒤에가 밀리나요?", "네"],
    ["사이즈 세 자리로 말씀해주시겠어요", "이백육십이요", "네 260 맞으신가요?", "네"],
    ["국번 없이 114 누르시면 돼요", "네", "120이요?", "네네", "114요"],
    ["오늘 몇 도예요?", "47도", "네", "1193원이요"],
    ["차량번호 말씀해 주세요", "아직 안 나왔어요", "몇 월에 나와요?", "3월"],
    ["주소 불러주세요", "아까 말했어요", "네 수량은요?", "312요"],
    ["주소 바뀌나요?", "네", "며칠 걸려요?", "18일이요", "네", "3층에 있어요"],
    ["배송지가 어디세요?", "서울이요", "네", "2일 걸려요", "네", "3개요"],
    ["연락처 남겨 주세요", "네", "수량은 몇 개세요?", "101에 1203이요"],
    ["3개 맞으시죠?", "아니요 5개요", "5개로 수정할게요"],
    ["예약일이 4월 17일 맞으십니까", "아뇨 십구일이요", "네 4월 19일이시네요"],
    ["대기번호 불러주세요", "482번이요", "482번 맞으시죠?", "네"],
    ["이메일 주소 불러주세요", "메일이 없어요", "네 골뱅이무침 주문이요", "네"],
]
STAYS = [
    ["몇 개 주문하시겠어요?", "3개요", "네", "아니 5개요"],
    ["몇 시 예약이세요?", "7시요", "몇 분이세요?", "4명이요"],
    ["사이즈가 어떻게 되세요?", "270", "네", "아니 265요"],
    ["주문 금액이 얼마인가요?", "35000", "네", "48000도 있어요"],
    ["연락처 말씀해 주세요", "아까 말했는데요", "죄송합니다", "그건 됐고 3개 주문할게요"],
    ["고객센터 번호 알려드릴게요", "네", "1588-0000입니다", "1588에 0000이요?"],
    ["카드번호는 필요 없으세요", "그럼 2024년에 산 것도 돼요?", "네", "1234원 할인이네요"],
    ["카드번호 말씀해 주세요", "잠시만요", "할부는 몇 개월로 할까요?", "12요"],
    ["연락처 남겨 주세요", "1588-1234 여기로요?", "네"],
    ["몇 번 메뉴 누르셨어요?", "1번", "그다음은요", "3번이요"],
    ["2024", "네", "2025", "네", "2026"],
    ["100", "네", "200", "네", "300이요"],
    ["일이 생겼어요", "네", "이사 가요"],
    ["계좌번호 알려 주세요", "그건 됐고 500원 남았네요", "네"],
    ["인증번호가 안 와요", "네", "10분 됐어요", "30분 기다리세요"],
    ["비밀번호는 말씀하지 마세요", "네", "몇 번 틀리셨어요?", "다섯 번이요"],
    ["계좌번호 불러 주세요", "회사에 물어볼게요", "네 2026년 3월까지 해 주세요", "네"],
]


@pytest.mark.parametrize("turns", [*UNASKED, *READ_BACK, *PARTS], ids=" | ".join)
def test_told_in_turns_or_read_back(turns) -> None:
    assert not leaks(turns)


@pytest.mark.parametrize("turns", [*STAYS, *PARTS_STAY], ids=" | ".join)
def test_talk_in_turns_stays(turns) -> None:
    assert shown(turns) == turns


def test_what_was_found_above_is_known_when_it_is_read_back() -> None:
    context = PiiContext(preceding=["제 번호 010-3841-2297이에요", "네", "맞게 적으셨죠?"])
    (span,) = find_spans("네 끝자리 2297 맞으세요?", context=context)
    assert (span.entity_type, span.start, span.end) == ("PHONE", 6, 10)


def test_earlier_turns_alone_are_evidence_too() -> None:
    context = PiiContext(
        preceding=["카드번호 불러주세요", "5409", "네", "2613", "네", "7788", "네"]
    )
    (span,) = find_spans("4021이요", context=context)
    assert (span.entity_type, span.start, span.end) == ("CARD", 0, 4)


def test_lines_of_one_turn_are_read_like_turns() -> None:
    text = (
        "상담사: 카드번호요\n고객: 5409\n상담사: 네\n고객: 2613\n상담사: 네\n고객: 7788\n고객: 4021"
    )
    ((*spans,),) = dictation.find([normalize(text)])
    assert [text[one.start : one.end] for one in spans] == ["5409", "2613", "7788", "4021"]


def test_offsets_are_those_of_the_text_as_it_was_written() -> None:
    turns = ["카드번호요", "５４０９\u200b 이요", "네", "２６１３"]
    spans = dictation.find([normalize(turn) for turn in turns])
    assert [[turns[n][one.start : one.end] for one in some] for n, some in enumerate(spans)] == [
        [],
        ["５４０９\u200b"],
        [],
        ["２６１３"],
    ]


@pytest.mark.parametrize(
    "turns",
    [
        ["주소 불러주세요", "서울 관악구 봉천로", "네", "18요"],
        ["차 번호가요?", "47도", "네"],
        ["카드번호요 3560 2361 7750", "네 자리 더 있을 텐데요", "네"],
        ["주소 " * 50],
    ],
    ids=" | ".join,
)
def test_time_grows_with_the_talk(turns) -> None:
    short, long = ([normalize(turn) for turn in turns * times] for times in (10, 80))
    assert growth(dictation.find, short, long, enough=16) <= 16
