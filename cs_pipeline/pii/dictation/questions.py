"""Which number a line of a conversation asks for, and which lines ask for something else."""

import re
from collections.abc import Iterable
from functools import lru_cache

from cs_pipeline.pii.rules import compiled, led

_PLAIN_NUMBER = r"""
    (?<![가-힣]) (?<! (?:상품|제품|모델|대기|좌석|메뉴|노선|쿠폰|부품|항목|버튼|내선|단축|우편|호차|객실|기기|공고|화면) \s ) 번호
"""
_KINDS = rf"""
      (?P<CARD_AUTH> cv[cv] | 씨브이씨 | 보안\s?코드 | 유효\s?기[간한] | 카드\s?뒷?면 | 뒷면 )     # CVC 불러 주세요
    | (?P<RRN> 주민 (?:등록)? \s? (?:번호|뒷|뒤|앞) | 외국인\s?등록 | 민증                  # 주민번호 뒷자리요
        | (?<![가-힣]) (?<! (?:차량|법인|상표|특허|제품|상품|기기|정품|업체) \s ) (?<! 사업자 \s ) 등록\s?번호      # 등록번호 부탁드립니다
        | (?: 뒷자리 | 뒤 | 뒷 \s? 번호 ) \s? (?: 일곱 | 7 | 첫 ) )                                            # 뒤 일곱 자리요
    | (?P<DOB> 생년월일 | 생일 | 생신 | 앞\s?(?:6|여섯)\s?자리 )                            # 앞 여섯 자리요
    | (?P<CARD> (?: 어느 | 어떤 | 무슨 ) \s? 카드 (?= 로 | 예요 | 세요 | 이?신가 | 인가 | 요 )    # 어느 카드로 할까요
        | 카드 (?! \s? (?:사|회사|결제|승인|포인트) ) (?: \s?번호                     # 카드번호 말씀해 주세요
        | (?= .{{0,16}} (?: 불러 | 말씀 | 알려 | 자리 | 읽어 | 번호 | 등록 ) )
        | (?= [가는이]? [ ] (?: [3-69]\d{{3}} | [삼사오육칠팔구] [공영빵일이삼사오육칠팔구]{{3}} ) (?! [\d공영일이삼사오육칠팔구] | \s?[원개점] | \s?포인트 ) ) ) )  # 현대카드 4330에
                 # 카드 앞에서부터 불러 주세요
    | (?P<ACCOUNT> (?: 어디 | 어느 \s? (?: 은행 | 쪽 ) ) 으?로 \s? (?: 넣 | 입금 | 송금 | 이체 | 환불 | 환급 )    # 어디로 넣어 드릴까요
        | 계좌 | 통장 (?: \s? 번호 | \s? (?: 끝 | 뒤 | 뒷 | 마지막 ) ) )                                                   # 환불 계좌요
    | (?P<OTP> 문자 (?:로|에)? \s? (?: 받으신 | 받은 | 온 | 오신 | 보내드린 | 발송된 | 도착한 | 찍힌 ) \s? (?: 번호 | 숫자 | 코드 | 여섯 | [6네4] \s? 자리 )  # 문자 받으신 번호요
        | 인증 \s? (?:번호|코드|숫자|문자|다시)                                                 # 인증번호 왔나요
        | 숫자 [를만가]? (?= \s? (?: 불러 | 말씀 | 알려 | 읽어 | 뭐 | 몇으?로 | 뜨 | 떠 | 보이 | 나오 ) )                            # 숫자만 불러 주세요
        | otp | 오티피 | 승인\s?번호 | 보안\s?카드 )                                        # 승인번호 불러 주세요
    | (?P<PASSWORD> 비밀\s?번호 | 비번 )                                                    # 비밀번호 눌러 주세요
    | (?P<PLATE> 차 (?: 량 )? \s? (?: 번호 (?! \s? 판 ) | 넘버                            # 차량번호요
        | (?: 뒤에? | 뒷 | 끝 | 앞 ) \s? (?: 번호 | [네4]? \s? 자리 ) ) )                  # 차량 뒤에 네 자리
    | (?P<TRACKING> 운?송장 | 등기\s?번호 )                                                 # 송장 번호요
    | (?P<ORDER> (?: 주문 | 예약 | 접수 | 예매 | 신청 | 조회 | 사고 | 견적 ) \s? 번호 )     # 예약번호 아세요
    | (?P<MEMBER_NO> (?: 회원 | 고객 | 멤버[십쉽] | 증권 | 계약 | 환자 | 차트 | 수험 | 수용가
        | 납부 | 납부자 | 고지서 | 보험 | 가입자 | 사용자 | 조합원 ) \s? 번호               # 증권번호요
        | 사번 | 학번 )
    | (?P<DEVICE_ID> 단말기?\s?번호 | 시리얼 | 일련\s?번호 | 아[이2]엠[이2]아[이2] | imei )                  # 시리얼 넘버요
    | (?P<BRN> 사업자 )                                                                     # 사업자 번호요
    | (?P<PASSPORT> 여권 ) | (?P<DRIVER> 면허 ) | (?P<CUSTOMS> 통관 )                       # 통관부호요
    | (?P<PHONE> 연락처 | 팩스 \s? (?: 번호 | 는 ) | (?: 나머지 | 뒤에? | 뒷 ) \s? (?: 여덟 | 8 ) \s? 자리 | 회선 \s? 번호 | (?: 어느 | 어떤 | 아까 \s 그 ) \s? 번호 | (?<![가-힣\s]) 번호 (?= \s (?: 한 \s? 번 | 다시 ) ) | 국번 (?! \s? 없 ) | 전화 \s? 번호 | 핸드폰 | 휴대폰 | 휴대전화 | 전번 | 핸[펀폰]
        | (?: 집 | 댁 | 자택 | 유선 | 회사 | 직장 | 사무실 | 비상 ) \s? 전화 (?! 기 )       # 집 전화도 있으세요
        | 앞 \s? 번호 (?= [는가] )                                                         # 앞 번호는 공일공이시죠
        | 전화 (?= [는도] (?: 요 | \s? (?: 있으 | 어떻게 | 따로 | 주시 | 남겨 | 불러 ) ) )  # 전화는요
        | {_PLAIN_NUMBER}                                                                   # 번호 남겨 주세요
          (?= .{{0,10}} (?: 불러 | 말씀 | 알려 | 어떻게 | 남겨 | 확인 | 주세요 | 부탁 )
            | [가는은도만]? 요? \W{{0,3}} \Z ) )                                                 # 보호자분 번호는요
    | (?P<ANY> (?<!번호) (?<! (?:번호|쿠폰|코드) \s ) (?: 뒤에? | 뒷 | 끝 ) (?: 번호 | 자리 )? \s? [네4] \s? 자리 )                                         # 뒤 네 자리 아세요
"""
_NAMES_KIND = led(
    {
        "c": "v[cv]",
        "o": "tp",
        "씨": "브이씨",
        "보": "안",
        "유": "효 | 선",
        "카": "드",
        "주": "민 | 문",
        "외": "국인",
        "민": "증",
        "뒤앞": "",
        "뒷": "[자면]",
        "생": "년월일 | 일 | 신",
        "계": "좌",
        "어": "디로 | 느",
        "통": "장 | 관",
        "인": "증",
        "오": "티피",
        "승": "인",
        "숫": "자",
        "비": "[밀번]",
        "문": "자",
        "송": "장",
        "차": r"량?\s?[넘뒤뒷끝앞]",
        "번": "호",
        "국": "번",
        "사": "번 | 업자",
        "학": "번",
        "여": "권",
        "면": "허",
        "연": "락처",
        "팩": "스",
        "나": "머지",
        "전": "[화번]",
        "핸": "[드펀폰]",
        "휴": "대",
        "시": "리얼",
        "일": "련",
        "아": "[이2]엠",
        "i": "mei",
    }
)
_ASKS = r"""(?:
    주세요 | 주시 | 주실 | 주십 | 부탁 | 되세요 | 되시 | 될까                               # 번호가 어떻게 되세요
    | 까요 | 나요 | 인가요 | 어떻게 | 알려 | 불러 | 말씀 | 입력 | 확인 | 적어               # 번호 불러
    | 남겨 | 읽어 | 대주 | 드릴게요 | 할게요 | 필요 | [?]                                   # 번호 불러 드릴게요
    | 은 \W{0,3} \Z | 는 \W{0,3} \Z | 요 \W{0,3} \Z | 번호 \W{0,3} \Z | 계좌 \W{0,3} \Z | 자리 \W{0,3} \Z | 좀 \W{0,3} \Z | 기간 \W{0,3} \Z | 죠 \W{0,3} \Z     # 연락처는
)"""
_SENT = r"보내\s?드렸 | 보냈 | 발송 | 전송"
_PUBLIC = r"""
      고객\s?센터 | 대표\s?번호 | 콜\s?센터 | 상담\s?센터                                   # 고객센터 번호가 어떻게 되나요
    | (?: 말씀 | 알려 | 불러 | 입력 ) \s? (?: 하지 | 주지 | 드릴\s?수\s?없 )                # 비밀번호는 말씀하지 마세요
    | 번호 [는은]? \s? (?: 됐고 | 말고 | 빼고 )                                               # 카드번호는 됐고요 결제일이요
    | 필요\s?없 | 안\s?돼 | 모르 (?!\s?시?면 ) | 없 (?: [어이] | 으 (?! 시?면 ) )                                               # 카드번호는 필요 없어요
"""
_HOW_MANY = r"몇 \s? [개대명건]"
_MEASURES = r"계량기 | 검침 | 지침 | 미터 | 눈금 | 혈압 | 혈당 | 체온 | 체중 | 키\s?숫자"
# A question of this kind is about something else; what follows answers that.
_WHICH = r"""(?:
    몇 (?! \s? 번 \s? (?:이|으로) ) | 며칠 | 언제 | 얼마 | 어디(?!까지)                            # 몇 개 드릴까요
    | 무엇 | 무슨 | 어떤                                                                    # 어떤 색상으로
)"""
_MATTER = r"""(?:
    주소 | 성함 | 이름 | 예금주 | 수량 | 사이즈 | 금액 | 개월 | 할부                        # 할부 개월 수는요
    | 결제일 | 납부일 | 만기 | 날짜 | 시간 | 인원 | 메뉴 | 색상                                                      # 날짜는 오늘로 할까요
    | 계량기 | 검침 | 눈금 | 혈압 | 혈당 | 편명 | 항공편                                      # 계량기 숫자 불러 주세요
    | 배송지 | 동\s?호수 | 층수 | 우편 | 모델 | 상품 | 품번 | 기기\s?번호                                 # 동 호수가 어떻게 되세요
)"""
_QUESTION = r"[?] | [까요죠]\W{0,2}\Z | 주세요 | 부탁"
# `시간 초과됐네요 다시 보내드릴게요` asks for nothing.
_PLAIN_QUESTION = r"[?] | (?: [까죠] | [가나세는은도이데]요 )\W{0,2}\Z | 주세요 | 부탁"
_READS_BACK = r"맞 | 이?신가 | 이?시[죠지] | 인가요 | 확인"
_WHICH_CASE = r"""
    (?: 어떤 | 어느 ) \s? 건 (?= 이?신가 | 이?세요 | 이?실까 | 인가 | 일까 | 인지 | 조회 | 말씀 )   # 어떤 건이신가요
    | 조회 \s? (?: 할 | 하실 ) \s? (?: 거 | 건 | 것 )                                              # 조회하실 건 있으세요
"""
_CASES = r"(?P<TRACKING> 택배 | 배송 | 운?송장 | 등기 | 소포 ) | (?P<ORDER> 주문 | 결제 | 환불 | 반품 | 교환 | 예약 | 예매 )"
_COUNT = r"([세3네4]|여섯|6|일곱|7|여덟|8|열|10) \s? 자리 | (첫) \s? (?: 번째 )? \s? (?: 자리 | 글자 | 숫자 )"
_COUNTS = {"첫": 1, "세": 3, "3": 3, "네": 4, "4": 4, "여섯": 6, "6": 6, "일곱": 7, "7": 7}
_COUNTS |= {"여덟": 8, "8": 8, "열": 10, "10": 10}
_SENTENCE_END = re.compile(r"[?!] ")
_MOST_CHARACTERS = 200


