"""Text to token ids and back, for one tokenizer.

KoGPT2 has no token for a newline and would spell a PII placeholder in many pieces, so both take one
of its `<unusedN>` tokens: `<unused0>` is the newline, `<unused1>` and on are the placeholders in
the order of `PLACEHOLDERS`. The number of a placeholder (`#@이름2#`) is a token of its own after
it, `<unused92>` to `<unused99>`; numbers past nine share the last one.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from cs_pipeline.masked.placeholders import PLACEHOLDER, PLACEHOLDERS

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

_CONTROL_TOKENS = ("<s>", "</s>", "<usr>", "<pad>", "<sys>", "<unk>", "<mask>", "<d>", "</d>")
_LETTERS = {
    ord(unicodedata.normalize("NFKC", chr(code))): chr(code) for code in range(0x3131, 0x3164)
}
"""KoGPT2's tokenizer turns free-standing jamo (ㅋㅋ, ㅠㅠ) into conjoining ones; this undoes it."""
_FIRST_NUMBER, LAST_NUMBER = 2, 9
NUMBER_MARKS = {number: chr(0xE000 + number) for number in range(_FIRST_NUMBER, LAST_NUMBER + 1)}
NUMBER_TOKEN_OFFSET = 90
_NUMBERED = re.compile(f"#([{''.join(NUMBER_MARKS.values())}])")
_NUMBER_MARK = re.compile(f"[{''.join(NUMBER_MARKS.values())}]")


class Spelling:
    """Spells texts in the tokens of one tokenizer.

    Args:
        tokenizer: The model's own.
        marks: Newline and placeholders take `<unusedN>` tokens where the tokenizer has them.
        before: Put before each text.
    """

    def __init__(self, tokenizer: "PreTrainedTokenizerFast", *, marks: bool, before: str) -> None:
        self._tokenizer = tokenizer
        vocabulary: dict[str, int] = tokenizer.get_vocab()
        self.marks = _marks(vocabulary) if marks else {}
        """Newline, placeholders and signs for their numbers -> the token of each, if it has any."""
        self._mark_ids = {mark: vocabulary[token] for mark, token in self.marks.items()}
        hidden = _hidden_tokens(tokenizer, self.marks)
        self.hidden_ids = frozenset(vocabulary[token] for token in hidden)
        """Ids that are never part of a text: control and unassigned tokens."""
        self.literal_tokens = _longest_first(hidden | set(self.marks.values()))
        """Tokens that are broken up where a text holds them, the longest first."""
        self._literal = _any_of(self.literal_tokens)
        self._mark = _any_of(self.marks)
        self._before = before

    def ids(self, texts: Iterable[str]) -> list[list[int]]:
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

    def text(self, text: str) -> str:
        """`text` as it is spelt where there are no marks: control tokens in it are broken up."""
        return "".join(self._pieces(text))

    def decode(self, ids: Iterable[int]) -> str:
        """Readable text of answer ids: control tokens dropped, newlines and placeholders back."""
        kept = [token_id for token_id in ids if token_id not in self.hidden_ids]
        text: str = self._tokenizer.decode(kept, skip_special_tokens=False)
        for mark, token in self.marks.items():
            # The word boundary after a mark is the tokenizer's own; see `_pieces`.
            text = text.replace(f"{token} ", mark).replace(token, mark)
        return _join_numbers(text).translate(_LETTERS).strip()

    def _pieces(self, text: str) -> list[str]:
        """Split at marks.

        KoGPT2's tokenizer starts every piece with a word boundary, as if a space stood there.
        After a mark, a space that is really there is doubled, so that `#@전화번호#로` and
        `#@전화번호# 로` stay apart.
        """
        text = text.strip()
        if self.marks:
            text = _NUMBER_MARK.sub("", text)
        text = text.replace("\r\n", "\n")
        text = self._literal.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text)
        if not self.marks:
            return [self._before + text]
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
    names = ["\n", *PLACEHOLDERS.values(), *NUMBER_MARKS.values()]
    indexes = [*range(1 + len(PLACEHOLDERS)), *(NUMBER_TOKEN_OFFSET + n for n in NUMBER_MARKS)]
    tokens = [f"<unused{index}>" for index in indexes]
    return dict(zip(names, tokens, strict=True)) if set(tokens) <= vocabulary.keys() else {}


def _part_numbers(text: str) -> str:
    """`#@이름2#` as the plain placeholder and a mark for its number."""
    return PLACEHOLDER.sub(lambda found: f"#@{found['label']}#{_number_mark(found['index'])}", text)


def _number_mark(index: str | None) -> str:
    return NUMBER_MARKS[min(int(index), LAST_NUMBER)] if index else ""


def _join_numbers(text: str) -> str:
    """The reverse; a number that follows no placeholder is dropped."""
    text = _NUMBERED.sub(lambda found: f"{ord(found[1]) - 0xE000}#", text)
    return _NUMBER_MARK.sub("", text)


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    """A pattern with one group that matches any of `texts`, the longest first; never empty."""
    ordered = _longest_first(texts)
    return re.compile(f"({'|'.join(map(re.escape, ordered))})" if ordered else r"((?!))")
