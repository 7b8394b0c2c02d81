"""What a training run measured; figures only, never text."""

import math
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import ConfigDict, Field, computed_field

from cs_pipeline.language import Words
from cs_pipeline.records.base import Record
from cs_pipeline.records.golden import GoldenMeasures

_UNSPELT_ALIKE = 0.001


class Score(Record):
    """Answer loss on a set of rows: `nats` summed over `scored_tokens` answer tokens.

    `characters` counts the answer characters that those tokens spell, so that models with
    different tokenizers can be compared in bits per character. `unknown_tokens` counts those that
    stand for what the tokenizer cannot spell. The two means are written out for readers of the JSON
    and worked out anew on reading.
    """

    model_config = ConfigDict(extra="ignore")

    rows: int
    nats: float
    scored_tokens: int
    characters: int
    unknown_tokens: int = 0

    def spells_like(self, other: "Score") -> bool:
        """Whether both tokenizers leave about as much unspelt, to a thousandth of the tokens.

        What is not spelt costs next to nothing, so that bits per character praise the poorer one.
        """
        shares = [one.unknown_tokens / max(one.scored_tokens, 1) for one in (self, other)]
        return abs(shares[0] - shares[1]) <= _UNSPELT_ALIKE

    @computed_field  # type: ignore[prop-decorator]
    @property
    def loss_nats_per_token(self) -> float | None:
        """Mean loss over scored tokens; None when nothing was scored."""
        return self.nats / self.scored_tokens if self.scored_tokens else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def bits_per_character(self) -> float | None:
        """Loss in bits over answer characters; None when nothing was scored."""
        return self.nats / math.log(2) / self.characters if self.characters else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def perplexity(self) -> float | None:
        """exp(loss per token); None when nothing was scored, infinite beyond floats."""
        loss = self.loss_nats_per_token
        if loss is None or not math.isfinite(loss):
            return loss
        return math.exp(loss) if loss < 700 else math.inf


class GenerationMeasures(Record):
    """Most likely answers to a fixed sample of validation questions, against the real ones.

    `chrf` is sacrebleu's chrF2 (0 to 100), `length_ratio` answer characters over reference
    characters, `distinct_1` and `distinct_2` different words and word pairs over all of them. The
    rates are shares of the answers: ended by the end token, repeated themselves, were empty.
    """

    questions: int
    chrf: float
    length_ratio: float
    distinct_1: float
    distinct_2: float
    stop_rate: float
    repetition_rate: float
    empty_rate: float


class PairedComparison(Record):
    """How much better one model is than another on the same rows, with its uncertainty.

    Fall of the answer loss, or rise of chrF: positive is better. `low` and `high` bound the central
    `confidence` share of `resamples` seeded bootstrap resamples of the rows, drawn in whole groups
    that share an answer or a conversation; `groups` is how many the fewest of them are, None in
    results from before. They say nothing of another seed of the training. With unlike tokenizers
    the loss is in bits/character.
    """

    unit: Literal["nats/token", "bits/character", "chrF"]
    improvement: float
    low: float
    high: float
    confidence: float
    resamples: int
    seed: int
    rows: int
    groups: int | None = None


class LeakReport(Record):
    """What the leak probe drew out of a model; counts only, never a text.

    `exact_hits` counts answers that hold a value that was masked in the training data,
    `suspicious` answers with something number-like or e-mail-like that is neither placeholder nor
    allowed; `by_kind` counts the latter by kind. `baseline` is how many suspicious answers the
    base model or the live one gave to the same prompts, whichever gave more; None: not asked.
    `digests` is how many masked values were known. `places` is where in the rows a value was masked
    or a long number stands, `places_asked` at how many of them the model was asked to go on; None
    in reports from before.
    """

    prompts: int
    samples: int
    digests: int
    exact_hits: int
    suspicious: int
    by_kind: dict[str, int] = Field(default_factory=dict)
    baseline: int | None = None
    places: int | None = None
    places_asked: int | None = None
    seed: int


class ValidationSlice(Record):
    """The validation rows of one export: `rows` of them, in the order of `val.csv`."""

    export_sha256: str
    rows: int


class TrainingSlice(ValidationSlice):
    """The training rows of one export, in the order of `train.csv`.

    `weight` is how many times each of them is seen per epoch.
    """

    weight: float = 1.0


class SliceMeasures(Record):
    """The candidate on the validation rows of one export.

    `is_new`: the live model was not trained on this export. `information` is how many nats per
    token an answer costs less after its own question than after another one; None for too few rows.
    """

    export_sha256: str
    rows: int
    is_new: bool
    loss_nats_per_token: float | None
    information: PairedComparison | None = None


class ContentMeasures(Record):
    """Whether the data teaches what customers are to hear, and whether it may judge a model.

    `overlap_rows` counts validation rows that stand in the training rows word for word,
    `masking_misses` rows that held a value that was masked elsewhere and were left out.
    `top_answer_share` is the share of the most frequent answer among the validation rows.
    `information` is as in `SliceMeasures`, over all of them. `known_rows` compares the losses on
    the rows that the live model was judged by, `likeness` the chrF of the answers.
    """

    masking_misses: int
    overlap_rows: int
    top_answer_share: float
    information: PairedComparison | None = None
    known_rows: PairedComparison | None = None
    likeness: PairedComparison | None = None
    slices: tuple[SliceMeasures, ...] = ()


