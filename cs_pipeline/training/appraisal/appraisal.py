"""What is known about a candidate before the gate sees it: loss, answers, leaks, its champion.

Both models are scored on the same rows and asked the same questions, in the same process.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cs_pipeline.config import AppraisalPlan
from cs_pipeline.files import write_atomic
from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import (
    BestEver,
    ChampionScore,
    ContentMeasures,
    DataProfile,
    GenerationMeasures,
    LeakReport,
    PairedComparison,
    Score,
)
from cs_pipeline.training.job import Champion
from cs_pipeline.training.rows.prompt_template import Turns, prompting_of

if TYPE_CHECKING:
    from cs_pipeline.training.appraisal.content import Certainty, Data, Judged
    from cs_pipeline.training.appraisal.evaluate import ModelMeasures

SAMPLES_FILE = "samples.json"
ROW_SCORES_FILE = "val-nats.npz"
_SHOWN_SAMPLES = 12
_SAMPLE_SEED = 0
"""The questions asked stay the same over all runs, so that their answers can be compared."""

Rows = Sequence[Turns]


@dataclass(frozen=True, slots=True)
class Safeguards:
    """What other rooms lend the trainer, which knows nothing of masking and datasets.

    Args:
        mask_text: Masks a text; what models say is shown in no other form.
        is_personal: Names the kind of personal data that a text still holds, None when none.
        masked_values: Digests of the values that were masked in the training data.
        profile: Shape of the training rows, of which it gets question and answer.
    """

    mask_text: Callable[[str], str]
    is_personal: Callable[[str], str | None]
    masked_values: DigestSet
    profile: Callable[[Iterable[tuple[str, str]]], DataProfile]


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The figures of a `TrainResult` that need the trained model."""

    candidate: Score
    tokenizer_sha256: str
    generation: GenerationMeasures | None
    champion: ChampionScore | None
    comparison: PairedComparison | None
    best: BestEver | None
    leak: LeakReport | None
    content: ContentMeasures
    profile: DataProfile | None


def appraise(
    checkpoint: Path,
    data: "Data",
    *,
    base: str,
    recipe: Recipe,
    plan: AppraisalPlan,
    champion: Champion | None,
    safeguards: Safeguards | None,
    out: Path,
) -> Appraisal:
    """Measure what was saved, loaded the way the chatbot loads it.

    Writes `val-nats.npz` (loss of each row, for audits) and, with safeguards, `samples.json`
    (questions with masked answers side by side) to `out`. Without safeguards there is no leak
    probe, and the gate holds the candidate.

    Args:
        checkpoint: Folder of the candidate.
        data: What it was trained on and what it is judged by.
        base: Hub name or folder of the base model, which is asked where the candidate's answers
            to the leak probe are suspicious.
        recipe: How it was trained.
        plan: How much is asked.
        champion: The live model, if there is one.
        safeguards: What other rooms lend; None: no leak probe, no samples.
        out: Folder of the job.

    Raises:
        BaseModelError: the checkpoint cannot be loaded.
    """
    from cs_pipeline.training.appraisal import content
    from cs_pipeline.training.appraisal.answer_measures import sample_rows
    from cs_pipeline.training.appraisal.evaluate import load_for_chat, measure_model
    from cs_pipeline.training.models.base_model import tokenizer_sha256

    asked = sample_rows(data.val, plan.generation_questions, _SAMPLE_SEED)
    limits = recipe.model_dump(include={"max_example_tokens", "batch_tokens"})
    prober = _Prober(data.train, plan, recipe, safeguards) if safeguards else None
    model, tokenizer = load_for_chat(checkpoint)
    ours = measure_model(model, tokenizer, data.val, asked, **limits)
    permuted = content.permuted_scores(
        model, tokenizer, data.val, data.validation, seed=_SAMPLE_SEED, **limits
    )
    leak = prober.on(model, tokenizer) if prober else None
    identity = tokenizer_sha256(tokenizer)
    del model
    live, theirs = _measured_live(champion, data.val, asked, limits) if champion else (None, None)
    if prober and leak and leak.suspicious:
        live_folder = Path(champion.folder) if champion and theirs else None
        leak = prober.against(leak, base=base, like=tokenizer, live=live_folder)
    _keep(out, data.val, asked, ours, theirs, safeguards)
    judged = content.Judged(
        candidate=ours,
        live=theirs,
        permuted=permuted,
        references=[data.val[index][-1] for index in asked],
        same_tokenizer=live is not None and live.tokenizer_sha256 == identity,
        asked=asked,
        groupings=data.groupings(),
    )
    certainty = content.Certainty(plan.improvement_confidence, recipe.seed)
    return Appraisal(
        candidate=ours.rows.total(),
        tokenizer_sha256=identity,
        generation=ours.generation,
        champion=live,
        comparison=content.compare_losses(judged, certainty),
        best=_measured_best(champion, data.val, judged, identity, certainty, limits),
        leak=leak,
        content=content.measure_content(
            data, judged, known_exports=champion.exports if champion else (), certainty=certainty
        ),
        profile=_profile(data, safeguards),
    )


