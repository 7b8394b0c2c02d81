"""From a dataset version to a checkpoint and `result.json`: the trainer's contract.

A job is done when `result.json` stands in its folder: it is written last. The same job run again
returns it at once.
"""

import json
import logging
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.errors import DatasetError
from cs_pipeline.files import dataset_sha256, private_folder, sha256_file, write_atomic
from cs_pipeline.placeholders import DEFAULT_FORM, PlaceholderForm
from cs_pipeline.recipe import Recipe
from cs_pipeline.records import ChampionScore, Record, Score, TrainResult

if TYPE_CHECKING:
    from transformers import PreTrainedModel

    from cs_pipeline.training.trainer import TrainingRun

_log = logging.getLogger(__name__)

Rows = list[tuple[str, str]]


class TrainJob(Record):
    """One training run: a dataset version, a recipe and a folder for what comes out.

    `train_uri` and `val_uri` are CSV files with columns `input,output`; `dataset_sha256` covers
    both, `placeholder_form` is how they write placeholders. `champion_dir` holds the live model, to
    be scored on the same rows; None: there is none.
    """

    run_id: str
    dataset_version: str
    dataset_sha256: str
    train_uri: str
    val_uri: str
    placeholder_form: str = DEFAULT_FORM
    out_dir: str
    recipe: Recipe
    champion_dir: str | None = None
    champion_version: str | None = None


def fine_tune(job: TrainJob) -> TrainResult:
    """Train, save, score and write `result.json`; a job that is already done is not run again.

    Leaves `metrics.jsonl` (curves), `checkpoint/` (weights, tokenizer, `recipe.json`) and
    `result.json` in `job.out_dir`.

    Raises:
        DatasetError: the CSVs are missing, empty or not the dataset version they should be.
        BaseModelError: the base model is out of reach or fails its checks.
        TrainingError: the loss stopped being a finite number.
    """
    finished = _finished(job)
    if finished:
        _log.info("run %s is already trained; its result is reused", job.run_id)
        return finished
    started_at = datetime.now(UTC)
    train_rows, val_rows = _read_dataset(job)
    out = private_folder(Path(job.out_dir))
    (out / "result.json").unlink(missing_ok=True)
    run, device = _train(job, out, train_rows, val_rows)
    checkpoint = out / "checkpoint"
    candidate, tokenizer_sum = _score_checkpoint(job, checkpoint, val_rows)
    _append_final_point(out / "metrics.jsonl", run.steps, job.recipe.epochs, candidate)
    result = TrainResult(
        run_id=job.run_id,
        dataset_version=job.dataset_version,
        dataset_sha256=job.dataset_sha256,
        base_model=job.recipe.base_model,
        recipe=job.recipe.model_dump(mode="json"),
        checkpoint_uri=str(checkpoint),
        checkpoint_files=_file_sums(checkpoint),
        tokenizer_sha256=tokenizer_sum,
        candidate=candidate,
        champion=_champion(job, val_rows),
        train_rows=len(train_rows),
        steps=run.steps,
        train_loss_nats_per_token=run.train_loss_nats_per_token,
        throughput=run.throughput,
        device=device,
        started_at=started_at,
        finished_at=datetime.now(UTC),
    )
    write_atomic(out / "result.json", result.model_dump_json(indent=2) + "\n")
    return result


def _finished(job: TrainJob) -> TrainResult | None:
    """The result of exactly this job, if it stands and its checkpoint is still whole."""
    try:
        text = (Path(job.out_dir) / "result.json").read_text(encoding="utf-8")
        result = TrainResult.model_validate_json(text)
    except (FileNotFoundError, ValueError):
        return None
    champion = result.champion.version_id if result.champion else None
    same = (
        (result.run_id, result.dataset_sha256) == (job.run_id, job.dataset_sha256)
        and result.recipe == job.recipe.model_dump(mode="json")
        and champion == job.champion_version
    )
    whole = same and _file_sums(Path(result.checkpoint_uri)) == result.checkpoint_files
    return result if whole else None


def _read_dataset(job: TrainJob) -> tuple[Rows, Rows]:
    train, val = Path(job.train_uri), Path(job.val_uri)
    for path in (train, val):
        if not path.is_file():
            raise DatasetError(
                ko=f"학습 데이터 파일 {path}가 없습니다. 데이터셋을 다시 만드세요.",
                en=f"There is no dataset file {path}. Build the dataset again.",
            )
    if dataset_sha256(train, val) != job.dataset_sha256:
        raise DatasetError(
            ko=f"{train}와 {val}이 데이터셋 {job.dataset_version}의 내용과 다릅니다. "
            "데이터셋을 다시 만든 뒤 학습하세요.",
            en=f"{train} and {val} are not what dataset {job.dataset_version} says. "
            "Build the dataset again, then train.",
        )
    form = PlaceholderForm(job.placeholder_form)
    rows = _read_csv(train, form)
    if not rows:
        raise DatasetError(
            ko=f"{train}에 학습할 행이 없습니다. 엑셀 파일을 더 넣은 뒤 다시 실행하세요.",
            en=f"{train} has no rows to train on. Add exports and run again.",
        )
    return rows, _read_csv(val, form)


