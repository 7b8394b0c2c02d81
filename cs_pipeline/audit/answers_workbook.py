"""The workbook in which a person compares two models' answers without knowing whose they are."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from cs_pipeline.audit.answer_pairs import LEAST_JUDGED, ShownPair
from cs_pipeline.audit.review_form import (
    HIDDEN_TITLE,
    ReviewForm,
    not_ours,
    read_form,
    verdicts_in,
    write_hidden,
    write_review,
)
from cs_pipeline.excel_sheets import (
    cell_to_fill,
    heading_cell,
    plain_cell,
    row_points,
    temporary_files_in,
    text_cell,
    wide_pages,
)
from cs_pipeline.files import atomic_path
from cs_pipeline.language import Words
from cs_pipeline.records import PairVerdict

VERDICTS: dict[PairVerdict, Words] = {
    "a": Words(ko="A", en="A"),
    "b": Words(ko="B", en="B"),
    "alike": Words(ko="비슷함", en="Alike"),
    "both_bad": Words(ko="둘 다 나쁨", en="Both bad"),
}
FORM = ReviewForm(
    command="answers draw",
    mark="cs_pipeline.answers/1",
    row_id=Words(ko="행 번호", en="Row id"),
    verdict=Words(ko="더 나은 답변", en="Better answer"),
    verdicts=VERDICTS,
)
"""Its hidden sheet holds the name of the draw, then the ids of its pairs."""
_TITLE = Words(ko="답변 비교", en="Answers")
_GUIDE_TITLE = Words(ko="판정 방법", en="How to judge")
_COLUMNS = (
    (FORM.row_id, 18),
    (Words(ko="이전 대화", en="Said before"), 30),
    (Words(ko="질문", en="Question"), 34),
    (Words(ko="실제 상담 답변", en="What an agent answered"), 34),
    (Words(ko="답변 A", en="Answer A"), 42),
    (Words(ko="답변 B", en="Answer B"), 42),
    (FORM.verdict, 14),
    (Words(ko="메모", en="Note"), 24),
)
_ASKED, _SAID = Words(ko="고객", en="Customer"), Words(ko="상담", en="Agent")
_EMPTY = Words(ko="(빈 답변)", en="(empty answer)")
_GUIDE_WIDTH = 110
_ADVICE = (
    Words(
        ko="질문마다 두 모델의 답변이 A와 B로 나란히 있습니다. 어느 쪽이 새 모델인지는 행마다 "
        "다르며 이 파일에 없습니다.",
        en="Each question stands beside the answers of two models, A and B. Which of them is the "
        "new model differs from row to row and is not in this file.",
    ),
    Words(
        ko="고객에게 보낼 만한 쪽을 고릅니다: 맞는 내용, 알아들을 수 있는 말, 공손한 말의 순서로 "
        "봅니다. 실제 상담 답변은 참고용입니다. 차이가 없으면 '비슷함', 둘 다 보낼 수 없으면 "
        "'둘 다 나쁨'입니다.",
        en="Choose the one that a customer should get: first what is true, then what can be "
        "understood, then what is polite. What an agent answered is there for reference. 'Alike' "
        "where it makes no difference, 'Both bad' where neither may be sent.",
    ),
    Words(
        ko="#@이름#, #@전화번호# 같은 표시는 개인정보를 가린 자리이며 실제 대화에서는 값이 "
        "들어갑니다.",
        en="Signs such as #@이름# (name) or #@전화번호# (phone) stand where personal data was "
        "masked.",
    ),
    Words(
        ko="위에서부터 차례로 판정합니다. 중간에 멈추어도 되지만 쉬운 행만 고르면 결과가 "
        f"틀어집니다. {LEAST_JUDGED}행 이상이 필요하고, 많을수록 구간이 좁아집니다.",
        en="Go from top to bottom. You may stop halfway, but choosing the easy rows would bend the "
        f"result. At least {LEAST_JUDGED} rows are needed; more make the interval narrower.",
    ),
    Words(
        ko="저장한 뒤 실행하세요: cs-pipeline answers read 파일.xlsx",
        en="Save the file, then run: cs-pipeline answers read FILE.xlsx",
    ),
)


def write_answers(path: Path, draw_id: str, pairs: Sequence[ShownPair]) -> None:
    """Write the pairs for review, in the reader's language, in one step.

    Sheets: the pairs with a verdict to choose, how to judge, and a hidden one with the name of the
    draw and the pairs' ids.
    """
    from openpyxl import Workbook

    path.parent.mkdir(parents=True, exist_ok=True)
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "cs-pipeline"
    with temporary_files_in(path.parent), atomic_path(path) as temporary:
        _write_pairs(workbook.create_sheet(str(_TITLE)), pairs)
        _write_guide(workbook.create_sheet(str(_GUIDE_TITLE)))
        ids = [pair.pair_id for pair in pairs]
        write_hidden(workbook.create_sheet(HIDDEN_TITLE), FORM, [draw_id, *ids])
        workbook.save(temporary)


def read_answers(path: Path) -> tuple[str, dict[str, PairVerdict]]:
    """The name of the draw, and the verdict of each pair that has one, by pair id.

    Raises:
        DatasetError: the file is not one of ours, rows were removed or added, or a verdict is
            none of those to choose from; names sheet and cells.
    """
    (draw_id, *ids), review = read_form(path, FORM)
    if not ids or not all(one.startswith(f"{draw_id}-") for one in ids):
        raise not_ours(path, FORM)
    return draw_id, cast(dict[str, PairVerdict], verdicts_in(FORM, review, ids))


def _write_pairs(sheet: Any, pairs: Sequence[ShownPair]) -> None:
    rows = []
    for pair in pairs:
        answers = [text.strip() or str(_EMPTY) for text in (pair.a, pair.b)]
        rows.append([pair.pair_id, _told(pair.context), pair.question, pair.real, *answers])
    write_review(sheet, FORM, _COLUMNS, rows, to_fill=cell_to_fill(sheet))


def _told(context: Sequence[str]) -> str:
    """What was said before: questions and answers in turn, a line each."""
    who = (_ASKED, _SAID)
    return "\n".join(f"{who[place % 2]}: {turn}" for place, turn in enumerate(context))


def _write_guide(sheet: Any) -> None:
    sheet.column_dimensions["A"].width = _GUIDE_WIDTH
    wide_pages(sheet)
    heading, plain = heading_cell(sheet), plain_cell(sheet)
    lines = [str(_GUIDE_TITLE), *map(str, _ADVICE)]
    for number, text in enumerate(lines, start=1):
        sheet.row_dimensions[number].height = row_points([text], [_GUIDE_WIDTH])
        sheet.append([text_cell(sheet, text, heading if number == 1 else plain)])
