"""Digits in the turns after a question that asks for a number, until the subject changes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cs_pipeline.pii.dictation import questions
from cs_pipeline.pii.dictation.groups import DATE, HOTLINE, groups_in
from cs_pipeline.pii.dictation.lines import Line, Told
from cs_pipeline.pii.finders.credentials.shapes import EXPIRY_VALUE
from cs_pipeline.pii.rules import compiled

_FIRST = r"""
    (?: (?: [네예]+ | 아 | 어+ | 음+ | 그 | 저 | 아니[요에]? | 아뇨 ) [\s,.]{1,2} ){0,2}
    (?: 맨? \s? (?: 끝 | 뒤 | 뒷 | 앞 ) (?: 자리 | 번호 )? (?: 에 | [가이은는] )? \s )?   # 아니요 끝에 6587이요
"""
_AS_PRINTED = re.compile(r"(?<!\d)1[568]\d\d-\d{4}(?![\d-])")
_WRITTEN = re.compile(r"\d{4}")
_LAST = r"(?: 에 | 이?요 | 이?고요 | 이?구요 | 입니다 | 이?[에예]요 )? \W{0,3}"
_PLATE_LETTER = "[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부우주아바사자배하허호]"
_WORDS = "[일이삼사오육칠팔구십백]"
_YEAR_TOLD = r"(?: (?:19|20)?\d\d | [영공일이삼사오육칠팔구십백천]{2,7} ) \s? 년 (?: 도 | 생 )?"
_MONTH_TOLD = r"(?: \d{1,2} | [영공일이삼사오육유칠팔구십시]{1,2} ) \s? 월 (?: 생 )?"
_DAY_TOLD = r"(?: \d{1,2} | [영공일이삼사오육칠팔구십]{1,3} ) \s? 일 (?: 생 )?"
_PARTS = {
    "PLATE": rf"""
        (?P<value>
            \d{{2,3}} \s? {_PLATE_LETTER} | \d{{2,4}}              # 47도
          | {_WORDS}{{2,6}} \s? {_PLATE_LETTER}                     # 사십팔 마
          | {_PLATE_LETTER} \s? (?: \d{{4}} | [공영일이삼사오육칠팔구]{{4}} )   # 하 육일이팔
          | [공영일이삼사오육칠팔구]{{2,4}}                         # 오육칠팔
        )
    """,
    "CARD_AUTH": rf"(?P<value> {EXPIRY_VALUE} | {_MONTH_TOLD} | {_YEAR_TOLD} )",
    "DOB": rf"""
        (?P<value>
            {_YEAR_TOLD} (?: [\s,]{{0,2}} {_MONTH_TOLD} )? (?: [\s,]{{0,2}} {_DAY_TOLD} )?   # 팔십오년
          | {_MONTH_TOLD} (?: [\s,]{{0,2}} {_DAY_TOLD} )? | {_DAY_TOLD}                      # 삼월 십오일
        )
    """,
}
"""What a line may tell of these that is no row of digits."""
_IN_PART = re.compile(
    r"\d|[영공일이삼사오육유칠팔구십백시][\s년월일]?[영공일이삼사오육칠팔구십월년일\s]"
)
_LONGEST_PART = 28
_HALF = r"""
    번호 [가는은]? [\s:]{1,2} (?P<value> (?<!\d) [2-69]\d{3} (?: [ -] \d{4} ){1,2} )
    (?: 까지 | 이?요 | 이고요? | 인데요? )? \W{0,3} \Z
