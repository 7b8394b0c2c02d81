"""What is taken from the inbox, and how it is read."""

from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, SecretStr

from cs_pipeline.config.addresses import StoreAddress
from cs_pipeline.config.group import Group, from_json, wording
from cs_pipeline.language import Words

_INBOX = Words(ko="`<data_dir>/inbox`", en="`<data_dir>/inbox`")


class Intake(Group):
    """The inbox, and the terms on which an export is read."""

    heading: ClassVar[Words] = Words(ko="엑셀 받기", en="Intake")

    inbox: StoreAddress = Field(
        default="",
        json_schema_extra=wording("엑셀을 넣는 곳: 폴더 또는 `s3://bucket/prefix`.", unset=_INBOX),
    )
    """Where exports are dropped: a folder or `s3://bucket/prefix`."""
    settle_seconds: float = Field(
        default=3.0,
        ge=0,
        json_schema_extra=wording(
            "바뀐 지 이만큼(초) 지나지 않은 파일은 아직 쓰는 중으로 보고 그대로 둠. "
            "빈 파일과 폴더는 열 배를 기다림."
        ),
    )
    """A file that changed less than this many seconds ago is still being written and is left alone;
    an empty file or a folder ten times as long."""
    max_export_bytes: int = Field(
        default=512 * 1024**2,
        gt=0,
        json_schema_extra=wording("이보다 큰 파일은 거절, 바이트."),
    )
    """Exports larger than this are refused, in bytes."""
    export_passwords: Annotated[tuple[SecretStr, ...], BeforeValidator(from_json)] = Field(
        default=(),
        json_schema_extra=wording(
            '암호가 걸린 엑셀에 써 볼 비밀번호의 JSON 목록, 예: `["a","b"]`.'
        ),
    )
    """Passwords to try on encrypted workbooks: a JSON list, such as `["a","b"]`."""
    hidden_rows: Literal["read", "skip"] = Field(
        default="read",
        json_schema_extra=wording("숨긴 행과 시트를 읽을지(`read`) 건너뛸지(`skip`)."),
    )
    """Whether hidden rows and sheets of an export are read."""
    export_layouts: Path | None = Field(
        default=None, json_schema_extra=wording("회사만의 머리글과 파일 모양을 적은 YAML 파일.")
    )
    """YAML file with the site's own headings and export layouts."""
    max_text_characters: int = Field(
        default=2000, ge=10, json_schema_extra=wording("이 글자 수보다 긴 질문과 답변은 거절.")
    )
    """A question or answer with more characters than this is refused."""
    quality_rules: Path | None = Field(
        default=None,
        json_schema_extra=wording("사이트의 기준, 심각도, 품질 규칙을 적은 YAML 파일."),
    )
    """YAML file with the site's own limits, severities and quality rules."""
