"""The page about several models: what is marked, what it costs, what is said side by side."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cs_pipeline.language import LANGUAGE_VARIABLE
from cs_pipeline.records import ChampionScore, Experiment, Member
from cs_pipeline.report.comparison import LIVE, MEASURES, LiveModel, Trained, compared
from cs_pipeline.report.comparison_page import write_comparison
from cs_pipeline.report.figures import Sample
from tests.records import result, score, throughput
from tests.unit.registry.candidates import golden

BEGUN = datetime(2026, 3, 1, tzinfo=UTC)


def trained(number: int, loss: float, **changes):
    given = {"device": "cuda (A100)", "finished_at": BEGUN + timedelta(hours=number)}
    one = result(
        run_id=f"exp.{number}", candidate=score(loss), started_at=BEGUN, **(given | changes)
    )
    return Trained(one.run_id, one, None, number * 2**20)


def experiment(*labels: str) -> Experiment:
    members = tuple(
        Member(run_id=f"exp.{number}", label=label, options={})
        for number, label in enumerate(labels, start=1)
    )
    return Experiment(
        experiment_id="exp", members=members, dataset_version="d0001-aa", begun_at=BEGUN
    )


def test_every_measure_has_its_place_on_the_page() -> None:
    from cs_pipeline.report.comparison_page import _GROUPS

    placed = [name for _, names in _GROUPS for name in names]
    assert sorted(placed) == sorted(measure.name for measure in MEASURES)


def test_time_size_and_cost_count_the_whole_job_on_all_gpus() -> None:
    two = trained(2, 1.0, throughput=throughput(processes=4))
    runs = compared([trained(1, 2.0), two], gpu_hour_price=3.5).runs
    assert (runs["exp.1"]["cost"], runs["exp.2"]["cost"]) == (3.5, 3.5 * 2 * 4)
    assert runs["exp.2"]["total_seconds"] == 7200
    assert runs["exp.2"]["size_mib"] == 2
    free = compared([trained(1, 2.0), trained(2, 1.0, device="cpu")], gpu_hour_price=3.5).runs
    assert free["exp.2"]["cost"] is None, "the price is a GPU's"
    assert compared([trained(1, 2.0)]).runs["exp.1"]["cost"] is None


def test_the_live_model_has_a_column_with_the_same_measures(tmp_path: Path) -> None:
    live = LiveModel(
        ChampionScore(version_id="m1", tokenizer_sha256="t" * 64, score=score(1.5)),
        base_model="base-of-then",
        size_bytes=3 * 2**20,
        golden_share=0.25,
    )
    comparison = compared([trained(1, 2.0), trained(2, 1.7)], live=live)
    assert comparison.live
    assert comparison.live["loss_nats_per_token"] == 1.5
    assert (comparison.live["size_mib"], comparison.live["golden_share"]) == (3, 0.25)
    loss = next(one for one in MEASURES if one.name == "loss_nats_per_token")
    assert comparison.best(loss) == [LIVE]
    page = write_comparison(experiment("하나", "둘"), comparison, {}, tmp_path)
    text, report = page.read_text("utf-8"), json.loads((tmp_path / "report.json").read_text())
    assert "<th>운영 모델</th>" in text
    assert "base-of-then" in text
    assert text.count("cs-pipeline experiment candidate") == 2, "it is no candidate"
    assert report["live"]["loss_nats_per_token"] == 1.5
    assert list(report["runs"]) == ["exp.1", "exp.2"]
    other = live._replace(measured=live.measured.model_copy(update={"tokenizer_sha256": "o"}))
    assert not compared([trained(1, 2.0), trained(2, 1.7)], live=other).same_tokenizer
    alone = write_comparison(
        experiment("하나", "둘"), compared([trained(1, 2.0), trained(2, 1.0)]), {}, tmp_path
    )
    assert "<th>운영 모델</th>" not in alone.read_text("utf-8")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ["2개 모델을 나란히", "골든 질문", "이 모델을 후보로", "cs_promote", "운영 모델"]),
        ("en", ["2 models side by side", "Golden questions", "Cost", "Live model"]),
    ],
)
def test_models_stand_side_by_side_in_the_readers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: list[str]
) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, language)
    comparison = compared(
        [trained(1, 2.0, golden=golden(7)), trained(2, 1.0, golden=golden(9))], gpu_hour_price=1
    )
    samples = {
        "exp.1": [Sample("배송은요?", "내일요.", "모레요.", "<b>내일</b>")],
        "exp.2": [Sample("배송은요?", "내일요.", None, "")],
    }
    page = write_comparison(experiment("하나", "<둘>"), comparison, samples, tmp_path)
    text = page.read_text("utf-8")
    assert all(word in text for word in words)
    assert "<둘>" not in text
    assert "&lt;둘&gt;" in text
    assert "&lt;b&gt;내일&lt;/b&gt;" in text
    assert "모레요." in text
    assert text.count("배송은요?") == 1
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["best"]["bits_per_character"] == ["exp.2"]
    assert report["best"]["golden_share"] == ["exp.2"]
    assert report["best"]["cost"] == ["exp.1"]
    assert "배송" not in json.dumps(report, ensure_ascii=False)


def test_a_model_that_failed_is_named_and_has_no_column(tmp_path: Path) -> None:
    comparison = compared([trained(1, 2.0), trained(2, 1.0), Trained("exp.3", None)])
    page = write_comparison(experiment("같음", "같음", "셋"), comparison, {}, tmp_path)
    text = page.read_text("utf-8")
    assert "학습이 끝나지 않음" in text
    assert "experiment candidate exp.3" not in text
    assert "<th>셋</th>" not in text
    assert "같음 · exp.1" in text, "two of one name are told apart by their runs"
