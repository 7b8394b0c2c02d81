"""What people say of single pairs of answers: kept beside the draw, one line each, for ever."""

from contextlib import suppress

from pydantic import ValidationError

from cs_pipeline.files import exclusive, write_atomic
from cs_pipeline.records import AnswerDraw, Judgement
from cs_pipeline.registry.runs import Runs


class Judgements:
    """Keeper of the single judgements of all runs.

    Args:
        runs: whose folders they lie in.
    """

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    def draws(self, run_id: str) -> list[AnswerDraw]:
        """What was laid before people of a run's candidate, newest first; no damaged one."""
        found = []
        for path in self._runs.answers_folder(run_id).glob("*.json"):
            with suppress(ValidationError):
                found.append(AnswerDraw.model_validate_json(path.read_bytes()))
        return sorted(found, key=lambda draw: draw.drawn_at, reverse=True)

    def add(self, draw: AnswerDraw, judgement: Judgement) -> None:
        """Keep one; nothing that was said before is lost."""
        folder = self._runs.answers_folder(draw.run_id)
        path = folder / f"{draw.draw_id}.jsonl"
        with exclusive(folder / ".lock"):
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            write_atomic(path, f"{before}{judgement.model_dump_json()}\n")

    def of(self, draw: AnswerDraw) -> dict[str, Judgement]:
        """The last word on each pair, by pair."""
        path = self._runs.answers_folder(draw.run_id) / f"{draw.draw_id}.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        said = [Judgement.model_validate_json(line) for line in lines]
        return {one.pair_id: one for one in said}
