"""Errors of reviews by a person: what is wrong with the data or the workbook, and what to do."""

from collections.abc import Iterable
from pathlib import Path

from cs_pipeline.errors import DatasetError
from cs_pipeline.language import Words

NOTHING_FOUND = Words(ko="찾은 것 없음", en="nothing found")
"""Title of the stratum of rows without any placeholder."""
ROW_ID = Words(ko="행 번호", en="Row id")
CHOOSE_ONE = Words(ko="목록에서 골라 주세요.", en="Choose one from the list.")


def too_small_to_sample(rows: int, *, least: int) -> DatasetError:
    """The dataset has fewer rows than a sample needs."""
    return DatasetError(
        ko=f"데이터셋이 {rows}행뿐이라 검토할 표본을 뽑을 수 없습니다. "
        f"{least}행 이상이 되도록 상담 엑셀을 더 넣어 주세요.",
        en=f"The dataset holds only {rows} rows, too few for a sample. "
        f"Drop more exports until it holds {least} rows or more.",
    )


def too_few_to_estimate(judged: int, *, least: int) -> DatasetError:
    """Too few rows of the sample have a verdict."""
    return DatasetError(
        ko=f"판정이 {judged}행에만 있어 추정할 수 없습니다. "
        f"{least}행 이상 판정을 고른 뒤 다시 실행해 주세요.",
        en=f"Only {judged} rows have a verdict, too few for an estimate. "
        f"Choose one for {least} rows or more and run again.",
    )


def too_few_judged(judged: int, *, least: int) -> DatasetError:
    """Too few pairs of answers have a verdict."""
    return DatasetError(
        ko=f"판정이 {judged}행에만 있습니다. {least}행 이상 판정을 고른 뒤 다시 실행해 주세요.",
        en=f"Only {judged} rows have a verdict. Choose one for {least} rows or more and run again.",
    )


def not_ours(path: Path, *, command: str) -> DatasetError:
    """The file is not a workbook that `command` made."""
    return DatasetError(
        ko=f"{path.name}은(는) '{command}'로 만든 파일이 아니거나 숨은 시트나 머리글이 "
        "바뀌었습니다. 만들어진 파일에 판정을 적어 다시 실행해 주세요.",
        en=f"{path.name} was not made by '{command}', or its hidden sheet or its headings "
        "were changed. Write the verdicts into the file that was made and run again.",
    )


def rows_differ(sheet: str, *, missing: int, strange: int, cells: str) -> DatasetError:
    """The rows of a workbook are not those that were drawn."""
    return DatasetError(
        ko=f"'{sheet}' 시트의 행이 뽑은 행과 맞지 않습니다: 빠진 행 {missing}개, "
        f"모르는 행이나 겹친 행 {strange}개 (위치: {cells}). 뽑은 행을 모두 한 번씩만 "
        "두고 다시 실행해 주세요.",
        en=f"The rows of sheet '{sheet}' are not those that were drawn: {missing} "
        f"missing, {strange} unknown or twice (at: {cells}). Keep every drawn row exactly "
        "once and run again.",
    )


def unknown_verdicts(sheet: str, *, cells: str, choices: Iterable[Words]) -> DatasetError:
    """Cells hold something else than the verdicts to choose from."""
    known = tuple(choices)
    ko, en = ", ".join(one.ko for one in known), ", ".join(one.en for one in known)
    return DatasetError(
        ko=f"'{sheet}' 시트에 알 수 없는 판정이 있습니다 ({cells}). {ko} 가운데 하나를 "
        "고르고 다시 실행해 주세요.",
        en=f"Sheet '{sheet}' has unknown verdicts ({cells}). Choose one of {en} and run again.",
    )
