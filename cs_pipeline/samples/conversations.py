"""Whole conversations out of phrases, slots and planted personal data."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from cs_pipeline.samples.phrases import INTENTS, Intent
from cs_pipeline.samples.planted import ANSWER, QUESTION, PlantedValue, draw_planted
from cs_pipeline.samples.slots import draw_slots, fill

PLANTED_SHARE = 0.15
_HOTLINE_SHARE = 0.08
_LONGEST_CONVERSATION = 4

_OPENERS = ("", "", "", "안녕하세요.", "문의드립니다.", "수고하십니다.", "저기요.")
_CLOSERS = ("", "", "", "확인 부탁드립니다.", "빠른 답변 부탁드려요.", "감사합니다.")
# Public numbers: they are to stay readable.
_HOTLINES = (
    "급하시면 고객센터 1588-0000으로 전화해 주세요.",
    "자세한 안내는 1544-0000에서 받으실 수 있습니다.",
    "상담 전화는 080-000-0000이며 무료입니다.",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one side, and the personal data planted in it, if any."""

    text: str = field(repr=False)
    planted: PlantedValue | None = None


@dataclass(frozen=True, slots=True)
class SampleExchange:
    """A question and its answer, sentence by sentence."""

    category: str
    question: tuple[Sentence, ...]
    answer: tuple[Sentence, ...]


def draw_conversations(random: Random, exchanges: int) -> Iterator[tuple[SampleExchange, ...]]:
    """Conversations of one to four exchanges that add up to `exchanges`."""
    left = exchanges
    while left > 0:
        length = min(left, random.choices(range(1, _LONGEST_CONVERSATION + 1), (6, 3, 2, 1))[0])
        slots = draw_slots(random)
        matters = random.sample(INTENTS, length)
        yield tuple(
            _draw_exchange(random, intent, slots, is_first=turn == 0)
            for turn, intent in enumerate(matters)
        )
        left -= length


def _draw_exchange(
    random: Random, intent: Intent, slots: dict[str, str], *, is_first: bool
) -> SampleExchange:
    question = [Sentence(fill(random.choice(intent.questions), slots))]
    answer = [Sentence(fill(random.choice(intent.answers), slots))]
    if random.random() < _HOTLINE_SHARE:
        answer.append(Sentence(random.choice(_HOTLINES)))
    if random.random() < PLANTED_SHARE:
        for side in random.choices(((QUESTION,), (ANSWER,), (QUESTION, ANSWER)), (6, 3, 1))[0]:
            text, planted = draw_planted(random, side)
            sentences = question if side == QUESTION else answer
            sentences.insert(random.randint(0, len(sentences)), Sentence(text, planted))
    opener = random.choice(_OPENERS) if is_first else ""
    question = [Sentence(opener), *question, Sentence(random.choice(_CLOSERS))]
    return SampleExchange(
        category=intent.category,
        question=tuple(sentence for sentence in question if sentence.text),
        answer=tuple(answer),
    )