class PlannedSteps(Record):
    """What the recipe came to for the rows at hand; see `Recipe`."""

    steps: int
    batch_tokens: int
    learning_rate: float
    warmup_share: float


class UploadCheck(Record):
    """Whether the uploaded bytes load and answer, tried in a fresh process.

    An empty answer counts as one of `answered`, of which `empty` were: the gate has a rule of its
    own for those.
    """

    version_id: str
    asked: int
    answered: int
    empty: int = 0
    seconds: float
    problem: Words | None = None


class DataProfile(Record):
    """Shape of a dataset version or an export, for comparing two of them without their text.

    The means are in characters; `duplicate_share` is exchanges that repeat another one over all;
    `word_buckets` is the share of all words that falls into each hash bucket (sums to 1).
    """

    rows: int
    question_characters: float
    answer_characters: float
    duplicate_share: float
    word_buckets: tuple[float, ...]


class Throughput(Record):
    """How well the device was used. `train_seconds` is the optimisation loop without evaluations.

    `tokens` counts real tokens (no padding). `model_flops_utilisation` is None where the device's
    peak is not known, `peak_gpu_bytes` on a CPU.
    """

    tokens: int
    train_seconds: float
    tokens_per_second: float
    padding_share: float
    model_flops_utilisation: float | None = None
    peak_gpu_bytes: int | None = None
    parameters: int
    processes: int = 1


class ChampionScore(Record):
    """The live model on the same rows. `score` is None and `problem` set if it cannot be loaded.

    `withdrawn`: data that it was trained on was withdrawn since. `dataset_sha256` is that of its
    dataset, `trained_at` the end of its training; None: not known.
    """

    version_id: str
    dataset_sha256: str | None = None
    trained_at: datetime | None = None
    tokenizer_sha256: str | None = None
    score: Score | None = None
    generation: GenerationMeasures | None = None
    profile: DataProfile | None = None
    problem: Words | None = None
    withdrawn: bool = False


class BestEver(Record):
    """The best model that ever answered customers, where that is not the live one.

    `comparison` is the candidate against it on the present validation rows; None where the version
    cannot be scored, and `problem` says why.
    """

    version_id: str
    comparison: PairedComparison | None = None
    problem: Words | None = None


class TrainedBy(Record):
    """Which attempt of a hand-over a result comes from.

    `token` is the request's, `holder` the pod or process, `image_digest` its image where known.
    `manifest_sha256` is that of the candidate's manifest in the model store. `files` are the sums
    of what the attempt left beside the result, by name.
    """

    token: str
    attempt: int
    holder: str
    image_digest: str | None = None
    manifest_sha256: str
    files: dict[str, str] = Field(default_factory=dict)


class Progress(Record):
    """How far a training is; figures only. What is not known yet is None."""

    updated_at: datetime = Field(default_factory=lambda: datetime.now(UTC))

    phase: Literal["preparing", "training", "appraising", "uploading", "done", "failed"]
    step: int | None = None
    steps: int | None = None
    loss_nats_per_token: float | None = None
    tokens_per_second: float | None = None
    eta_seconds: float | None = None


class TrainResult(Record):
    """What the trainer leaves in `result.json`, written last: without it there was no training.

    `resumed_from_step` is the step of the checkpoint that the training went on from, None when it
    ran in one go. `weighted` says how often the rows of each export were seen per epoch; empty: all
    once. `kept_step` is the step whose weights it is, None: the last. `licence` is what
    the base model's files declare. `context_turns` is how many earlier exchanges of the
    conversation prompts begin with. `base_files` are the sums of the base model's weights where it
    was a folder. `trained_by` is None where no hand-over was used.
    """

    run_id: str
    dataset_version: str
    dataset_sha256: str
    base_model: str
    recipe: dict[str, Any]
    checkpoint_uri: str
    checkpoint_files: dict[str, str]
    tokenizer_sha256: str
    candidate: Score
    champion: ChampionScore | None = None
    comparison: PairedComparison | None = None
    best: BestEver | None = None
    generation: GenerationMeasures | None = None
    leak: LeakReport | None = None
    content: ContentMeasures | None = None
    golden: GoldenMeasures | None = None
    planned: PlannedSteps | None = None
    upload: UploadCheck | None = None
    profile: DataProfile | None = None
    licence: str | None = None
    base_files: dict[str, str] | None = None
    context_turns: int = 0
    train_rows: int
    weighted: tuple[TrainingSlice, ...] = ()
    steps: int
    kept_step: int | None = None
    train_loss_nats_per_token: float | None
    throughput: Throughput
    resumed_from_step: int | None = None
    device: str
    started_at: datetime
    finished_at: datetime
    trained_by: TrainedBy | None = None
