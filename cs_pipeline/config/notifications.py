"""Who is told of what, and where a message's link leads."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, SecretStr, field_validator, model_validator
from pydantic_core import PydanticCustomError

from cs_pipeline.config.group import Group, from_json, wording
from cs_pipeline.language import Language, Words
from cs_pipeline.records import Record

NotifyKind = Literal[
    "promoted",
    "rejected",
    "kept",
    "approval",
    "rows_to_correct",
    "failed",
    "recovered",
    "nothing_new",
    "inbox_stuck",
    "watcher_silent",
    "disk_low",
    "run_late",
]
"""What people are told of."""

_NO_LINK = Words(ko="링크 없음", en="no link")


class NotifyChannel(Record):
    """One address, and what goes there.

    `kinds` are those that it gets, none: all. `language` is that of its messages, None: the
    installation's.
    """

    url: SecretStr = Field(min_length=1)
    kinds: tuple[NotifyKind, ...] = ()
    language: Language | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_an_address(cls, value: Any) -> Any:
        """A text is the address alone. No other key is named, since it may be the address."""
        if isinstance(value, str):
            return {"url": value}
        if isinstance(value, dict) and not value.keys() <= {"url", "kinds", "language"}:
            raise PydanticCustomError(
                "notify_channel", "A channel has `url`, and may have `kinds` and `language`"
            )
        return value


class Notifications(Group):
    """Messages to people."""

    heading: ClassVar[Words] = Words(ko="알림", en="Notifications")

    notify_urls: Annotated[tuple[NotifyChannel, ...], BeforeValidator(from_json)] = Field(
        default=(),
        json_schema_extra=wording(
            "알림을 받을 곳의 JSON 목록. Apprise 주소, 또는 `url`과 받을 종류 `kinds`, 언어 "
            "`language`를 적은 객체. 비밀로 다룸. docs/notifications.md 참고."
        ),
    )
    """Where messages go: a JSON list of Apprise addresses, or of objects with `url`, the `kinds`
    that it gets and its `language`. Kept secret. See docs/notifications.md."""
    airflow_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/]+(/\S*)?)?$",
        json_schema_extra=wording("사람이 Airflow를 여는 주소. 알림의 링크에 씀.", unset=_NO_LINK),
    )
    """Address at which people open Airflow; messages link to it."""
    nothing_new_days: int = Field(
        default=7,
        ge=0,
        json_schema_extra=wording("새 엑셀이 이만큼 없으면 알림(일). 0이면 알리지 않음."),
    )
    """Tell when no export came for so many days; 0: never."""
    inbox_stuck_hours: int = Field(
        default=12,
        ge=1,
        json_schema_extra=wording("파일이 인박스에 이보다 오래 남아 있으면 알림(시간)."),
    )
    """Tell when a file stays in the inbox for longer, in hours."""
    run_late_hours: int = Field(
        default=24,
        ge=1,
        json_schema_extra=wording("실행이 이보다 오래 끝나지 않으면 알림(시간)."),
    )
    """Tell when a run has not ended after so many hours."""

    @field_validator("airflow_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")
