"""When a run begins by itself."""

from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from cs_pipeline.config.group import Group, wording
from cs_pipeline.language import Words


class Schedule(Group):
    """The watcher of the inbox, and the clock."""

    heading: ClassVar[Words] = Words(ko="일정", en="Schedule")

    poll_seconds: float = Field(
        default=2.0, gt=0, json_schema_extra=wording("인박스를 살피는 간격, 초.")
    )
    """How often the watcher looks into the inbox, in seconds."""
    reannounce_seconds: float = Field(
        default=60.0,
        gt=0,
        json_schema_extra=wording("파일이 남아 있는 동안 다시 알리는 간격, 초."),
    )
    """How often the watcher repeats itself while exports stay pending, in seconds."""
    time_zone: str = Field(
        default="Asia/Seoul",
        json_schema_extra=wording("일정과 모든 화면의 시각에 쓰는 시간대."),
    )
    """Time zone of the schedule, and of every moment that is shown."""
    retrain_cron: str = Field(
        default="0 3 * * *",
        pattern=r"^\S+( \S+){4}$",
        json_schema_extra=wording(
            "`cs_retrain`이 남은 일을 스스로 확인하는 시각: cron 다섯 칸, `time_zone`의 시각."
        ),
    )
    """When `cs_retrain` looks for leftovers by itself: five cron fields, in `time_zone`."""

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("There is no such time zone; write it like Asia/Seoul") from None
        return value
