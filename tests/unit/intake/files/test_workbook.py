import ast
import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from pydantic import SecretStr

from cs_pipeline.errors import ExportError
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.files import workbook
from cs_pipeline.intake.files.workbook import read_workbook
from tests.unit.intake import workbooks

LIMIT = 10_000_000
SECRET = workbooks.SECRET


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = workbooks.plain_qa(tmp_path / "a.xlsx")
    with pytest.raises(ExportError) as caught:
        read_workbook(path, max_bytes=path.stat().st_size - 1)
    assert caught.value.reason == "too_large"
    assert read_workbook(path, max_bytes=path.stat().st_size)


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> Path:
    """Let `text` run in the reader's place; returns a workbook to read by it."""
    path = workbooks.written(tmp_path / "program.py", text)
    monkeypatch.setattr(workbook, "READER_COMMAND", (sys.executable, str(path)))
    return workbooks.plain_qa(tmp_path / "a.xlsx")


def children() -> set[psutil.Process]:
    """The processes below this one; tests before may have left servers of their own."""
    return set(psutil.Process().children(recursive=True))


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("reader_timeout", "while True: pass"),
        ("reader_timeout", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"),
        ("reader_crashed", "import os; os.abort()"),
        ("reader_crashed", 'print(\'{"sheet":"a"}\\n[[0,["x","y"]]]\')'),
        ("reader_crashed", 'print(\'{"sheet":"a"}\\n[[0,["x\')'),
        ("reader_crashed", ""),
    ],
)
def test_a_reader_that_does_not_live_to_the_end_has_read_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str, text: str
) -> None:
    path = program(tmp_path, monkeypatch, text)
    monkeypatch.setattr(workbook, "READER_SECONDS", 0.5 if "while" in text else 30)
    before = children()
    with pytest.raises(ExportError) as caught:
        read_workbook(path, max_bytes=LIMIT)
    assert caught.value.reason == reason
    assert children() <= before


def test_an_interrupted_reading_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program(tmp_path, monkeypatch, "import time; print(1, flush=True); time.sleep(60)")

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(workbook, "_collect", interrupted)
    before = children()
    with pytest.raises(KeyboardInterrupt):
        read_workbook(path, max_bytes=LIMIT)
    assert children() <= before


def test_the_reader_is_told_the_passwords_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CS_PIPELINE_EXPORT_PASSWORDS", '["열려라"]')
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "key-of-another")
    told = tmp_path / "told.txt"
    path = program(
        tmp_path,
        monkeypatch,
        f"import os, sys; open({str(told)!r}, 'w').write("
        "repr([sys.argv, dict(os.environ), sys.stdin.read()])); print('{\"done\":true}')",
    )
    assert read_workbook(path, max_bytes=LIMIT, passwords=[SecretStr("열려라")]) == []
    argv, environment, said = ast.literal_eval(told.read_text())
    assert json.loads(said) == ["열려라"]
    assert argv[1:] == [str(path)]
    assert "열려라" not in str(environment)
    assert "key-of-another" not in str(environment)


def test_the_reader_limits_itself(tmp_path: Path) -> None:
    text = (
        "import resource, sys; from pathlib import Path;"
        "from cs_pipeline.intake.files.workbook_reader import limit_process; limit_process();"
        "print([resource.getrlimit(name) for name in (resource.RLIMIT_AS, resource.RLIMIT_CPU,"
        " resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)])\n"
        "try: Path(sys.argv[1]).write_text('x')\n"
        "except OSError: print('refused')\n"
        "try: bytearray(5 * 1024**3)\n"
        "except MemoryError: print('bounded')\n"
    )
    command = [sys.executable, "-c", text, str(tmp_path / "out")]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    limits, *rest = output.splitlines()
    assert ast.literal_eval(limits) == [(4 * 1024**3,) * 2, (300, 300), (0, 0), (0, 0)]
    assert rest == ["refused", "bounded"]


def test_cells_keep_their_address_and_their_look(tmp_path: Path) -> None:
    import datetime

    rows = [
        [None, None],
        [None, "글", 1012345678.0, 7, 0.5, True, False],
        [0],
        [datetime.date(2026, 3, 1), datetime.datetime(2026, 3, 1, 9, 30), datetime.time(9, 5)],
    ]
    path = workbooks.save(tmp_path / "a.xlsx", ("시트", rows))  # type: ignore[arg-type]
    [sheet] = read_workbook(path, max_bytes=LIMIT)
    assert sheet.rows == [
        (),
        ("", "글", "1012345678", "7", "0.5", "TRUE", "FALSE"),
        ("0",),
        ("2026-03-01", "2026-03-01 09:30:00", "09:05:00"),
    ]


def test_a_workbook_named_xls_is_read_by_its_content(tmp_path: Path) -> None:
    [sheet] = read_workbook(workbooks.plain_qa(tmp_path / "a.xls"), max_bytes=LIMIT)
    assert sheet.rows[0] == ("질문", "답변")


def test_nothing_shows_what_a_sheet_holds(tmp_path: Path) -> None:
    path = workbooks.save(tmp_path / "a.xlsx", (SECRET[:10], [["질문", "답변"], [SECRET, SECRET]]))
    assert "비밀값" not in repr(read_workbook(path, max_bytes=LIMIT))
    reading = read_exchanges(path, max_bytes=LIMIT)
    assert reading.exchanges[0].question == SECRET
    assert "9999" not in repr(reading)


def test_the_reader_starts_light() -> None:
    text = (
        "import sys, cs_pipeline.intake.files.workbook_reader;"
        "print(*(name for name in sys.modules if name.startswith('cs_pipeline')));"
        "assert not {'pydantic', 'pandas', 'msoffcrypto', 'python_calamine'} & set(sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", text], check=True, capture_output=True).stdout
    assert set(output.decode().split()) == {
        "cs_pipeline",
        "cs_pipeline.intake",
        "cs_pipeline.intake.files",
        "cs_pipeline.questions",
        *(
            f"cs_pipeline.intake.files.{name}"
            for name in (
                "archive",
                "call_legends",
                "captions",
                "case_books",
                "cell_comments",
                "clocked_chats",
                "counted_calls",
                "chat_text",
                "copied_chats",
                "csv_text",
                "encryption",
                "first_bytes",
                "flat_ods",
                "html_tables",
                "jira_issues",
                "json_answers",
                "json_layers",
                "json_lines",
                "json_tables",
                "json_messages",
                "json_replies",
                "json_roles",
                "json_threads",
                "labels_below",
                "line_accounts",
                "mail_text",
                "ods_merges",
                "plain_office",
                "reader_problem",
                "record_text",
                "row_ends",
                "row_widths",
                "repeats",
                "second_reader",
                "sheet_head",
                "sheet_marks",
                "slack_export",
                "social_inboxes",
                "soundness",
                "spoken_lines",
                "struck_runs",
                "struck_styles",
                "text_sheets",
                "timed_lines",
                "voice_notes",
                "xml_records",
                "wordless",
                "workbook_reader",
            )
        ),
    }
