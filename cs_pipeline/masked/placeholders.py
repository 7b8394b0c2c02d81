"""What stands in the place of personal data: one typed placeholder an entity type.

Shards and models know one form, `#@전화번호#`. The CSVs may be written in another one (setting
`placeholder_form`); the trainer reads it back. A value that is told apart from others of its type
in the same conversation carries a number from 2 on: `#@전화번호2#`.
"""

import re

from cs_pipeline.language import Words

PLACEHOLDERS: dict[str, str] = {
    "PHONE": "#@전화번호#",
    "RRN": "#@주민번호#",
    "FRN": "#@외국인등록번호#",
    "BRN": "#@사업자번호#",
    "CARD": "#@카드번호#",
    "ACCOUNT": "#@계좌번호#",
    "EMAIL": "#@이메일#",
    "NAME": "#@이름#",
    "ADDRESS": "#@주소#",
    "DOB": "#@생년월일#",
    "PLATE": "#@차량번호#",
    "ORDER": "#@주문번호#",
    "TRACKING": "#@운송장번호#",
    "PASSPORT": "#@여권번호#",
    "DRIVER": "#@운전면허번호#",
    "IP": "#@아이피#",
    "URL": "#@링크#",
    "LOGIN_ID": "#@아이디#",
    "DEVICE_ID": "#@기기번호#",
    "CUSTOMS": "#@통관부호#",
    "MEMBER_NO": "#@회원번호#",
    "CARD_AUTH": "#@카드인증#",
    "OTP": "#@인증번호#",
    "PASSWORD": "#@비밀번호#",
}
"""Entity type -> placeholder.

The order is part of the contract with trained models: the trainer gives the n-th entry one
vocabulary token of its own. Append; never reorder.
"""

ENTITY_NAMES: dict[str, Words] = {
    entity_type: Words(ko=ko, en=en)
    for entity_type, ko, en in (
        ("PHONE", "전화번호", "phone"),
        ("RRN", "주민등록번호", "resident registration"),
        ("FRN", "외국인등록번호", "foreigner registration"),
        ("BRN", "사업자등록번호", "business registration"),
        ("CARD", "카드번호", "card"),
        ("ACCOUNT", "계좌번호", "account"),
        ("EMAIL", "이메일", "e-mail"),
        ("NAME", "이름", "name"),
        ("ADDRESS", "주소", "address"),
        ("DOB", "생년월일", "date of birth"),
        ("PLATE", "차량번호", "licence plate"),
        ("ORDER", "주문·예약번호", "order or booking"),
        ("TRACKING", "운송장번호", "parcel"),
        ("PASSPORT", "여권번호", "passport"),
        ("DRIVER", "운전면허번호", "driving licence"),
        ("IP", "IP 주소", "IP address"),
        ("URL", "개인 링크", "personal link"),
        ("LOGIN_ID", "아이디", "login id"),
        ("DEVICE_ID", "기기 식별번호", "device id"),
        ("CUSTOMS", "개인통관고유부호", "customs code"),
        ("MEMBER_NO", "회원·계약번호", "membership or contract"),
        ("CARD_AUTH", "카드 유효기간·CVC", "card expiry or CVC"),
        ("OTP", "인증번호", "one-time code"),
        ("PASSWORD", "비밀번호", "password"),
    )
}
"""Entity type -> what a reader calls it."""

DEFAULT_FORM = "#@{}#"
_LABELS = {entity_type: text[2:-1] for entity_type, text in PLACEHOLDERS.items()}
_ANY_LABEL = "|".join(sorted(_LABELS.values(), key=len, reverse=True))
_INDEX = r"(?P<index>[2-9]|[1-9][0-9]{1,2})?"

PLACEHOLDER = re.compile(rf"#@(?P<label>{_ANY_LABEL}){_INDEX}#")
"""Any placeholder; groups `label` and `index` (None for the first value of its type)."""


def placeholder(entity_type: str, index: int = 1) -> str:
    """The placeholder of the `index`-th value of a type; the first carries no number."""
    return PLACEHOLDERS[entity_type] if index == 1 else f"#@{_LABELS[entity_type]}{index}#"


class PlaceholderForm:
    """Another way to write placeholders, such as `[{}]`; `{}` stands for label and number.

    Args:
        form: A text with one `{}`, and on either side of it a sign that is not a letter, digit or
            space.

    Raises:
        ValueError: it does not; a placeholder could not be told from ordinary words.
    """

    def __init__(self, form: str) -> None:
        before, label, after = form.partition("{}")
        if not label or "{" in before + after or "}" in before + after:
            raise ValueError("must hold {} exactly once")
        signs = (before[-1:], after[:1])
        if not all(sign and not sign.isalnum() and not sign.isspace() for sign in signs):
            raise ValueError("must hold a sign such as # or [ on either side of {}")
        self._before, self._after = before, after
        self._own = re.compile(
            re.escape(before) + rf"(?P<label>{_ANY_LABEL}){_INDEX}" + re.escape(after)
        )

    def write(self, text: str) -> str:
        """`text` with its placeholders in this form."""
        return PLACEHOLDER.sub(lambda found: f"{self._before}{found[0][2:-1]}{self._after}", text)

    def read(self, text: str) -> str:
        """`text` in this form with its placeholders as shards and models know them."""
        return self._own.sub(lambda found: f"#@{found['label']}{found['index'] or ''}#", text)
