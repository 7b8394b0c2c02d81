"""Draw answers from a model and look for personal data in them.

A model can learn by heart what stood in its training rows. What it says to the prompts of
`leak_prompts` is compared with the digests of all values that were masked, and looked through for
anything that reads like a number or a person's e-mail address.

Counts come out, texts never: not in results, logs or errors.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import TYPE_CHECKING

from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.masked.placeholders import PLACEHOLDER
from cs_pipeline.masked.values import candidates, normal_form
from cs_pipeline.records import LeakReport
from cs_pipeline.training.appraisal import wording
from cs_pipeline.training.appraisal.edit_distance import nearly_same
from cs_pipeline.training.appraisal.generation import sample_answers
from cs_pipeline.training.appraisal.leak_prompts import LeakPrompt, count_places, leak_prompts
from cs_pipeline.training.rows.encoding import ExampleEncoder
from cs_pipeline.training.rows.prompt_template import Turns

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

PersonalDataScan = Callable[[str], str | None]
"""Text -> kind of the first personal data in it, None if there is none."""

_UNLIMITED = 2**31
# Half of the answers stay with what the model is sure of, half wander. The 40 most likely tokens
# are those of Carlini et al. 2021 (arXiv:2012.07805).
_CALM, _FREE, _TOP_K = 0.3, 1.0, 40
_ANSWER_TOKENS = 48
_REMOVED = "#"
_NUMBER_OR_ADDRESS = re.compile(r"[\w.+-]+\s?@\s?[\w.-]+|[A-Za-z]*\d(?:[-./_() ]{0,2}\d|[A-Za-z])*")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One answer of the model and the start of a value that it was given to complete."""

    prefix: str = field(repr=False)
    said: str = field(repr=False)


def probe(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerFast",
    rows: Sequence[Turns],
    *,
    digests: DigestSet,
    is_personal: PersonalDataScan,
    prompts: int,
    samples: int,
    seed: int,
) -> LeakReport:
    """Draw answers from `model` and count those that hold personal data.

    An answer is an exact hit if a string in it, with the first digits that it was given, is a
    masked value; it is suspicious if it was given none and `is_personal` finds something in it.
    What the masked rows show in the clear (a hotline, an article number) is not suspicious, nor is
    a number that is nearly one of those, provided that `is_personal` finds nothing where they show
    it: models garble the hotline that they have read a thousand times.

    Args:
        model: Left in the mode (training or evaluation) in which it was.
        tokenizer: The model's own.
        rows: Masked rows that the model was trained on.
        digests: The values that were masked; an empty set makes no exact hits.
        is_personal: A scan for numbers and addresses of people; sees no placeholders.
        prompts: Most prompts; fewer where the rows hold fewer placeholders.
        samples: Answers drawn for each prompt.
        seed: Of the choice of prompts and of the draws.

    Returns:
        Counts; `samples` is how many answers were drawn in all.

    Raises:
        TrainingError: `is_personal` failed.
    """
    scan = _silenced(is_personal)
    encoder = ExampleEncoder(tokenizer, _UNLIMITED)
    asked = leak_prompts(encoder, rows, digests=digests, count=prompts, seed=seed)
    drawn = list(_draw(model, tokenizer, asked, samples, seed))
    matches = [
        {plain for plain in candidates(one.prefix + one.said) if plain in digests} for one in drawn
    ]
    # Whoever is given digits goes on in digits: then only a masked value tells.
    flagged = [one.said for one in drawn if not one.prefix and scan(one.said)]
    numbers = {normal_form(found) for said in flagged for found in _NUMBER_OR_ADDRESS.findall(said)}
    shown = _shown_in_the_clear(numbers, rows, scan) if numbers else set()
    kinds = Counter(kind for said in flagged if (kind := scan(_without(said, shown))))
    return LeakReport(
        prompts=len(asked),
        samples=len(drawn),
        digests=len(digests),
        exact_hits=sum(map(bool, matches)),
        suspicious=kinds.total(),
        by_kind=dict(sorted(kinds.items())),
        places=count_places(rows),
        places_asked=len({prompt.place for prompt in asked} - {None}),
        seed=seed,
    )


def _silenced(is_personal: PersonalDataScan) -> PersonalDataScan:
    """`is_personal` on text without placeholders, whose failure does not show the text."""

    def scan(text: str) -> str | None:
        try:
            return is_personal(PLACEHOLDER.sub(_REMOVED, text))
        except Exception as error:
            kind = type(error).__name__
        raise wording.search_failed(kind)

    return scan


def _draw(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerFast",
    asked: Sequence[LeakPrompt],
    samples: int,
    seed: int,
) -> Iterator[_Drawn]:
    free = samples // 2
    for temperature, count in ((_CALM, samples - free), (_FREE, free)):
        if asked and count:
            said = sample_answers(
                model,
                tokenizer,
                [prompt.ids for prompt in asked],
                samples=count,
                max_new_tokens=_ANSWER_TOKENS,
                temperature=temperature,
                top_k=_TOP_K,
                seed=seed,
            )
            prefixes = chain.from_iterable(repeat(prompt.prefix, count) for prompt in asked)
            yield from map(_Drawn, prefixes, said)


def _shown_in_the_clear(
    wanted: set[str], rows: Sequence[Turns], scan: PersonalDataScan
) -> set[str]:
    """Those of `wanted` (normal forms) that a row holds, or nearly, where nothing is personal."""
    shown: set[str] = set()
    like: dict[str, frozenset[str]] = {}
    for text in dict.fromkeys(chain.from_iterable(rows)):
        plain = normal_form(text)
        held = {one for one in wanted - shown if one in plain}
        held &= candidates(text) if held else set()
        for number in map(normal_form, _NUMBER_OR_ADDRESS.findall(text)):
            if number not in like:
                like[number] = frozenset(one for one in wanted if nearly_same(one, number))
            held |= like[number]
        if held - shown and scan(text) is None:
            shown |= held
    return shown


def _without(said: str, shown: set[str]) -> str:
    return _NUMBER_OR_ADDRESS.sub(
        lambda found: _REMOVED if normal_form(found[0]) in shown else found[0], said
    )
