"""Question/answer rows to token ids and back.

KoGPT2-shaped tokenizers read `<usr>` question `<sys>` answer `</s>`, others their own chat
template, and those without one the same in plain words (`질문: ... 답변: ...`). Only answer tokens
and their end token are scored. KoGPT2 has no token for a newline and would spell a PII placeholder
in many pieces, so both take one of its `<unusedN>` tokens: `<unused0>` is the newline, `<unused1>`
and on are the placeholders in the order of `PLACEHOLDERS`. The number of a placeholder (`#@이름2#`)
is a token of its own after it, `<unused92>` to `<unused99>`; numbers past nine share the last one.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from cs_pipeline.placeholders import PLACEHOLDER, PLACEHOLDERS
from cs_pipeline.training.prompt_template import (
    ANSWER_TOKEN,
    QUESTION_TOKEN,
    ChatTemplate,
    Prompt,
    choose_template,
    long_frame,
)

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

IGNORED_LABEL = -100
"""Label of a token that is not scored (torch's and Hugging Face's convention)."""

_CONTROL_TOKENS = ("<s>", "</s>", "<usr>", "<pad>", "<sys>", "<unk>", "<mask>", "<d>", "</d>")
_ANSWER_SHARE = 0.75
_LETTERS = {
    ord(unicodedata.normalize("NFKC", chr(code))): chr(code) for code in range(0x3131, 0x3164)
}
"""KoGPT2's tokenizer turns free-standing jamo (ㅋㅋ, ㅠㅠ) into conjoining ones; this undoes it."""
_FIRST_NUMBER, _LAST_NUMBER = 2, 9
_NUMBER_MARKS = {number: chr(0xE000 + number) for number in range(_FIRST_NUMBER, _LAST_NUMBER + 1)}
_NUMBER_TOKEN_OFFSET = 90
_NUMBERED = re.compile(f"#([{''.join(_NUMBER_MARKS.values())}])")
_NUMBER_MARK = re.compile(f"[{''.join(_NUMBER_MARKS.values())}]")


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


class ExampleEncoder:
    """Encodes rows for one tokenizer, at most `max_example_tokens` tokens each.

    The question is cut first, on its left (its end says what is asked). An answer that still does
    not fit is cut on its right and gets no end token, so that no model learns to stop there.

    Args:
        tokenizer: The model's own.
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
        self._tokenizer = tokenizer
        self._max_tokens = max_example_tokens
        vocabulary: dict[str, int] = tokenizer.get_vocab()
        kind = choose_template(tokenizer, template)
        self._chat = ChatTemplate(tokenizer) if kind == "chat" else None
        self._template = self._chat.name if self._chat else kind
        self._marks = {} if self._chat else _marks(vocabulary)
        self._mark_ids = {mark: vocabulary[token] for mark, token in self._marks.items()}
        hidden = _hidden_tokens(tokenizer, self._marks)
        self._hidden_ids = frozenset(vocabulary[token] for token in hidden)
        self._literal = _any_of(hidden | set(self._marks.values()))
        self._mark = _any_of(self._marks)
        self._end = self._chat.end_id if self._chat else int(tokenizer.eos_token_id)
        self._before_text = " " if kind == "plain" else ""
        self._frame = self._opening_and_closing(kind)
        frame_tokens = self._prompts([""])[0].frame_tokens
        if 2 * frame_tokens > max_example_tokens:
            raise long_frame(frame_tokens, max_example_tokens)

    @property
    def template(self) -> str:
        """The template in use: `kogpt2`, `plain`, or `chat-` and a digest of its text."""
        return self._template

    @property
    def end_id(self) -> int:
        """The token that ends an answer."""
        return self._end

    @property
    def hidden_ids(self) -> frozenset[int]:
        """Ids that are never part of an answer's text: control and unassigned tokens."""
        return self._hidden_ids

    def encode(self, rows: Sequence[tuple[str, str]]) -> list[Example]:
        """Encode (question, answer) rows, in order."""
        prompts = self._prompts([question for question, _ in rows])
        answers = self._ids(answer for _, answer in rows)
        return [
            self._example(prompt, answer_ids, answer)
            for prompt, answer_ids, (_, answer) in zip(prompts, answers, rows, strict=True)
        ]

    def prompt(self, question: str, *, max_tokens: int) -> list[int]:
        """Ids up to where the answer starts; the question is cut on its left to `max_tokens`."""
        return self._prompts([question])[0].cut(max_tokens)

    def decode(self, ids: Iterable[int]) -> str:
        """Readable text of answer ids: control tokens dropped, newlines and placeholders back."""
        kept = [token_id for token_id in ids if token_id not in self._hidden_ids]
        text: str = self._tokenizer.decode(kept, skip_special_tokens=False)
        for mark, token in self._marks.items():
            # The word boundary after a mark is the tokenizer's own; see `_pieces`.
            text = text.replace(f"{token} ", mark).replace(token, mark)
        return _join_numbers(text).translate(_LETTERS).strip()

    def _opening_and_closing(self, kind: str) -> tuple[list[int], list[int]]:
        """What stands around a question; a chat template says so for each question anew."""
        if kind == "chat":
            return [], []
        if kind == "kogpt2":
            ids = self._tokenizer.convert_tokens_to_ids([QUESTION_TOKEN, ANSWER_TOKEN])
            return ids[:1], ids[1:]
        bos = self._tokenizer.bos_token_id
        question, answer = self._plain_ids(["질문:", "\n답변:"])
        return ([] if bos in (None, self._end) else [bos]) + question, answer

    def _prompts(self, questions: Sequence[str]) -> list[Prompt]:
        if self._chat:
            return self._chat.prompts(["".join(self._pieces(text)) for text in questions])
        opening, closing = self._frame
        return [Prompt(opening, ids, closing) for ids in self._ids(questions)]

    def _example(self, prompt: Prompt, answer_ids: list[int], answer: str) -> Example:
        room = self._max_tokens - prompt.frame_tokens
        target = [*answer_ids, self._end]
        kept = target[: max(room - len(prompt.question), int(room * _ANSWER_SHARE))]
        start = prompt.cut(self._max_tokens - len(kept))
        whole = len(kept) == len(target)
        characters = len(answer.strip() if whole else self.decode(kept))
        return Example([*start, *kept], len(start), characters)

    def _ids(self, texts: Iterable[str]) -> list[list[int]]:
        """Ids of each text; marks get their own id, what lies between them is tokenized."""
        pieces = [self._pieces(text) for text in texts]
        plain = [piece for parts in pieces for piece in parts if piece not in self._mark_ids]
        encoded = iter(self._plain_ids(plain))
        return [
            list(
                chain.from_iterable(
                    [self._mark_ids[piece]] if piece in self._mark_ids else next(encoded)
                    for piece in parts
                )
            )
            for parts in pieces
        ]

    def _pieces(self, text: str) -> list[str]:
        """Split at marks.

        KoGPT2's tokenizer starts every piece with a word boundary, as if a space stood there.
        After a mark, a space that is really there is doubled, so that `#@전화번호#로` and
        `#@전화번호# 로` stay apart.
        """
        text = text.strip().replace("\r\n", "\n")
        text = self._literal.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text)
        if not self._marks:
            return [self._before_text + text]
        first, *rest = self._mark.split(_part_numbers(text))
        spaced = [f" {piece}" if piece.startswith(" ") else piece for piece in rest]
        return [piece for piece in (first, *spaced) if piece]

    def _plain_ids(self, texts: list[str]) -> list[list[int]]:
        if not texts:
            return []
        ids: list[list[int]] = self._tokenizer(texts, add_special_tokens=False)["input_ids"]
        return ids