"""
_MOST_LINES = 24
_MOST_SILENT = 8
_LEAST = 2
_LEAST_ONCE_TOLD = 3
_LEAST_BEGUN = 6
_LEAST_OF_CASE = 8
_MOST_LINES_BEGUN = 4
_BEGUN = frozenset({"CARD", "RRN", "PHONE"})
# `송장 육오일공에`, `주문번호가 길어요 20261128`: the line ends where the number breaks off.
_BREAKS_OFF = frozenset({"CARD", "TRACKING", "ORDER", "MEMBER_NO", "DEVICE_ID", "ACCOUNT", "BRN"})
_BROKEN_OFF = r"(?: 에 | 하고 | 이?고요? | 이?요 | 인데 )? [\s.,~]{0,4} \Z"
_GOES_ON = r"(?: 에 | 하고 | 다시 ) [\s.,~]{0,4} \Z"
# `아내 폰으로요 공일공에`, `전화가 공육이`
_PREFIX_LAST = r"(?: (?<![가-힣\d-]) (?: 01[016789] | [공영][일하]나?[공영일육칠팔구] ) | (?: 전화 | 번호 | 연락처 | 폰 ) [가는은이]? \s (?P<area> 0[2-6]\d | [공영][삼사오육][일이삼사오] ) ) (?: 에 | 이?요 | 이?고요? | 하고 )? [\s.,~]{0,4} \Z"
_MAY_BE_PREFIX = re.compile("[0공영]")
_LEAST_CALLED = 8
_OF_BIRTH = frozenset({"DOB", "RRN", "FRN"})
_LEAST_BROKEN = 3
_LEAST_READ_OUT = 10
_READ_OUT = "ACCOUNT"
_HALVES = frozenset({"phone.begun", "plate.front"})
_ALSO_DIGITS = "구이"
# As many digits as their giver likes: a last `이` before `요` may be a two as well.
_OF_ANY_LENGTH = frozenset({"ORDER", "MEMBER_NO"})
_MAY_BE_TWO = r"이 (?= 요 | [에예]요 | 고요? | 구요 | 라고 | 입니다 )"
_SAID = r"(?: 이?요 | 이?[에예]요 | 입니다 | 이?고요? | 이?구요 ) [\s,.]"
_NEAR = 10
_LENGTHS = {"PHONE": 11, "RRN": 13, "DOB": 8, "CARD": 16, "CARD_AUTH": 7, "BRN": 10}
_USUAL_LENGTH = 12
_OF_ONE_LENGTH = {"BRN": 10, "CARD": 16}


# So many digits are asked for, of which people may tell one at a time.
_ONE_BY_ONE = frozenset({1, 7})


@dataclass(slots=True)
class _Question:
    """What was asked for in which line, and how many digits of the answer were told.

    `digits`: so many were asked for, if that was said. `is_begun`: nobody asked, a line told the
    first digits itself; only lines that are nothing but a number go on with them. `is_case`: a
    parcel or an order was asked for, not its number. `last`: what was told last.
    """

    entity_type: str
    line: int
    told: int = 0
    digits: int = 0
    is_begun: bool = False
    is_case: bool = False
    last: str = ""

    def hear(self, digits: str) -> None:
        """Digits that were told; what the other side says again tells nothing."""
        if not self.last.endswith(digits):
            self.told += len(digits)
            self.last = digits

    def may_be_called(self, line: Line) -> bool:
        """What a line tells may be a number that everybody may call."""
        is_code = self.entity_type == "OTP" and len(line.digits) >= _LEAST_CALLED
        return is_code or self.entity_type == "PHONE" or bool(_AS_PRINTED.search(line.text))

    def least_digits(self, line: Line) -> int:
        """So many digits a line must have that is nothing but a number."""
        if self.digits in _ONE_BY_ONE or line.corrects or (self.entity_type == "RRN" and self.told):
            return 1
        if self.is_case and not self.told:
            return _LEAST_OF_CASE
        is_told = self.told >= _LENGTHS.get(self.entity_type, _USUAL_LENGTH)
        return _LEAST_ONCE_TOLD if is_told and line.digits != self.last else _LEAST


def find(lines: Sequence[Line], found: Sequence[Told] = ()) -> Iterator[Told]:
    """Pieces of numbers that were asked for, or read out to be put right.

    Args:
        lines: of the whole conversation.
        found: what is known to be in them already.
    """
    read_out = {one.line: one for one in found if one.entity_type in _LENGTHS}
    halves = {one.line: one for one in found if one.rule in _HALVES}
    question: _Question | None = None
    silent = 0
    answered = max((one.number for one in lines if one.pieces or _may_be_part(one)), default=-1)
    for line in lines[: answered + 1]:
        asked = questions.kind_asked(line.text) or _asked_whether_right(line)
        case = None if asked else _case_asked(lines, line)
        if question and _is_over(line, question, silent):
            question = None
        if question and (line.pieces or question.entity_type in _PARTS):
            for start, end in _answers(line, question):
                yield Told(line.number, start, end, question.entity_type, 0.8, "number.asked")
                question.hear(line.digits_in(start, end))
                question.line = line.number if question.is_begun else question.line
        silent = silent + 1 if not line.pieces else 0
        yield from _unasked(line, question)
        if asked:
            digits = questions.digits_asked(line.text)
            question, silent = _Question(asked, line.number, digits=digits), 0
        elif case:
            question, silent = _Question(case, line.number, is_case=True), 0
        elif begun := _read_out_in(line, read_out) or _begun_in(line, halves.get(line.number)):
            question, silent = begun, 0
        elif not question and _is_read_out(line):
            question, silent = _Question(_READ_OUT, line.number), 0


def _unasked(line: Line, question: _Question | None) -> Iterator[Told]:
    """What a line tells of a number by itself."""
    if half := _half_of_card(line):
        yield Told(line.number, *half, "CARD", 0.8, "number.begun")
    if question:
        return
    prefix = _prefix_last(line)
    if prefix and prefix["area"]:
        yield Told(line.number, *prefix.span("area"), "PHONE", 0.75, "number.begun")
    if part := _broken_off(line, _GOES_ON):
        yield Told(line.number, *part[1], part[0], 0.75, "number.begun")
    if _is_read_out(line):
        for start, end in line.stretches():
            yield Told(line.number, start, end, _READ_OUT, 0.6, "number.read_out")


def _read_out_in(line: Line, found: dict[int, Told]) -> _Question | None:
    """`등록된 번호가 010-4820-3917 맞으신가요?`: the answer may be another number."""
    one = found.get(line.number)
    if one is None or not questions.reads_back(line.text):
        return None
    return _Question(one.entity_type, line.number)


def _asked_whether_right(line: Line) -> str | None:
    """`계좌번호 끝이 936이시죠`: a few digits that may be put right."""
    kind = questions.kind_named(line.text)
    if kind not in _LENGTHS and kind != "ACCOUNT":
        return None
    return kind if line.pieces and questions.reads_back(line.text) else None


def _is_read_out(line: Line) -> bool:
    """`삼공이 일일팔 육사공오삼 맞으세요?`: long enough for a number of somebody's, whatever it is of."""
    return (
        line.is_number
        and len(line.digits) >= _LEAST_READ_OUT
        and not HOTLINE.match(line.digits)
        and questions.reads_back(line.text)
    )


