"""One Korean word for a thing, and particles that fit whatever name or number they follow."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("cs_pipeline", "plugins", "dags", "deploy", "docs", "data-train")
SUFFIXES = {".py", ".j2", ".js", ".md", ".yaml", ".json"}
# What customers and exports say is read there, not said to a person.
CUSTOMERS_WORDS = ("/pii/", "/samples/", "/intake/", "/masked/")
OTHER_WORDS = {
    "거부": "거절",
    "반려": "거절",
    "에포크": "에폭",
    "epoch (": "에폭",
    "epoch를": "에폭을",
    "마지막 epoch": "마지막 에폭",
    "롤백": "되돌리기",
    "리포트": "보고서",
    "운영 중인 모델": "운영 모델",
    "라이브 모델": "운영 모델",
    "수신함": "인박스",
    "베이스 모델": "기반 모델",
    "기본 모델": "기반 모델",
    "라이센스": "라이선스",
    "데이터 세트": "데이터셋",
    "반복하는 답변": "되풀이하는 답변",
    "반복된 답변": "되풀이된 답변",
    "학습 단계": "학습 스텝",
    "}단계": "스텝",
    "철회": "빼기",
    "게이트": "판정",
    "제목 행": "머리글 행",
    "미세 조정": "미세조정",
    "예제 엑셀": "예시 엑셀",
    "작업자": "워커",
    "멀쩡": "문제없던",
    "퍼플렉시티": "퍼플렉서티",
    "epoch보다": "에폭보다",
}
# `{name}을`: written in both forms, `{name}을(를)`, the fitting one is chosen.
ONE_FORM = re.compile(r"(?:\}|%s)(?:을|를|은|는|과|와)(?![가-힣(])")


def lines() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            place = path.relative_to(ROOT).as_posix()
            if path.suffix in SUFFIXES and not any(part in place for part in CUSTOMERS_WORDS):
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                    yield f"{place}:{number}", line


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_one_thing_has_one_word(word: str) -> None:
    found = [place for place, line in lines() if word in line]
    assert not found, f"write {OTHER_WORDS[word]}"


def test_particles_are_written_in_both_forms() -> None:
    assert [place for place, line in lines() if ONE_FORM.search(line)] == []
