"""How personal data is found and masked."""

from pathlib import Path
from typing import ClassVar

from pydantic import Field, field_validator

from cs_pipeline.config.group import Group, wording
from cs_pipeline.language import Words
from cs_pipeline.masked.placeholders import DEFAULT_FORM, PlaceholderForm


class Masking(Group):
    """The site's own rules, further finders, and how placeholders are written."""

    heading: ClassVar[Words] = Words(ko="마스킹", en="Masking")

    pii_rules: Path | None = Field(
        default=None,
        json_schema_extra=wording("회사의 허용 목록, 차단 목록, 패턴을 적은 YAML 파일."),
    )
    """YAML file with the site's own allow list, deny list and patterns."""
    pii_model: Path | None = Field(
        default=None, json_schema_extra=wording("마스킹 규칙에 더할 토큰 분류 모델 폴더.")
    )
    """Folder of a token-classification model whose findings join those of the rules."""
    pii_name_veto: bool = Field(
        default=False,
        json_schema_extra=wording(
            "규칙이 확신하지 못하는 이름을 형태소 분석기(추가 설치 `names`)에 물음."
        ),
    )
    """Ask a morphological analyser (extra `names`) about names that the rules are not sure of."""
    number_placeholders: bool = Field(
        default=False,
        json_schema_extra=wording("한 대화의 서로 다른 값을 구별: `#@이름#`, `#@이름2#`."),
    )
    """Give different values of one type in a conversation different placeholders: `#@이름#`,
    `#@이름2#`."""
    placeholder_form: str = Field(
        default=DEFAULT_FORM,
        json_schema_extra=wording(
            "CSV에 자리표시를 적는 모양, 예: `[{}]`. `{}`에 종류의 이름이 들어감."
        ),
    )
    """How the CSVs write placeholders, such as `[{}]`; `{}` stands for the type's name."""

    @field_validator("placeholder_form")
    @classmethod
    def _writable(cls, value: str) -> str:
        PlaceholderForm(value)
        return value