def _begun_in(line: Line, told: Told | None) -> _Question | None:
    """`카드번호요 3560 2361 7750`: a number of which the end is not told yet."""
    if told and told.rule in _HALVES:
        return _Question(told.entity_type, line.number, told=_LEAST_BEGUN, is_begun=True)
    if _prefix_last(line):
        return _Question("PHONE", line.number, told=_LEAST, is_begun=True)
    if broken := _broken_off(line, _BROKEN_OFF):
        return _Question(broken[0], line.number, told=len(line.digits), is_begun=True)
    kind = questions.kind_named(line.text) if line.pieces else None
    if kind not in _BEGUN:
        return None
    begun = _Question(kind, line.number, told=len(line.digits), is_begun=True)
    return begun if _LEAST_BEGUN <= begun.told < _LENGTHS[kind] else None


def _prefix_last(line: Line) -> re.Match[str] | None:
    """The front of a phone number that a line ends in."""
    if not _MAY_BE_PREFIX.search(line.text, max(0, len(line.text) - _NEAR)):
        return None
    return compiled(_PREFIX_LAST).search(line.text)


def _broken_off(line: Line, ending: str) -> tuple[str, tuple[int, int]] | None:
    """The kind and place of the last groups of a line, if nothing follows them."""
    if not line.pieces or line.is_number:
        return None
    if len(line.text) - line.pieces[-1].end > _NEAR:
        return None
    kind = questions.kind_named(line.text)
    *_, place = [None, *groups_in(line)]
    if kind not in _BREAKS_OFF or place is None:
        return None
    enough = _LEAST_BROKEN <= len(line.digits) < _LENGTHS.get(kind, _USUAL_LENGTH)
    return (kind, place) if enough and compiled(ending).match(line.text, place[1]) else None


