"""How Airflow and a trainer that shares no disk with it hand things to each other."""

import tempfile
from pathlib import Path
from typing import ClassVar

from pydantic import Field, SecretStr, field_validator

from cs_pipeline.config.addresses import StoreAddress
from cs_pipeline.config.group import Group, wording
from cs_pipeline.language import Words

_NO_HAND_OVER = Words(
    ko="학습기가 이 컴퓨터의 폴더에서 바로 읽음", en="the trainer reads this machine's folders"
)
_TEMPORARY = Words(ko="`TMPDIR`", en="`TMPDIR`")


class HandOverSettings(Group):
    """The object store between both sides, and how often a trainer reports to it."""

    heading: ClassVar[Words] = Words(ko="학습 넘겨주기", en="Hand-over to a trainer")

    store: StoreAddress = Field(
        default="",
        json_schema_extra=wording(
            "Airflow와 학습기가 주고받는 저장소: 폴더 또는 `s3://bucket/prefix`. "
            "모델 저장소의 기본값은 그 아래 `models`.",
            unset=_NO_HAND_OVER,
        ),
    )
    """Store by which Airflow and a trainer exchange files: a folder or `s3://bucket/prefix`. The
    model store defaults to `models` below it."""
    handover_key: SecretStr | None = Field(
        default=None,
        json_schema_extra=wording(
            "가린 값의 해시를 암호화해 넘기는 키: base64로 적은 32바이트 "
            "(`openssl rand -base64 32`). 양쪽에 같은 값."
        ),
    )
    """Key that seals the digests of masked values on their way: 32 bytes in base64 (`openssl rand
    -base64 32`), the same on both sides."""
    lease_seconds: float = Field(
        default=60.0,
        ge=1,
        le=3600,
        json_schema_extra=wording(
            "학습기가 소식을 끊은 뒤 같은 시도를 다른 프로세스가 이어받기까지의 시간, 초."
        ),
    )
    """How long a trainer must be silent before another process may take over the same attempt, in
    seconds."""
    mirror_seconds: float = Field(
        default=10.0,
        ge=0.1,
        le=3600,
        json_schema_extra=wording("학습기가 진행 상황과 로그의 끝을 저장소에 쓰는 간격, 초."),
    )
    """How often a trainer writes its progress and the end of its log to the store, in seconds."""
    scratch: Path | None = Field(
        default=None,
        json_schema_extra=wording(
            "넘겨받은 학습이 데이터와 모델을 두는 임시 폴더.", unset=_TEMPORARY
        ),
    )
    """Temporary folder for the data and models of a training that was handed over."""

    @field_validator("store")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        value = value.rstrip("/")
        return value if not value or "://" in value else str(Path(value).expanduser().resolve())

    @property
    def scratch_folder(self) -> Path:
        """Where a trainer that was handed its work keeps everything."""
        return self.scratch or Path(tempfile.gettempdir())