def _profile(data: "Data", safeguards: Safeguards | None) -> DataProfile | None:
    pairs = ((row[-2], row[-1]) for row in data.train)
    return safeguards.profile(pairs) if safeguards else None


def _measured_best(
    champion: Champion | None,
    rows: Rows,
    judged: "Judged",
    identity: str,
    certainty: "Certainty",
    limits: dict[str, int],
) -> BestEver | None:
    """`measure_best`, where there is a best model to compare with."""
    from cs_pipeline.training.appraisal.best_model import measure_best

    if champion is None or not champion.best:
        return None
    return measure_best(
        champion.best, rows, judged, tokenizer_sha256=identity, certainty=certainty, **limits
    )


def _measured_live(
    champion: Champion, rows: Rows, asked: Sequence[int], limits: dict[str, int]
) -> "tuple[ChampionScore, ModelMeasures | None]":
    """`measure_champion`, with what is known of the live model beside its files."""
    from cs_pipeline.training.appraisal.evaluate import measure_champion

    live, theirs = ChampionScore(version_id=champion.version_id, problem=champion.problem), None
    if champion.problem is None:
        live, theirs = measure_champion(
            Path(champion.folder), champion.version_id, rows, asked, **limits
        )
    known = ("profile", "withdrawn", "dataset_sha256", "trained_at")
    return live.model_copy(update={name: getattr(champion, name) for name in known}), theirs


@dataclass(frozen=True, slots=True)
class _Prober:
    """The leak probe as one job asks it of several models."""

    rows: Rows
    plan: AppraisalPlan
    recipe: Recipe
    safeguards: Safeguards

    def on(self, model: Any, tokenizer: Any) -> LeakReport:
        """What one model says to it."""
        from cs_pipeline.training.appraisal.leak_probe import probe

        return probe(
            model,
            tokenizer,
            self.rows,
            digests=self.safeguards.masked_values,
            is_personal=self.safeguards.is_personal,
            prompts=self.plan.leak_prompts,
            samples=self.plan.leak_samples,
            seed=self.recipe.seed,
        )

    def against(self, leak: LeakReport, *, base: str, like: Any, live: Path | None) -> LeakReport:
        """`leak` with what other models say to the same, which they cannot have learnt here.

        A model that cannot be loaded says nothing; its own report tells why.

        Args:
            leak: What the candidate said.
            base: Its base model, which is prompted as the candidate is.
            like: The candidate's tokenizer.
            live: Folder of the live model, which is prompted as it was trained.
        """
        from cs_pipeline.training.appraisal.evaluate import load_for_chat
        from cs_pipeline.training.models.base_model import load_model, load_tokenizer

        def load_base() -> tuple[Any, Any]:
            tokenizer = load_tokenizer(base)
            tokenizer.init_kwargs |= prompting_of(like)
            return load_model(base), tokenizer

        loads = [load_base, *([lambda: load_for_chat(live)] if live else [])]
        said = [self._suspicious(load) for load in loads]
        known = [count for count in said if count is not None]
        return leak.model_copy(update={"baseline": max(known, default=None)})

    def _suspicious(self, load: Callable[[], tuple[Any, Any]]) -> int | None:
        from cs_pipeline.errors import BaseModelError

        try:
            return self.on(*load()).suspicious
        except BaseModelError:
            return None


def _keep(
    out: Path,
    rows: Rows,
    asked: Sequence[int],
    ours: "ModelMeasures",
    theirs: "ModelMeasures | None",
    safeguards: Safeguards | None,
) -> None:
    """Leave the losses of each row and, with safeguards, the sample answers in `out`."""
    from cs_pipeline.training.appraisal.row_scores import save_row_scores

    measured = {"candidate": ours} | ({"champion": theirs} if theirs else {})
    save_row_scores(out / ROW_SCORES_FILE, {name: one.rows for name, one in measured.items()})
    if safeguards:
        _write_samples(out / SAMPLES_FILE, rows, asked, ours, theirs, safeguards.mask_text)


def _write_samples(
    path: Path,
    rows: Rows,
    asked: Sequence[int],
    ours: "ModelMeasures",
    theirs: "ModelMeasures | None",
    mask_text: Callable[[str], str],
) -> None:
    """Questions and answers side by side; masked, because a model may say what it should not."""
    samples = []
    for place, index in enumerate(asked[:_SHOWN_SAMPLES]):
        *context, question, reference = rows[index]
        samples.append(
            {
                "context": context,
                "question": question,
                "reference": reference,
                "champion": mask_text(theirs.answers[place].text) if theirs else None,
                "candidate": mask_text(ours.answers[place].text),
            }
        )
    write_atomic(path, json.dumps(samples, ensure_ascii=False, indent=2) + "\n")
