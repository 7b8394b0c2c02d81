import io
from pathlib import Path

import pytest

from cs_pipeline.errors import ExportError
from cs_pipeline.intake.files import csv_text
from cs_pipeline.intake.files.csv_text import csv_rows
from cs_pipeline.intake.files.reader_problem import ReaderProblem
from cs_pipeline.intake.files.row_ends import whole_rows, with_breaks
from cs_pipeline.intake.files.workbook import read_workbook
from tests.unit.intake import workbooks

LIMIT = 10_000_000
TEXT = '질문,답변\r\n"언제, 오나요?","내일\n갑니다"\r\n,\r\n\r\n끝,네\r\n'
ROWS = [("질문", "답변"), ("언제, 오나요?", "내일\n갑니다"), (), (), ("끝", "네")]


def rows_of(content: str | bytes) -> list[list[str]]:
    raw = content.encode() if isinstance(content, str) else content
    return [cells for _, cells in csv_rows(io.BytesIO(raw))]


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.xls", "a.xlsx"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_is_read_in_every_encoding_and_under_any_name(
    tmp_path: Path, encoding: str, name: str
) -> None:
    path = workbooks.written(tmp_path / name, TEXT.encode(encoding))
    [sheet] = read_workbook(path, max_bytes=LIMIT)
    assert sheet.name == "a"
    assert sheet.rows == ROWS


@pytest.mark.parametrize("delimiter", ",\t;|")
@pytest.mark.parametrize(
    "table",
    [
        [["질문", "답변"], ["배송; 언제|오나요,", "내일, 갑니다; 네|네"], ["환불", "접수, 완료"]],
        [["상담 내역"], [], ["번호", "질문", "답변"], ["1", "가, 나, 다", "라;마"]],
        [["질문", "답변"], ["a,b\tc;d|e", "f|g;h\ti,j"]],
        [["q", "a"]],
    ],
)
def test_the_delimiter_is_found_out(delimiter: str, table: list[list[str]]) -> None:
    import csv

    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(table)
    assert rows_of(text.getvalue()) == [row for row in table if row]


def test_unquoted_commas_of_a_tab_separated_text_do_not_mislead() -> None:
    lines = ["번호\t질문\t답변", *(f"{n}\t가, 나{', 다' * (n % 3)}\t라" for n in range(30))]
    rows = rows_of("\n".join(lines))
    assert {len(row) for row in rows} == {3}


def test_excels_own_separator_line_is_obeyed_and_keeps_its_row() -> None:
    rows = list(csv_rows(io.BytesIO("sep=;\r\n질문;답변\r\n가,나;다,라\r\n".encode())))
    assert rows == [(1, ["질문", "답변"]), (2, ["가,나", "다,라"])]


@pytest.mark.parametrize(
    ("explanation", "details", "content"),
    [
        ("not_a_workbook", {}, "고객님께, 안녕히 계세요".replace(",", "") + "\n끝\n"),
        ("not_a_workbook", {}, ""),
        ("unreadable_csv", {"line": 3}, '질문,답변\r\n"a","b"\r\n"언제" 오나요,"내일"\r\n'),
        ("unreadable_csv", {"line": 4}, '질문,답변\n"a\nb",c\n가,"끝없는\n따옴표\n'),
        ("unreadable_csv", {"line": 3}, 'sep=,\n질문,답변\n"언제" 오나요,b\n'),
        ("unknown_encoding", {"line": 3}, b"a,b\n\xb0\xa1,\xb0\xa1\n\xff\xff,c\n"),
        ("unknown_encoding", {"line": 2}, "\ufeff가,나\n".encode("utf-16-le") + b"\x00"),
    ],
)
def test_text_that_is_no_table_says_where(
    explanation: str, details: dict[str, int], content: str | bytes
) -> None:
    with pytest.raises(ReaderProblem) as caught:
        rows_of(content)
    assert caught.value.explanation == explanation
    assert caught.value.details == details


def test_the_line_of_a_broken_quote_reaches_the_owner(tmp_path: Path) -> None:
    text = f'질문,답변\n"{workbooks.SECRET}" 네,"x"\n'
    path = workbooks.written(tmp_path / "a.csv", text)
    with pytest.raises(ExportError) as caught:
        read_workbook(path, max_bytes=LIMIT)
    assert caught.value.reason == "unreadable_csv"
    assert "2번째 줄" in caught.value.words.ko
    assert "line 2" in caught.value.words.en
    assert "비밀값" not in str(caught.value.words)


def test_endless_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "MAX_ROWS", 3)
    assert len(rows_of("a,b\n\nc,d\n")) == 2
    with pytest.raises(ReaderProblem, match="too_large"):
        rows_of("a,b\n\n\nc,d\n")


def test_characters_across_chunks_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "_CHUNK_BYTES", 7)
    content = ("질문,답변\n" + "가나다,라마바\n" * 50).encode("cp949")
    assert len(rows_of(content)) == 51


@pytest.mark.parametrize(("end", "other"), [("\r\n", "\n"), ("\n", "\r\n")])
def test_rows_below_that_end_otherwise_stay_apart(end: str, other: str) -> None:
    rows = [f"{n},배송이{other}늦어요,확인했습니다{end}" for n in range(5)]
    further = [f"{n},환불되나요,3일 걸립니다{other}" for n in range(300)]
    lines = io.StringIO("".join((*rows, *further)), newline="")
    whole = list(whole_rows(lines, end))
    assert [with_breaks(row) for row in whole[:5]] == [
        f"{n},배송이\n늦어요,확인했습니다{end}" for n in range(5)
    ]
    assert whole[5:] == further
