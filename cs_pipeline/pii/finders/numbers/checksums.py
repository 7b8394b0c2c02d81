"""Checks behind the patterns: checksums, plausible dates, and the words around a number."""

import re

from cs_pipeline.pii.rules import VALUE, compiled

_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BRN_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_RRN_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_EAN_DIGITS = 13
_WINDOW = 40
_OTHER_WINDOW = 36

# Words that make the number after them something else than a person's; no number, placeholder or
# sentence end may stand between.
_OTHER = r"""(?:
    주문 | 운?송장 | 배송 | 예약 | 접수 | 상품(?!권) | 제품 | 모델 | 품번 | 품목            # 주문 2026112212345
    | 시리얼 | 일련 | 승인 | 바코드                                         # 바코드 8801234567890
    | (?<![a-z]) (?: isbn | ean | sku | s/n | lot | version | ver | order | invoice
        | tracking | imei ) (?![a-z])                                       # ISBN 9788912345678
    | 로트 | 버전 | 코드 | 쿠폰 | 상품권 | 기프트 | 좌석                    # 쿠폰 1234567890123
    | 기프티콘 | 교환권 | 포트(?!폴리오) | 인보이스 | 증권 | 청구 | 고지 | 문서
    | 티켓 | 발권 | 대기 | 등기 | 참조 | 라이[선센]스                       # 등기 1234512345678
    | 펌웨어 | 도서 | 배치 | 항공 | 편명 | 통관 | 회원 | 포인트
)"""
_OTHER_BEFORE = rf"""
    {_OTHER} (?: \s? (?: 번호 | no[.]? | 넘버 | num | 코드 | 키 ) )?
    (?P<rest> [^\d\#\n.,?!]{{0,10}} | [^\d\#\n]{{0,16}} \n [^\d\#\n]{{0,10}} ) \Z
"""
_PERSONAL = re.compile("계좌|통장|카드|연락처|전화|휴대|핸드폰|사업자|주민")
_GOODS = r"""
    바코드 | 상품 | 제품 | (?<![a-z])(?:isbn|ean|sku)(?![a-z]) | 품번 | 도서 | 책 | 스캔 | 모델 | 유통기한 | 재고
"""
# Issuers' ranges, as listed by ISO/IEC 7812 registries; 9: cards for use in Korea alone (KFTC).
_ISSUED = re.compile(
    r"""
      (?: 4 | 5[1-5] | 2[2-7] | 35 | 6[0245] | 9 ) \d{14,15}                # Visa, Mastercard, JCB, 국내 전용
    | 3[47] \d{13}                                                          # American Express
    | 3[0689] \d{12}                                                        # Diners
    | 62 \d{14,17}                                                          # UnionPay
    """,
    re.VERBOSE,
)

_SENTENCE_END = re.compile(r"[.?!]\s|\n")
_ASKS_NUMBER = re.compile("번호|코드|넘버|isbn", re.IGNORECASE)


def digits_of(text: str) -> str:
    """The ASCII digits of `text`, in order."""
    return "".join(character for character in text if "0" <= character <= "9")


def value_of(match: re.Match[str]) -> str:
    """What the match found: its group `value`, or all of it."""
    return match[VALUE] if VALUE in match.re.groupindex else match[0]


def before(match: re.Match[str], characters: int = _WINDOW) -> str:
    """The text right before the value."""
    start = match.start(VALUE if VALUE in match.re.groupindex else 0)
    return match.string[max(0, start - characters) : start]


def after(match: re.Match[str], characters: int = _WINDOW) -> str:
    """The text right after the value."""
    end = match.end(VALUE if VALUE in match.re.groupindex else 0)
    return match.string[end : end + characters]


def is_other_number(text_before: str) -> bool:
    """Order, parcel, product and similar words stand right before a number."""
    other = compiled(_OTHER_BEFORE).search(text_before[-_OTHER_WINDOW:])
    if other is None or _PERSONAL.search(other["rest"]):
        return False
    # A word of a sentence that is over names nothing, unless it asked for a number.
    return not _SENTENCE_END.search(other["rest"]) or bool(_ASKS_NUMBER.search(other[0]))


def is_no_other_number(match: re.Match[str]) -> bool:
    """No word before the value calls it an order, a parcel, a product or the like."""
    return not is_other_number(before(match, _OTHER_WINDOW))


def has_birth_date(match: re.Match[str]) -> bool:
    """The group `date` is a YYMMDD that a calendar knows (29 February in any year)."""
    return is_birth_date(digits_of(match["date"]))


def is_birth_date(date: str) -> bool:
    """Six digits YYMMDD that a calendar knows (29 February in any year)."""
    month, day = int(date[2:4]), int(date[4:6])
    return 1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]


def is_registration_run(match: re.Match[str]) -> bool:
    """Thirteen digits in a row with a birth date, unless their check digit makes them goods."""
    return has_birth_date(match) and not is_goods(match)


def is_goods(match: re.Match[str]) -> bool:
    """Thirteen digits in one piece with an EAN's check digit and words for goods around it.

    People mistype check digits: a number that begins as Korean goods and books do needs none,
    unless a registration's check digit fits.
    """
    value = value_of(match)
    if not value.isdigit() or not (_is_ean(value) or _is_mistyped_ean(value)):
        return False
    around = f"{before(match)[-20:]} {after(match)[:20]}"
    return compiled(_GOODS).search(around) is not None


def is_proven_card(digits: str) -> bool:
    """An issuer's range, the length that goes with it, and the check digit."""
    return _ISSUED.fullmatch(digits) is not None and passes_luhn(digits)


def _is_ean(digits: str) -> bool:
    """The check digit of EAN-13 (GS1 General Specifications)."""
    if len(digits) != _EAN_DIGITS:
        return False
    numbers = [int(digit) for digit in digits]
    return (sum(numbers[::2]) + 3 * sum(numbers[1::2])) % 10 == 0


def _is_mistyped_ean(digits: str) -> bool:
    """Begins with 880, 978 or 979 (GS1) and has no registration's check digit."""
    numbers = [int(digit) for digit in digits]
    total = sum(number * weight for number, weight in zip(numbers, _RRN_WEIGHTS, strict=False))
    return digits.startswith(("880", "978", "979")) and (11 - total % 11) % 10 != numbers[12]


def has_brn_checksum(match: re.Match[str]) -> bool:
    """Ten digits with the National Tax Service's check digit, that nothing calls otherwise."""
    numbers = [int(digit) for digit in digits_of(value_of(match))]
    total = sum(number * weight for number, weight in zip(numbers, _BRN_WEIGHTS, strict=False))
    total += numbers[8] * 5 // 10
    return (10 - total % 10) % 10 == numbers[9] and is_no_other_number(match)


def has_luhn_checksum(match: re.Match[str]) -> bool:
    """The digits pass ISO/IEC 7812's check (Luhn)."""
    return passes_luhn(digits_of(value_of(match)))


def passes_luhn(digits: str) -> bool:
    """Digits that pass ISO/IEC 7812's check (Luhn)."""
    numbers = [int(digit) for digit in reversed(digits)]
    return sum(numbers[::2] + [sum(divmod(2 * number, 10)) for number in numbers[1::2]]) % 10 == 0
