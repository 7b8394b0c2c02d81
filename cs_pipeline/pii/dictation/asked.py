"""Digits in the turns after a question that asks for a number, until the subject changes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cs_pipeline.pii.dictation.lines import Line, Told
from cs_pipeline.pii.rules import compiled, led

_KINDS = r"""
      (?P<CARD_AUTH> cv[cv] | 씨브이씨 | 보안\s?코드 | 유효\s?기[간한] | 카드\s?뒷?면 )     # CVC 불러 주세요
    | (?P<RRN> 주민 (?:등록)? \s? (?:번호|뒷|뒤|앞) | 외국인\s?등록 | 민증                  # 주민번호 뒷자리요
        | (?: 뒷자리 | 뒤 ) \s? (?: 일곱 | 7 ) )                                            # 뒤 일곱 자리요
    | (?P<DOB> 생년월일 | 생일 | 앞\s?(?:6|여섯)\s?자리 )                                   # 앞 여섯 자리요
    | (?P<CARD> 카드 (?! \s? (?:사|회사|결제|승인|포인트) ) (?: \s?번호                     # 카드번호 말씀해 주세요
        | (?= .{0,16} (?: 불러 | 말씀 | 알려 | 자리 | 읽어 | 번호 ) ) ) )                   # 카드 앞에서부터 불러 주세요
    | (?P<ACCOUNT> 계좌 | 통장 \s? 번호 )                                                   # 환불 계좌요
    | (?P<OTP> 인증 \s? (?:번호|코드|숫자)                                                   # 인증번호 왔나요
        | 숫자 [를만]? (?= \s? (?: 불러 | 말씀 | 알려 | 읽어 ) )                            # 숫자만 불러 주세요
        | otp | 오티피 | 승인\s?번호 | 보안\s?카드 )                                        # 승인번호 불러 주세요
    | (?P<PASSWORD> 비밀\s?번호 | 비번 )                                                    # 비밀번호 눌러 주세요
    | (?P<PLATE> 차 (?: 량 )? \s? 번호 (?! \s? 판 ) )                                       # 차량번호요
    | (?P<TRACKING> 운?송장 | 등기\s?번호 )                                                 # 송장 번호요
    | (?P<ORDER> (?: 주문 | 예약 | 접수 ) \s? 번호 )                                        # 예약번호 아세요
    | (?P<MEMBER_NO> (?: 회원 | 고객 | 멤버십 | 증권 | 계약 | 환자 ) \s? 번호               # 증권번호요
        | 사번 | 학번 )
    | (?P<BRN> 사업자 )                                                                     # 사업자 번호요
    | (?P<PASSPORT> 여권 ) | (?P<DRIVER> 면허 ) | (?P<CUSTOMS> 통관 )                       # 통관부호요
    | (?P<PHONE> 연락처 | 국번 (?! \s? 없 ) | 전화 \s? 번호 | 핸드폰 | 휴대폰 | 휴대전화 | 전번 | 핸[펀폰]
        | (?<![가-힣]) 번호                                                                 # 번호 남겨 주세요
          (?= .{0,10} (?: 불러 | 말씀 | 알려 | 어떻게 | 남겨 | 확인 | 주세요 ) ) )
"""
_NAMES_KIND = led(
    {
        "c": "v[cv]",
        "o": "tp",
        "씨": "브이씨",
        "보": "안",
        "유": "효",
        "카": "드",
        "주": "민",
        "외": "국인",
        "민": "증",
        "뒤앞": "",
        "뒷": "자리",
        "생": "년월일 | 일",
        "계": "좌",
        "통": "장 | 관",
        "인": "증",
        "오": "티피",
        "승": "인",
        "숫": "자",
        "비": "[밀번]",
        "송": "장",
        "번": "호",
        "국": "번",
        "사": "번 | 업자",
        "학": "번",
        "여": "권",
        "면": "허",
        "연": "락처",
        "전": "[화번]",
        "핸": "[드펀폰]",
        "휴": "대",
    }
)
_ASKS = r"""(?:
    주세요 | 주시 | 주실 | 주십 | 부탁 | 되세요 | 되시 | 될까                               # 번호가 어떻게 되세요
    | 까요 | 나요 | 인가요 | 어떻게 | 알려 | 불러 | 말씀 | 입력 | 확인 | 적어               # 번호 불러
    | 남겨 | 읽어 | 대주 | 드릴게요 | 할게요 | 필요 | [?]                                   # 번호 불러 드릴게요
    | 은 \W{0,3} \Z | 는 \W{0,3} \Z | 요 \W{0,3} \Z | 번호 \W{0,3} \Z | 계좌 \W{0,3} \Z     # 연락처는
)"""
_SENT = r"보내\s?드렸 | 보냈 | 발송 | 전송"
_PUBLIC = r"""
      고객\s?센터 | 대표\s?번호 | 콜\s?센터 | 상담\s?센터                                   # 고객센터 번호가 어떻게 되나요
    | (?: 말씀 | 알려 | 불러 | 입력 ) \s? (?: 하지 | 주지 | 드릴\s?수\s?없 )                # 비밀번호는 말씀하지 마세요
    | 필요\s?없 | 안\s?돼 | 모르 | 없[어으이]                                               # 카드번호는 필요 없어요
