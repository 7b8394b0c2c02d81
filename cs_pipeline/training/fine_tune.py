"""From a dataset version to a checkpoint and `result.json`: the trainer's contract.

A job is done when `result.json` stands in its folder: it is written last. The same job run again
returns it at once. A job that was killed or asked to stop goes on from the last checkpoint in
`resume/` when it is run again.
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.files import private_folder, sha256_file, write_atomic
from cs_pipeline.golden import questions_sha256
from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.records import (
    GoldenMeasures,
    GoldenQuestion,
    Progress,
    Score,
    TrainingSlice,
    TrainResult,
    UploadCheck,
)
from cs_pipeline.storage import ObjectStore
from cs_pipeline.training import wording
from cs_pipeline.training.appraisal.appraisal import Appraisal, Safeguards, appraise
from cs_pipeline.training.job import TrainJob
from cs_pipeline.training.loop.distributed import Processes
from cs_pipeline.training.loop.stop_request import StopRequest, stop_on_sigterm
from cs_pipeline.training.rows.dataset_rows import read_conversations, read_dataset
from cs_pipeline.training.rows.masking_misses import masking_misses, without_rows

if TYPE_CHECKING:
    from cs_pipeline.training.appraisal.content import Data
    from cs_pipeline.training.fitting import Fitted

__all__ = ["TrainJob", "fine_tune"]

_log = logging.getLogger(__name__)

Publish = Callable[[TrainResult], UploadCheck]
Deliver = Callable[[TrainResult], None]
Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Lent:
    """What the caller lends; see `fine_tune`."""

    safeguards: Safeguards | None
    masked_values: DigestSet | None
    publish: Publish | None
    deliver: Deliver | None
    tell: Tell
    checkpoint_store: ObjectStore | None
    cache_dir: Path | None


def fine_tune(
    job: TrainJob,
    *,
    safeguards: Safeguards | None = None,
    masked_values: DigestSet | None = None,
    publish: Publish | None = None,
    deliver: Deliver | None = None,
    tell: Tell | None = None,
    checkpoint_store: ObjectStore | None = None,
    cache_dir: Path | None = None,
) -> TrainResult | None:
    """Train, save, score and write `result.json`; a job that is already done is not run again.

    Leaves `metrics.jsonl` (curves), `checkpoint/` (weights, tokenizer, `recipe.json`) and
    `result.json` in `job.out_dir`. Under `torchrun` every process calls this; the first one
    writes the files, scores and returns the result.

    Args:
        job: What to train; several machines need an `out_dir` that all of them see.
        safeguards: What the leak probe and the sample answers need; None: neither is made.
        masked_values: Values that were masked; rows that hold one are left out. Every process
            needs them. None: no row is looked through.
        publish: Called with the finished result right before it is written; what it returns
            becomes `upload` in it.
        deliver: Called with the result once it is written, before checkpoints to resume from are
            removed; also with the result of a job that was done already.
        tell: Told how far the training is, at each step and phase; must not take time.
        checkpoint_store: Where checkpoints to resume from are mirrored to, until the job is done.
        cache_dir: Keeps encoded rows and compiled code between runs; None: nothing is kept.

    Returns:
        None in all processes of a run but the first.

    Raises:
        DatasetError: the CSVs are missing, empty, damaged or not the dataset version they should
            be.
        BaseModelError: the base model is out of reach or fails its checks.
        TrainingError: the loss stopped being a finite number, or memory or disk is full.
        TrainingInterrupted: SIGTERM; the same call goes on from where it stopped.
        StorageError: `checkpoint_store` cannot be asked for a checkpoint to go on from.
    """
    processes = Processes.from_environment()
    finished = _finished(job)
    if finished:
        if not processes.is_main:
            return None
        _log.info("run %s is already trained; its result is reused", job.run_id)
        if deliver:
            deliver(finished)
        return finished
    lent = _Lent(
        safeguards,
        masked_values,
        publish,
        deliver,
        tell or (lambda _: None),
        checkpoint_store,
        cache_dir,
    )
    with stop_on_sigterm() as stop:
        try:
            return _attempt(job, processes, stop, lent)
        finally:
            processes.leave()


def _attempt(
    job: TrainJob, processes: Processes, stop: StopRequest, lent: _Lent
) -> TrainResult | None:
    started_at = datetime.now(UTC)
    data = read_data(job, lent.masked_values)
    out = Path(job.out_dir)
    fitted = _fitted(job, data, processes, stop, lent)
    if not processes.is_main:
        return None
    lent.tell(Progress(phase="appraising"))
    appraisal = appraise(
        fitted.checkpoint,
        data,
        base=job.base,
        recipe=job.recipe,
        plan=job.appraisal,
        champion=job.champion,
        safeguards=lent.safeguards,
        out=out,
    )
    golden = _asked_golden(job, fitted.checkpoint, appraisal, lent.safeguards)
    if fitted.resume and fitted.run.kept_step is None:  # else all of its points are there
        _append_final_point(
            out / "metrics.jsonl", fitted.run.steps, job.recipe.epochs, appraisal.candidate
        )
    result = _result(job, fitted, appraisal, data, started_at)
    result = _with_card(result.model_copy(update={"golden": golden}), fitted)
    lent.tell(Progress(phase="uploading"))
    if lent.publish:
        result = result.model_copy(update={"upload": lent.publish(result)})
    write_atomic(out / "result.json", result.model_dump_json(indent=2) + "\n")
    if lent.deliver:
        lent.deliver(result)
    if fitted.resume:
        fitted.resume.remove()
    return result


def _fitted(
    job: TrainJob, data: "Data", processes: Processes, stop: StopRequest, lent: _Lent
) -> "Fitted":
    """The trained model; where another live model is all that changed, the one from before."""
    from cs_pipeline.training.fitting import fit, fitted_before

    earlier = _trained(job) if processes.count == 1 else None  # others may see it deleted
    if processes.is_main:
        out = private_folder(Path(job.out_dir))
        (out / "result.json").unlink(missing_ok=True)
    if earlier and earlier.planned:
        _log.info("run %s is already trained; it is only appraised anew", job.run_id)
        return fitted_before(earlier, earlier.planned, job.recipe)
    return fit(
        job.model_copy(update={"weighted": tuple(data.weighted)}),
        data.train,
        data.val,
        processes=processes,
        stop=stop,
        store=lent.checkpoint_store,
        cache_dir=lent.cache_dir,
        tell=lent.tell,
    )


def _finished(job: TrainJob) -> TrainResult | None:
    """The result of exactly this job, if it stands and its checkpoint is still whole."""
    result = _trained(job)
    if result is None:
        return None
    live = result.champion.version_id if result.champion else None
    same = live == (job.champion.version_id if job.champion else None)
    return result if same and (not job.golden or _was_asked(result, job.golden)) else None


def _trained(job: TrainJob) -> TrainResult | None:
    """The result of a training of this job, whatever its candidate was compared with."""
    try:
        text = (Path(job.out_dir) / "result.json").read_text(encoding="utf-8")
        result = TrainResult.model_validate_json(text)
    except (FileNotFoundError, ValueError):
        return None
    same = (
        (result.run_id, result.dataset_sha256) == (job.run_id, job.dataset_sha256)
        and result.recipe == job.recipe.model_dump(mode="json")
        and result.context_turns == job.context_turns
        and _weights(result.weighted) == _weights(job.weighted)
        and result.base_files in (None, job.base_files())
    )
    whole = same and _file_sums(Path(result.checkpoint_uri)) == result.checkpoint_files
    return result if whole else None


def _weights(slices: Sequence[TrainingSlice]) -> list[tuple[str, float]]:
    return [(one.export_sha256, one.weight) for one in slices]


def _asked_golden(
    job: TrainJob, checkpoint: Path, appraisal: Appraisal, safeguards: Safeguards | None
) -> GoldenMeasures | None:
    """What became of the site's questions; nothing is asked where answers could not be masked."""
    from cs_pipeline.training.appraisal.golden import ask_golden

    if not job.golden or safeguards is None:
        return None
    live = job.champion if appraisal.champion and appraisal.champion.score else None
    return ask_golden(
        job.golden,
        checkpoint,
        Path(live.folder) if live else None,
        mask_text=safeguards.mask_text,
        out=Path(job.out_dir),
    )