@lru_cache(maxsize=4)
def kind_named(text: str) -> str | None:
    """The number that a line names, unless it is the company's, or not wanted.

    A line is asked about several times in a row.
    """
    if len(text) > _MOST_CHARACTERS or not compiled(_NAMES_KIND).search(text):
        return None
    kind, named = None, None
    for match in compiled(_KINDS).finditer(text):
        if kind not in ("CARD", "RRN", "ACCOUNT") and (kind is None or match.lastgroup != "ANY"):
            kind, named = match.lastgroup, match
    if named is None or compiled(_PUBLIC).search(_sentence_of(text, named)):
        return None
    kind = "PHONE" if kind == "ANY" else kind
    return None if kind == "OTP" and compiled(_MEASURES).search(text) else kind


def _sentence_of(text: str, named: re.Match[str]) -> str:
    """`다치신 데는 없으세요? 차량번호 불러 주시겠어요?`: what is said of the number, and no more."""
    starts = [end.end() for end in _SENTENCE_END.finditer(text, 0, named.start())]
    end = _SENTENCE_END.search(text, named.end())
    return text[starts[-1] if starts else 0 : end.end() if end else len(text)]


def kind_asked(text: str) -> str | None:
    """What number a line asks for, or says to tell next."""
    kind = kind_named(text)
    if kind and compiled(_HOW_MANY).search(text):
        return None
    asks = f"{_ASKS} | {_SENT}" if kind == "OTP" else _ASKS
    return kind if kind and compiled(asks).search(text) else None


def case_asked(text: str, said_before: Iterable[str]) -> str | None:
    """`어떤 건이신가요`: a parcel or an order, by what was spoken of last before it."""
    if "건" not in text and "조회" not in text:
        return None
    if len(text) > _MOST_CHARACTERS or not compiled(_WHICH_CASE).search(text):
        return None
    for line in (text, *said_before):
        if matter := compiled(_CASES).search(line, 0, _MOST_CHARACTERS):
            return matter.lastgroup
    return None


def digits_asked(text: str) -> int:
    """How many digits a line asks for; 0: it does not say."""
    count = compiled(_COUNT).search(text)
    return _COUNTS[count[1] or count[2]] if count else 0


def reads_back(text: str) -> bool:
    """A line asks whether what it tells is right."""
    return len(text) <= _MOST_CHARACTERS and compiled(_READS_BACK).search(text) is not None


def asks_other(text: str) -> bool:
    """A line asks for something that is no number of a person."""
    if compiled(_WHICH).search(text) and compiled(_QUESTION).search(text):
        return True
    return bool(compiled(_MATTER).search(text) and compiled(_PLAIN_QUESTION).search(text))
