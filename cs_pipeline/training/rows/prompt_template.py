"""What stands around a question: KoGPT2's tokens, a model's own chat template, or plain words."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, cycle
from typing import TYPE_CHECKING, Any

from cs_pipeline.errors import BaseModelError
from cs_pipeline.training.rows import wording
from cs_pipeline.training.rows.spelling import Spelling

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

Turns = tuple[str, ...]
"""Turns of a conversation, oldest first, from a question on: questions and answers in turn."""

QUESTION_TOKEN, ANSWER_TOKEN = "<usr>", "<sys>"
PLAIN_WORDS = ("질문:", "\n답변:", "\n질문:")
"""What stands before the first question, before an answer, and before a later question."""
TEMPLATE_FIELD = "prompt_template"
"""Field of `tokenizer_config.json`: the template that a model was trained on, if not `auto`."""
CONTEXT_FIELD = "context_turns"
"""Field of the same file: earlier exchanges that a model was trained with; absent: none."""
ANSWER_FIELD = "answer_tokens"
"""Field of the same file: the longest answer that its training rows call for, in tokens."""
PROMPTING_FIELDS = (TEMPLATE_FIELD, CONTEXT_FIELD, ANSWER_FIELD)
_DEFAULT_ANSWER_TOKENS = 64

_QUESTION, _ANSWER, _EARLIER = "QUESTION7F3A", "ANSWER7F3A", "TURN{}OF7F3A"


def choose_template(tokenizer: "PreTrainedTokenizerFast", asked: str) -> str:
    """`kogpt2`, `chat` or `plain`; `auto` is what the tokenizer was saved with, or has.

    Raises:
        BaseModelError: the tokenizer cannot be prompted as `asked`.
    """
    if asked == "auto":
        asked = tokenizer.init_kwargs.get(TEMPLATE_FIELD, "auto")
    has = {
        "kogpt2": {QUESTION_TOKEN, ANSWER_TOKEN} <= tokenizer.get_vocab().keys(),
        "chat": bool(tokenizer.chat_template),
        "plain": True,
    }
    if asked == "auto":
        return next(name for name, possible in has.items() if possible)
    if not has.get(asked):
        raise wording.lacks_template(tokenizer.name_or_path, asked)
    return asked


def prompting_of(tokenizer: "PreTrainedTokenizerFast") -> dict[str, Any]:
    """How the model of this tokenizer is prompted and answers: what is saved with it."""
    saved = tokenizer.init_kwargs
    return {field: saved[field] for field in PROMPTING_FIELDS if field in saved}


def context_turns(tokenizer: "PreTrainedTokenizerFast") -> int:
    """Earlier exchanges of a conversation that the model of this tokenizer goes by; 0: none."""
    return int(tokenizer.init_kwargs.get(CONTEXT_FIELD, 0))


def answer_tokens(tokenizer: "PreTrainedTokenizerFast") -> int:
    """The longest answer of the model of this tokenizer, in tokens with the one that ends it."""
    return int(tokenizer.init_kwargs.get(ANSWER_FIELD, _DEFAULT_ANSWER_TOKENS))


@dataclass(frozen=True, slots=True)
class Prompt:
    """Ids of one prompt; only the question may be cut. Earlier turns are part of `opening`."""

    opening: list[int] = field(repr=False)
    question: list[int] = field(repr=False)
    closing: list[int]

    @property
    def frame_tokens(self) -> int:
        """Tokens around the question."""
        return len(self.opening) + len(self.closing)

    @property
    def tokens(self) -> int:
        """All tokens."""
        return self.frame_tokens + len(self.question)

    def cut(self, max_tokens: int) -> list[int]:
        """All ids, the question shortened on its left so that there are `max_tokens` at most."""
        room = max(max_tokens - self.frame_tokens, 0)
        return [*self.opening, *self.question[max(len(self.question) - room, 0) :], *self.closing]


class PlainTemplate:
    """KoGPT2's tokens, or plain words, around a question and the turns before it.

    Args:
        tokenizer: The model's own.
        spelling: Spells the turns.
        kind: `kogpt2` or `plain`.
    """

    def __init__(self, tokenizer: "PreTrainedTokenizerFast", spelling: Spelling, kind: str) -> None:
        self.name = kind
        self.end_id = int(tokenizer.eos_token_id)
        self._spelling = spelling
        if kind == "kogpt2":
            question, answer = tokenizer.convert_tokens_to_ids([QUESTION_TOKEN, ANSWER_TOKEN])
            self._opening, self._answer, self._question = [question], [answer], [question]
            return
        opening, self._answer, self._question = tokenizer(
            list(PLAIN_WORDS), add_special_tokens=False
        )["input_ids"]
        bos = tokenizer.bos_token_id
        self._opening = ([] if bos in (None, self.end_id) else [bos]) + opening

    def prompts(self, asked: Sequence[Turns]) -> list[Prompt]:
        """Encode turns that end in a question; a turn that several share is spelt once."""
        distinct = list(dict.fromkeys(chain.from_iterable(asked)))
        ids_of = dict(zip(distinct, self._spelling.ids(distinct), strict=True))
        return [self._prompt([ids_of[turn] for turn in turns]) for turns in asked]

    def _prompt(self, turns: list[list[int]]) -> Prompt:
        opening = self._opening
        for place, ids in enumerate(turns[:-1]):
            opening = [*opening, *ids, *(self._question if place % 2 else self._answer)]
        return Prompt(opening, turns[-1], self._answer)


class ChatTemplate:
    """A tokenizer's own template around a user's question and the turns before it.

    It is rendered once for each number of earlier exchanges, around stand-ins for the turns; what
    it puts before, between and behind them is the frame of every prompt.

    Args:
        tokenizer: Has a `chat_template`.
        spelling: Spells the turns.
        context_turns: Most earlier exchanges that a prompt begins with.

    Raises:
        BaseModelError: the template cannot be rendered for so many exchanges.
    """

    def __init__(
        self, tokenizer: "PreTrainedTokenizerFast", spelling: Spelling, context_turns: int
    ) -> None:
        self._tokenizer = tokenizer
        self._spelling = spelling
        self._frames = [self._frame(earlier) for earlier in range(context_turns + 1)]
        whole = self._render([_QUESTION, _ANSWER], add_generation_prompt=False)
        _, answered, behind = whole.rpartition(_ANSWER)
        if not answered:
            raise _unusable(tokenizer)
        self.end_id = self._end_id(behind)
        """What ends an answer: the first control token behind it, else the end of text."""
        frame = "\0".join([*chain.from_iterable(self._frames), str(self.end_id)])
        self.name = f"chat-{hashlib.sha256(frame.encode()).hexdigest()[:8]}"

    def prompts(self, asked: Sequence[Turns]) -> list[Prompt]:
        """Encode turns that end in a question with the template around them, as one text each."""
        if not asked:
            return []
        spelt = [tuple(map(self._spelling.text, turns)) for turns in asked]
        framed = [self._framed(turns) for turns in spelt]
        encoded = self._tokenizer(
            [text for text, _ in framed], add_special_tokens=False, return_offsets_mapping=True
        )
        return [
            _split(ids, offsets, end - len(turns[-1]), end)
            for ids, offsets, (_, end), turns in zip(
                encoded["input_ids"], encoded["offset_mapping"], framed, spelt, strict=True
            )
        ]

    def _framed(self, turns: Turns) -> tuple[str, int]:
        """The whole text, and where the question in it ends."""
        *pieces, behind = self._frames[len(turns) // 2]
        text = "".join(chain.from_iterable(zip(pieces, turns, strict=True)))
        return text + behind, len(text)

    def _frame(self, earlier: int) -> list[str]:
        """What stands before each turn of `earlier` exchanges and a question, and behind them."""
        stand_ins = [*(_EARLIER.format(place) for place in range(2 * earlier)), _QUESTION]
        behind = self._render(stand_ins, add_generation_prompt=True)
        once = all(behind.count(stand_in) == 1 for stand_in in stand_ins)
        pieces = []
        for stand_in in stand_ins:
            before, found, behind = behind.partition(stand_in)
            if not found or not once:
                raise _unusable(self._tokenizer, earlier)
            pieces.append(before)
        return [*pieces, behind]

    def _render(self, turns: list[str], *, add_generation_prompt: bool) -> str:
        try:
            # Models that can think aloud first are asked for the answer alone; others ignore it.
            text: str = self._tokenizer.apply_chat_template(
                [
                    {"role": role, "content": content}
                    for role, content in zip(cycle(("user", "assistant")), turns, strict=False)
                ],
                tokenize=False,
                add_generation_prompt=add_generation_prompt,
                enable_thinking=False,
            )
        except Exception as error:  # a template is a program: it may raise anything
            raise _unusable(self._tokenizer, (len(turns) - 1) // 2) from error
        return text

    def _end_id(self, behind: str) -> int:
        ids = self._tokenizer(behind, add_special_tokens=False)["input_ids"] if behind else []
        added = self._tokenizer.added_tokens_decoder
        control = (token_id for token_id in ids if token_id in added and added[token_id].special)
        return int(next(control, self._tokenizer.eos_token_id))


def _split(ids: list[int], offsets: list[tuple[int, int]], start: int, end: int) -> Prompt:
    """Ids that hold any character of `start:end` are the question's."""
    first = next((i for i, (_, stop) in enumerate(offsets) if stop > start), len(ids))
    last = first
    while last < len(ids) and offsets[last][0] < end:
        last += 1
    return Prompt(ids[:first], ids[first:last], ids[last:])


def _unusable(tokenizer: "PreTrainedTokenizerFast", earlier: int = 0) -> BaseModelError:
    base = tokenizer.name_or_path
    if earlier:
        return wording.cannot_hold_context(base, earlier)
    return wording.cannot_ask(base)


def long_frame(frame_tokens: int, max_tokens: int) -> BaseModelError:
    """The error for a template that leaves too little room in an example."""
    return wording.little_room(frame_tokens, max_tokens)
