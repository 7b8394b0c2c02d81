"""Models in a few figures, for people who decide about them."""

from cs_pipeline.records import Record, TrainResult
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.soundness import Doubt, Soundness
from cs_pipeline.stages.installation import Installation


class ModelCard(Record):
    """A version in a few figures; `doubts` are why it should not go live."""

    version_id: str
    loss_nats_per_token: float | None
    dataset_version: str | None
    doubts: tuple[Doubt, ...] = ()


class Change(Record):
    """What would go and what would come."""

    goes: ModelCard | None
    comes: ModelCard


def soundness_of(installation: Installation) -> Soundness:
    """What is known of the versions."""
    return Soundness(installation.models, installation.notices, installation.runs)


def card(installation: Installation, version_id: str) -> ModelCard:
    """A version of the store."""
    doubts = soundness_of(installation).doubts(version_id)
    if any(doubt.kind == "missing" for doubt in doubts):
        return ModelCard(
            version_id=version_id, loss_nats_per_token=None, dataset_version=None, doubts=doubts
        )
    manifest = installation.models.manifest(version_id)
    return ModelCard(
        version_id=version_id,
        loss_nats_per_token=manifest.loss_nats_per_token,
        dataset_version=manifest.dataset_version,
        doubts=doubts,
    )


def candidate_card(installation: Installation, result: TrainResult) -> ModelCard:
    """The candidate of a run, whether it is in the store or not."""
    version_id = candidate_version(result)
    doubts = soundness_of(installation).doubts(version_id)
    return ModelCard(
        version_id=version_id,
        loss_nats_per_token=result.candidate.loss_nats_per_token,
        dataset_version=result.dataset_version,
        doubts=tuple(doubt for doubt in doubts if doubt.kind != "missing"),
    )
