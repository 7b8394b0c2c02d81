"""The answer loss of each row: what two models are compared by."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.files import atomic_path
from cs_pipeline.records import Score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COLUMNS = ("nats", "scored_tokens", "characters")


@dataclass(frozen=True, slots=True, eq=False)
class RowScores:
    """Answer loss of each row, in the order of the rows; three arrays of shape (rows,).

    `nats` (float64) is summed over the row's `scored_tokens` (int64); `characters` (int64) counts
    the answer characters that those tokens spell, `unknown` (int64) those of the tokens that say
    "unknown"; None: not counted.
    """

    nats: "NDArray[np.float64]"
    scored_tokens: "NDArray[np.int64]"
    characters: "NDArray[np.int64]"
    unknown: "NDArray[np.int64] | None" = None

    def chosen(self, rows: "NDArray[np.bool_] | NDArray[np.int64] | slice") -> "RowScores":
        """The scores of some of the rows."""
        unknown = None if self.unknown is None else self.unknown[rows]
        return RowScores(self.nats[rows], self.scored_tokens[rows], self.characters[rows], unknown)

    def total(self) -> Score:
        """The sums over all rows; zeros for no rows."""
        return Score(
            rows=len(self.nats),
            nats=float(self.nats.sum()),
            scored_tokens=int(self.scored_tokens.sum()),
            characters=int(self.characters.sum()),
            unknown_tokens=0 if self.unknown is None else int(self.unknown.sum()),
        )


def save_row_scores(path: Path, scores: Mapping[str, RowScores]) -> None:
    """Write the arrays of each named model to one `.npz` file, atomically; numbers only."""
    import numpy as np

    columns = {
        f"{name}.{column}": getattr(row_scores, column)
        for name, row_scores in scores.items()
        for column in _COLUMNS
    }
    with atomic_path(path) as temporary, temporary.open("wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, **columns)


def load_row_scores(path: Path) -> dict[str, RowScores]:
    """Read what `save_row_scores` wrote."""
    import numpy as np

    with np.load(path, allow_pickle=False) as columns:
        names = dict.fromkeys(key.rpartition(".")[0] for key in columns.files)
        return {
            name: RowScores(*(columns[f"{name}.{column}"] for column in _COLUMNS)) for name in names
        }