def _was_asked(result: TrainResult, golden: Sequence[GoldenQuestion]) -> bool:
    return result.golden is not None and result.golden.sha256 == questions_sha256(golden)


def read_data(job: TrainJob, masked_values: DigestSet | None) -> "Data":
    """The rows of the dataset, without those that hold a value which was masked elsewhere.

    Raises:
        DatasetError: the CSVs are missing, empty, damaged or not the dataset version they should
            be, or every training row holds such a value.
    """
    from cs_pipeline.training.appraisal.content import Data

    train, val = read_dataset(job.dataset)
    conversations = read_conversations(Path(job.val_uri))
    if masked_values is None:
        return Data(train, val, job.validation, conversations, weighted=job.weighted)
    missed, missed_val = masking_misses(train, masked_values), masking_misses(val, masked_values)
    misses = len(missed) + len(missed_val)
    if misses:
        _log.warning("%d rows hold a value that was masked elsewhere; they are left out", misses)
    if len(missed) == len(train):
        raise wording.nothing_left_to_train()
    return Data(
        train=[row for index, row in enumerate(train) if index not in missed],
        val=[row for index, row in enumerate(val) if index not in missed_val],
        validation=without_rows(job.validation, missed_val),
        conversations=[one for index, one in enumerate(conversations) if index not in missed_val],
        masking_misses=misses,
        weighted=without_rows(job.weighted, missed),
    )


