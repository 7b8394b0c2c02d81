"""What the commands of `cli/audit.py` say."""

from cs_pipeline.language import Words

ROWS_TO_DRAW = Words(ko="뽑을 행 수", en="Rows to draw")

OUT = Words(
    ko="만들 엑셀 파일 (기본: 작업 폴더의 audits, 원본 포함 시 격리 폴더)",
    en="Workbook to write (default: audits in the work folder, or the quarantine)",
)

WITH_SOURCE = Words(
    ko="가리기 전 원문도 함께. 격리 폴더에만 만듭니다.",
    en="Unmasked text beside the masked; into the quarantine only",
)


def drawn(drawn: int, rows: int, dataset_version: str, strata: int, path: object) -> Words:
    """How many rows the workbook holds, and where it is."""
    return Words(
        ko=(f"{dataset_version}의 {rows:,}행에서 {drawn:,}행을 뽑았습니다 (층 {strata}개): {path}"),
        en=f"Drew {drawn:,} of {rows:,} rows of {dataset_version} ({strata} strata): {path}",
    )


def without_source(rows: int) -> Words:
    """Rows without their unmasked text."""
    return Words(
        ko=f"원본 엑셀에서 찾지 못한 행: {rows:,}",
        en=f"Rows whose source was not found in an export: {rows:,}",
    )


HOLDS_PERSONAL_DATA = Words(
    ko="이 파일에는 개인정보가 그대로 있습니다. 검토가 끝나면 지워 주세요.",
    en="This file holds personal data as it is. Delete it when the review is done.",
)

JSON = Words(ko="결과 JSON (기본: 엑셀 옆)", en="Result as JSON (default: beside the workbook)")


def result(path: object) -> Words:
    """Where the figures lie."""
    return Words(ko=f"결과 파일: {path}", en=f"Result: {path}")


def reviewed(dataset_version: str, rows: int, drawn: int, reviewed: int, unfilled: int) -> Words:
    """How many of the rows have a verdict."""
    return Words(
        ko=(
            f"데이터셋 {dataset_version}, {rows:,}행: 뽑은 {drawn:,}행 가운데 {reviewed:,}행 "
            f"판정, {unfilled:,}행 미판정"
        ),
        en=(
            f"Dataset {dataset_version}, {rows:,} rows: {drawn:,} drawn, {reviewed:,} with a "
            f"verdict, {unfilled:,} without"
        ),
    )


def left_out(rows: int) -> Words:
    """Rows that the estimate does not cover."""
    return Words(
        ko=f"판정이 하나도 없는 층의 {rows:,}행은 추정에서 빠졌습니다.",
        en=f"Left out of the estimate: {rows:,} rows of strata without any verdict.",
    )


LEAK_RATE = Words(ko="누출률", en="Leak rate")

OVERMASKING_RATE = Words(ko="과다 마스킹률", en="Overmasking rate")


def rate(title: str, share: float, interval: str, rows: int) -> Words:
    """A rate with its interval."""
    return Words(
        ko=f"{title}: {share:.2%} (95% 신뢰구간 {interval}), {rows:,}행에서 발견",
        en=f"{title}: {share:.2%} (95% confidence interval {interval}), found in {rows:,} rows",
    )


def types(types: str) -> Words:
    """What was masked in the rows of a rate."""
    return Words(ko=f"  행에 가린 종류: {types}", en=f"  types masked in them: {types}")


def rules(rules: str) -> Words:
    """The rules that found something in them."""
    return Words(ko=f"  행에 쓰인 규칙: {rules}", en=f"  rules at work in them: {rules}")


STRATUM = Words(ko="층", en="Stratum")

ROWS = Words(ko="데이터셋의 행", en="Rows")

REVIEWED = Words(ko="판정", en="Reviewed")

LEAKS = Words(ko="누출", en="Leaks")

OVERMASKED = Words(ko="과다", en="Overmasked")

GROUP = Words(
    ko="가린 결과를 사람이 검토합니다: 표본 뽑기, 판정 읽기.",
    en="Have a person review the masking: draw a sample, read the verdicts.",
)


HELP = {
    "draw": "현재 데이터셋에서 가린 행을 뽑아 검토용 엑셀을 만듭니다.",
    "read": "판정을 읽어 누출률과 과다 마스킹률을 95% 신뢰구간과 함께 추정합니다.",
}
"""Korean help of each command; the English is its docstring."""
