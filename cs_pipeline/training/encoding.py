"""Question/answer rows to token ids and back.

KoGPT2-shaped tokenizers read `<usr>` question `<sys>` answer `</s>`; tokenizers without those two
tokens read the same in plain words (`질문: ... 답변: ...`). Only answer tokens and their end token
are scored. KoGPT2 has no token for a newline and would spell a PII placeholder in many pieces, so
both take one of its `<unusedN>` tokens: `<unused0>` is the newline, `<unused1>` and on are the
placeholders in the order of `PLACEHOLDERS`. The number of a placeholder (`#@이름2#`) is a token of
its own after it, `<unused92>` to `<unused99>`; numbers past nine share the last one.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from cs_pipeline.placeholders import PLACEHOLDER, PLACEHOLDERS

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

IGNORED_LABEL = -100
"""Label of a token that is not scored (torch's and Hugging Face's convention)."""

QUESTION_TOKEN, ANSWER_TOKEN = "<usr>", "<sys>"
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
    """

    def __init__(self, tokenizer: "PreTrainedTokenizerFast", max_example_tokens: int) -> None:
        self._tokenizer = tokenizer
        self._max_tokens = max_example_tokens
        vocabulary: dict[str, int] = tokenizer.get_vocab()
        self._marks = _marks(vocabulary)
        self._mark_ids = {mark: vocabulary[token] for mark, token in self._marks.items()}
        hidden = {*tokenizer.all_special_tokens, *vocabulary.keys() & set(_CONTROL_TOKENS)}
        if self._marks:
            unused = {token for token in vocabulary if re.fullmatch(r"<unused\d+>", token)}
            hidden |= unused - set(self._marks.values())
        self._hidden_ids = frozenset(vocabulary[token] for token in hidden)
        self._literal = _any_of(hidden | set(self._marks.values()))
        self._mark = _any_of(self._marks)
        self._end: int = tokenizer.eos_token_id
        if {QUESTION_TOKEN, ANSWER_TOKEN} <= vocabulary.keys():
            self._before_text = ""
            self._question_start = [vocabulary[QUESTION_TOKEN]]
            self._answer_start = [vocabulary[ANSWER_TOKEN]]
        else:
            self._before_text = " "
            opening = (
                [] if tokenizer.bos_token_id in (None, self._end) else [tokenizer.bos_token_id]
            )
            question, answer = self._plain_ids(["질문:", "\n답변:"])
            self._question_start, self._answer_start = opening + question, answer

    @property
    def hidden_ids(self) -> frozenset[int]:
        """Ids that are never part of an answer's text: control and unassigned tokens."""
        return self._hidden_ids

    def encode(self, rows: Sequence[tuple[str, str]]) -> list[Example]:
        """Encode (question, answer) rows, in order."""
        questions = self._ids(question for question, _ in rows)
        answers = self._ids(answer for _, answer in rows)
        return [
            self._example(question_ids, answer_ids, answer)
            for question_ids, answer_ids, (_, answer) in zip(questions, answers, rows, strict=True)
        ]

    def prompt(self, question: str, *, max_tokens: int) -> list[int]:
        """Ids up to where the answer starts; the question is cut on its left to `max_tokens`."""
        (question_ids,) = self._ids([question])
        return self._prompt(question_ids, max_tokens)

    def decode(self, ids: Iterable[int]) -> str:
        """Readable text of answer ids: control tokens dropped, newlines and placeholders back."""
        kept = [token_id for token_id in ids if token_id not in self._hidden_ids]
        text: str = self._tokenizer.decode(kept, skip_special_tokens=False)
        for mark, token in self._marks.items():
            # The word boundary after a mark is the tokenizer's own; see `_pieces`.
            text = text.replace(f"{token} ", mark).replace(token, mark)
        return _join_numbers(text).translate(_LETTERS).strip()

    def _prompt(self, question_ids: list[int], max_tokens: int) -> list[int]:
        room = max(max_tokens - len(self._question_start) - len(self._answer_start), 0)
        kept = question_ids[max(len(question_ids) - room, 0) :]
        return [*self._question_start, *kept, *self._answer_start]

    def _example(self, question_ids: list[int], answer_ids: list[int], answer: str) -> Example:
        room = self._max_tokens - len(self._question_start) - len(self._answer_start)
        target = [*answer_ids, self._end]
        kept = target[: max(room - len(question_ids), int(room * _ANSWER_SHARE))]
        prompt = self._prompt(question_ids, self._max_tokens - len(kept))
        whole = len(kept) == len(target)
        characters = len(answer.strip() if whole else self.decode(kept))
        return Example([*prompt, *kept], len(prompt), characters)

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