def _result(
    job: TrainJob, fitted: "Fitted", appraisal: Appraisal, data: "Data", started_at: datetime
) -> TrainResult:
    """All that is known but the files of the checkpoint."""
    from cs_pipeline.training.models.base_model import licence_of

    return TrainResult(
        run_id=job.run_id,
        dataset_version=job.dataset_version,
        dataset_sha256=job.dataset_sha256,
        base_model=job.recipe.base_model,
        recipe=job.recipe.model_dump(mode="json"),
        checkpoint_uri=str(fitted.checkpoint),
        checkpoint_files={},
        tokenizer_sha256=appraisal.tokenizer_sha256,
        candidate=appraisal.candidate,
        champion=appraisal.champion,
        comparison=appraisal.comparison,
        best=appraisal.best,
        generation=appraisal.generation,
        leak=appraisal.leak,
        content=appraisal.content,
        planned=fitted.run.planned,
        profile=appraisal.profile,
        licence=licence_of(job.base),
        base_files=job.base_files(),
        context_turns=job.context_turns,
        train_rows=len(data.train),
        weighted=tuple(data.weighted),
        steps=fitted.run.steps,
        kept_step=fitted.run.kept_step,
        train_loss_nats_per_token=fitted.run.train_loss_nats_per_token,
        throughput=fitted.run.throughput,
        resumed_from_step=fitted.run.resumed_from_step,
        device=fitted.device,
        started_at=started_at,
        finished_at=datetime.now(UTC),
    )


def _with_card(result: TrainResult, fitted: "Fitted") -> TrainResult:
    """Write the model card into the checkpoint; the result then names all of its files."""
    from cs_pipeline.training.model_card import write_model_card

    write_model_card(fitted.checkpoint, result, template=fitted.template)
    return result.model_copy(update={"checkpoint_files": _file_sums(fitted.checkpoint)})


def _append_final_point(metrics: Path, step: int, epoch: float, score: Score) -> None:
    from cs_pipeline.training.loop.curves import evaluation_point

    with metrics.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(evaluation_point(step, epoch, score)) + "\n")


def _file_sums(folder: Path) -> dict[str, str]:
    """Relative POSIX path -> hex sha256 of every file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): sha256_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
