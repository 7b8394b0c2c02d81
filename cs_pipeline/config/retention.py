"""How long things are kept."""

from typing import ClassVar

from pydantic import Field

from cs_pipeline.config.group import Group, wording
from cs_pipeline.language import Words


class Retention(Group):
    """What `housekeep` deletes; the newest `keep_...` of a kind stay whatever their age.

    What data owners gave is kept unless a site says otherwise; what can be made again goes.
    """

    heading: ClassVar[Words] = Words(ko="보관", en="Retention")

    keep_exports_days: int = Field(
        default=0,
        ge=0,
        json_schema_extra=wording(
            "처리가 끝난 원본 엑셀을 보관하는 날. 0이면 계속. 기록과 샤드는 남지만, 그 파일의 "
            "거절된 행은 더 고쳐 올릴 수 없음."
        ),
    )
    """Days that processed exports are kept; 0: for ever. Ledger and shards stay, but refused rows
    of such an export can no longer come back corrected."""
    keep_refused_days: int = Field(
        default=0,
        ge=0,
        json_schema_extra=wording(
            "거절된 파일과 거절된 행의 엑셀을 보관하는 날. 0이면 계속. 가리지 않은 글이 들어 있음."
        ),
    )
    """Days that refused exports and workbooks of refused rows are kept; 0: for ever. They hold
    unmasked text."""
    keep_weights_days: int = Field(
        default=30,
        ge=0,
        json_schema_extra=wording("실행 폴더의 모델과 체크포인트를 보관하는 날. 0이면 계속."),
    )
    """Days that models and checkpoints in run folders are kept; 0: for ever. Record and report
    stay."""
    keep_weights: int = Field(
        default=3, ge=0, json_schema_extra=wording("그보다 오래되어도 모델을 남길 최근 실행 수.")
    )
    """Newest runs whose models stay whatever their age."""
    keep_versions_days: int = Field(
        default=90,
        ge=0,
        json_schema_extra=wording(
            "모델 저장소의 버전을 보관하는 날. 0이면 계속. 운영, 직전, 보류, 데이터를 뺀 표시가 "
            "있는 버전은 언제나 남음."
        ),
    )
    """Days that versions in the model store are kept; 0: for ever. The live one, the one before,
    those on hold and those marked by a withdrawal always stay."""
    keep_versions: int = Field(
        default=10, ge=0, json_schema_extra=wording("그보다 오래되어도 남길 최근 버전 수.")
    )
    """Newest versions that stay whatever their age."""
    keep_cache_days: int = Field(
        default=30, ge=0, json_schema_extra=wording("토큰 캐시를 보관하는 날. 0이면 계속.")
    )
    """Days that the token cache is kept since it was last used; 0: for ever."""
    keep_staged_days: int = Field(
        default=14,
        ge=0,
        json_schema_extra=wording(
            "학습기에 넘긴 데이터셋, 체크포인트, 로그를 저장소에 보관하는 날. 0이면 계속."
        ),
    )
    """Days that datasets, checkpoints, logs and digests which were handed to trainers stay in the
    store; 0: for ever."""
