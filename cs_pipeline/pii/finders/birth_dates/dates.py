"""Which dates the words around them make a date of birth."""

import re

from cs_pipeline.pii.finders.birth_dates import shapes
from cs_pipeline.pii.finders.birth_dates.cues import (
    is_asked_for,
    is_beside_a_calendar,
    is_named_later,
    is_named_or_asked_for,
    is_no_day_of_a_deed,
    is_of_a_person,
    is_right_behind_birthday,
    is_said_alone,
    year_is_asked_for,
)
from cs_pipeline.pii.finders.birth_dates.people import (
    goes_with_a_person,
    is_in_brackets_behind_a_person,
    is_of_a_child,
)
from cs_pipeline.pii.rules import VALUE, Check, Rule, compiled, led

_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BORN_YEARS = frozenset({*range(1930, 2016), *range(30, 100), *range(16)})
_LONG_AGO = frozenset({*range(1930, 2010), *range(40, 100)})
# 07JAN1994: how airlines write the date of a traveller's birth.
_BOOKED = re.compile(r"\d\d[A-Za-z]{3}\d{4}")
_DIGITS = str.maketrans("공영빵일이삼사오육륙칠팔구", "0001234566789")
_LOOK_ALIKES = str.maketrans("oOiIlL", "001111")
# 2016 and after: a year of orders.
_RECENT = r"""(?:
    (?: 20 | ['’] )? (?: 1[6-9] | 2\d ) (?!\d)
    | 이천\s?(?:이\s?십|십[육칠팔구]) | 이[공영](?:이|일[육칠팔구]) | 이\s?십
    | [이일]\s?[공영일이삼사오육칠팔구]\s?년 | 십[육칠팔구]
)"""
# Before 1990: a day of those years is hardly anybody's but a birthday.
_OLD_YEAR = r"(?: 천\s?구백 | 일구 | 19 )? \s? [오육칠팔5678] (?: \s? [공영일이삼사오육륙칠팔구] | \s? 십 | \d )"


def _is_birth_date(match: re.Match[str]) -> bool:
    """A date that the words around it call a birthday."""
    *years, month, day = _numbers(match[VALUE])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    if is_named_or_asked_for(match):
        return True
    if is_in_brackets_behind_a_person(match) or (years and is_of_a_child(match)):
        return True
    # In the years of somebody who may be a customer, not of this year's order.
    return (
        bool(years)
        and years[0] in _BORN_YEARS
        and day <= _DAYS_IN_MONTH[month - 1]
        and (goes_with_a_person(match) or is_named_later(match) or is_beside_a_calendar(match))
    )


def _is_named_birth_date(match: re.Match[str]) -> bool:
    """The same with the word for it beside it or above it only."""
    return is_named_or_asked_for(match) and _is_birth_date(match)


def _is_date_of_long_ago(match: re.Match[str]) -> bool:
    """A birth date; or a day of long ago where it is all that is said."""
    if _is_birth_date(match):
        return True
    year, *month_and_day = _numbers(match[VALUE])
    return len(month_and_day) == 2 and year in _LONG_AGO and is_said_alone(match)


def _is_spoken_birth_date(match: re.Match[str]) -> bool:
    """The same for a date in words."""
    if is_named_or_asked_for(match):
        return True
    year = match["year"] or match["year_last"]
    return (
        bool(year)
        and not compiled(_RECENT).match(year)
        and (
            is_named_later(match)
            or is_beside_a_calendar(match)
            or is_said_alone(match)
            or (_is_of_old(year) and is_no_day_of_a_deed(match))
        )
    )


def _is_of_old(year: str) -> bool:
    """A year before 1990, digit by digit or counted."""
    return compiled(_OLD_YEAR).match(year) is not None


def _is_english_birth_date(match: re.Match[str]) -> bool:
    """The same with the month's name or the year last."""
    if is_named_or_asked_for(match):
        return True
    year = match[VALUE][-4:]
    long_ago = year.isdecimal() and int(year) in _LONG_AGO
    return long_ago and (is_named_later(match) or _BOOKED.fullmatch(match[VALUE]) is not None)


def _is_traditional_birth_date(match: re.Match[str]) -> bool:
    """A year told with the days of the farmers' calendar is the year of a birth."""
    return bool(match["year"]) or is_named_or_asked_for(match)


def _is_year_asked_for(match: re.Match[str]) -> bool:
    """The year of birth, or the year that an answer to a question for the date begins with."""
    if year_is_asked_for(match):
        return True
    return (
        match[VALUE][-1:] == "년"
        and match.string.rfind("\n", 0, match.start(VALUE)) >= 0
        and not compiled(_RECENT).match(match[VALUE])
        and is_named_or_asked_for(match)
    )


