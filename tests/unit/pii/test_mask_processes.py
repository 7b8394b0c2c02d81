import signal
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from cs_pipeline.errors import CsPipelineError
from cs_pipeline.pii import gathering, mask_processes, mask_worker
from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.pii.detector import Detector
from cs_pipeline.pii.known_values import KnownValues
from cs_pipeline.pii.mask_processes import mask_in_parts
from cs_pipeline.pii.site_rules import SiteRules
from cs_pipeline.records import Exchange, KnownValue

MASKER = ConversationMasker(
    salt="s", export_values=KnownValues([KnownValue("NAME", "윤슬아")]), number_values=True
)


def exchanges(count: int) -> list[Exchange]:
    """Three conversations in turn, with numbers, and names that their first turn gives away."""
    return [
        Exchange(
            "시트",
            f"A{row}",
            f"B{row}",
            f"제 이름은 김민{'수지영'[row % 3]}이고 010-{1000 + row % 7}-{row:04}입니다",
            f"네 김민{'수지영'[row % 3]}님, 윤슬아 상담사입니다. {row}",
            conversation_id=f"c{row % 3}" if row % 5 else None,
            turn_index=row,
        )
        for row in range(count)
    ]


def use_small_parts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(mask_processes, "LEAST_ROWS", 1)
    patch.setattr(mask_processes, "_ROWS_A_PART", 7)


@pytest.fixture
def in_processes(monkeypatch):
    use_small_parts(monkeypatch)


@pytest.fixture(scope="module")
def parts_of_two():
    """What two processes make of sixty exchanges; processes take seconds to start."""
    with pytest.MonkeyPatch.context() as patch:
        use_small_parts(patch)
        return list(mask_in_parts(MASKER, exchanges(60), processes=2))


def test_parts_are_the_same_in_any_number_of_processes(in_processes, parts_of_two):
    alone = list(mask_in_parts(MASKER, exchanges(60), processes=1))
    assert len(alone) > 3
    assert parts_of_two == alone


def test_parts_together_are_what_masking_at_once_gives(parts_of_two):
    whole = MASKER.mask_part(exchanges(60))
    found = {
        place: (question, answer, conversation)
        for part in parts_of_two
        for place, question, answer, conversation in zip(
            part.places,
            part.masked.inputs,
            part.masked.outputs,
            part.masked.conversation_ids,
            strict=True,
        )
    }
    expected = zip(
        whole.masked.inputs, whole.masked.outputs, whole.masked.conversation_ids, strict=True
    )
    assert found == dict(zip(whole.places, expected, strict=True))
    assert frozenset().union(*(part.values for part in parts_of_two)) == whole.values
    assert [row for part in parts_of_two for row in part.refused] == whole.refused


def test_what_is_not_kept_is_evidence_alone(in_processes):
    rows = exchanges(60)
    keep = frozenset({3, 31, 59})
    for processes in (1, 2):
        parts = list(mask_in_parts(MASKER, rows, keep=keep, processes=processes))
        found = {
            p: q for part in parts for p, q in zip(part.places, part.masked.inputs, strict=True)
        }
        whole = MASKER.mask_part(rows)
        expected = dict(zip(whole.places, whole.masked.inputs, strict=True))
        assert found == {place: expected[place] for place in keep}


def test_rows_of_a_conversation_stand_together(parts_of_two):
    ids = [one for part in parts_of_two for one in part.masked.conversation_ids]
    changes = sum(one != other for one, other in pairwise(ids))
    assert changes == len(set(ids)) - 1


def test_site_rules_go_along(in_processes, tmp_path):
    rules = tmp_path / "rules.yaml"
    rules.write_text("deny:\n  NAME:\n    - '상담사'\n", encoding="utf-8")
    masker = ConversationMasker(salt="s", detector=Detector(site=SiteRules.load(rules)))
    [part] = mask_in_parts(masker, exchanges(3)[:1], processes=2)
    assert "상담사" not in part.masked.outputs[0]


class Plugin:
    """A plug-in cannot go into another process."""

    def find_batch(self, texts):
        return [()] * len(texts)

    def __reduce__(self):
        raise TypeError("stays here")


def test_a_plug_in_keeps_the_work_in_this_process(in_processes):
    masker = ConversationMasker(salt="s", detector=Detector(finder=Plugin()))
    parts = list(mask_in_parts(masker, exchanges(20), processes=2))
    assert sum(len(part.places) for part in parts) == 20


