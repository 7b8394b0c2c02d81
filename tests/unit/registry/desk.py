"""A run with a trained candidate, and what gate and people do to it."""

from typing import Any

from cs_pipeline import stages
from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.files import sha256_file, write_atomic
from cs_pipeline.records import TrainResult, Verdict
from cs_pipeline.registry import promotion
from cs_pipeline.registry.manifests import candidate_version
from tests.records import dataset
from tests.unit.registry.candidates import champion, interval, measured, upload

OPTIONS = RunOptions(max_eval_loss=3.0)


class Desk:
    """A run folder with a checkpoint, and what a person does to its candidate."""

    def __init__(self, settings: Settings) -> None:
        self.installation = stages.Installation(settings)
        self.runs, self.store = self.installation.runs, self.installation.models

    def trained(
        self, run_id: str = "run-1", *, publish: bool = True, **changes: Any
    ) -> TrainResult:
        """Leave a checkpoint, a version in the store and `result.json`, as the trainer does."""
        out = self.runs.train_folder(run_id)
        weights = out / "checkpoint" / "model.safetensors"
        write_atomic(weights, f"weights of {run_id}")
        write_atomic(weights.with_name("config.json"), "{}")
        sums = {path.name: sha256_file(path) for path in weights.parent.iterdir()}
        result = measured(run_id=run_id, checkpoint_files=sums, **changes)
        if "upload" not in changes:
            tried = upload(candidate_version(result))
            result = result.model_copy(update={"upload": tried})
        self.store.publish(out / "checkpoint", result)
        write_atomic(out / "result.json", result.model_dump_json())
        return result

    def gate(self, run_id: str = "run-1", **options: Any) -> Verdict:
        return stages.gate(
            self.installation,
            run_id=run_id,
            dataset=dataset(),
            options=OPTIONS.model_copy(update=options),
        )

    def promote(self, run_id: str = "run-1", note: str = "읽어 봄", **more: Any) -> str:
        made = promotion.promote_by_hand(
            self.runs, self.store, run_id=run_id, note=note, by="kim", **more
        )
        return made.version_id

    def live_from_the_gate(self, run_id: str, **changes: Any) -> str:
        """A run whose candidate the gate itself makes live."""
        result = self.trained(run_id, **self.beside_live() | changes)
        self.gate(run_id)
        stages.promote(self.installation, run_id=run_id)
        return candidate_version(result)

    def beside_live(self) -> dict[str, Any]:
        """What a result says about the live model: the candidate is surely better."""
        live = self.live()
        if live is None:
            return {}
        return {
            "champion": champion(3.0).model_copy(update={"version_id": live}),
            "comparison": interval(1.0, 0.5, 1.5),
        }

    def hold(self, run_id: str = "run-1", note: str = "기다림") -> Verdict:
        return promotion.hold(self.runs, self.store, run_id=run_id, note=note, by="lee")

    def verdict(self, run_id: str = "run-1") -> Verdict:
        verdict = self.runs.verdict(run_id)
        assert verdict is not None
        return verdict

    def live(self) -> str | None:
        pointer = self.store.live()
        return pointer.version_id if pointer else None
