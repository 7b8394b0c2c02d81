"""What an export's own columns say about the people in it: exact values to mask in its rows."""

import re
from collections.abc import Iterable, Mapping, Sequence

from cs_pipeline.intake.sheets.cells import (
    clean_text,
    in_both_languages,
    is_blank,
)
from cs_pipeline.intake.sheets.head_rows import head_rows
from cs_pipeline.intake.sheets.speakers import speaker_of
from cs_pipeline.packed_lists import items_from
from cs_pipeline.records import KnownValue

_LEAST_COLUMNS = 2  # a sheet without conversations is a list of people from this many on
_LONGEST = 200
_MOST_KEPT = 10_000
_NONE: Mapping[str, str] = {}

# Headings as `label_of` gives them: lower case, without spaces and signs.
_WHO = (
    "고객|회원|손님|방문자|visitor|이용자|주문자|구매자|신청자|문의자|예약자|계약자|가입자|수령인|수취인|받는사람|받는분"
    "|보내는사람|보내는분|발신인|예금주|명의자|환자|보호자|담당자|처리자|접수자|작성자|상담사|상담원|직원"
    "|매니저|질문자|답변자|답변담당자|요청자|조치자|처리담당자|상담자|상담직원|응대자|등록자|민원인|접수담당자"
    "|발화자|화자|발신자|보낸사람|customer|user|member|client|agent|manager|recipient|sender|buyer"
    "|assignee|assignedto|caller|requester|submitter|author|speaker"
)
_PHONE_WORD = (
    "연락처|전화|핸드폰|휴대폰|휴대전화|발신|수신|hp|tel|telephone|phone|mobile|mobilephone|cell"
)
_NUMBER = "번호|no|number"
_COLUMNS = tuple(
    (entity_type, re.compile(pattern))
    for entity_type, pattern in (
        (
            "NAME",
            f"(?:{_WHO})?(?:이름|성명|성함|존함|명|name|fullname)|{_WHO}|realname|닉네임|fromname|toname",
        ),
        ("PHONE", f"(?:{_WHO})?(?:{_PHONE_WORD})(?:{_NUMBER})?[1-3]?"),
        (
            "EMAIL",
            f"(?:{_WHO})?(?:이메일|메일|전자우편|email)(?:주소|address)?|(?:from|to|cc)address",
        ),
        ("LOGIN_ID", f"(?:{_WHO}|로그인|login)?(?:아이디|loginid|계정|account)|(?:{_WHO})id"),
        ("MEMBER_NO", f"(?:회원|고객|멤버십|계약|증권|환자|member|customer)(?:{_NUMBER})"),
        ("ADDRESS", f"(?:{_WHO})?(?:배송지|주소|배송주소|상세주소|배송지주소|address)[1-3]?"),
        ("DOB", "생년월일|생일|birth|birthday|birthdate|dateofbirth|dob"),
        ("RRN", f"주민(?:등록)?(?:{_NUMBER})|rrn|ssn"),
        ("ACCOUNT", f"(?:환불|입금)?계좌(?:{_NUMBER})?|account(?:{_NUMBER})"),
        ("CARD", f"카드(?:{_NUMBER})|card(?:{_NUMBER})"),
        ("PLATE", f"차량?(?:{_NUMBER})|plate(?:{_NUMBER})?"),
        ("ORDER", f"(?:주문|예약|접수|결제|order|booking)(?:{_NUMBER}|id)"),
        ("TRACKING", f"(?:운송장|송장|tracking)(?:{_NUMBER})?"),
    )
)
# Mobile, Seoul, the provinces, internet telephony and personal numbers. 15xx, 16xx and 18xx are
# nobody's and have no zero to lose.
_MOBILE_AS_NUMBER = re.compile(r"10\d{8}|1[16-9]\d{7,8}")
_PHONE_AS_NUMBER = re.compile(
    rf"{_MOBILE_AS_NUMBER.pattern}|2\d{{7,8}}|(?:3[1-3]|4[1-4]|5[1-5]|6[1-4])\d{{7,8}}"
    r"|70\d{8}|50\d{9,10}"
)
_NAME = re.compile(r"[가-힣]{1,5}(?: ?[가-힣]{1,4})?|[A-Za-z][A-Za-z.' -]{2,39}")
_IN_BRACKETS = re.compile(r"[(\[<][^)\]>]*[)\]>]")
_HONORIFIC = re.compile(r"(?:고객)?님$|씨$")


