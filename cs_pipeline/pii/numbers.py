"""Numbers that belong to a person, and e-mail addresses, as they look in normalised text.

Sources of the formats: numbering plan of the Korean Ministry of Science and ICT (area codes,
010/011/016-019, 050x, 070, +82), Resident Registration Act rules (YYMMDD-SNNNNNN), National Tax
Service (3-2-5), ISO/IEC 7812 (cards), account formats as printed by the banks.
"""

from cs_pipeline.pii import validators
from cs_pipeline.pii.rules import Rule, RuleSet

# Not the rest of a longer hyphenated number. A placeholder's `#` counts as a digit here, so that
# masking one number never makes its neighbour look different.
_ALONE = r"(?<!\d) (?<![\d#][-.])"
_ENDS = r"(?! \d | -[\d#] )"

# One separator of a number broken into groups; `[ ]` and not `\s`, as these are VERBOSE patterns.
_SEPARATOR = r"[-./~_,:|()*\s]"
_GAP = rf"{_SEPARATOR}{{0,4}}"
_ZERO = "[0oㅇ]"
_OPEN = r"(?:\((?=[+]?\d{2,4}[ ]?\)))?"
# A bare 82 needs a separator or the 10 of a mobile: 820116 is somebody's birthday.
_COUNTRY = rf"(?: (?:[+]|00)82 {_GAP} | 82 {_SEPARATOR}{{1,4}} )"

_MOBILE = rf"""
    (?<!\d) {_OPEN} (?: {_COUNTRY} (?: {_ZERO} {_GAP} )? | 82 (?=10) | {_ZERO} [ ]? )
    1 [ ]? (?: {_ZERO} | [16789] ) {_GAP}
    (?: [\d*]{{3,4}} {_GAP} [\d*]{{4}} | (?: \d {_SEPARATOR}{{0,3}} ){{7}} \d ) (?!\d)
"""
_LANDLINE = rf"""
    {_ALONE} {_OPEN} (?: {_COUNTRY} (?: 0 {_GAP} )? | 0 [ ]? )
    (?: 2 | 3[1-3] | 4[1-4] | 5[1-5] | 6[1-4] | 70 | 50[2-9] ) {_GAP}
    [\d*]{{3,4}} {_GAP} \d{{4}} (?!\d)
"""
# Excel drops the leading zero of a number: 01012345678 arrives as 1012345678.
_MOBILE_WITHOUT_ZERO = r"""
    (?<![\d.,-]) 10 (?: \d{8} | ([-./\s]) \d{4} \1 \d{4} )
    (?! \d | [-.,][\d#] | \s?(?:원|개|건|명|점|포인트|won|krw) )
"""

_BIRTH_DATE = r"(?<!\d) (?P<date> \d [ ]? \d [ ]? \d [ ]? \d [ ]? \d [ ]? \d )"
_RRN_GENDER, _FRN_GENDER = "[012349]", "[5-8]"


def _registration(gender: str) -> str:
    return rf"{_BIRTH_DATE} [-./~_,:\s]{{1,4}} {gender} (?: [ ]? \d ){{6}} (?!\d)"


def _registration_run(gender: str) -> str:
    return rf"(?<!\d) (?P<date>\d{{6}}) {gender} \d{{6}} (?!\d)"


def _partly_hidden(shown: str) -> str:
    return rf"""
        {_BIRTH_DATE} [-./~_\s]{{1,4}} (?= [\d*x●○◯■□]{{6,7}} (?!\d) )
        {shown} [*x●○◯■□]{{1,7}}
    """


_BRN_GROUPS = rf"""
    {_ALONE} \d{{3}} [ ]?[-./_~\s][ ]? \d{{2}} [ ]?[-./_~\s][ ]? \d{{5}} {_ENDS}
"""
_CARD_GAP = r"[-./~_,:\s]{1,3}"
_CARD_GROUPS = rf"""
    (?<!\d) \d{{4}} (?: {_CARD_GAP} [\d*x●○]{{4}} ){{2}} {_CARD_GAP} [\d*]{{4}} (?!\d)
"""
_CARD_THREE_GROUPS = rf"(?<!\d) 3[4-8]\d{{2}} {_CARD_GAP} \d{{6}} {_CARD_GAP} \d{{4,5}} (?!\d)"
_CARD_RUN = r"(?<!\d) [2-69]\d{12,18} (?!\d)"
_CARD_LOOSE = r"(?<!\d) [2-69] (?: [-./_\s]? \d ){15} (?!\d)"

