"""What several commands say."""

from cs_pipeline.language import Words

SEED = Words(ko="난수 시드", en="Seed")

WORKBOOK_WITH_VERDICTS = Words(ko="판정을 적은 엑셀", en="Workbook with verdicts")


def page(path: object) -> Words:
    """Where the page of the comparison lies."""
    return Words(ko=f"비교 페이지: {path}", en=f"Page: {path}")


PRINT_JSON = Words(ko="JSON으로 출력", en="Print JSON")


def live_model(version_id: str) -> Words:
    """What is live after the command."""
    return Words(ko=f"운영 모델: {version_id}", en=f"Live model: {version_id}")


def outcome(status: str) -> Words:
    """How a run ended."""
    return Words(ko=f"결과: {status}", en=f"Outcome: {status}")


NO_INSTALLATION = Words(
    ko="여기에는 아직 설치가 없습니다.", en="There is no installation here yet."
)

PRINT_JSON_LINE = Words(ko="한 줄의 JSON으로 출력", en="Print one line of JSON")