"""
# A question of this kind is about something else; what follows answers that.
_OTHER = r"""(?:
    몇 (?! \s? 번 \s? (?:이|으로) ) | 언제 | 얼마 | 어디(?!까지)                            # 몇 개 드릴까요
    | 주소 | 성함 | 이름 | 예금주 | 수량 | 사이즈 | 금액 | 개월 | 할부                      # 할부 몇 개월 하시겠어요
    | 날짜 | 시간 | 인원 | 메뉴 | 색상 | 무엇 | 무슨 | 어떤                                 # 어떤 색상으로
    | 배송지 | 동\s?호수 | 층수 | 우편 | 모델 | 상품 | 품번                                 # 동 호수가 어떻게 되세요
)"""
_QUESTION = r"[?] | [까요죠]\W{0,2}\Z | 주세요 | 부탁"
_PART_OF_PLATE = r"""
    (?: [네예]+ [\s,.]{1,2} )? (?P<value> \d{2,3} \s? [가-힣] | \d{4} )
    (?: 에 | 이?요 | 이?고요 | 입니다 | 이?[에예]요 )? \W{0,3}
"""
_COUNT = r"([세3네4]|여섯|6) \s? 자리"
_COUNTS = {"세": 3, "3": 3, "네": 4, "4": 4, "여섯": 6, "6": 6}
_HOTLINE = re.compile(r"(?:1[568]\d\d|080\d{3,4})\d{0,4}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINT = r"\s? 에 \s?"
_HALF = r"""
    번호 [가는은]? [\s:]{1,2} (?P<value> (?<!\d) [2-69]\d{3} (?: [ -] \d{4} ){1,2} )
    (?: 까지 | 이?요 | 이고요? | 인데요? )? \W{0,3} \Z
