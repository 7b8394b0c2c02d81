"""Moments as people read them: in one time zone, which is named."""

from datetime import datetime
from zoneinfo import ZoneInfo


def shown_moment(moment: datetime, zone: ZoneInfo) -> str:
    """Date, time to the minute and the zone's name: `2026-11-24 14:00 Asia/Seoul`."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M} {zone.key}"
