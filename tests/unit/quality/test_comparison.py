import json
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.profiles.profile import WORD_BUCKETS
from cs_pipeline.quality import comparison
from cs_pipeline.quality.comparison import (
    compare,
    export_profile,
)
from cs_pipeline.quality.figures import figures_of
from cs_pipeline.records import DataProfile, Exchange
from cs_pipeline.stages import Installation


def exchanges(
    count: int, question: str = "{}번 언제 오나요", answer: str = "내일"
) -> list[Exchange]:
    return [
        Exchange("상담", "A2", "B2", question.format(number), answer) for number in range(count)
    ]


def profiled(rows: Sequence[Exchange]) -> DataProfile:
    return export_profile(rows, figures_of(rows))


def test_a_profile_holds_means_and_shares() -> None:
    profile = profiled([*exchanges(3, "가나"), *exchanges(1, "가나다라", "내일 봐요")])
    assert profile.rows == 4
    assert profile.question_characters == 2.5
    assert profile.answer_characters == 2.75
    assert profile.duplicate_share == 0.5
    assert len(profile.word_buckets) == WORD_BUCKETS
    assert sum(profile.word_buckets) == pytest.approx(1)


def test_numbers_leave_no_trace_in_the_words() -> None:
    with_number = profiled(exchanges(5, "제 번호는 010-1234-5678 입니다"))
    assert with_number.word_buckets == profiled(exchanges(5, "제 번호는 입니다")).word_buckets


def test_of_many_rows_evenly_spaced_ones_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [*exchanges(50, "앞"), *exchanges(50, "뒤")]
    monkeypatch.setattr(comparison, "_PROFILED_ROWS", 10)
    few = profiled(rows)
    monkeypatch.undo()
    assert few.word_buckets == profiled(rows).word_buckets
    assert few.rows == 100


def test_the_earlier_exports_count_by_their_rows() -> None:
    large, small = profiled(exchanges(300, "가" * 10)), profiled(exchanges(100, "가" * 50))
    found = compare(profiled(exchanges(200, "가" * 20)), [large, small])
    assert found is not None
    assert (found.exports, found.before.rows) == (2, 400)
    assert found.before.question_characters == pytest.approx(20)
    assert found.parts.question_length == pytest.approx(0)


@pytest.mark.parametrize(("now", "earlier"), [(199, [500]), (500, [199]), (500, [])])
def test_too_few_rows_are_not_compared(now: int, earlier: list[int]) -> None:
    assert compare(profiled(exchanges(now)), [profiled(exchanges(one)) for one in earlier]) is None


@pytest.mark.parametrize(("now", "earlier"), [(200, [200]), (200, [100, 100])])
def test_enough_rows_are_compared(now: int, earlier: list[int]) -> None:
    found = compare(profiled(exchanges(now)), [profiled(exchanges(one)) for one in earlier])
    assert found is not None
    assert found.parts.words == 0


def test_a_profile_is_kept_as_figures_in_a_closed_folder(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    profile = profiled(exchanges(3, "홍길동입니다"))
    for _ in range(2):
        Installation(settings).profiles.save("ab12", profile)
    [path] = settings.quality_dir.rglob("*.json")
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "홍길동" not in path.read_text("utf-8")
    assert set(json.loads(path.read_text("utf-8"))) == set(DataProfile.model_fields)
    assert Installation(settings).profiles.load(["ab12", "cd34"]) == [profile]
    Installation(settings).profiles.forget("ab12")
    Installation(settings).profiles.forget("ab12")
    assert Installation(settings).profiles.load(["ab12"]) == []


@pytest.mark.parametrize("content", ["", "{", '{"rows": 1}', "other buckets"])
def test_a_profile_that_cannot_be_compared_is_left_out(tmp_path: Path, content: str) -> None:
    settings = Settings(data_dir=tmp_path)
    profile = profiled(exchanges(3))
    Installation(settings).profiles.save("ab12", profile)
    [path] = settings.quality_dir.rglob("ab12.json")
    if content == "other buckets":
        content = profile.model_copy(update={"word_buckets": (1.0,)}).model_dump_json()
    path.write_text(content, "utf-8")
    assert Installation(settings).profiles.load(["ab12"]) == []
