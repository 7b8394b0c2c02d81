import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cs_pipeline.errors import SettingsError
from cs_pipeline.pii import mask_text
from cs_pipeline.pii.masker import mask
from cs_pipeline.pii.residue import residue
from cs_pipeline.samples.slots import fitting_particle
from cs_pipeline.samples.workbook import SampleSummary, write_sample_export

LAYOUTS = ("qa", "turns")
ROWS = 600


class Written:
    def __init__(self, folder: Path, rows: int, seed: int, layout: str) -> None:
        self.path, truth = folder / "export.xlsx", folder / "truth.jsonl"
        self.summary: SampleSummary = write_sample_export(
            self.path, rows=rows, seed=seed, layout=layout, truth=truth
        )
        self.truth = [json.loads(line) for line in truth.read_text("utf-8").splitlines()]
        self.sheets = {
            sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
            for sheet in load_workbook(self.path)
        }
        self.cells = {
            (title, f"{'ABCDEF'[column]}{number}"): value
            for title, rows_ in self.sheets.items()
            for number, row in enumerate(rows_, start=1)
            for column, value in enumerate(row)
        }

    def planted(self) -> list[dict[str, str]]:
        return [fact for fact in self.truth if "entity_type" in fact]

    def defects(self, name: str) -> list[tuple[str, str]]:
        return [(fact["sheet"], fact["cell"]) for fact in self.truth if fact.get("defect") == name]


@pytest.fixture(scope="module", params=LAYOUTS)
def written(request, tmp_path_factory) -> Written:
    return Written(tmp_path_factory.mktemp("sample"), ROWS, 7, request.param)


def test_every_planted_value_is_wholly_masked(written: Written) -> None:
    assert len(written.planted()) > ROWS * 0.1
    for fact in written.planted():
        text = written.cells[fact["sheet"], fact["cell"]]
        assert fact["value"] in text
        masked = mask_text(text)
        parts = re.findall(r"[0-9０-９]{4,}|[공일이삼사오육칠팔구]{3,}", fact["value"])
        assert not [part for part in (fact["value"], *parts) if part in masked]


def test_masking_finds_exactly_what_was_planted(written: Written) -> None:
    expected = Counter(
        (fact["sheet"], fact["cell"], fact["entity_type"]) for fact in written.planted()
    )
    found: Counter[tuple[str, str, str]] = Counter()
    for (sheet, cell), value in written.cells.items():
        if isinstance(value, str):
            masked = mask(value)
            assert residue(masked.text) == []
            found.update((sheet, cell, kind) for kind in masked.entities)
    assert found == expected
    assert written.summary.entity_counts == Counter(
        fact["entity_type"] for fact in written.planted()
    )


def test_all_types_are_planted_on_both_sides(tmp_path: Path) -> None:
    planted = Written(tmp_path, 2000, 1, "qa").planted()
    for column in "DE":
        kinds = {fact["entity_type"] for fact in planted if fact["cell"].startswith(column)}
        assert kinds == {
            *("PHONE", "RRN", "FRN", "BRN", "CARD", "ACCOUNT", "EMAIL"),
            *("NAME", "ADDRESS", "DOB", "ORDER", "TRACKING", "PLATE"),
        }


def test_hotlines_and_prices_stay(written: Written) -> None:
    texts = [value for value in written.cells.values() if isinstance(value, str)]
    for kept in ("1588-0000", "080-000-0000"):
        holders = [text for text in texts if kept in text]
        assert holders
        assert all(kept in mask_text(text) for text in holders)
    prices = [(text, price) for text in texts for price in re.findall(r"[\d,]+원", text)]
    assert prices
    assert all(price in mask_text(text) for text, price in prices)


def test_questions_are_varied(tmp_path: Path) -> None:
    written = Written(tmp_path, 2000, 1, "qa")
    questions = [
        value for (_, cell), value in written.cells.items() if cell[0] == "D" and value is not None
    ]
    assert len(set(questions)) >= 0.8 * len(questions)
    assert not [text for text in written.cells.values() if isinstance(text, str) and "{" in text]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_content_depends_on_the_seed_only(tmp_path: Path, layout: str) -> None:
    first, again, other = (
        Written(folder, 50, seed, layout)
        for folder, seed in ((tmp_path / "a", 1), (tmp_path / "b", 1), (tmp_path / "c", 2))
    )
    assert first.cells == again.cells
    assert first.truth == again.truth
    assert first.cells != other.cells


def test_qa_layout(tmp_path: Path) -> None:
    written = Written(tmp_path, ROWS, 3, "qa")
    assert list(written.sheets) == ["3월", "4월", "안내"]
    header = ["번호", "접수일시", "상담유형", "문의내용", "답변", "상담사ID"]
    rows = [row for name in ("3월", "4월") for row in written.sheets[name]]
    exchanges = [row for row in rows if isinstance(row[0], int)]
    assert len(exchanges) == ROWS
    assert rows.count(header) == 4
    empty = [row for row in exchanges if not row[4]]
    assert 0 < len(empty) < 0.03 * ROWS
    assert written.summary == SampleSummary(
        rows=ROWS,
        exchanges=ROWS - len(empty),
        entity_counts=written.summary.entity_counts,
        refused_rows_planted=len(empty),
    )
    assert all(written.cells[place] is None for place in written.defects("empty_answer"))


def test_turns_layout_pairs_up(tmp_path: Path) -> None:
    written = Written(tmp_path, ROWS, 3, "turns")
    rows = [row for name in ("3월", "4월") for row in written.sheets[name]]
    said = [(row[0], row[2]) for row in rows if row[2] in ("고객", "상담사")]
    answered = sum(
        before == (conversation, "고객") and speaker == "상담사"
        for before, (conversation, speaker) in pairwise(said)
    )
    assert answered == ROWS
    assert len(said) > 2.3 * ROWS
    assert {row[2] for row in rows} >= {"봇", "시스템"}
    assert (written.summary.exchanges, written.summary.refused_rows_planted) == (ROWS, 0)


def test_defects_are_where_the_truth_says(written: Written) -> None:
    for sheet, cell in written.defects("blank_row"):
        assert set(written.sheets[sheet][int(cell[1:]) - 1]) == {None}
    for sheet, cell in written.defects("total_row"):
        assert written.cells[sheet, cell] == "합계"
    for sheet, cell in written.defects("repeated_header"):
        assert written.sheets[sheet][int(cell[1:]) - 1] == written.sheets[sheet][2]
    for name in ("blank_row", "total_row", "repeated_header"):
        assert [sheet for sheet, _ in written.defects(name)] == ["3월", "4월"]


def test_small_export_has_one_month(tmp_path: Path) -> None:
    assert list(Written(tmp_path, 199, 1, "qa").sheets) == ["3월", "안내"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("rows", [1, 2, 3])
def test_tiny_exports(tmp_path: Path, layout: str, rows: int) -> None:
    assert Written(tmp_path, rows, 1, layout).summary.rows == rows


def test_no_rows_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        write_sample_export(tmp_path / "x.xlsx", rows=0, seed=1, layout="qa")


@pytest.mark.parametrize(
    ("word", "particle", "expected"),
    [
        ("책상", "을", "을"),
        ("의자", "을", "를"),
        ("3시", "으로", "로"),
        ("5일", "으로", "로"),
        ("라지", "으로", "로"),
        ("검은색", "으로", "으로"),
        ("230", "으로", "으로"),
        ("245", "이", "가"),
    ],
)
def test_particles(word: str, particle: str, expected: str) -> None:
    assert fitting_particle(word, particle) == expected