def personal_columns(labels: Sequence[str], further: Mapping[str, str] = _NONE) -> dict[int, str]:
    """0-based column -> entity type, for headings such as 고객명, 연락처 or user_id.

    `further` maps a site's own labels to entity types.
    """
    found = {
        column: further.get(label) or _kind_of(label)
        for column, label in enumerate(labels)
        if label
    }
    return {column: kind for column, kind in found.items() if kind is not None}


def _kind_of(label: str) -> str | None:
    kinds = {
        next((kind for kind, pattern in _COLUMNS if pattern.fullmatch(part)), None)
        for part in in_both_languages(label) or (label,)
    }
    return kinds.pop() if len(kinds) == 1 else None


def known_values(row: Sequence[str], columns: Mapping[int, str]) -> tuple[KnownValue, ...]:
    """The row's values in personal columns, once each; role words and prose are no values."""
    if not columns:
        return ()
    cells = ((kind, row[column]) for column, kind in columns.items() if column < len(row))
    values = [known_value(kind, clean_text(cell)) for kind, cell in cells if cell]
    return tuple(dict.fromkeys(filter(None, values)))


class KnownValues:
    """As `known_values`, of the rows of one table; the people who come again are not read anew.

    Args:
        columns: 0-based column -> entity type.
    """

    def __init__(self, columns: Mapping[int, str]) -> None:
        self._columns = columns
        self._known: dict[tuple[str, ...], tuple[KnownValue, ...]] = {}

    def of(self, row: Sequence[str]) -> tuple[KnownValue, ...]:
        """The row's values; one tuple for the rows that name the same people, such as an agent."""
        if not self._columns:
            return ()
        cells = tuple([row[column] for column in self._columns if column < len(row)])
        found = self._known.get(cells)
        if found is None:
            found = known_values(row, self._columns)
            if len(self._known) < _MOST_KEPT:
                self._known[cells] = found
        return found


def known_value(entity_type: str, text: str) -> KnownValue | None:
    """`text` as a value of its type; None for what tells nobody apart (`상담사`, `-`, prose)."""
    if entity_type == "NAME":
        text = _HONORIFIC.sub("", _IN_BRACKETS.sub(" ", text).strip()).strip()
        if not _NAME.fullmatch(text) or speaker_of(text) is not None:
            return None
    elif entity_type == "PHONE":
        text = whole_phone(text)
    if not 2 <= len(text) <= _LONGEST:
        return None
    return KnownValue(entity_type, text)


def whole_phone(number: str) -> str:
    """A phone number that a spreadsheet kept as a number, with its leading zero again."""
    return f"0{number}" if _PHONE_AS_NUMBER.fullmatch(number) else number


def whole_mobile(text: str) -> str:
    """The same of a cell that holds nothing but a mobile number; other numbers stay."""
    return f"0{text}" if text[:1] == "1" and _MOBILE_AS_NUMBER.fullmatch(text) else text


def people_on(
    rows: Sequence[tuple[str, ...]], further: Mapping[str, str] = _NONE
) -> list[KnownValue]:
    """Values of a sheet that lists people (a user sheet); empty when it lists none.

    Such a sheet names at least two personal columns, one of them of names or phone numbers, in
    its first 20 rows.
    """
    for index, labels in head_rows(rows):
        columns = personal_columns(labels, further)
        if len(columns) >= _LEAST_COLUMNS and {"NAME", "PHONE"} & set(columns.values()):
            return _all_values(items_from(rows, index + 1), columns)
    return []


def _all_values(rows: Iterable[tuple[str, ...]], columns: Mapping[int, str]) -> list[KnownValue]:
    values = (value for row in rows if not is_blank(row) for value in known_values(row, columns))
    return list(dict.fromkeys(values))