def test_a_killed_process_is_an_error_that_names_no_text(in_processes, monkeypatch, tmp_path):
    script = tmp_path / "worker.py"
    script.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setattr(mask_processes, "WORKER_COMMAND", (sys.executable, str(script)))
    with pytest.raises(CsPipelineError, match=f"-{signal.SIGKILL.value}") as caught:
        list(mask_in_parts(MASKER, exchanges(20), processes=2))
    assert "김민" not in str(caught.value)


def test_what_fails_inside_a_process_is_told_by_its_kind_alone(in_processes):
    masker = ConversationMasker(salt="s", detector=Detector(site="김민수"))
    with pytest.raises(CsPipelineError, match="TypeError") as caught:
        list(mask_in_parts(masker, exchanges(20), processes=2))
    assert "김민" not in str(caught.value)


def test_a_part_of_long_texts_has_fewer_exchanges(in_processes, monkeypatch):
    monkeypatch.setattr(mask_processes, "_ROWS_A_PART", 1_000)
    monkeypatch.setattr(mask_processes, "_CHARACTERS_A_PART", 300)
    rows = exchanges(60)
    parts = list(mask_in_parts(MASKER, rows, processes=1))
    assert len(parts) >= 4
    whole = MASKER.mask_part(rows)
    assert sorted(place for part in parts for place in part.places) == list(whole.places)


def test_conversations_of_one_hash_are_told_apart(in_processes, monkeypatch):
    rows = exchanges(60)
    monkeypatch.setattr(gathering, "hash", lambda _: 7, raising=False)
    [part] = mask_in_parts(MASKER, rows, processes=1)
    whole = MASKER.mask_part(rows)
    assert (part.masked, part.values) == (whole.masked, whole.values)


def long_talk(count: int) -> list[Exchange]:
    """A log without numbers: one conversation; names follow what asks for them ten rows apart."""
    return [
        Exchange(
            "시트",
            f"A{row}",
            f"B{row}",
            "한울이요" if row and row % 10 == 0 else f"{row}번째 문의인데 언제 와요",
            "성함이 어떻게 되시나요?" if row % 10 == 9 else f"네 {row}일 뒤입니다",
            conversation_id="log",
            turn_index=row,
        )
        for row in range(count)
    ]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_conversation_without_end_is_masked_in_stretches(in_processes, monkeypatch, processes):
    monkeypatch.setattr(mask_processes, "_ROWS_A_STRETCH", 10)
    monkeypatch.setattr(mask_processes, "_ROWS_SEEN_AGAIN", 3)
    rows = long_talk(35)
    parts = list(mask_in_parts(MASKER, rows, processes=processes))
    assert [place for part in parts for place in part.places] == list(range(35))
    assert max(len(part.places) for part in parts) == 10
    assert [part.goes_on for part in parts] == [True] * (len(parts) - 1) + [False]
    whole = MASKER.mask_part(rows)
    assert sum((part.masked.inputs for part in parts), ()) == whole.masked.inputs
    assert "한울" in MASKER.mask_part(rows[10:11]).masked.inputs[0]  # without what was asked
    assert {one for part in parts for one in part.masked.conversation_ids} == {
        MASKER.digest(rows[0])
    }


def test_a_stretch_of_long_texts_has_fewer_exchanges(in_processes, monkeypatch):
    monkeypatch.setattr(mask_processes, "_CHARACTERS_A_STRETCH", 200)
    rows = long_talk(35)
    parts = list(mask_in_parts(MASKER, rows, keep=frozenset(range(5, 30)), processes=1))
    assert len(parts) > 3
    assert [place for part in parts for place in part.places] == list(range(5, 30))


def test_long_texts_are_not_remembered_without_end(monkeypatch):
    monkeypatch.setattr(mask_worker, "_CHARACTERS_REMEMBERED", 1_000)
    looked_at = []

    def findings(texts):
        looked_at.extend(texts)
        return [[] for _ in texts]

    known = mask_worker._Remembered(findings)
    texts = [f"{number}" * 90 for number in range(10, 40)]
    for text in texts:
        known([text, text])
        assert sum(map(len, known._known)) <= 1_000
    assert looked_at == texts
    known([texts[-1]])
    assert looked_at == texts


@pytest.mark.parametrize("count", [0, 1])
def test_few_exchanges_are_masked_here(count):
    before = set(Path("/proc/self/task").iterdir())
    parts = list(mask_in_parts(MASKER, exchanges(count)))
    assert sum(len(part.places) for part in parts) == count
    assert set(Path("/proc/self/task").iterdir()) == before
