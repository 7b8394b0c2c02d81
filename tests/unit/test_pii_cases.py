"""The labelled texts of the benchmark: readable, labelled as agreed, each of them once."""

import json
from collections import Counter
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FILES = sorted((BENCHMARKS / "pii_cases").glob("*.jsonl"))


@pytest.fixture
def pii_labels(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    import pii_labels

    return pii_labels


def test_there_are_files_to_check():
    assert {"numbers", "people"} <= {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_is_readable_and_rightly_labelled(pii_labels, path):
    cases = pii_labels.read_file(path)
    assert any(case.labels for case in cases)
    assert any(not case.labels for case in cases)


def test_no_text_occurs_twice(pii_labels):
    """In no file, and in no two: a held-out text must not have been developed on."""
    places = {}
    for path in FILES:
        for number, case in enumerate(pii_labels.read_file(path), start=1):
            places.setdefault((case.text, case.previous), []).append(f"{path.stem} line {number}")
    assert [where for where in places.values() if len(where) > 1] == []


def line(text, **more):
    return json.dumps({"text": text, **more})


def test_labels_are_taken_out_and_their_places_kept(pii_labels):
    case = pii_labels.parse_line(
        line(
            "[[NAME|김하늘]]님 [[[PHONE|010-1234\n5678]]]이요", previous=["성함은요?"], note="list"
        )
    )
    assert case.text == "김하늘님 [010-1234\n5678]이요"
    assert case.labels == ((0, 3, "NAME"), (6, 19, "PHONE"))
    assert [case.text[start:end] for start, end, _ in case.labels] == ["김하늘", "010-1234\n5678"]
    assert (case.previous, case.note) == (("성함은요?",), "list")


def test_a_line_without_labels_is_a_negative(pii_labels):
    assert pii_labels.parse_line(line("1588-0000으로 전화 주세요")).labels == ()


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        "{}",
        '{"text": 1}',
        line("  "),
        line("번호", label="PHONE"),
        line("번호", previous="앞말"),
        line("번호", previous=[""]),
        line("번호", note=1),
        line("[[FAX|02-123-4567]]"),
        line("[[PHONE|]]"),
        line("[[PHONE| ]]"),
        line("[[PHONE|010-1234-5678]"),
        line("[PHONE|010-1234-5678]]"),
        line("[[PHONE 010-1234-5678]]"),
        line("[[NAME|김하늘 [[PHONE|010-1234-5678]]]]"),
    ],
)
def test_a_bad_line_is_refused_without_its_text(pii_labels, bad):
    with pytest.raises(ValueError, match=r"^(?!.*(1234|번호|김하늘|앞말))"):
        pii_labels.parse_line(bad)


def test_the_file_and_line_of_a_bad_line_are_named(pii_labels, tmp_path):
    path = tmp_path / "some.jsonl"
    path.write_text(f"{line('좋아요')}\n{line('[[PHONE|')}\n", "utf-8")
    with pytest.raises(ValueError, match=r"^some\.jsonl line 2: unbalanced"):
        pii_labels.read_file(path)


@pytest.mark.parametrize(
    ("spans", "whole"),
    [
        ([(2, 8, "PHONE")], True),
        ([(0, 9, "ORDER")], True),
        ([(5, 8, "PHONE"), (2, 5, "PHONE")], True),
        ([(0, 3, "NAME"), (2, 4, "NAME"), (4, 8, "NAME")], True),
        ([], False),
        ([(3, 8, "PHONE")], False),
        ([(2, 7, "PHONE")], False),
        ([(2, 4, "PHONE"), (5, 8, "PHONE")], False),
        ([(8, 12, "PHONE")], False),
    ],
)
def test_a_label_counts_when_each_of_its_characters_is_found(pii_labels, spans, whole):
    assert pii_labels.covered((2, 8, "PHONE"), spans) is whole


def test_figures_of_a_tool(pii_labels):
    cases = [
        pii_labels.parse_line(one)
        for one in (
            line("[[NAME|김하늘]] [[PHONE|010-1234-5678]] 5개"),
            line("[[RRN|900101-1234567]]"),
            line("대표번호 1588-0000"),
            line("5개 주세요"),
            line("감사합니다"),
        )
    ]
    found = [
        [(4, 17, "ORDER"), (18, 20, "ORDER")],
        [(0, 14, "RRN")],
        [(5, 14, "PHONE")],
        [(0, 2, "OTP")],
        [],
    ]
    figures = pii_labels.accuracy(cases, found)
    assert figures["recall_numbers"] == 1.0
    assert figures["recall_all"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["recall_names"] == 0.0
    assert figures["recall_by_type"] == {"NAME": 0.0, "PHONE": 1.0, "RRN": 1.0}
    assert figures["covered_with_same_type"] == 0.5
    assert (figures["false_alarms"], figures["negatives"]) == (2, 3)
    assert figures["false_alarms_on_hotlines"] == 1
    assert figures["stray_spans"] == 1
    assert Counter(figures["spans_by_type"]) == Counter(NAME=1, PHONE=1, RRN=1)


@pytest.mark.parametrize(
    ("text", "note", "hotline"),
    [
        ("1588-0000으로", "", True),
        ("080 123 4567", "", True),
        ("114에 물어보세요", "", True),
        ("일오팔팔에 공공공공", "spoken hotline", True),
        ("일일구에 신고했어요", "spoken 119", True),
        ("가격은 119,000원", "", False),
        ("15881234567", "", False),
        ("112개 주세요", "", False),
        ("버전 1.5.8", "version", False),
        ("바코드 8801234567893", "EAN-13 with 880", False),
    ],
)
def test_a_negative_about_a_public_number_is_known(pii_labels, text, note, hotline):
    assert pii_labels.is_hotline(pii_labels.LabelledText(text, (), note=note)) is hotline