"""
_MOST_LINES = 24
_MOST_SILENT = 8
_LEAST = 2
_LEAST_ONCE_TOLD = 3
_LEAST_BEGUN = 6
_MOST_LINES_BEGUN = 4
_BEGUN = frozenset({"CARD", "RRN", "PHONE"})
_ALSO_DIGITS = "구이"
_LENGTHS = {"PHONE": 11, "RRN": 13, "DOB": 8, "CARD": 16, "CARD_AUTH": 7, "BRN": 10}
_USUAL_LENGTH = 12


@dataclass(slots=True)
class _Question:
    """What was asked for in which line, and how many digits of the answer were told.

    `digits`: so many were asked for, if that was said. `is_begun`: nobody asked, a line told the
    first digits itself; only lines that are nothing but a number go on with them.
    """

    entity_type: str
    line: int
    told: int = 0
    digits: int = 0
    is_begun: bool = False

    def least_digits(self, line: Line) -> int:
        """So many digits a line must have that is nothing but a number."""
        if line.corrects or (self.entity_type == "RRN" and self.told):
            return 1
        is_told = self.told >= _LENGTHS.get(self.entity_type, _USUAL_LENGTH)
        return _LEAST_ONCE_TOLD if is_told else _LEAST


def find(lines: Sequence[Line]) -> Iterator[Told]:
    """Pieces of numbers that were asked for."""
    question: _Question | None = None
    silent = 0
    answered = max((line.number for line in lines if line.pieces or _plate_in(line)), default=-1)
    for line in lines[: answered + 1]:
        asked = _asked_for(line)
        if question and _is_over(line, question, silent):
            question = None
        if question and (line.pieces or question.entity_type == "PLATE"):
            for start, end in _answers(line, question):
                yield Told(line.number, start, end, question.entity_type, 0.8, "number.asked")
                question.told += len(line.digits_in(start, end))
        silent = silent + 1 if not line.pieces else 0
        if half := _half_of_card(line):
            yield Told(line.number, *half, "CARD", 0.8, "number.begun")
        if asked:
            question, silent = _Question(asked, line.number, digits=_digits_asked(line)), 0
        elif begun := _begun_in(line):
            question, silent = begun, 0


def _asked_for(line: Line) -> str | None:
    """What number the line asks for, or says to tell next."""
    kind = _kind_named(line)
    asks = f"{_ASKS} | {_SENT}" if kind == "OTP" else _ASKS
    return kind if kind and compiled(asks).search(line.text) else None


def _digits_asked(line: Line) -> int:
    """How many digits the line asks for; 0: it does not say."""
    count = compiled(_COUNT).search(line.text)
    return _COUNTS[count[1]] if count else 0


def _begun_in(line: Line) -> _Question | None:
    """`카드번호요 3560 2361 7750`: a number of which the end is not told yet."""
    kind = _kind_named(line) if line.pieces else None
    if kind not in _BEGUN:
        return None
    begun = _Question(kind, line.number, told=len(line.digits), is_begun=True)
    return begun if _LEAST_BEGUN <= begun.told < _LENGTHS[kind] else None


def _kind_named(line: Line) -> str | None:
    """The number that the line names, unless it is the company's, or not wanted."""
    if len(line.text) > 200 or not compiled(_NAMES_KIND).search(line.text):
        return None
    kind = None
    for match in compiled(_KINDS).finditer(line.text):
        kind = kind if kind in ("CARD", "RRN", "ACCOUNT") else match.lastgroup
    if kind is None or compiled(_PUBLIC).search(line.text):
        return None
    return kind


def _is_over(line: Line, question: _Question, silent: int) -> bool:
    most = _MOST_LINES_BEGUN if question.is_begun else _MOST_LINES
    if line.number - question.line > most or silent > _MOST_SILENT:
        return True
    if line.is_number or line.says_nothing:
        return False
    return bool(compiled(_OTHER).search(line.text) and compiled(_QUESTION).search(line.text))


def _answers(line: Line, question: _Question) -> Iterator[tuple[int, int]]:
    """Stretches of digits that may answer, all of a line or groups in it."""
    if question.entity_type == "PLATE":
        if part := _plate_in(line):
            yield part.span("value")
        return
    if line.is_number:
        enough = len(line.digits) >= question.least_digits(line)
        is_hotline = question.entity_type == "PHONE" and _HOTLINE.fullmatch(line.digits)
        if enough and not is_hotline:
            yield from _with_ending(line, question.digits)
        return
    if not question.is_begun:
        yield from _groups(line)


def _groups(line: Line) -> Iterator[tuple[int, int]]:
    """Groups of digits; `이이칠사에 구공일삼` is one."""
    start = end = -1
    for piece in line.pieces:
        if _HOTLINE.fullmatch(piece.digits) or _YEAR.fullmatch(piece.digits):
            continue
        if start >= 0 and not compiled(_JOINT).fullmatch(line.text, end, piece.start):
            yield start, end
            start = -1
        start, end = (piece.start if start < 0 else start), piece.end
    if start >= 0:
        yield start, end


def _half_of_card(line: Line) -> tuple[int, int] | None:
    """`카드 정지해 주세요 번호가 6210 9195`: groups of four that are not the whole number."""
    half = compiled(_HALF).search(line.text) if line.pieces and "번호" in line.text else None
    if half is None or _HOTLINE.fullmatch(re.sub(r"\D", "", half["value"])):
        return None
    return half.span("value") if _kind_named(line) == "CARD" else None


def _plate_in(line: Line) -> re.Match[str] | None:
    """Half of a licence plate that is all a line says: `47도`, `1193이요`."""
    return compiled(_PART_OF_PLATE).fullmatch(line.text)


def _with_ending(line: Line, asked: int) -> Iterator[tuple[int, int]]:
    """The digits of a line; `오이구요` has three where three were asked for."""
    stretches = list(line.stretches())
    if len(stretches) == 1 and len(line.digits) == asked - 1:
        start, end = stretches[0]
        ending = line.text[end : end + 1]
        yield start, end + (ending in _ALSO_DIGITS and ending != "")
    else:
        yield from stretches
