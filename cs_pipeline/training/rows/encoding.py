"""Question/answer rows to token ids and back.

KoGPT2-shaped tokenizers read `<usr>` question `<sys>` answer `</s>`, others their own chat
template, and those without one the same in plain words (`질문: ... 답변: ...`). Earlier exchanges
of the conversation stand before it in the same form, without an end token where a template has
none between turns. Only tokens of the last answer and their end token are scored.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_pipeline.training.rows.prompt_template import (
    ChatTemplate,
    PlainTemplate,
    Prompt,
    Turns,
    choose_template,
    context_turns,
    long_frame,
)
from cs_pipeline.training.rows.spelling import Spelling

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

IGNORED_LABEL = -100
"""Label of a token that is not scored (torch's and Hugging Face's convention)."""

_ANSWER_SHARE = 0.75
_USUAL_SHARE = 0.99
_MARGIN_SHARE, _MARGIN_TOKENS = 0.1, 8
_ROWS_A_PASS = 10_000


@dataclass(frozen=True, slots=True)
class Example:
    """One encoded row.

    `input_ids` is the whole row; scoring starts at `answer_start`; `characters` counts the answer
    characters that the scored tokens spell.
    """

    input_ids: list[int] = field(repr=False)
    answer_start: int
    characters: int

    @property
    def labels(self) -> list[int]:
        """`input_ids` with everything before the answer ignored; not shifted."""
        return [IGNORED_LABEL] * self.answer_start + self.input_ids[self.answer_start :]


def longest_usual_answer(examples: Sequence[Example]) -> int:
    """Tokens that 99% of the answers fit into, with a tenth and eight tokens to spare.

    Args:
        examples: At least one. The end token counts.
    """
    lengths = sorted(len(example.input_ids) - example.answer_start for example in examples)
    usual = lengths[math.ceil(_USUAL_SHARE * len(lengths)) - 1]
    return usual + math.ceil(usual * _MARGIN_SHARE) + _MARGIN_TOKENS


class ExampleEncoder:
    """Encodes rows for one tokenizer, at most `max_example_tokens` tokens each.

    What is too long first loses its oldest exchanges, each as a whole. Then the question is cut, on
    its left (its end says what is asked). An answer that still does not fit is cut on its right and
    gets no end token, so that no model learns to stop there.

    Args:
        tokenizer: The model's own. It says how many earlier exchanges the model goes by; those
            before them are left out.
        max_example_tokens: Longest example, prompt and answer.
        template: `kogpt2`, `chat`, `plain`, or `auto`: the one that the tokenizer was saved with,
            else the first of these three that it has the means for.

    Raises:
        BaseModelError: the tokenizer cannot be prompted like that.
    """

    def __init__(
        self,
        tokenizer: "PreTrainedTokenizerFast",
        max_example_tokens: int,
        template: str = "auto",
    ) -> None:
        kind = choose_template(tokenizer, template)
        self._max_tokens = max_example_tokens
        self._context_turns = context_turns(tokenizer)
        self._spelling = Spelling(
            tokenizer, marks=kind != "chat", before=" " if kind == "plain" else ""
        )
        self._template: ChatTemplate | PlainTemplate = (
            ChatTemplate(tokenizer, self._spelling, self._context_turns)
            if kind == "chat"
            else PlainTemplate(tokenizer, self._spelling, kind)
        )
        self._end = self._template.end_id
        frame_tokens = self._template.prompts([("",)])[0].frame_tokens
        if 2 * frame_tokens > max_example_tokens:
            raise long_frame(frame_tokens, max_example_tokens)

    @property
    def template(self) -> str:
        """The template in use: `kogpt2`, `plain`, or `chat-` and a digest of its text."""
        return self._template.name

    @property
    def spelling(self) -> Spelling:
        """How turns are spelt."""
        return self._spelling

    @property
    def context_turns(self) -> int:
        """Most earlier exchanges that a prompt begins with."""
        return self._context_turns

    @property
    def end_id(self) -> int:
        """The token that ends an answer."""
        return self._end

    @property
    def hidden_ids(self) -> frozenset[int]:
        """Ids that are never part of an answer's text: control and unassigned tokens."""
        return self._spelling.hidden_ids

    def encode(self, rows: Sequence[Turns]) -> list[Example]:
        """Encode rows, in order: a question and its answer, after the exchanges before them."""
        starts = range(0, len(rows), _ROWS_A_PASS)
        return [
            example
            for start in starts
            for example in self._encode(rows[start : start + _ROWS_A_PASS])
        ]

    def prompt(self, question: str, *, max_tokens: int, context: Sequence[str] = ()) -> list[int]:
        """Ids up to where the answer starts.

        Args:
            question: Cut on its left where it does not fit.
            max_tokens: Most ids.
            context: The turns before it, oldest first: questions and answers in turn, an answer
                last. As many of the latest exchanges stay as fit and as the model goes by.
        """
        asked = [self._heard((*context, question))]
        return self._fitting(asked, [max_tokens])[0].cut(max_tokens)

    def decode(self, ids: Iterable[int]) -> str:
        """Readable text of answer ids: control tokens dropped, newlines and placeholders back."""
        return self._spelling.decode(ids)

    def _encode(self, rows: Sequence[Turns]) -> list[Example]:
        answers = self._spelling.ids([row[-1] for row in rows])
        rooms = [self._max_tokens - len(ids) - 1 for ids in answers]
        prompts = self._fitting([self._heard(row[:-1]) for row in rows], rooms)
        return [
            self._example(prompt, answer_ids, row[-1])
            for prompt, answer_ids, row in zip(prompts, answers, rows, strict=True)
        ]

    def _heard(self, asked: Turns) -> Turns:
        """The question at the end and the exchanges before it that the model goes by."""
        earlier = min(self._context_turns, (len(asked) - 1) // 2)
        return asked[-1 - 2 * earlier :]

    def _fitting(self, asked: list[Turns], rooms: Sequence[int]) -> list[Prompt]:
        """A prompt for each question, without the oldest exchanges that do not fit its room."""
        prompts = self._template.prompts(asked)
        long: Sequence[int] = range(len(asked))
        while long := [
            index
            for index in long
            if len(asked[index]) > 1 and prompts[index].tokens > rooms[index]
        ]:
            shorter = self._template.prompts([asked[index][2:] for index in long])
            for index, prompt in zip(long, shorter, strict=True):
                asked[index], prompts[index] = asked[index][2:], prompt
        return prompts

    def _example(self, prompt: Prompt, answer_ids: list[int], answer: str) -> Example:
        room = self._max_tokens - prompt.frame_tokens
        target = [*answer_ids, self._end]
        kept = target[: max(room - len(prompt.question), int(room * _ANSWER_SHARE))]
        start = prompt.cut(self._max_tokens - len(kept))
        whole = len(kept) == len(target)
        characters = len(answer.strip() if whole else self.decode(kept))
        return Example([*start, *kept], len(start), characters)
