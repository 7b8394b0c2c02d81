"""Write sample conversations as an Excel export, with the truth about it beside it."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Literal

from cs_pipeline.errors import SettingsError
from cs_pipeline.files import atomic_path, write_atomic
from cs_pipeline.records import Record
from cs_pipeline.samples.conversations import SampleExchange, Sentence, draw_conversations

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

SampleLayout = Literal["qa", "turns"]
Cell = str | int | datetime | None

_MONTHS = (3, 4)
_ROWS_FOR_TWO_SHEETS = 200
_EMPTY_ANSWER_SHARE = 0.01
_HEADERS: dict[SampleLayout, tuple[str, ...]] = {
    "qa": ("번호", "접수일시", "상담유형", "문의내용", "답변", "상담사ID"),
    "turns": ("대화ID", "시간", "발화자", "내용"),
}
_GREETING = "안녕하세요, 상담 봇입니다. 무엇을 도와드릴까요?"
_CONNECTED = "상담사가 연결되었습니다."
_ENDED = "상담이 종료되었습니다."


class SampleSummary(Record):
    """What was written. `rows` exchanges were asked for; `exchanges` of them have an answer.

    `entity_counts` counts planted personal data by type; `refused_rows_planted` the rows with an
    empty answer.
    """

    rows: int
    exchanges: int
    entity_counts: dict[str, int]
    refused_rows_planted: int


@dataclass(slots=True)
class _Sheet:
    """A worksheet that is written row by row and remembers what was planted where."""

    name: str
    worksheet: "WriteOnlyWorksheet"
    random: Random
    clock: datetime
    truth: list[dict[str, str]] = field(repr=False)
    rows: int = 0

    def append(self, cells: Sequence[Cell]) -> int:
        """Write one row; returns its 1-based number."""
        self.worksheet.append(cells)
        self.rows += 1
        return self.rows

    def append_defect(self, cells: Sequence[Cell], defect: str) -> None:
        """Write a row that is not an exchange, as real exports hold them."""
        row = self.append(cells)
        self.truth.append({"sheet": self.name, "cell": f"A{row}", "defect": defect})

    def note_planted(self, cell: str, sentences: Iterable[Sentence]) -> None:
        """Record the personal data that stands in `cell`."""
        self.truth.extend(
            {
                "sheet": self.name,
                "cell": cell,
                "entity_type": sentence.planted.entity_type,
                "value": sentence.planted.value,
            }
            for sentence in sentences
            if sentence.planted
        )

    def tick(self, most_seconds: int) -> datetime:
        """Move the clock on by up to `most_seconds`."""
        self.clock += timedelta(seconds=self.random.randint(5, most_seconds))
        return self.clock


def write_sample_export(
    out: Path, *, rows: int, seed: int, layout: SampleLayout, truth: Path | None = None
) -> SampleSummary:
    """Write `rows` made-up exchanges as a workbook that looks like a call centre's export.

    The content depends on `rows`, `seed` and `layout` only. The workbook has titles above the
    header, a blank row, a repeated header, a total row, a sheet without conversations and, in the
    `qa` layout, about 1 % of rows without an answer; from 200 rows on it has two monthly sheets.

    Args:
        out: the `.xlsx` file to write; replaced if it exists.
        rows: question/answer pairs, in either layout.
        seed: the same seed gives the same content.
        layout: `qa` (one row an exchange) or `turns` (one row an utterance).
        truth: where to write JSON Lines, one object for each planted entity
            (`sheet, cell, entity_type, value`) and for each defect (`sheet, cell, defect`).

    Raises:
        SettingsError: `rows` is not positive.
    """
    if rows < 1:
        raise SettingsError(
            ko="만들 행 수는 1 이상이어야 합니다. --rows 값을 고쳐 주세요.",
            en="The number of rows must be at least 1. Correct --rows.",
        )
    from openpyxl import Workbook

    random = Random(f"{seed}-{layout}")  # noqa: S311 (reproducible content, no secret)
    workbook = Workbook(write_only=True)
    known: list[dict[str, str]] = []
    months = _MONTHS if rows >= _ROWS_FOR_TWO_SHEETS else _MONTHS[:1]
    for at, month in enumerate(months):
        share = rows * (at + 1) // len(months) - rows * at // len(months)
        _write_month(workbook, month, share, layout, random, known)
    _write_notes(workbook, known)
    with atomic_path(out) as temporary:
        workbook.save(temporary)
    if truth is not None:
        lines = (json.dumps(fact, ensure_ascii=False) + "\n" for fact in known)
        write_atomic(truth, "".join(lines))
    return _summary(rows, known)


def _summary(rows: int, known: list[dict[str, str]]) -> SampleSummary:
    entities = Counter(fact["entity_type"] for fact in known if "entity_type" in fact)
    unanswered = sum(fact.get("defect") == "empty_answer" for fact in known)
    return SampleSummary(
        rows=rows,
        exchanges=rows - unanswered,
        entity_counts=dict(sorted(entities.items())),
        refused_rows_planted=unanswered,
    )


def _write_month(
    workbook: "Workbook",
    month: int,
    rows: int,
    layout: SampleLayout,
    random: Random,
    truth: list[dict[str, str]],
) -> None:
    name = f"{month}월"
    worksheet: Any = workbook.create_sheet(name)
    clock = datetime(2026, month, 1, 9)
    sheet = _Sheet(name, worksheet, random, clock, truth)
    sheet.append_defect([f"고객 상담 이력 (2026년 {month}월)"], "title_row")
    sheet.append_defect(["상담 시스템에서 내려받음"], "title_row")
    sheet.append(_HEADERS[layout])
    done = 0
    for number, conversation in enumerate(draw_conversations(random, rows), start=1):
        if layout == "qa":
            _write_exchanges(sheet, conversation, first_number=done + 1)
        else:
            _write_turns(sheet, conversation, f"{month:02}-{number:05}")
        if done < rows // 2 <= done + len(conversation):
            sheet.append_defect([], "blank_row")
            sheet.append_defect(_HEADERS[layout], "repeated_header")
        done += len(conversation)
    total: list[Cell] = ["합계", None, None, f"{rows}건"]
    sheet.append_defect(total, "total_row")


def _write_exchanges(
    sheet: _Sheet, conversation: tuple[SampleExchange, ...], first_number: int
) -> None:
    agent = f"CS-{sheet.random.randint(1, 30):03}"
    for number, exchange in enumerate(conversation, start=first_number):
        empty = sheet.random.random() < _EMPTY_ANSWER_SHARE
        answer = () if empty else exchange.answer
        cells = (number, sheet.tick(1200), exchange.category, _joined(exchange.question))
        row = sheet.append((*cells, _joined(answer) or None, agent))
        sheet.note_planted(f"D{row}", exchange.question)
        sheet.note_planted(f"E{row}", answer)
        if empty:
            sheet.truth.append({"sheet": sheet.name, "cell": f"E{row}", "defect": "empty_answer"})


def _write_turns(
    sheet: _Sheet, conversation: tuple[SampleExchange, ...], conversation_id: str
) -> None:
    def say(speaker: str, *sentences: Sentence) -> None:
        row = sheet.append((conversation_id, sheet.tick(60), speaker, _joined(sentences)))
        sheet.note_planted(f"D{row}", sentences)

    sheet.tick(1200)
    say("봇", Sentence(_GREETING))
    for turn, exchange in enumerate(conversation):
        for part in _utterances(sheet.random, exchange.question):
            say("고객", *part)
        if turn == 0:
            say("시스템", Sentence(_CONNECTED))
        for part in _utterances(sheet.random, exchange.answer):
            say("상담사", *part)
    say("시스템", Sentence(_ENDED))


def _utterances(random: Random, sentences: tuple[Sentence, ...]) -> list[tuple[Sentence, ...]]:
    """The sentences in one message, or one message a sentence."""
    return [sentences] if random.random() < 0.5 else [(sentence,) for sentence in sentences]


def _joined(sentences: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in sentences)


def _write_notes(workbook: "Workbook", truth: list[dict[str, str]]) -> None:
    worksheet = workbook.create_sheet("안내")
    worksheet.append(["이 파일은 상담 시스템에서 내려받았습니다."])
    worksheet.append(["작성 부서", "고객지원팀"])
    truth.append({"sheet": "안내", "cell": "A1", "defect": "no_conversations"})
