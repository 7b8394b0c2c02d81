"""What of an exchange decides whether it is used and on which side of the split it stands.

Every key follows from the text of its row alone, so that no row changes side as data grows. The
side comes from a MinHash of the question, not from the question itself: questions that differ in a
word or an ending mostly share it. Those that do not are told by their bands: two questions with a
band in common are near-duplicates, which for a Jaccard similarity J of their trigrams happens with
probability 1 - (1 - J^5)^4: 0.03 at 0.4, 0.5 at 0.7, 0.97 at 0.9.

Broder, "On the resemblance and containment of documents" (1997); Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", section 3.4 (banding).
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_VERSION = 1
BANDS = 4
_ROWS_OF_A_BAND = 5
_SIDE_PERMUTATIONS = 2
_SEED = 0x5EED
_TRIGRAM = 3
_CODE_POINT_BITS = 21


class RowKeys(NamedTuple):
    """Keys of n rows; all uint64, spread evenly over their range.

    `exchange` is equal for the same question and answer but for case, width, punctuation and
    spaces, `answer` for the same answer alone. `side` decides train or val. Two questions are
    nearly the same where they agree in one of the four `bands`.
    """

    exchange: "NDArray[np.uint64]"
    answer: "NDArray[np.uint64]"
    side: "NDArray[np.uint64]"
    bands: "tuple[NDArray[np.uint64], ...]"


def keys_version() -> str:
    """Part of what a dataset version is made from: other keys make another dataset."""
    from rensa import RMinHash

    return f"{_VERSION}.{RMinHash.ALGORITHM_VERSION}"


def keys_of(questions: Sequence[str], answers: Sequence[str]) -> RowKeys:
    """Keys of the rows (questions[i], answers[i]); the same on every machine."""
    import numpy as np

    asked, said = folded(questions), folded(answers)
    pairs = [f"{question}\0{answer}" for question, answer in zip(asked, said, strict=True)]
    digests = _min_hashes(asked).astype(np.uint64)
    bands = [
        _combined(digests[:, start : start + _ROWS_OF_A_BAND])
        for start in range(0, BANDS * _ROWS_OF_A_BAND, _ROWS_OF_A_BAND)
    ]
    return RowKeys(
        exchange=_hashes(pairs),
        answer=_hashes(said),
        side=_combined(digests[:, -_SIDE_PERMUTATIONS:]),
        bands=tuple(bands),
    )


def is_validation(side: "NDArray[np.uint64]", val_share: float) -> "NDArray[np.bool_]":
    """True for each row that belongs to `val.csv`; a larger share only adds rows to it."""
    import numpy as np

    return side < np.uint64(val_share * 2**64)


def folded(texts: Sequence[str]) -> list[str]:
    """Texts without case, width, punctuation and spaces; one of signs alone keeps them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = pc.utf8_lower(pc.utf8_normalize(pa.array(texts, pa.string()), form="NFKC"))
    words = pc.replace_substring_regex(plain, pattern=r"[^\p{L}\p{N}]+", replacement="")
    kept: list[str] = pc.if_else(pc.equal(words, ""), plain, words).to_pylist()
    return kept


def _hashes(texts: Sequence[str]) -> "NDArray[np.uint64]":
    import numpy as np

    digests = b"".join(hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(digests, "<u8")


def _min_hashes(texts: Sequence[str]) -> "NDArray[np.uint32]":
    """MinHash of each text's trigrams, shape (n, 22)."""
    import numpy as np
    from rensa import RMinHash

    permutations = BANDS * _ROWS_OF_A_BAND + _SIDE_PERMUTATIONS
    if not texts:
        return np.empty((0, permutations), np.uint32)
    trigrams, ends = _trigrams(texts)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(trigrams, ends, permutations, _SEED)
    return np.array(matrix.to_rows(), np.uint32)


def _trigrams(texts: Sequence[str]) -> "tuple[NDArray[np.uint64], NDArray[np.uint64]]":
    """The trigrams of all texts one after the other, each as one number, and where a text's end.

    Three code points of 21 bits fit into 64. A text of fewer has one, filled up with zeros; an
    empty one, a zero.
    """
    import numpy as np

    padded = [text if len(text) >= _TRIGRAM else text.ljust(_TRIGRAM, "\0") for text in texts]
    points = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), "<u4")
    points = points.astype(np.uint64)
    numbers = points[:-2] << np.uint64(2 * _CODE_POINT_BITS)
    numbers |= points[1:-1] << np.uint64(_CODE_POINT_BITS)
    numbers |= points[2:]
    lengths = np.fromiter(map(len, padded), np.int64, len(padded))
    stops = np.cumsum(lengths)
    inside = np.ones(len(points), bool)
    inside[stops - 1] = inside[stops - 2] = False  # they reach into the next text
    ends = np.concatenate([[0], np.cumsum(lengths - (_TRIGRAM - 1))])
    return numbers[inside[:-2]], ends.astype(np.uint64)


def _combined(columns: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """One number a row from all its columns, spread evenly (splitmix64 after each of them)."""
    import numpy as np

    mixed = np.zeros(len(columns), np.uint64)
    for column in columns.T:
        mixed = _mixed(mixed + column)
    return mixed


def _mixed(numbers: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """The finaliser of splitmix64 (Steele, Lea and Flood, 2014)."""
    import numpy as np

    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