def _read_csv(path: Path, form: PlaceholderForm) -> Rows:
    """(input, output) of each row, as text: `NA`, `null` and numbers stay what was written.

    Placeholders come in the form that models know.

    Streamed, because `datasets` would otherwise leave a copy of the text in its cache.
    """
    # `datasets` would report each use to the model hub, which knows nothing about this machine.
    os.environ["HF_UPDATE_DOWNLOAD_COUNTS"] = "0"
    from datasets import Features, Value, load_dataset

    columns = ["input", "output"]
    try:
        with tempfile.TemporaryDirectory() as locks:
            stream = load_dataset(
                "csv",
                data_files=str(path),
                split="train",
                streaming=True,
                cache_dir=locks,
                na_filter=False,
                usecols=columns,
                features=Features({name: Value("string") for name in columns}),
            )
            return [(form.read(row["input"]), form.read(row["output"])) for row in stream]
    except ValueError:  # pandas' parser errors are ValueErrors too, and may quote a line
        raise DatasetError(
            ko=f"{path}에 input, output 열이 없거나 CSV가 깨졌습니다. 데이터셋을 다시 만드세요.",
            en=f"{path} has no columns input and output, or is broken. Build the dataset again.",
        ) from None


def _train(job: TrainJob, out: Path, train: Rows, val: Rows) -> "tuple[TrainingRun, str]":
    """Fine-tune the base model and save it to `out/checkpoint`; returns figures and device."""
    from cs_pipeline.training.base_model import load_model, load_tokenizer, save_model
    from cs_pipeline.training.evaluate import score_rows
    from cs_pipeline.training.trainer import train_model

    recipe = job.recipe
    model, tokenizer = load_model(recipe.base_model), load_tokenizer(recipe.base_model)
    _log.info(
        "run %s: %d train rows, %d val rows, base %s on %s",
        job.run_id, len(train), len(val), recipe.base_model, model.device,
    )  # fmt: skip
    run = train_model(
        model,
        tokenizer,
        train,
        recipe,
        metrics=out / "metrics.jsonl",
        evaluate=lambda: score_rows(model, tokenizer, val, **_score_limits(recipe)),
    )
    with _whole_folder(out / "checkpoint") as folder:
        save_model(model, tokenizer, folder)
        (folder / "recipe.json").write_text(recipe.model_dump_json(indent=2) + "\n", "utf-8")
    return run, _device_name(model)


def _score_checkpoint(job: TrainJob, checkpoint: Path, val: Rows) -> tuple[Score, str]:
    """Score what was saved, loaded the way the chatbot loads it."""
    from cs_pipeline.training.base_model import tokenizer_sha256
    from cs_pipeline.training.evaluate import load_for_chat, score_rows

    model, tokenizer = load_for_chat(checkpoint)
    score = score_rows(model, tokenizer, val, **_score_limits(job.recipe))
    return score, tokenizer_sha256(tokenizer)


def _champion(job: TrainJob, val: Rows) -> ChampionScore | None:
    from cs_pipeline.training.evaluate import score_champion

    if job.champion_dir is None or job.champion_version is None:
        return None
    return score_champion(
        Path(job.champion_dir), job.champion_version, val, **_score_limits(job.recipe)
    )


def _score_limits(recipe: Recipe) -> dict[str, int]:
    return {
        "max_example_tokens": recipe.max_example_tokens,
        "batch_tokens": recipe.batch_tokens,
    }


def _append_final_point(metrics: Path, step: int, epoch: float, score: Score) -> None:
    from cs_pipeline.training.trainer import evaluation_point

    with metrics.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(evaluation_point(step, epoch, score)) + "\n")


@contextmanager
def _whole_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside `target` that replaces it on success and is removed if not."""
    temporary = target.parent / f".{target.name}-{uuid.uuid4().hex}.tmp"
    temporary.mkdir()
    try:
        yield temporary
        if target.exists():
            shutil.rmtree(target)
        temporary.replace(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _file_sums(folder: Path) -> dict[str, str]:
    """Relative POSIX path -> hex sha256 of every file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): sha256_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _device_name(model: "PreTrainedModel") -> str:
    import torch

    if model.device.type != "cuda":
        return str(model.device.type)
    return f"cuda ({torch.cuda.get_device_name(model.device)})"
