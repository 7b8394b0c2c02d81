import re
from pathlib import Path

import pytest
from setuptools.command.build_py import build_py
from setuptools.config.pyprojecttoml import apply_configuration
from setuptools.dist import Distribution

import cs_pipeline
from cs_pipeline.errors import SettingsError
from cs_pipeline.pii.finders.names import lists
from cs_pipeline.pii.word_lists import CompactWords, WordLists

PACKAGE = Path(cs_pipeline.__file__).parent
FILES = sorted((PACKAGE / "pii" / "finders").rglob("*.txt"))


@pytest.fixture
def read(tmp_path):
    def read_text(text: str | bytes) -> WordLists:
        path = tmp_path / "words.txt"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return WordLists(path)

    return read_text


@pytest.mark.parametrize(
    "text",
    [
        "[cities]\n수원 성남\n안양\n[counties]\n연천",
        "# 출처\n\n[cities] # 시\n\n  수원\t성남 # [counties]\n#군포\n안양\n[counties] 연천\n\n",
        "\ufeff[cities]\r\n수원 성남 안양\r\n[counties]\r\n연천\r\n".encode(),
    ],
    ids=["plain", "comments", "windows"],
)
def test_words_stand_apart_by_spaces_and_lines(read, text):
    words = read(text)
    assert words["cities"] == ("수원", "성남", "안양")
    assert words["counties"] == ("연천",)


def test_a_word_may_be_in_two_lists(read):
    words = read("[a]\n수원\n[b]\n수원")
    assert words["a"] == words["b"] == ("수원",)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[a]\n수원 성남\n\n안양 수원\n", 4, "수원 is in this list twice (first on line 2)"),
        ("[a]\n수원 수원\n", 2, "수원 is in this list twice (first on line 2)"),
        ("[a]\n수원\n[b]\n성남\n[a]\n안양\n", 5, "The list [a] is defined twice"),
        ("# 출처\n수원\n[a]\n성남\n", 2, "name of a list before its words"),
        ("[a]\n수원\n[새 도시]\n성남\n", 3, "name of a list before its words, in one word"),
        ("[a]\n# 수원\n[b]\n성남\n", None, "The list [a] is empty"),
        ("[a]\n수원\n[b]\n", None, "The list [b] is empty"),
        ("[b]\n수원\n", None, "The list [a] is missing"),
        ("", None, "The list [a] is missing"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(read, tmp_path, text, line, said):
    with pytest.raises(SettingsError) as caught:
        read(text)["a"]
    words, path = caught.value.words, re.escape(str(tmp_path / "words.txt"))
    assert re.match(path + (rf", line {line}: " if line else ": "), words.en)
    assert re.match(path + (rf" {line}행: [^a-z]" if line else ": "), words.ko)
    assert said in words.en


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_first_line_tells_source_date_and_licence(path):
    first, korean, *_ = path.read_text("utf-8").splitlines()
    assert re.fullmatch(r"# Source: .+\. Date: 20\d\d-\d\d\. Licence: .+\.", first)
    assert re.search("[가-힣]", korean)


@pytest.mark.parametrize(
    ("words", "form"),
    [
        (lists.GIVEN_NAMES["given_names"] + lists.GIVEN_NAMES["also_words"], "[가-힣]{2}"),
        (lists.WORDS["two_syllables"], "[가-힣]{2}"),
        (lists.WORDS["three_syllables"] + lists.WORDS["people"], "[가-힣]{3}"),
        (lists.WORDS["seldom_names"], "[가-힣]{3}"),
        (lists.SURNAMES["of_two_syllables"], "[가-힣]{2}"),
        (lists.ROMAN_NAMES["surnames"] + lists.ROMAN_NAMES["syllables"], "[a-z]+"),
        (lists.FOREIGN_NAMES["latin"], "[a-z]+"),
        (lists.FOREIGN_NAMES["hangul"], "[가-힣]+"),
    ],
)
def test_words_have_the_form_that_their_rule_reads(words, form):
    assert [word for word in words if not re.fullmatch(form, word)] == []


def test_no_surname_is_both_usual_and_rare():
    kinds = [lists.SURNAMES[kind] for kind in ("frequent", "common", "uncommon", "rare")]
    surnames = [surname for kind in kinds for surname in kind]
    assert len(surnames) == len(set(surnames))
    assert [surname for surname in surnames if not re.fullmatch("[가-힣]", surname)] == []


def test_all_surnames_of_the_census_are_listed():
    """By sound in Hangul: 185 that at least five people bear in 2015, and 즙 of 2000."""
    kinds = ("frequent", "common", "uncommon", "rare", "census")
    surnames = [surname for kind in kinds for surname in lists.SURNAMES[kind]]
    assert len(surnames) == len(set(surnames)) == 185 + 1
    assert len(lists.SURNAMES["of_two_syllables"]) == 15


def test_compact_words_know_what_a_set_knows():
    lines = "".join(f"{word}\n" for word in ("가", "가나", "나가", "다라마", "가나다"))
    for lookup in (
        "가",
        "나",
        "",
        "가나",
        "나가",
        "다가",
        "가나다",
        "나가다",
        "다라마",
        "라마가나",
    ):
        assert (lookup in CompactWords(lines.split())) == (lookup in set(lines.split()))
    assert "" not in CompactWords([])


def test_compact_words_come_from_the_lists_that_are_named(read):
    words = read("[a]\n수원 성남\n[b]\n안양시\n[c]\n연천\n").compact("a", "b")
    assert [word in words for word in ("수원", "성남", "안양시", "연천", "원성")] == [True] * 3 + [
        False
    ] * 2
    with pytest.raises(SettingsError, match=r"\[d\]"):
        read("[a]\n수원\n").compact("d")


def test_every_file_beside_the_code_travels_with_the_package(monkeypatch):
    """The list of files that setuptools puts into the wheel."""
    root = PACKAGE.parent
    monkeypatch.chdir(root)
    project = apply_configuration(Distribution({"src_root": str(root)}), root / "pyproject.toml")
    project.include_package_data = False  # the patterns of pyproject.toml alone, no other list
    build = build_py(project)
    build.ensure_finalized()
    shipped = {root / source / name for _, source, _, names in build.data_files for name in names}
    beside = {path for kind in ("txt", "yaml", "j2") for path in PACKAGE.rglob(f"*.{kind}")}
    assert set(FILES) <= beside
    assert beside <= shipped