def _is_over(line: Line, question: _Question, silent: int) -> bool:
    most = _MOST_LINES_BEGUN if question.is_begun else _MOST_LINES
    if line.number - question.line > most or silent > _MOST_SILENT:
        return True
    if line.is_number or line.says_nothing or _answers_first(line):
        return False
    return questions.asks_other(line.text)


def _answers_first(line: Line) -> bool:
    """`팔팔공에 이이요 이름은요?`: a number, and then a question about something else."""
    if not line.pieces or questions.asks_other(line.text[: line.pieces[0].start]):
        return False
    end = line.pieces[-1].end
    return compiled(_SAID).search(line.text, end, end + _NEAR) is not None


def _answers(line: Line, question: _Question) -> Iterator[tuple[int, int]]:
    """Stretches of digits that may answer, all of a line or groups in it."""
    part = _part_in(line, question.entity_type)
    if part or question.entity_type == "PLATE":
        yield from [part.span("value")] if part else ()
        return
    if line.is_number:
        enough = len(line.digits) >= question.least_digits(line)
        is_hotline = question.may_be_called(line) and HOTLINE.fullmatch(line.digits)
        is_day = question.entity_type not in _OF_BIRTH and compiled(DATE).match(
            line.text, line.pieces[0].start
        )
        if enough and not is_hotline and not is_day:
            yield from _with_ending(line, question)
        return
    if question.is_case and not question.told:
        groups = list(groups_in(line))
        enough = sum(len(line.digits_in(*group)) for group in groups) >= _LEAST_OF_CASE
        yield from groups if enough else ()
    elif not question.is_begun:
        spoken = _AS_PRINTED.search(line.text) is None and not _WRITTEN.search(line.text)
        yield from groups_in(line, hotlines=spoken and not question.may_be_called(line))


def _half_of_card(line: Line) -> tuple[int, int] | None:
    """`카드 정지해 주세요 번호가 6210 9195`: groups of four that are not the whole number."""
    half = compiled(_HALF).search(line.text) if line.pieces and "번호" in line.text else None
    if half is None or HOTLINE.fullmatch(re.sub(r"\D", "", half["value"])):
        return None
    return half.span("value") if questions.kind_named(line.text) == "CARD" else None


def _may_be_part(line: Line) -> bool:
    """A quick look whether a line without groups of digits may be a part of something."""
    return len(line.text) <= _LONGEST_PART and _IN_PART.search(line.text) is not None


def _part_in(line: Line, kind: str) -> re.Match[str] | None:
    """A part of a number that is all a line says: `47도`, `공오월에 이팔년`, `팔십오년이요`."""
    if kind not in _PARTS or len(line.text) > _LONGEST_PART:
        return None
    return compiled(_FIRST + _PARTS[kind] + _LAST).fullmatch(line.text)


def _case_asked(lines: Sequence[Line], line: Line) -> str | None:
    """A parcel or an order that a line asks for, by the lines before it."""
    before = lines[max(0, line.number - _MOST_SILENT) : line.number]
    return questions.case_asked(line.text, (one.text for one in reversed(before)))


def _told_before(line: Line, question: _Question) -> int:
    """Digits of the number that other lines told, unless this one says it whole."""
    whole = question.digits or _OF_ONE_LENGTH.get(question.entity_type, 0)
    return question.told if question.told + len(line.digits) < whole else 0


def _with_ending(line: Line, question: _Question) -> Iterator[tuple[int, int]]:
    """The digits of a line; `오이구요` has three where three were asked for."""
    stretches = list(line.stretches())
    start, end = stretches[-1]
    asked = question.digits or _OF_ONE_LENGTH.get(question.entity_type, 0)
    if len(stretches) == 1 and len(line.digits) + _told_before(line, question) == asked - 1:
        ending = line.text[end : end + 1]
        stretches[-1] = start, end + (ending in _ALSO_DIGITS and ending != "")
    elif question.entity_type in _OF_ANY_LENGTH and compiled(_MAY_BE_TWO).match(line.text, end):
        stretches[-1] = start, end + 1
    yield from stretches
