"""Full names that no label promises: their shape, and what stands beside them, have to tell.

The weaker the one, the more of the other is asked for; a score below 0.7 says that neither is
strong.
"""

import re
from collections.abc import Iterator
from functools import cache

from cs_pipeline.pii.finders.names import cues
from cs_pipeline.pii.finders.names.persons import is_person
from cs_pipeline.pii.finders.names.plausible import begins_with_word, is_everyday
from cs_pipeline.pii.finders.names.reading import contracted_end, tail_at
from cs_pipeline.pii.finders.names.shape import (
    LONG_SURNAMES,
    RARE,
    SURNAMES,
    UNCOMMON,
    Shape,
    first_syllables,
    given_names,
    is_given,
    is_given_only,
    is_rare,
    is_word_with,
    last_syllables,
    may_end_in_particle,
    second_syllables,
    shape_of,
)
from cs_pipeline.pii.rules import Found, compiled, led

_BEFORE = 24
_ROW = 3
_NO_NAME = (0.0, "")

_NUMBER_AFTER = re.compile(
    r"""
    \s{0,2} [,/:(|-]? \s{0,2} (?:
        [+]? \d [\d-]{7,20}             # 김민수 110-123-456789
      | \d{6} [- ]                      # 김민수 900101-
      | \#\#\#\#
      | 01[016-9] [-. ]                 # 김민수 010-
    )""",
    re.VERBOSE,
)
_NUMBER_BEFORE = re.compile(r"(?:\d[\d-]{7,20}|####)\s{0,2}[,/:)|-]?\s{0,2}$")
_INTRODUCED = re.compile(
    r"""(?:
        (?: ^ | [\s,.] ) (?: 저는 | 전 | 제가 | 저 | 나는 | 난 | 내가 | 본인은 | 여기는   # 저는 김민수
          | 네 | 예 | 아 | 저기 ) [,.]? \s{1,2}                                         # 네, 김민수
      | (?: 은행 | 카드 | 보험 | 센터 | 쇼핑 | 마트 | 통신 | 몰 | 화재 | 생명 | 증권 | 캐피탈 | 지점
          | 텔레콤 | 팀 | 본부 | 콜 ) \s                                                # 우리은행 김민수
    ) $""",
    re.VERBOSE,
)
_PERSON = re.compile(rf"{cues.RELATIVE}(?:\s?이름이?)?\s{{1,2}}$", re.VERBOSE)
_SPEAKER = re.compile(r"(?:^|\n|\d{1,2}:\d\d(?::\d\d)?\]?,?\s|\[)$")
_SPEAKER_END = re.compile(r"(?:님|\s?(?:상담사|상담원|매니저|고객님?))?(?:\s?:\s|\]\s?\[)")
_TALKED_ABOUT = re.compile(
    r"""\s? (?:
        동상 | 지폐 | 장군 | 열사 | 의사 | 기념                             # 이순신 장군
      | 책 | 영화 | 노래 | 콘서트 | 앨범 | 팬 | 선수 | 광고 | 굿즈 | 포스터 # 손흥민 선수 유니폼
      | 위인 | 도시락 | 냉면 | 김밥 | 갈비 | 치킨 | 유니폼                  # 김혜자 도시락
      | 드라마 | 작가 | 소설 | 강의 | 강연 | 배우 | 가수 | 대통령 | 감독    # 정유정 작가
      | 사인 | 화보 | 시계 | 모델                                           # 박보검 화보
    )""",
    re.VERBOSE,
)
_MEMORIAL = re.compile(
    r"\s?(?:의사|열사|장군|대왕|박사|여사|선생|작가|화백|시인|대통령|교수)?\s?"
    r"(?:기념|동상|생가|문학관|미술관|박물관|평전|위인전|탄생|서거|유적|추모)"
)
_AFTER_AMOUNTS = "원만여천"  # 20여명이, 2천이래요
_AMOUNT = re.compile(r"(?:\d|[십백천만억])\s?$")
_BINARY = re.compile(r"[01]{4}[^\n]{0,10}$")
_PATTERN = re.compile(r"[^\n]{0,24}(?:형식|형태|양식|이진수)|\s?이렇게\s이진")
_RARE = RARE + "빙궉뇌"
"""Rare surnames; of the rarest only those that few words begin with."""
_ENDS_OF_FORMS = frozenset("한은인하라형을나지니대")
"""Ends of names that forms of verbs end in as well (`상세한`, `요청하`)."""
_MAKES_WORDS = frozenset("성화권표자한하")
"""Ends that make a word of the two syllables before them (`유용성`, `정상화`, `구금자`)."""
_OTHER_PERSON = re.compile(r"\s(?!고객|회원|손님|본인|드림|올림|배상|앞|님|씨|[가-힣]{1,6}님)")
_NEIGHBOURS = re.compile(r"\s?[,/.&+]\s?|\s{1,2}|(?:과|와|이?랑|하고)\s|\s(?:및|그리고)\s")


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    candidates = list(_candidates(text))
    for number, (start, end) in enumerate(candidates):
        score, how = _judge(text, start, end, _row_of(text, candidates, number))
        if score:
            yield Found(start, end, "NAME", score, f"name.{how}")


