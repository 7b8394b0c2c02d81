"""Exchanges as figures: all that the expectations ever see, so that no result can hold a value."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from cs_pipeline.questions import asks_as_customer
from cs_pipeline.records import Exchange
from cs_pipeline.sentence_ends import is_polite

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

_KINDS = {
    "question_characters": "int32",
    "answer_characters": "int32",
    "question_letters": "int32",
    "answer_letters": "int32",
    "is_same_text": "int8",
    "is_duplicate": "int8",
    "hangul_share": "float64",
    "asks_more": "int8",
    "is_bare_answer": "int8",
    "is_note": "int8",
}
COLUMNS = tuple(_KINDS)
EXPORT_COLUMNS = (*COLUMNS, "is_refused", "drift", "is_misplaced")
"""What an export as a whole is judged on besides: its refused rows, what came before it, and
whether answers fit the questions of other rows."""

_CHUNK_ROWS, _CHUNK_CHARACTERS = 50_000, 8_000_000
_MOST_CHARACTERS = 1_000_000
_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3))
_BARE_CHARACTERS, _BARE_WORDS = 16, 2
_SENTENCE_END = re.compile(r"(?:[요다까죠네넵예함음됨임]|[.!?~])[\s.!?~^ㅠㅜㅋㅎ]*$")

# Says yes or no, which is an answer, but nothing to learn from where most answers are such.
_LONE_REPLY = re.compile(r"(?:네+|넵+|넹+|예+|응+|아니[요오]|ok|yes|no)[\s.!~]*", re.IGNORECASE)

# 안내함, 발송됨, 문자 남김: a verb made a noun ends in ㅁ; 완료, 접수: or the verb is left out.
_NOTE_END = re.compile(
    r"(?:완료|예정|요망|안내|접수|처리|발송|이관|회신|조치|전달|통화|조정|등록|변경|취소|환불|확인|요청|문의|진행"
    r"|설명|반영|종료|종결|보류|부재|동의|수거|회수|발급|지급|배정|할당|부여|인계|복원|복구|교체|설치|추가|점검|수정"
    r"|공제|대여|출고|승인|공유|통보|보고|하기로|했다고|한다고)$"
)
_NOTE_TAIL = " \t.)]~;,"
_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS, _FINAL_M = 0xAC00, 0xD7A3, 28, 16


def value_range(figure: str) -> tuple[float, float]:
    """The least and the largest limit that makes sense for a column."""
    if figure.endswith(("_characters", "_letters")):
        return 0, _MOST_CHARACTERS
    return (-1, 1) if figure == "asks_more" else (0, 1)


def figures_of(exchanges: Sequence[Exchange]) -> "pd.DataFrame":
    """One row an exchange, indexed 0, 1, 2 ... as given.

    Columns (29 bytes a row): `question_characters`, `answer_characters` (after strip),
    `question_letters`, `answer_letters` (letters of any script), `is_same_text` (0/1: question
    and answer are equal), `is_duplicate` (0/1: the same pair came before), `hangul_share` (of the
    letters of both sides, 0..1; NaN without letters), `asks_more` (-1, 0, 1: 1 when the answer
    ends like a customer's question and the question does not), `is_bare_answer` (0/1: a name, a
    state, a yes or no, or a word or two, no sentence), `is_note` (0/1: the answer ends like an
    agent's note of what was done, 안내함 or 재발급 접수, not like words to a customer).
    """
    import numpy as np
    import pandas as pd

    columns = {name: np.zeros(len(exchanges), kind) for name, kind in _KINDS.items()}
    pairs = np.zeros(len(exchanges), np.int64)
    start = 0
    for texts in _chunks(exchanges):
        rows = slice(start, start := start + len(texts))
        for column, figures in zip(columns.values(), _chunk(texts), strict=True):
            column[rows] = figures
        # Eight bytes a pair: among a million pairs two share them by chance in 1 of 30 million.
        pairs[rows] = [hash(pair) for pair in texts]
    columns["is_duplicate"][:] = pd.Series(pairs).duplicated()
    return pd.DataFrame(columns, copy=False)


def _chunks(exchanges: Iterable[Exchange]) -> Iterator[list[tuple[str, str]]]:
    """Stripped pairs of some rows, of fewer where they are long: each is held several times."""
    texts: list[tuple[str, str]] = []
    characters = 0
    for row in exchanges:
        texts.append((row.question.strip(), row.answer.strip()))
        characters += len(row.question) + len(row.answer)
        if characters >= _CHUNK_CHARACTERS or len(texts) == _CHUNK_ROWS:
            yield texts
            texts, characters = [], 0
    if texts:
        yield texts


def _chunk(texts: Sequence[tuple[str, str]]) -> "tuple[ArrayLike, ...]":
    """The columns of some pairs, in order; `is_duplicate` is left at 0."""
    import numpy as np

    questions, answers = (_counts([pair[side] for pair in texts]) for side in (0, 1))
    letters = questions[1] + answers[1]
    hangul = np.full(len(texts), np.nan)
    np.divide(questions[2] + answers[2], letters, out=hangul, where=letters > 0)
    return (
        questions[0],
        answers[0],
        questions[1],
        answers[1],
        [question == answer for question, answer in texts],
        0,
        hangul,
        [asks_as_customer(answer) - asks_as_customer(question) for question, answer in texts],
        [_is_bare(answer) for _, answer in texts],
        [_is_note(answer) for _, answer in texts],
    )


def _counts(texts: Sequence[str]) -> "NDArray[np.int64]":
    """Characters, letters and Hangul of each text: three rows, a column a text."""
    import numpy as np

    letter, hangul = _signs()
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    signs = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.cumsum(lengths)
    sums = [np.concatenate(([0], np.cumsum(kind[signs])))[ends] for kind in (letter, hangul)]
    return np.stack([lengths, *(np.diff(total, prepend=0) for total in sums)])


@cache
def _signs() -> "tuple[Any, Any]":
    """Whether each code point is a letter, and whether it is Hangul."""
    import sys

    import numpy as np

    size = sys.maxunicode + 1
    hangul = np.zeros(size, bool)
    for first, last in _HANGUL:
        hangul[first : last + 1] = True
    return np.fromiter(map(str.isalpha, map(chr, range(size))), bool, size), hangul


def _is_bare(text: str) -> bool:
    return (
        0 < len(text) <= _BARE_CHARACTERS
        and text.count(" ") < _BARE_WORDS
        and (_SENTENCE_END.search(text) is None or _LONE_REPLY.fullmatch(text) is not None)
    )


def _is_note(text: str) -> bool:
    stem = text.rstrip(_NOTE_TAIL)
    last = ord(stem[-1]) if stem else 0
    if _FIRST_SYLLABLE <= last <= _LAST_SYLLABLE:
        ends_in_m = (last - _FIRST_SYLLABLE) % _FINALS == _FINAL_M
        if ends_in_m or _NOTE_END.search(stem) is not None:
            return not is_polite(text)
    return False
