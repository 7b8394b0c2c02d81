"""Old and new answers before a person, and what the gate and the report make of the verdicts."""

import io
import json
import sys
from datetime import UTC, datetime
from itertools import cycle

import openpyxl
import pytest

from cs_pipeline import cli, stages
from cs_pipeline.audit.answer_pairs import preference
from cs_pipeline.config import GateLimits, RunOptions
from cs_pipeline.errors import DatasetError, SettingsError
from cs_pipeline.records import AnswerDraw, DrawnPair
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.rules_preference import RULE, people_prefer_it
from cs_pipeline.training.appraisal import generation
from cs_pipeline.training.appraisal.generation import GeneratedAnswer

PHONE = "010-7391-4826"


@pytest.fixture
def site(installation, monkeypatch):
    """A live model, and a candidate that the gate holds because nobody compared their answers."""
    installation.drop()
    assert installation.run("run-1").status == "promoted"
    demanding = installation.configured(min_preference=0.4)
    assert demanding.run("run-2", force=True, epochs=2, min_improvement=-20).status == "held"
    replies = cycle(["새 답변", "옛 답변"])

    def said(model, tokenizer, questions, *, contexts=None, **_):
        reply = next(replies)
        texts = [f"{reply} {number} {PHONE}" for number in range(len(questions))]
        texts[0] = "네"
        return [GeneratedAnswer(text, stopped=True, tokens=3) for text in texts]

    monkeypatch.setattr(generation, "generate_answers", said)
    return stages.Installation(demanding.settings)


def judge(site, drawn, verdict_of):
    """Fill the workbook in; `verdict_of` is given the side of the candidate."""
    sides = {pair.pair_id: pair.candidate for pair in drawn.draw.pairs}
    book = openpyxl.load_workbook(drawn.path)
    for row in book.worksheets[0].iter_rows(min_row=2):
        row[6].value = verdict_of(sides[row[0].value])
    book.save(drawn.path)
    return stages.read_answers(site, drawn.path)


def rule(site):
    (found,) = [one for one in site.runs.verdict("run-2").reasons if one.rule == RULE]
    return found


def test_answers_are_laid_side_by_side_masked_and_verdicts_reach_gate_and_report(site):
    assert rule(site).outcome == "hold"
    assert "answers draw run-2" in rule(site).words.ko
    drawn = stages.draw_answers(site, "run-2", questions=50, seed=3)
    told = drawn.draw
    assert told.same == 1
    assert len(told.pairs) == told.questions - 1
    assert site.runs.draw(told.draw_id) == told
    book = openpyxl.load_workbook(drawn.path)
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any("7391" in text for text in texts)
    assert any("#@전화번호#" in text for text in texts)
    kept = (site.runs.folder_of("run-2") / "answers" / f"{told.draw_id}.json").read_text("utf-8")
    assert "답변" not in kept

    found = judge(site, drawn, lambda side: side)
    assert (found.run_id, found.preference.share) == ("run-2", 1.0)
    assert rule(site).outcome == "passed"
    assert site.runs.verdict("run-2").decision == "hold", "a person, or the gate, promotes"
    folder = site.runs.folder_of("run-2")
    assert json.loads((folder / "report.json").read_text("utf-8"))["preference"]["share"] == 1.0
    assert "사람의 비교" in (folder / "report.html").read_text("utf-8")
    options = site.runs.read("run-2").options | {"note": ""}
    dataset = stages.current_dataset(site)
    options = RunOptions(**options)
    again = stages.gate(site, run_id="run-2", dataset=dataset, options=options)
    assert {one.rule: one.outcome for one in again.reasons}[RULE] == "passed"


def test_what_cannot_be_drawn_or_read_is_refused_and_the_live_model_may_win(site):
    with pytest.raises(SettingsError, match="운영 중"):
        stages.draw_answers(site, "run-1", questions=50, seed=3)
    drawn = stages.draw_answers(site, "run-2", questions=50, seed=3)
    with pytest.raises(SettingsError, match="이미 있습니다"):
        stages.draw_answers(site, "run-2", questions=50, seed=3)
    with pytest.raises(DatasetError, match="판정"):
        stages.read_answers(site, drawn.path)
    found = judge(site, drawn, lambda side: "B" if side == "A" else "A")
    assert found.preference.share == 0.0
    assert rule(site).outcome == "hold"
    (site.runs.folder_of("run-2") / "answers" / f"{drawn.draw.draw_id}.json").unlink()
    with pytest.raises(DatasetError, match="이 설치에서"):
        judge(site, drawn, lambda side: side)


def test_live_model_and_candidate_are_asked_the_same(site, monkeypatch, capsys):
    monkeypatch.setattr(stages.Installation, "load", lambda: site)
    monkeypatch.setattr(sys, "argv", ["cs-pipeline", "chat", "--json", "--beside", "run-2"])
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"배송은 언제 오나요? {PHONE}\n"))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code
    told = json.loads(capsys.readouterr().out)
    assert told["version_id"] == site.models.live().version_id
    assert told["beside"]["version_id"] == candidate_version(site.runs.result("run-2"))
    assert len(told["answers"]) == len(told["beside"]["answers"]) == 1


def test_the_commands_tell_what_was_drawn_and_read(monkeypatch, capsys, tmp_path, settings):
    book = tmp_path / "answers.xlsx"
    book.touch()
    pair = DrawnPair(pair_id="d-1", candidate="A")
    draw = AnswerDraw(
        draw_id="d",
        run_id="run-2",
        candidate_version="m2",
        live_version="m1",
        dataset_version="d0001-aa",
        seed=1,
        questions=14,
        same=2,
        unsafe=1,
        pairs=(pair,) * 11,
        drawn_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    found = preference(draw, {"d-1": "alike"})
    (reason,) = people_prefer_it(found, "m1", "run-2", GateLimits(min_preference=0.4))
    monkeypatch.setattr(stages.Installation, "load", lambda: stages.Installation(settings))
    monkeypatch.setattr(stages, "draw_answers", lambda *_, **__: stages.DrawnAnswers(book, draw))
    monkeypatch.setattr(
        stages, "read_answers", lambda *_: stages.ReadAnswers("run-2", found, reason)
    )
    monkeypatch.setenv("CS_PIPELINE_LANG", "en")
    for arguments, said in (
        (["draw", "run-2", "--json"], ('{"draw_id": "d", "pairs": 11}',)),
        (["draw", "run-2"], ("11 of 14 questions", "(2 alike)", "answers read", "data: 1")),
        (["read", str(book)], ("preferred: 50.0% (95% confidence interval", "must reach 40%")),
    ):
        monkeypatch.setattr(sys, "argv", ["cs-pipeline", "answers", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert not ended.value.code
        out = capsys.readouterr().out
        assert all(words in out for words in said), out
