"""What is kept in stores of models and checkpoints, and how stores that speak S3 are spoken to."""

from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from cs_pipeline.config.addresses import StoreAddress
from cs_pipeline.config.group import Group, wording
from cs_pipeline.language import Words

_AWS = Words(ko="AWS", en="AWS")
_CHAIN = Words(ko="AWS 기본 방식", en="the AWS credential chain")
_SYSTEM = Words(ko="시스템의 인증 기관", en="the system's authorities")
_BUCKETS_OWN = Words(ko="버킷의 키", en="the bucket's key")
_STORE = Words(
    ko="`<store>/models`, `store`가 없으면 `<work_dir>/model-store`",
    en="`<store>/models`, without `store` `<work_dir>/model-store`",
)


class Stores(Group):
    """Where models and checkpoints go."""

    heading: ClassVar[Words] = Words(ko="저장소", en="Stores")

    model_store: StoreAddress = Field(
        default="",
        json_schema_extra=wording("모델 저장소: 폴더 또는 `s3://bucket/prefix`.", unset=_STORE),
    )
    """Model store: a folder or `s3://bucket/prefix`."""
    checkpoint_store: StoreAddress = Field(
        default="",
        json_schema_extra=wording(
            "진행 중인 학습의 체크포인트를 복사해 둘 곳: 폴더 또는 `s3://bucket/prefix`. "
            "비우면 실행 폴더에만 둠."
        ),
    )
    """Where checkpoints of running trainings are mirrored: a folder or `s3://bucket/prefix`; empty:
    they stay in the run folder."""


class S3Access(Group):
    """How object stores are reached, and which dialect of S3 they speak."""

    heading: ClassVar[Words] = Words(ko="S3 접속", en="Access to S3")

    s3_endpoint_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/]+(/\S*)?$",
        json_schema_extra=wording("S3 호환 저장소의 주소 (조건부 쓰기 필요).", unset=_AWS),
    )
    """Endpoint of an S3-compatible store (needs conditional writes)."""
    s3_access_key_id: SecretStr | None = Field(
        default=None, json_schema_extra=wording("액세스 키.", unset=_CHAIN)
    )
    """Access key."""
    s3_secret_access_key: SecretStr | None = Field(
        default=None, json_schema_extra=wording("비밀 키.", unset=_CHAIN)
    )
    """Secret key."""
    s3_region: str = Field(
        default="ap-northeast-2",
        pattern=r"^[A-Za-z0-9-]+$",
        json_schema_extra=wording("버킷의 리전."),
    )
    """Region of the buckets."""
    s3_addressing: Literal["auto", "path", "virtual"] = Field(
        default="auto",
        json_schema_extra=wording(
            "버킷 이름을 두는 곳: 경로(`path`) 또는 호스트 이름(`virtual`). `auto`는 저장소의 "
            "주소를 지정하면 경로, AWS에서는 호스트 이름."
        ),
    )
    """Where the bucket's name goes: in the path (`path`) or in the host name (`virtual`); `auto`
    takes the path where an endpoint is set, the host name on AWS."""
    s3_ca_bundle: Path | None = Field(
        default=None,
        json_schema_extra=wording(
            "저장소의 인증서를 확인할 인증 기관 파일(PEM)의 경로. 학습기에서도 같은 경로.",
            unset=_SYSTEM,
        ),
    )
    """Certificate authorities (PEM) that vouch for the store; the same path for the trainer."""
    s3_checksums: Literal["when_required", "when_supported"] = Field(
        default="when_required",
        json_schema_extra=wording(
            "boto3의 체크섬을 꼭 필요할 때만 또는 늘 보냄. 많은 호환 저장소가 `when_supported`를 "
            "거절함. 파일의 sha256은 어느 쪽이든 확인함."
        ),
    )
    """When boto3 sends checksums of its own; many compatible stores refuse `when_supported`. The
    sha256 of files is checked either way."""
    s3_list_version: Literal["auto", "1", "2"] = Field(
        default="auto",
        json_schema_extra=wording(
            "객체 목록의 판. `auto`는 2를 모르는 저장소(NAVER Object Storage)에서 1을 씀."
        ),
    )
    """Version of the listing; `auto` takes 1 where the store does not know 2 (NAVER Object
    Storage)."""
    s3_sse: Literal["none", "AES256", "aws:kms"] = Field(
        default="none", json_schema_extra=wording("저장소에 요청하는 암호화 (SSE).")
    )
    """Encryption that the store is asked for (SSE)."""
    s3_sse_kms_key: str = Field(
        default="",
        json_schema_extra=wording("`aws:kms`에 쓸 키의 ID.", unset=_BUCKETS_OWN),
    )
    """Id of the key for `aws:kms`."""

    @field_validator(
        "s3_endpoint_url", "s3_access_key_id", "s3_secret_access_key", "s3_ca_bundle", mode="before"
    )
    @classmethod
    def _empty_is_unset(cls, value: Any) -> Any:
        return None if value == "" else value

    @field_validator("s3_secret_access_key")
    @classmethod
    def _both_or_none(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if (value is None) != (info.data.get("s3_access_key_id") is None):
            raise ValueError("access key and secret key are set together or not at all")
        return value

    @field_validator("s3_ca_bundle")
    @classmethod
    def _absolute_bundle(cls, value: Path | None) -> Path | None:
        return value and value.expanduser().resolve()

    @field_validator("s3_sse_kms_key")
    @classmethod
    def _key_is_used(cls, value: str, info: ValidationInfo) -> str:
        if value and info.data.get("s3_sse", "aws:kms") != "aws:kms":
            raise ValueError("a key id needs CS_PIPELINE_S3_SSE=aws:kms")
        return value