def _numbers(value: str) -> list[int]:
    """Year (if told), month and day of a date in digits, look-alikes or spoken digits."""
    if "년" in value.partition("월")[2]:
        *month_and_day, year = map(int, re.findall(r"\d+", value))
        return [year, *month_and_day]
    if "월" in value:
        value = re.sub(r"(?<=\d)\s(?=\d)", "", value)
    elif not value.isdecimal():
        value = value.translate(_LOOK_ALIKES)
    groups = re.findall(r"\d+", value) or re.findall(r"\d+", value.translate(_DIGITS))
    said = "".join(groups)
    if len(groups[0]) >= 6:
        said = groups[0]  # maybe with the digit of the sex after it
    elif len(groups) > 3:
        said = said[:6]
    elif len(groups) != 2 or len(said) < 6:
        return [int(group) for group in groups]
    return [int(said[:-4]), int(said[-4:-2]), int(said[-2:])]


# What a rule cannot do without; cheaper to look for than its pattern.
_HALF_TOLD = rf"[\d{shapes.SPOKEN[1:-1]}] (?: 년?이?[요고]요? )? [\s.,]{{0,2}} \n"
_TRIGGERS = {
    "groups": rf"\d {shapes.GAP} \d\d? {shapes.GAP} \d",
    "korean": r"\d \s? 월 [\s,]{0,2} (?: \d | [어음그저아뭐] )",
    "run": r"\d (?: \d{5} | (?: [ ]\d ){5} )",
    "run_apart": r"\d\d [\s.-]{1,2} \d\d",
    "look_alikes": led({"oil": r"\d", "0-9": "[oil]"}),
    "spoken_run": rf"{shapes.SPOKEN} [\s,.-]{{0,2}} (?:에\s)? {shapes.SPOKEN} [\s,.-]{{0,2}} (?:에\s)? {shapes.SPOKEN}",
    "spoken": r"(?-i: [월영공오육륙칠팔구] ) (?: (?<=월) | [공영빵일이삼사오육륙칠팔구] \s )",
    "traditional": r"(?-i: [초열스보그] (?: [\s일이삼사오육칠팔구공영하사나닷엿여아열파\d] | 흘 | 무 | 름 | 믐 ) | 정월 | 섣달 | 동짓달 )",
    "year": r"(?-i: [생태출났띠] )",
    "year_short": r"\d생",
    "year_named": led({"출": "생", "태": "어", "난": "", "생": "[년일]", "b": "orn | irth"}),
    "year_asked": r"\n",
    "year_and_month": r"월 \s? 생",
    "month_and_day": led({"생": "[일1]", "b": "irthday"}),
    "day_put_right": "아뇨 | 아니 | 아닙 | 틀렸",
    "rest_asked": r"[년월\d] \s? 생 [^\n]{0,12} \n",
    "english": led({"a-z": "[a-z]{2}", "0-9": r"[-./,\s_`] .{0,2} (?:19|20)\d\d"}),
    "first_half": _HALF_TOLD,
    "second_half": _HALF_TOLD,
}


def _rule(how: str, score: float, pattern: str, check: Check | None = None) -> Rule:
    return Rule(f"dob.{how}", "DOB", score, pattern, check, _TRIGGERS.get(how, ""))


RULES = (
    _rule("groups", 0.9, shapes.GROUPS, _is_date_of_long_ago),
    _rule("korean", 0.9, shapes.KOREAN, _is_date_of_long_ago),
    _rule("run", 0.85, shapes.RUN, _is_birth_date),
    _rule("run_apart", 0.8, shapes.RUN_APART, _is_named_birth_date),
    _rule("look_alikes", 0.8, shapes.LOOK_ALIKES, _is_named_birth_date),
    _rule("spoken_run", 0.85, shapes.SPOKEN_RUN, _is_birth_date),
    _rule("spoken", 0.85, shapes.SPOKEN_DATE, _is_spoken_birth_date),
    _rule("traditional", 0.8, shapes.TRADITIONAL, _is_traditional_birth_date),
    _rule("year", 0.8, shapes.YEAR_BORN, is_of_a_person),
    _rule("year_short", 0.7, shapes.YEAR_SHORT),
    _rule("year_named", 0.8, shapes.YEAR_NAMED),
    _rule("year_asked", 0.8, shapes.YEAR_ASKED, _is_year_asked_for),
    _rule("year_and_month", 0.8, shapes.YEAR_AND_MONTH),
    _rule("month_and_day", 0.8, shapes.MONTH_AND_DAY, is_right_behind_birthday),
    _rule("day_put_right", 0.8, shapes.DAY_PUT_RIGHT),
    _rule("rest_asked", 0.8, shapes.REST_ASKED),
    _rule("english", 0.95, shapes.ENGLISH, _is_english_birth_date),
    _rule("first_half", 0.75, shapes.FIRST_HALF, is_asked_for),
    _rule("second_half", 0.75, shapes.SECOND_HALF, is_asked_for),
)
