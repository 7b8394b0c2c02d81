"""What Airflow asks a trainer for."""

import secrets
from datetime import UTC, datetime
from typing import Self

from pydantic import Field, ValidationError

from cs_pipeline.config import AppraisalPlan
from cs_pipeline.errors import ObjectNotFound, SettingsError
from cs_pipeline.handover.keys import RunKeys
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import (
    DatasetVersion,
    GoldenQuestion,
    Record,
    TrainingSlice,
    ValidationSlice,
)
from cs_pipeline.storage import ObjectStore, Register


class StoredBase(Record):
    """A base model in the store, and the sha256 of its manifest."""

    name: str
    manifest_sha256: str


class Work(Record):
    """All that a training follows from; its dataset's addresses are those in the store.

    `validation` names the exports of the validation rows, in their order, `weighted` those of the
    training rows where some are seen more often than others. `base` is None where the
    recipe's base model is a hub name or a folder of the trainer's own. `pii_rules_sha256` is that
    of the site's masking rules, which the trainer brings itself; None: there are none.
    """

    run_id: str
    dataset: DatasetVersion
    dataset_manifest_sha256: str
    validation: tuple[ValidationSlice, ...] = ()
    weighted: tuple[TrainingSlice, ...] = ()
    recipe: Recipe
    base: StoredBase | None = None
    appraisal: AppraisalPlan = AppraisalPlan()
    golden: tuple[GoldenQuestion, ...] = ()
    pii_rules_sha256: str | None = None
    model_store: str


class TrainRequest(Record):
    """Work and the newest attempt at it. `token` changes with the work, not with the attempt."""

    token: str
    attempt: int = Field(ge=1)
    work: Work
    requested_at: datetime

    @classmethod
    def first(cls, work: Work, *, after: int = 0) -> Self:
        """A request for new work; attempts are numbered on from `after`."""
        return cls(
            token=secrets.token_hex(16),
            attempt=after + 1,
            work=work,
            requested_at=datetime.now(UTC),
        )

    def once_more(self) -> Self:
        """The next attempt at the same work."""
        changed = {"attempt": self.attempt + 1, "requested_at": datetime.now(UTC)}
        return self.model_copy(update=changed)


def read_request(store: ObjectStore, keys: RunKeys) -> tuple[TrainRequest, str]:
    """The request of a run and its entity tag.

    Raises:
        ObjectNotFound: nothing was asked for.
        SettingsError: it was written by another version of the package.
    """
    data, etag = Register(store, keys.request).read()
    try:
        return TrainRequest.model_validate_json(data), etag
    except ValidationError:
        raise SettingsError(
            ko=f"저장소의 학습 요청 {keys.request}을(를) 읽을 수 없습니다. Airflow와 학습 이미지에 "
            "같은 버전의 cs-pipeline을 설치하세요.",
            en=f"The training request {keys.request} in the store cannot be read. Install the same "
            "version of cs-pipeline in Airflow and in the trainer's image.",
        ) from None


def find_request(store: ObjectStore, keys: RunKeys) -> tuple[TrainRequest | None, str | None]:
    """The same; None when nothing was asked for yet."""
    try:
        return read_request(store, keys)
    except ObjectNotFound:
        return None, None


def write_request(
    store: ObjectStore, keys: RunKeys, request: TrainRequest, *, expected_etag: str | None
) -> None:
    """Write a request. Raises `PointerConflict` when somebody else asked meanwhile."""
    data = request.model_dump_json(indent=2).encode()
    Register(store, keys.request).write(data, expected=expected_etag)
