"""Deciding on candidates at the terminal: promote, override, hold, check."""

import json
import shutil
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import pytest

from cs_pipeline.files import sha256_file
from cs_pipeline.records import UploadCheck
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.model_store import ModelStore
from cs_pipeline.training.models.base_model import load_model, load_tokenizer, save_model
from tests.installation import Installation
from tests.records import result, score
from tests.unit.cli.terminal import Cli
from tests.unit.registry.candidates import leak
from tests.unit.registry.desk import Desk

NOTE = "고객 010-2345-6789 요청"
MASKED_NOTE = "고객 #@전화번호# 요청"


@pytest.fixture
def desk(installation: Installation) -> Desk:
    return Desk(installation.settings)


def test_a_rejected_candidate_needs_the_override(cs_pipeline: Cli, desk: Desk) -> None:
    desk.trained(candidate=score(9.0))
    desk.gate()
    refused = cs_pipeline("promote", "run-1", "--note", NOTE)
    assert refused.code == 4
    assert "Eval loss 9.0000, limit 3.0000" in refused.err
    assert "--override" in refused.err
    for _ in range(2):
        done = cs_pipeline("promote", "run-1", "--note", NOTE, "--override", "--yes")
        assert done.code == 0
        assert f"Live model: {desk.live()}" in done.out
    override = desk.verdict().override
    assert override is not None
    assert override.note == MASKED_NOTE


def test_a_leaking_candidate_is_not_promoted_by_anybody(cs_pipeline: Cli, desk: Desk) -> None:
    desk.trained(leak=leak(2))
    desk.gate()
    refused = cs_pipeline("promote", "run-1", "--note", "please", "--override", "--yes")
    assert (refused.code, desk.live()) == (4, None)
    assert "2 of 512 probe answers" in refused.err


def test_a_held_back_candidate_is_promoted_by_hand_only(cs_pipeline: Cli, desk: Desk) -> None:
    desk.trained()
    desk.gate()
    for _ in range(2):
        held = cs_pipeline("hold", "run-1", "--note", NOTE)
        assert held.code == 0
        assert "run-1" in held.out
    override = desk.verdict().override
    assert override is not None
    assert (override.decision, override.note) == ("hold", MASKED_NOTE)
    assert cs_pipeline("promote", "run-1", "--note", "now").code == 0
    live = cs_pipeline("hold", "run-1", "--note", "too late")
    assert live.code == 4
    assert "rollback" in live.err


def test_a_candidate_is_discarded_once_it_is_agreed_to(cs_pipeline: Cli, desk: Desk) -> None:
    desk.trained()
    desk.gate()
    assert cs_pipeline("hold", "run-1", "--note", NOTE).code == 0
    asked = cs_pipeline("discard", "run-1", "--note", NOTE, stdin="n\n")
    assert (asked.code, desk.verdict().decision) == (2, "hold")
    for _ in range(2):
        assert cs_pipeline("discard", "run-1", "--note", NOTE, "--yes").code == 0
    override = desk.verdict().override
    assert override is not None
    assert (override.decision, override.note) == ("reject", MASKED_NOTE)
    assert desk.store.versions() == []
    assert cs_pipeline("promote", "run-1", "--note", "no").code == 4


def test_the_live_model_is_not_discarded(cs_pipeline: Cli, desk: Desk) -> None:
    desk.trained()
    desk.gate()
    assert cs_pipeline("promote", "run-1", "--note", "now").code == 0
    live = cs_pipeline("discard", "run-1", "--note", "no", "--yes")
    assert (live.code, desk.live()) == (4, desk.store.versions()[0])
    assert "rollback" in live.err


@pytest.mark.parametrize("command", ["promote", "hold", "discard"])
def test_a_reason_is_demanded_and_a_run(cs_pipeline: Cli, command: str) -> None:
    assert cs_pipeline(command, "run-1").code == 2
    assert cs_pipeline(command, "unknown", "--note", "why").code == 2


def test_a_model_is_checked_by_its_version(cs_pipeline: Cli, desk: Desk, tmp_path, tiny_base):
    shutil.copytree(tiny_base, tmp_path / "checkpoint")
    sums = {path.name: sha256_file(path) for path in (tmp_path / "checkpoint").iterdir()}
    made = result(checkpoint_files=sums)
    version_id = desk.store.publish(tmp_path / "checkpoint", made)
    assert version_id == candidate_version(made)

    sound = cs_pipeline("check-model", version_id, "--json")
    assert sound.code == 0
    check = UploadCheck.model_validate(json.loads(sound.out))
    assert (check.version_id, check.answered, check.problem) == (version_id, check.asked, None)
    assert f"answered {check.asked} of {check.asked}" in cs_pipeline("check-model", version_id).out

    assert version_id in cs_pipeline("check-model", "last").out
    assert cs_pipeline("check-model", "m0").code == 2

    missing = cs_pipeline("check-model", "m20200101-000000-00000000")
    assert missing.code == 4
    assert "holds no object" in missing.out


Asked = list[tuple[str, tuple[str, ...]]]


@pytest.fixture
def talk(
    cs_pipeline: Cli, tiny_base: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[str, Asked]]:
    """Output of `chat` with a live model of so many context turns, and what the model heard."""

    def talk(turns: int, *arguments: str, stdin: str = "") -> tuple[str, Asked]:
        asked: Asked = []
        numbers = count(1)

        def pull(store: ModelStore, folder: Path, version_id: str | None = None) -> str:
            folder.mkdir(parents=True)
            tokenizer = load_tokenizer(str(tiny_base), context_turns=turns)
            save_model(load_model(str(tiny_base), device="cpu"), tokenizer, folder)
            return "m1"

        def reply(model: object, tokenizer: object, text: str, *, context: Sequence[str] = ()):
            asked.append((text, tuple(context)))
            return f"답 {next(numbers)}"

        monkeypatch.setattr(ModelStore, "pull", pull)
        monkeypatch.setattr("cs_pipeline.training.appraisal.generation.answer", reply)
        done = cs_pipeline("chat", *arguments, stdin=stdin)
        assert done.code == 0
        return done.out, asked

    return talk


def test_a_conversation_goes_on_from_its_last_exchanges(talk) -> None:
    out, asked = talk(2, stdin="하나\n\n010-2345-6789\n셋\n넷\n")
    phone = "#@전화번호#"
    assert asked == [
        ("하나", ()),
        (phone, ("하나", "답 1")),
        ("셋", ("하나", "답 1", phone, "답 2")),
        ("넷", (phone, "답 2", "셋", "답 3")),
    ]
    assert [line.partition("A: ")[2] for line in out.splitlines() if "A: " in line] == [
        f"답 {number}" for number in range(1, 5)
    ]


def test_a_model_without_context_hears_the_question_alone(talk) -> None:
    _, asked = talk(0, stdin="하나\n둘\n")
    assert asked == [("하나", ()), ("둘", ())]


def test_questions_on_the_command_line_stand_on_their_own(talk) -> None:
    out, asked = talk(2, "-q", "하나", "-q", "둘")
    assert asked == [("하나", ()), ("둘", ())]
    assert "Q: 둘\nA: 답 2" in out
