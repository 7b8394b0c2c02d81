"""Names in Latin letters: romanised Korean names, and foreign ones."""

import re
from collections.abc import Iterator
from functools import cache

from cs_pipeline.pii.finders.names import cues, lists
from cs_pipeline.pii.rules import Found, any_of, compiled

_SURNAMES = frozenset(lists.ROMAN_NAMES["surnames"])
_SURE = frozenset(lists.ROMAN_NAMES["sure_surnames"])
_LOOSE = frozenset(lists.ROMAN_NAMES["loose_surnames"])
_SYLLABLES = frozenset(lists.ROMAN_NAMES["syllables"])
_ENGLISH_WORDS = frozenset(lists.ROMAN_NAMES["english_words"])
_NO_NAMES = frozenset(lists.ROMAN_NAMES["no_names"])
_FOREIGN = frozenset(lists.FOREIGN_NAMES["latin"])

_WORD = r"[A-Za-z][A-Za-z'.-]{0,30}"
_RUN = re.compile(rf"(?<![A-Za-z0-9@._/'-]){_WORD}(?:(?:,? |,|/){_WORD}(?![0-9A-Za-z])){{0,3}}")
_WORDS = re.compile(r"[a-z]+")
_TOLD = rf"{cues.CALLED}|{cues.COPULA}"
_LEAD = re.compile(r"[A-Z][a-z]{1,14}(?:[ -][A-Z][a-z]{1,14}){0,3}(?![A-Za-z0-9])")
_PERSONAL = re.compile(r"(?:my name|mrs?\b|ms\b)", re.IGNORECASE)
_APART = r"""
    (?<![가-힣a-z]) (?:성[은이]?|surname|last\sname|family\sname) \s?[:=]?\s?         # 성은 PARK
    (?P<surname> [a-z]{2,14} ) (?:이고|이에요|,|/)? \s{0,2}
    (?:이름[은이]?|given\sname|first\sname) \s?[:=]?\s?                               # 이름은 JI MIN
    (?P<given> [a-z]{2,14}(?:[ -][a-z]{2,14})? ) (?![a-z])
"""
_CUE_BEFORE = re.compile(
    r"""
      (?: 여권 | 영문 | 외국인 | 등록증 | arc | pp | passport               # 여권 영문 PARK JIMIN
        | 탑승 | 승객 | 항공 | 유학생                                       # 탑승객 PARK JIMIN
        | 예금주 | 명의 | 수취인 | 수령인 | 수신인                          # 예금주 PARK JIMIN
        | 이름 | 성함 | 게스트 | 투숙 | 예약자                              # 예약자 PARK JIMIN
        | 담당 | 신청자 | 계약자 | 주문자 | 고객명 | 카드                   # 주문자 PARK JIMIN
      ) [^\n]{0,20} $
    | \d-\d{2,8} \s? [/,]? \s? $                                            # 010-1234-5678 / PARK JIMIN
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CUE_AFTER = re.compile(
    r"""
    \s? (?: [(/,] \s? )? (?:
        이름 | 명의 | 앞으로 | 고객 | 님 | 씨                               # PARK JIMIN 고객
      | (?:이?라고|이렇게|인데)? \s? (?:이렇게|대문자|영문|여권) | arc\b | passport | 외국인                                    # PARK JIMIN (여권)
      | 으?로 \s? (?: 되 | 돼 | 예약 | 등록 | 개통 | 나오 | 발권 )          # PARK JIMIN으로 예약
      | \d{6}- | [a-z]\d{7,8}                                               # PARK JIMIN, M12345678
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# `SEOMOON JIHO, M38820167`
_PASSPORT = re.compile(r" ?[,/(]? ?[A-Z]\d{8}(?!\d)")
_TICKETED = re.compile(r"(?<=[A-Z]) (?:MR|MS|MRS|MISS|MSTR)(?![A-Za-z])")
_NAMED, _FIELD = 3, 4  # values of `reading.Trust`


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    if not compiled("[a-z]{2}").search(text):
        return
    for run in _RUN.finditer(text):
        yield from _find_in(run)
    for match in compiled(_APART).finditer(text):
        for group in ("surname", "given"):
            yield Found(*match.span(group), "NAME", 0.75, "name.latin")
    for label in compiled(cues.LATIN_LABEL).finditer(text):
        lead = _LEAD.match(text, label.end())
        plain = lead and _NO_NAMES.isdisjoint(_words(lead.group()))
        if lead and plain and (" " in lead.group() or _PERSONAL.match(label.group())):
            yield Found(*lead.span(), "NAME", 0.7, "name.latin")
        for end, score in read(text, label.end(), _NAMED):
            yield Found(label.end(), end, "NAME", score, "name.latin")


def _find_in(run: re.Match[str]) -> Iterator[Found]:
    """Korean names in a run of words, and listed names that a surname or telling word bears out."""
    words = _words(run.group())
    if 2 <= len(words) <= 4 and _is_cued(run, words):
        yield Found(*run.span(), "NAME", 0.7, "name.latin")
    surnames = not _SURNAMES.isdisjoint(words)
    if surnames:
        for start, end in _korean_spans(run.group()):
            last = run.start() + end
            if titled := _TICKETED.match(run.string, last):
                last = titled.end()  # JANG/BOREUM MS
            yield Found(run.start() + start, last, "NAME", 0.75, "name.roman")
    if not _FOREIGN.isdisjoint(words):
        if compiled(_TOLD).match(run.string, run.end()):
            yield Found(*run.span(), "NAME", 0.75, "name.latin")
        elif surnames and len(words) == 2 and run.group().istitle() and words[1] in _SURE:
            yield Found(*run.span(), "NAME", 0.65, "name.latin")


def _is_cued(run: re.Match[str], words: list[str]) -> bool:
    """Capitalised words, a surname among them, beside a passport, a flight or an account."""
    if not all(word[0].isupper() for word in re.split("[ ,/]+", run.group())):
        return False
    if not _NO_NAMES.isdisjoint(words):
        return False
    if run.group().isupper() and _PASSPORT.match(run.string, run.end()):
        return True
    ends = {words[0], words[-1]}
    surnames = _SURNAMES | _FOREIGN
    if surnames.isdisjoint(ends):
        return False
    text = run.string
    return bool(
        _CUE_BEFORE.search(text, max(0, run.start() - 32), run.start())
        or _CUE_AFTER.match(text, run.end())
    )


def read(text: str, start: int, trust: int) -> Iterator[tuple[int, float]]:
    """A name at `start`; where a field or a label asks for a name, any capitalised words are one."""
    run = _RUN.match(text, start)
    if not run:
        return
    words = _words(run.group())
    end = start + len(run.group().rstrip(" -'"))
    korean = not _SURNAMES.isdisjoint(words)
    if (korean and (0, len(run.group())) in _korean_spans(run.group())) or not _FOREIGN.isdisjoint(
        words
    ):
        yield end, 0.85
    elif all(word[0].isupper() for word in run.group().split()) and _NO_NAMES.isdisjoint(words):
        long = trust >= _FIELD and len(words[0]) > 3
        if trust >= _NAMED and (len(words) > 1 or long):
            yield end, 0.7


def _words(run: str) -> list[str]:
    return _WORDS.findall(run.lower())


def _korean_spans(run: str) -> list[tuple[int, int]]:
    return [match.span() for match in _korean().finditer(run) if _is_korean(match)]


def _is_korean(match: re.Match[str]) -> bool:
    given = (match["given"] or match["given_first"]).lower()
    surname = match["surname"] or match["surname_last"]
    if not _ENGLISH_WORDS.isdisjoint((given, given.replace("-", ""))):
        return False
    capital = match.group()[0].isupper()
    if given in _SYLLABLES:
        return surname.lower() in _SURE and capital
    return capital or surname.lower() not in _LOOSE


@cache
def _korean() -> re.Pattern[str]:
    syllable = any_of(lists.ROMAN_NAMES["syllables"])
    surname = any_of(lists.ROMAN_NAMES["surnames"])
    initials = r"[A-Z]\.[ -]?[A-Z]\."
    return re.compile(
        rf"(?<![a-z])(?:(?P<given_first>{syllable}[ -]?{syllable}|{initials}) "
        rf"(?P<surname_last>{surname})(?![a-z-])|(?P<surname>{surname})(?:, ?|/| )"
        rf"(?P<given>{syllable}(?:[ -]?{syllable})?|{initials})(?![a-z-]))",
        re.IGNORECASE,
    )
