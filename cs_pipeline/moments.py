"""Moments as people read them: in one time zone, the schedule's, which is named."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

ZONE_VARIABLE, DEFAULT_ZONE = "CS_PIPELINE_TIME_ZONE", "Asia/Seoul"


def readers_zone() -> ZoneInfo:
    """The zone of `CS_PIPELINE_TIME_ZONE`; the default when it is unset or unknown.

    As the language, it is asked where something is printed. `Settings` refuses an unknown one.
    """
    try:
        return ZoneInfo(os.environ.get(ZONE_VARIABLE, "").strip() or DEFAULT_ZONE)
    except (ValueError, OSError, KeyError):
        return ZoneInfo(DEFAULT_ZONE)


def shown_moment(moment: datetime, zone: ZoneInfo | None = None) -> str:
    """Date, time to the minute and the zone's name: `2026-11-24 14:00 Asia/Seoul`.

    In the reader's zone, unless another one is given.
    """
    zone = zone or readers_zone()
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M} {zone.key}"
