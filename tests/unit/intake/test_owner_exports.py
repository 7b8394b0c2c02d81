"""What an owner expects of an export, compared whole: right, wrong, missing. Wrong: none."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.stages import Installation
from tests.unit.intake import owner_exports as exports
from tests.unit.intake.odd_exports import ODD, Odd
from tests.unit.intake.owner_exports import CONTINUED, PAIRS, Pair

Build = Callable[[Path], Path]


def pairs_in(settings: Settings, path: Path) -> tuple[list[Pair], str]:
    """Accepted pairs, and why the export was refused whole, or ''."""
    intake = Installation(settings).intake
    try:
        outcome = intake.check(intake.read(path))
    except ExportError as error:
        return [], error.reason
    if outcome.blocking:
        return [], outcome.blocking.expectation
    return [(row.question, row.answer) for row in outcome.accepted], ""


def without(*numbers: int) -> list[Pair]:
    return [pair for number, pair in enumerate(PAIRS) if number not in numbers]


READ: list[tuple[Build, str, Sequence[Pair]]] = [
    *(
        (build, "xlsx", PAIRS)
        for build in (
            exports.agents_names_beside_what_they_did,
            exports.agents_names_before_the_answer,
            exports.category_called_like_a_question,
            exports.status_called_like_an_answer,
            exports.voc_list,
            exports.measures_list,
            exports.resolution_list,
            exports.instruction_data,
            exports.faq,
            exports.board,
            exports.one_to_one_board,
            exports.customer_and_agent_say,
            exports.speakers_words_side_by_side,
            exports.google_form,
            exports.freshdesk_tickets,
            exports.long_cover,
            exports.two_tables_with_other_columns,
            exports.two_tables_without_a_gap,
            exports.newest_row_on_top,
            exports.newest_row_on_top_within_a_minute,
            exports.newest_row_on_top_by_serial_number,
            exports.newest_row_on_top_by_epoch,
            exports.newest_row_on_top_by_day_and_time,
            exports.newest_row_on_top_by_turn_number,
            exports.stt_rx_tx,
            exports.stt_received_sent,
            exports.zendesk_comments,
            exports.freshdesk_conversations,
            exports.names_beside_roles,
            exports.customers_by_name_agents_by_role,
            exports.question_and_answer_rows,
            exports.private_notes,
            exports.transcript_in_a_cell,
            exports.transcript_with_times,
            exports.transcript_beside_a_subject,
        )
    ),
    (exports.kakao_pc, "txt", PAIRS),
    (exports.kakao_mobile, "txt", PAIRS),
    (exports.kakao_csv, "csv", PAIRS),
    (exports.unquoted_comma, "csv", without(3)),
    (exports.unquoted_line_break, "csv", without(3)),
    (
        exports.mysql_escapes,
        "csv",
        [(q, f'"네" {a}' if n == 3 else a) for n, (q, a) in enumerate(PAIRS)],
    ),
    (exports.one_broken_byte, "csv", without(3)),
    (exports.json_lines, "jsonl", PAIRS),
    (exports.json_lines_of_pairs, "jsonl", PAIRS),
    (exports.board_as_html, "xls", [(f"{q} 부탁드려요", a) for q, a in PAIRS]),
    (exports.html_in_cells, "xlsx", [(q, f"{a} <감사> 합니다 & 네") for q, a in PAIRS]),
    (exports.flat_ods, "fods", PAIRS),
    (exports.answers_over_rows, "xlsx", CONTINUED),
    (exports.answers_over_merged_rows, "xlsx", CONTINUED),
    (exports.answers_over_merged_rows_of_an_ods, "ods", CONTINUED),
    (exports.answers_without_a_number, "xlsx", without(2)),
]


@pytest.mark.parametrize(
    ("build", "suffix", "expected"),
    READ,
    ids=[getattr(build, "__name__", str(n)) for n, (build, _, _) in enumerate(READ)],
)
def test_an_export_gives_the_pairs_that_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, suffix: str, expected: Sequence[Pair]
) -> None:
    found, reason = pairs_in(settings, build(tmp_path / f"a.{suffix}"))
    wrong, missing = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
    assert (reason, wrong, missing) == ("", Counter(), Counter())


REFUSED: list[tuple[Build, str]] = [
    (exports.newest_row_on_top_without_times, "nothing_left"),
    (exports.call_list, "no_conversation_sheet"),
    (exports.calls_in_and_out, "no_conversation_sheet"),
    (exports.answers_are_names, "no_conversation_sheet"),
    (exports.topics_beside_texts, "no_conversation_sheet"),
    (exports.names_as_speakers, "nothing_left"),
    (exports.stt_left_right, "nothing_left"),
]


@pytest.mark.parametrize(("build", "reason"), REFUSED)
def test_an_export_that_cannot_be_understood_gives_no_pair(
    settings: Settings, tmp_path: Path, build: Build, reason: str
) -> None:
    assert pairs_in(settings, build(tmp_path / "a.xlsx")) == ([], reason)


def refusal_of(settings: Settings, path: Path, rows: list[list[object]]) -> str:
    with pytest.raises(ExportError) as caught:
        Installation(settings).intake.read(exports.save(path, rows))
    assert caught.value.reason == "no_conversation_sheet"
    return caught.value.words.ko + caught.value.words.en


def test_the_headings_that_were_seen_are_listed_masked(settings: Settings, tmp_path: Path) -> None:
    calls = [[f"3월 {n + 1}일", "개통", exports.agent(n), "완료"] for n in range(9)]
    heading = ["통화일", "담당(010-2345-6789)", "상담사", "처리결과"]
    words = refusal_of(settings, tmp_path / "a.xlsx", [heading, *calls])
    for seen in ("'상담사'(이름)", "'처리결과'(낱말)", "'상담사' (names)"):
        assert seen in words
    assert "6789" not in words


def test_a_row_of_data_is_not_listed_as_headings(settings: Settings, tmp_path: Path) -> None:
    calls = [["개통", exports.agent(n), "완료"] for n in range(9)]
    words = refusal_of(settings, tmp_path / "a.xlsx", calls)
    assert not [name for name in exports.AGENTS if name in words]
    customers = [[name, f"{name[::-1]} 메모"] for name in exports.CUSTOMERS]
    words = refusal_of(settings, tmp_path / "b.xlsx", customers)
    assert exports.CUSTOMERS[0] not in words


def test_the_page_counts_cells_whose_html_was_undone(tmp_path: Path) -> None:
    path = exports.html_in_cells(tmp_path / "a.xlsx")
    [sheet] = read_exchanges(path, max_bytes=10_000_000).sheets
    assert sheet.note is not None
    assert f"HTML이 든 칸 {2 * len(PAIRS)}개" in sheet.note.ko
    assert f"{2 * len(PAIRS)} cells hold HTML" in sheet.note.en


@pytest.mark.parametrize("odd", ODD, ids=[odd.name for odd in ODD])
def test_an_odd_export_gives_no_wrong_pair(tmp_path: Path, odd: Odd) -> None:
    path = odd.build(tmp_path / f"a.{odd.suffix}")
    try:
        exchanges = read_exchanges(path, max_bytes=10_000_000).exchanges
    except ExportError:
        exchanges = []
    found = Counter((row.question, row.answer) for row in exchanges if row.question and row.answer)
    assert found == Counter(odd.expected)
