"""Object stores, and what is kept in them."""

from typing import ClassVar

from pydantic import Field, SecretStr

from cs_pipeline.config.group import Group, wording
from cs_pipeline.language import Words

_AWS = Words(ko="AWS", en="AWS")
_CHAIN = Words(ko="AWS 기본 방식", en="the AWS credential chain")
_STORE = Words(
    ko="`<store>/models`, `store`가 없으면 `<work_dir>/model-store`",
    en="`<store>/models`, without `store` `<work_dir>/model-store`",
)


def is_s3(uri: str) -> bool:
    """True for `s3://bucket/prefix`."""
    return uri.startswith("s3://")


class Stores(Group):
    """Where models and checkpoints go, and how S3-compatible stores are reached."""

    heading: ClassVar[Words] = Words(ko="저장소", en="Stores")

    model_store: str = Field(
        default="",
        json_schema_extra=wording("모델 저장소: 폴더 또는 `s3://bucket/prefix`.", unset=_STORE),
    )
    """Model store: a folder or `s3://bucket/prefix`."""
    checkpoint_store: str = Field(
        default="",
        json_schema_extra=wording(
            "진행 중인 학습의 체크포인트를 복사해 둘 곳: 폴더 또는 `s3://bucket/prefix`. "
            "비우면 실행 폴더에만 둠."
        ),
    )
    """Where checkpoints of running trainings are mirrored: a folder or `s3://bucket/prefix`; empty:
    they stay in the run folder."""
    s3_endpoint_url: str | None = Field(
        default=None,
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
    s3_region: str = Field(default="ap-northeast-2", json_schema_extra=wording("버킷의 리전."))
    """Region of the buckets."""
