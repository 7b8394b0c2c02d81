"""What the commands of `cli/notify.py` say."""

from cs_pipeline.language import Words

TEST = Words(ko="채널마다 시험 알림을 보냄", en="Send each channel a test")

NOBODY = Words(
    ko="알림을 받을 곳이 없습니다. CS_PIPELINE_NOTIFY_URLS를 지정하세요.",
    en="Nobody is told anything: set CS_PIPELINE_NOTIFY_URLS.",
)


def sent(channel: str) -> Words:
    """A channel took the test message."""
    return Words(ko=f"✔ {channel}: 보냈습니다.", en=f"✔ {channel}: sent.")


HELP = {
    "notify": "디스크, 인박스, 실행, 승인을 살펴 사람에게 알립니다. 시험이 실패하면 종료 코드 "
    "1입니다.",
}
"""Korean help of each command; the English is its docstring."""
