"""Checks behind the patterns: checksums, plausible dates, and the words around a number."""

import re

_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BRN_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_ACCOUNT_DIGITS = range(10, 17)

_BANK = (
    r"(?:kb|국민|신한|우리|하나|기업|ibk|농협|nh|카카오|카뱅|토스|케이|케뱅|새마을금고|새마을|신협|우체국"
    r"|수협|제일|sc|씨티|산업|부산|대구|아이엠|im|광주|전북|경남|제주|저축)(?:은행|뱅크)?"
)
_ACCOUNT_WORD = r"(?:계좌|입금|송금|이체|통장|은행|뱅크|예금주)"
# The words that name the number are those right before it: no other number, placeholder or end of
# a sentence may stand between.
_NAMED_BEFORE = re.compile(
    rf"(?:{_ACCOUNT_WORD}(?P<gap>[^\d#.?!]{{0,20}})|{_BANK}[\s:(은는\]-]{{0,4}})\Z", re.IGNORECASE
)
_NAMED_AFTER = re.compile(
    rf"\s{{0,2}}[(,/]?\s?(?:{_BANK}|예금주|계좌|(?:으로|로)\s?(?:입금|송금|이체))", re.IGNORECASE
)
_OTHER_NUMBER = re.compile(
    r"(?:주문|송장|운송장|배송|예약|접수|상품|모델|시리얼|일련|승인|전화|연락처|주민|등록|사업자|카드)"
    r"[^\d#\n]{0,10}\Z"
)
_NAMED_BUSINESS = re.compile(r"사업자[^\d#\n.?!]{0,12}\Z")
_STARTS_WITH_DATE = re.compile(
    r"(?:19|20)\d\d(?:[-./ ]{1,3}(?:0?[1-9]|1[0-2])[-./ ]"
    r"|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))"
)
_TOLL_FREE = re.compile(r"080\D{0,3}\d{3,4}\D{0,3}\d{4}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WINDOW = 36


def digits_of(text: str) -> str:
    """The ASCII digits of `text`, in order."""
    return "".join(character for character in text if "0" <= character <= "9")


def has_birth_date(match: re.Match[str]) -> bool:
    """The group `date` is a YYMMDD that a calendar knows (29 February in any year)."""
    date = digits_of(match["date"])
    month, day = int(date[2:4]), int(date[4:6])
    return 1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]


def is_brn(match: re.Match[str]) -> bool:
    """Ten digits called a business number, or with the National Tax Service's check digit."""
    if _NAMED_BUSINESS.search(_surroundings(match)[0]):
        return True
    numbers = [int(digit) for digit in digits_of(match.group())]
    total = sum(number * weight for number, weight in zip(numbers, _BRN_WEIGHTS, strict=False))
    total += numbers[8] * 5 // 10
    return (10 - total % 10) % 10 == numbers[9]


def has_luhn_checksum(match: re.Match[str]) -> bool:
    """The digits pass ISO/IEC 7812's check (Luhn)."""
    numbers = [int(digit) for digit in reversed(digits_of(match.group()))]
    return sum(numbers[::2] + [sum(divmod(2 * number, 10)) for number in numbers[1::2]]) % 10 == 0


def is_card_in_groups(match: re.Match[str]) -> bool:
    """Four groups of four that are neither a list of years nor two hotlines side by side."""
    text = match.group()
    groups = re.findall(r"[^-./~_,:\s]+", text)
    if all(_YEAR.fullmatch(group) for group in groups):
        return False
    one_separator = len(set(re.findall(r"[-./~_,:\s]+", text))) == 1
    return one_separator or text[0] in "234569"


def is_named_account(match: re.Match[str]) -> bool:
    """10 to 16 digits that the words around them call an account."""
    if not _can_be_account(match):
        return False
    before, after = _surroundings(match)
    if named := _NAMED_BEFORE.search(before):
        return not _OTHER_NUMBER.search(named["gap"] or "")
    return bool(_NAMED_AFTER.match(after)) and not _OTHER_NUMBER.search(before)


def is_unnamed_account(match: re.Match[str]) -> bool:
    """An account format without such words; order, parcel and similar numbers are not taken."""
    return _can_be_account(match) and not _OTHER_NUMBER.search(_surroundings(match)[0])


def _can_be_account(match: re.Match[str]) -> bool:
    text = match.group()
    return (
        len(digits_of(text)) in _ACCOUNT_DIGITS
        and not _STARTS_WITH_DATE.match(text)
        and not _TOLL_FREE.fullmatch(text)
    )


def _surroundings(match: re.Match[str]) -> tuple[str, str]:
    start, end = match.span()
    return match.string[max(0, start - _WINDOW) : start], match.string[end : end + _WINDOW]
