"""What a trainer leaves in the store, and whether it is what was asked for."""

from pydantic import ValidationError

from cs_pipeline.errors import ObjectNotFound
from cs_pipeline.handover.keys import RunKeys
from cs_pipeline.handover.request import TrainRequest
from cs_pipeline.handover.wording import result_unreadable
from cs_pipeline.records import Record, TrainResult
from cs_pipeline.storage import ObjectStore

OUTPUTS = {
    "curves.jsonl": "metrics.jsonl",
    "samples.json": "samples.json",
    "golden.json": "golden.json",
    "val-nats.npz": "val-nats.npz",
}
"""What an attempt leaves beside its result: name in the store -> name in a run's folder."""
UPLOAD_NOTE = "upload.json"


class UploadNote(Record):
    """Which version an attempt is about to upload to the model store."""

    version_id: str


def find_result(store: ObjectStore, keys: RunKeys) -> TrainResult | None:
    """The result of a run in the store, None while there is none.

    Raises:
        DamagedObject: it is unreadable.
    """
    try:
        return TrainResult.model_validate_json(store.read(keys.result)[0])
    except ObjectNotFound:
        return None
    except ValidationError:
        raise result_unreadable(store.uri, keys.result) from None


def is_result_of(result: TrainResult, request: TrainRequest) -> bool:
    """Whether a result is that of an attempt at this very work."""
    work, by = request.work, result.trained_by
    return (
        by is not None
        and by.token == request.token
        and 1 <= by.attempt <= request.attempt
        and (result.run_id, result.dataset_sha256) == (work.run_id, work.dataset.sha256)
    )