_ACCOUNT_NAMED = rf"""
    {_ALONE} (?= \d[\d .-]{{9}} )
    (?: \d{{2,6}} (?: [ ]?-[ ]? \d{{1,8}} ){{1,4}}
      | (?: \d{{10,16}} | \d{{3,6}} (?: [ .] \d{{2,7}} ){{2,3}} ) (?! [ ]?[만천원개건] ) )
    {_ENDS}
"""
# Group lengths that only accounts have; shared by several banks each.
_ACCOUNT_GROUPS = (
    (6, 2, 6),
    (3, 3, 6),
    (4, 3, 6),
    (3, 6, 5),
    (3, 4, 4, 2),
    (4, 2, 7),
    (3, 6, 2, 3),
    (3, 2, 6, 1),
    (3, 2, 6),
    (4, 4, 4, 1),
)
_ACCOUNT_KNOWN = (
    rf"{_ALONE} (?= \d{{3,6}}[ ]?- ) (?: "
    + " | ".join("[ ]?-[ ]?".join(rf"\d{{{n}}}" for n in groups) for groups in _ACCOUNT_GROUPS)
    + f" ) {_ENDS}"
)

_LOCAL = r"[a-z0-9._%+-]{1,64}+"
_LOCAL_HANGUL = r"[가-힣]{1,20}[a-z0-9._%+-]{0,20}+"
_SPELT_AT = r"(?: \s?골뱅이\s? | \s?[(\[]\s?at\s?[)\]]\s? | \sat\s )"
_DOMAIN = r"""
    (?: [a-z0-9-]{1,63} (?: [.][a-z0-9-]{1,63} ){1,4}
    | (?: naver|gmail|daum|hanmail|kakao|nate|hotmail
        | 네이버|지메일|한메일|네이트|카카오|핫메일|다음(?=\s?닷) )
      (?: \s?(?:[.,]|닷|점)\s?(?:com|net|컴|넷) )? )
"""

# Six digits near each other or a sign of an e-mail address.
_TRIGGER = r"\d(?:\D{0,8}\d){5}|@|골뱅이|[\s(\[]at[\s)\]]"

_RULES = (
    Rule("phone.mobile", "PHONE", 0.95, _MOBILE),
    Rule("phone.landline", "PHONE", 0.9, _LANDLINE),
    Rule("phone.without_zero", "PHONE", 0.8, _MOBILE_WITHOUT_ZERO),
    Rule("rrn.groups", "RRN", 0.97, _registration(_RRN_GENDER), validators.has_birth_date),
    Rule("frn.groups", "FRN", 0.97, _registration(_FRN_GENDER), validators.has_birth_date),
    Rule("rrn.run", "RRN", 0.87, _registration_run(_RRN_GENDER), validators.has_birth_date),
    Rule("frn.run", "FRN", 0.87, _registration_run(_FRN_GENDER), validators.has_birth_date),
    Rule(
        "rrn.partly_hidden",
        "RRN",
        0.9,
        _partly_hidden(rf"(?:{_RRN_GENDER}\d{{0,5}})?"),
        validators.has_birth_date,
    ),
    Rule(
        "frn.partly_hidden",
        "FRN",
        0.9,
        _partly_hidden(rf"{_FRN_GENDER}\d{{0,5}}"),
        validators.has_birth_date,
    ),
    Rule("brn.groups", "BRN", 0.85, _BRN_GROUPS),
    Rule("brn.run", "BRN", 0.7, r"(?<!\d) [1-9]\d{9} (?! \d | \s?원 )", validators.is_brn),
    Rule("card.groups", "CARD", 0.9, _CARD_GROUPS, validators.is_card_in_groups),
    Rule("card.three_groups", "CARD", 0.9, _CARD_THREE_GROUPS),
    Rule("card.run", "CARD", 0.85, _CARD_RUN, validators.has_luhn_checksum),
    Rule("card.loose", "CARD", 0.8, _CARD_LOOSE, validators.has_luhn_checksum),
    Rule("account.named", "ACCOUNT", 0.88, _ACCOUNT_NAMED, validators.is_named_account),
    Rule("account.format", "ACCOUNT", 0.6, _ACCOUNT_KNOWN, validators.is_unnamed_account),
    Rule("email.address", "EMAIL", 0.95, rf"{_LOCAL} \s?@\s? {_DOMAIN}"),
    Rule("email.hangul_local", "EMAIL", 0.9, rf"{_LOCAL_HANGUL} @ {_DOMAIN}"),
    Rule("email.spelt_at", "EMAIL", 0.85, rf"{_LOCAL} {_SPELT_AT} {_DOMAIN}"),
)

find = RuleSet(_TRIGGER, _RULES).find
"""Findings in normalised text; they may overlap."""
