"""The candidate in the model store, tried there before anybody may use it."""

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr, ValidationError

from cs_pipeline.config import Settings
from cs_pipeline.errors import BaseModelError, DamagedObject, ObjectNotFound, StorageError
from cs_pipeline.language import Words
from cs_pipeline.records import TrainResult, UploadCheck
from cs_pipeline.registry.manifests import candidate_version, is_version_id
from cs_pipeline.registry.names import find_version
from cs_pipeline.stages import wording_training as wording
from cs_pipeline.stages.installation import Installation

log = logging.getLogger(__name__)

_CHECK_SECONDS = 900
_QUESTIONS = ("배송은 언제 오나요?", "환불하고 싶어요.", "비밀번호를 잊어버렸어요.")
_DISTRIBUTED = {
    "RANK",
    "LOCAL_RANK",
    "WORLD_SIZE",
    "LOCAL_WORLD_SIZE",
    "MASTER_ADDR",
    "MASTER_PORT",
}


def publish_candidate(installation: Installation, result: TrainResult, *, out: Path) -> UploadCheck:
    """Upload the checkpoint in `out` as a version that nothing points at, and try it.

    Raises:
        StorageError: the store is out of reach, or the checkpoint is not the one of `result`.
    """
    version_id = candidate_version(result)
    _discard_unjudged(installation, out, version_id)
    installation.runs.note_upload(out, version_id)
    installation.models.publish(out / "checkpoint", result)
    return _try_in_fresh_process(installation, version_id)


def publish_noted(
    installation: Installation, result: TrainResult, *, out: Path, note: Callable[[str], None]
) -> UploadCheck:
    """The same for a trainer that knows its own run only; `note` is told the version before.

    Raises:
        StorageError: the store is out of reach, or the checkpoint is not the one of `result`.
    """
    version_id = candidate_version(result)
    note(version_id)
    installation.models.publish(out / "checkpoint", result)
    return _try_in_fresh_process(installation, version_id)


def _discard_unjudged(installation: Installation, out: Path, version_id: str) -> None:
    """Delete what was uploaded by trainings that ended before their gate, and by this one before.

    Nobody will ever judge it, and it may hold what the gate would have found. Should its run go on
    after all, promotion uploads the checkpoint again.
    """
    for earlier in installation.runs.unjudged_uploads(out):
        if earlier != version_id:
            installation.models.discard(earlier)


def check_model(installation: Installation, version_id: str) -> UploadCheck:
    """Download a version, verify its bytes, load it as the chatbot does and talk with it.

    A whole id is taken as it is: a trainer may not list what else the store holds.

    Raises:
        SettingsError: no version, or several, go by a short name (see `find_version`).
        StorageError: the store is out of reach.
    """
    from cs_pipeline.training.appraisal.evaluate import load_for_chat
    from cs_pipeline.training.appraisal.generation import answer

    if not is_version_id(version_id):
        version_id = find_version(installation.models, version_id)
    started, answered, empty, problem = time.monotonic(), 0, 0, None
    with tempfile.TemporaryDirectory(prefix="cs-check-") as folder:
        target = Path(folder) / "model"
        try:
            installation.models.pull(target, version_id)
            model, tokenizer = load_for_chat(target)
            said: list[str] = []
            for question in _QUESTIONS:
                # What it says is for the rules on answers.
                reply = answer(model, tokenizer, question, context=said)
                said += question, reply
                answered += 1
                empty += not reply.strip()
        except (BaseModelError, DamagedObject, ObjectNotFound) as error:
            problem = error.words
    return UploadCheck(
        version_id=version_id,
        asked=len(_QUESTIONS),
        answered=answered,
        empty=empty,
        seconds=time.monotonic() - started,
        problem=problem,
    )


def _try_in_fresh_process(installation: Installation, version_id: str) -> UploadCheck:
    """`check_model` by the command line: nothing that this process holds can help the model."""
    command = [sys.executable, "-m", "cs_pipeline.cli", "check-model", version_id, "--json"]
    started = time.monotonic()
    try:
        child = subprocess.run(
            command,
            env=_environment(installation.settings),
            stdout=subprocess.PIPE,
            text=True,
            timeout=_CHECK_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        problem = wording.too_slow(_CHECK_SECONDS)
        return _unanswered(version_id, started, problem)
    if child.returncode == StorageError.exit_code:
        raise wording.not_fetched(version_id)
    try:
        return UploadCheck.model_validate_json(child.stdout.strip().rpartition("\n")[2])
    except ValidationError:
        problem = wording.check_ended(child.returncode)
        return _unanswered(version_id, started, problem)


def _unanswered(version_id: str, started: float, problem: Words) -> UploadCheck:
    log.warning("%s: %s", version_id, problem)
    return UploadCheck(
        version_id=version_id,
        asked=len(_QUESTIONS),
        answered=0,
        seconds=time.monotonic() - started,
        problem=problem,
    )


def _environment(settings: Settings) -> dict[str, str]:
    """This process's, with the settings that name the store, as it ends with this process.

    The trainer still fills the GPU: the child answers on the CPU.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _DISTRIBUTED}
    named = {
        "MODEL_STORE": settings.model_store_uri,
        "WORK_DIR": str(settings.work_dir),
        "S3_ENDPOINT_URL": settings.s3_endpoint_url,
        "S3_ACCESS_KEY_ID": settings.s3_access_key_id,
        "S3_SECRET_ACCESS_KEY": settings.s3_secret_access_key,
        "S3_REGION": settings.s3_region,
        "EXIT_WITH_PARENT": str(os.getpid()),
    }
    revealed = {
        f"CS_PIPELINE_{name}": value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in named.items()
        if value is not None
    }
    return kept | revealed | {"CUDA_VISIBLE_DEVICES": ""}