def _hidden_tokens(tokenizer: "PreTrainedTokenizerFast", marks: Mapping[str, str]) -> set[str]:
    """Control tokens, and with marks the unassigned tokens beside them."""
    vocabulary = tokenizer.get_vocab().keys()
    hidden = {*tokenizer.all_special_tokens, *vocabulary & set(_CONTROL_TOKENS)}
    if marks:
        # What else KoGPT2 calls special are emoji.
        unused = {token for token in vocabulary if re.fullmatch(r"<unused\d+>", token)}
        return hidden | unused - set(marks.values())
    added = tokenizer.added_tokens_decoder.values()
    return hidden | {str(token) for token in added if token.special}


def _marks(vocabulary: dict[str, int]) -> dict[str, str]:
    """Newline and placeholders -> the `<unusedN>` token of each; empty without such tokens."""
    names = ["\n", *PLACEHOLDERS.values(), *_NUMBER_MARKS.values()]
    indexes = [*range(1 + len(PLACEHOLDERS)), *(_NUMBER_TOKEN_OFFSET + n for n in _NUMBER_MARKS)]
    tokens = [f"<unused{index}>" for index in indexes]
    return dict(zip(names, tokens, strict=True)) if set(tokens) <= vocabulary.keys() else {}


def _part_numbers(text: str) -> str:
    """`#@이름2#` as the plain placeholder and a mark for its number."""
    text = _NUMBER_MARK.sub("", text)
    return PLACEHOLDER.sub(lambda found: f"#@{found['label']}#{_number_mark(found['index'])}", text)


def _number_mark(index: str | None) -> str:
    return _NUMBER_MARKS[min(int(index), _LAST_NUMBER)] if index else ""


def _join_numbers(text: str) -> str:
    """The reverse; a number that follows no placeholder is dropped."""
    text = _NUMBERED.sub(lambda found: f"{ord(found[1]) - 0xE000}#", text)
    return _NUMBER_MARK.sub("", text)


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    """A pattern with one group that matches any of `texts`, the longest first; never empty."""
    ordered = sorted(texts, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, ordered))})" if ordered else r"((?!))")
