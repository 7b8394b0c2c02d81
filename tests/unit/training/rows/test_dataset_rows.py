"""The column of earlier turns in a dataset's CSVs."""

import csv
import json

import pytest

from cs_pipeline.errors import DatasetError
from cs_pipeline.files import dataset_sha256
from cs_pipeline.records import DatasetFiles
from cs_pipeline.training.rows.dataset_rows import read_conversations, read_dataset

SECRET = "비밀 문장"


@pytest.fixture
def read(tmp_path):
    """Training rows of CSVs with the given heading and rows."""

    def read(rows, *, heading=("input", "output", "conversation_id", "context"), form="#@{}#"):
        paths = [tmp_path / "train.csv", tmp_path / "val.csv"]
        for path in paths:
            with path.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows([heading, *rows])
        train, val = read_dataset(
            DatasetFiles(
                version_id="v1",
                sha256=dataset_sha256(*paths),
                train_uri=str(paths[0]),
                val_uri=str(paths[1]),
                placeholder_form=form,
            )
        )
        assert train == val
        return train

    return read


def listed(*turns, ascii_only=False):
    return json.dumps(turns, ensure_ascii=ascii_only)


def test_rows_without_the_column_are_pairs(read):
    rows = read([("질문", "답변", "c")], heading=("input", "output", "conversation_id"))
    assert rows == [("질문", "답변")]


@pytest.mark.parametrize("ascii_only", [False, True])
def test_earlier_turns_stand_before_question_and_answer(read, ascii_only):
    tricky = '큰따옴표 " 쉼표, 줄\n바꿈 \\ NA'
    rows = read(
        [
            ("하나", "둘", "c", "[]"),
            ("셋", "NA", "c", listed("하나", "둘", ascii_only=ascii_only)),
            ("다섯", "007", "c", listed(tricky, "", "셋", "NA", ascii_only=ascii_only)),
        ]
    )
    assert rows == [
        ("하나", "둘"),
        ("하나", "둘", "셋", "NA"),
        (tricky, "", "셋", "NA", "다섯", "007"),
    ]


def test_the_column_may_stand_anywhere(read):
    rows = read([(listed("가", "나"), "라", "다")], heading=("context", "output", "input"))
    assert rows == [("가", "나", "다", "라")]


def test_placeholders_in_earlier_turns_are_read_back_too(read):
    rows = read([("네", "[이메일]", "c", listed("[이름2]님", "[전화번호]"))], form="[{}]")
    assert rows == [("#@이름2#님", "#@전화번호#", "네", "#@이메일#")]


def test_a_turn_that_stands_in_several_rows_is_kept_once(read):
    first, second = read(
        [
            ("첫 질문 하나", "첫 답변 하나", "c", "[]"),
            ("네?", "네.", "c", listed("첫 질문 하나", "첫 답변 하나")),
        ]
    )
    assert first[0] is second[0]
    assert first[1] is second[1]


@pytest.mark.parametrize(
    "cell",
    [
        "",
        SECRET,
        f'["{SECRET}"',
        f'"{SECRET}"',
        f'{{"{SECRET}": "나"}}',
        f'["{SECRET}"]',
        f'["{SECRET}", "나", "다"]',
        f'["{SECRET}", 1]',
        f'["{SECRET}", null]',
        f'[["{SECRET}"], "나"]',
        "[" * 100_000,
    ],
)
def test_a_damaged_cell_is_refused_by_file_and_row(read, cell):
    good = ("질문\n두 줄", "답변", "c", "[]")
    with pytest.raises(DatasetError, match=r"train\.csv") as caught:
        read([good, ("질문", "답변", "c", cell), good])
    assert "3행" in caught.value.words.ko
    assert "row 3" in caught.value.words.en
    assert SECRET not in str(caught.value) + str(vars(caught.value))
    assert caught.value.__context__ is None


def test_conversations_are_read_where_there_are_any(tmp_path):
    path = tmp_path / "val.csv"
    path.write_text('input,output,conversation_id,turn_index\n"네\n?",네,c1,0\n왜요?,음,c2,1\n')
    assert read_conversations(path) == ["c1", "c2"]
    path.write_text("input,output\n네?,네\n")
    assert read_conversations(path) == []