def find_rare(text: str) -> Iterator[Found]:
    """A rare surname and a given name, which hardly anything else is spelt like.

    Where either may be part of a word, a form of 'is' has to follow, or what names are kept under.
    """
    for match in compiled(_rare_candidate()).finditer(text):
        name = match.group()
        if not is_given(name[1:]) or name[2] in _ENDS_OF_FORMS or not is_person(name):
            continue
        tail = tail_at(text, match.end())
        if tail in ("copula", "owned") or (tail and _is_made_of_no_word(name)):
            yield Found(*match.span(), "NAME", 0.6, "name.rare")


def _is_made_of_no_word(name: str) -> bool:
    return is_given_only(name[1:]) and not begins_with_word(name) and not is_everyday(name[1:])


def rare_starts() -> frozenset[str]:
    """What the words begin with that `find_rare` reads."""
    first = {given[0] for given in given_names()}
    return frozenset(surname + one for surname in _RARE for one in first)


@cache
def _rare_candidate() -> str:
    return f"[{_RARE}] {cues.WORD_START} [{first_syllables()}] [{second_syllables()}]"


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    for match in compiled(_candidate()).finditer(text):
        start = match.start()
        longest = 4 if text[start : start + 2] in LONG_SURNAMES else 3
        for end in range(start + longest, start + 2, -1):
            if shape_of(text[start:end]) >= Shape.PLAUSIBLE and tail_at(text, end):
                yield start, min(end, len(text))
                break
        else:
            if contracted := contracted_end(text, start):
                yield start, contracted


@cache
def _candidate() -> str:
    long = " | ".join(f"(?<= {name[0]} ) {name[1]}" for name in LONG_SURNAMES)
    rests = {
        SURNAMES + UNCOMMON: f"{cues.WORD_START} [{first_syllables()}] [{last_syllables()}]",
        "".join(one[0] for one in LONG_SURNAMES): f"{cues.WORD_START} (?: {long} ) [가-힣]",
    }
    return led(rests)


def _judge(text: str, start: int, end: int, row: int) -> tuple[float, str]:
    """Score of a full name where it stands and what told it; no score, no name."""
    name = text[start:end]
    likely = shape_of(name) is Shape.LIKELY
    tail = tail_at(text, end) or "contracted"
    before = text[max(0, start - _BEFORE) : start]
    if is_no_name(text, end, name, before) or (tail == "called" and _describes(text, end, name)):
        return _NO_NAME
    if tail in ("called", "contracted"):
        return (0.9 if likely else 0.75), tail
    if _SPEAKER.search(before) and _SPEAKER_END.match(text, end):
        return (0.85 if likely else 0.6), "speaker"
    introduced = bool(_INTRODUCED.search(before) or _PERSON.search(before))
    if _reads_as_word(name, tail):
        return _NO_NAME
    if tail in ("copula", "owned"):
        return (0.85 if likely else 0.7 if introduced else 0.55), tail
    return _judge_alone(text, start, end, likely, row, introduced)


def is_no_name(text: str, end: int, name: str, before: str) -> bool:
    """An amount, a day, a binary number, or a sample of how to write something."""
    amount = name[0] in _AFTER_AMOUNTS and _AMOUNT.search(before)
    day = name[:2] == "이일" and before.endswith("월 ")  # 일월 이일이라
    return bool(
        amount
        or day
        or _MEMORIAL.match(text, end)
        or _PATTERN.match(text, end)
        or (name == "이진수" and _BINARY.search(before))
    )


def _reads_as_word(name: str, tail: str) -> bool:
    """A name that everyday words could spell as well before such a tail."""
    if tail == "copula":
        return (
            is_word_with(name, "이예")
            or (name[0] in UNCOMMON and name[2] == "이")
            or (name[2] in "이예" and is_everyday(name[:2]))  # 하양이요
        )
    if name[0] in UNCOMMON:
        return True
    return tail != "owned" and (may_end_in_particle(name) or is_rare(name))


def _judge_alone(
    text: str, start: int, end: int, likely: bool, row: int, introduced: bool
) -> tuple[float, str]:
    """Score of a full name that no word after it tells to be one."""
    if row >= (2 if likely else _ROW):
        return 0.7, "listed"
    before = text[max(0, start - _BEFORE) : start]
    if _NUMBER_AFTER.match(text, end) or _NUMBER_BEFORE.search(before):
        return (0.7 if likely else 0.6), "number"
    if introduced:
        return (0.75 if likely else 0.55), "introduced"
    if likely and not _TALKED_ABOUT.match(text, end) and _is_no_word(text[start:end]):
        return 0.55, "alone"
    return _NO_NAME


def _is_no_word(name: str) -> bool:
    """Neither an everyday word, nor made of one (`유용성`), nor a surname before one (`이슬람`)."""
    given = name[1:]
    return (
        name[-1] != "님"
        and not (name[2] in _MAKES_WORDS and begins_with_word(name))
        and not is_everyday(name)
        and (is_given_only(given) or not is_everyday(given))
    )


def _describes(text: str, end: int, name: str) -> bool:
    """`신성한 사원`, `설명은 부모를`: a word, and somebody whose name does not stand there."""
    return name[2] in "은한" and begins_with_word(name) and bool(_OTHER_PERSON.match(text, end))


def _row_of(text: str, candidates: list[tuple[int, int]], number: int) -> int:
    """How many names stand in a row with this one, itself included, up to three."""
    count = 1
    for step in (-1, 1):
        here = number
        while count < _ROW and 0 <= here + step < len(candidates):
            left, right = sorted((candidates[here], candidates[here + step]))
            if not _NEIGHBOURS.fullmatch(text, left[1], right[0]):
                break
            count, here = count + 1, here + step
    return count
