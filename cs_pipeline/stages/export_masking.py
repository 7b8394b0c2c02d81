"""One export while it is masked: what goes on, what is refused, and what is remembered of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.packed_lists import Kept, PackedList
from cs_pipeline.pii.mask_processes import mask_in_parts
from cs_pipeline.pii.masked_parts import without_conversations
from cs_pipeline.records import (
    Exchange,
    ExportFile,
    MaskedExchanges,
    MaskedShard,
    RefusedRow,
)
from cs_pipeline.stages.forgetting.withdrawal import is_withdrawn
from cs_pipeline.stages.installation import Installation

if TYPE_CHECKING:
    from cs_pipeline.intake.exchanges import ExportReading


class ExportMasking:
    """Masks the exchanges of one export part by part.

    `refused` are those that still look like personal data, once all parts were taken.
    """

    def __init__(
        self, installation: Installation, export: ExportFile, reading: "ExportReading"
    ) -> None:
        self._installation = installation
        self._export = export
        self._reading = reading
        # The conversations of a correction are those of the export that it corrects.
        self._masker = installation.conversation_masker(
            salt=installation.secret + (reading.origin_sha256 or export.sha256),
            people=reading.people,
        )
        self._entities: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        self._rows = 0
        self.refused: PackedList[RefusedRow] = PackedList()

    def parts(self, exchanges: Sequence[Exchange]) -> Iterator[MaskedExchanges]:
        """The masked exchanges but for those that were withdrawn.

        Digests of what was replaced in them are on disk when the last part was taken.
        """
        withdrawn = is_withdrawn(self._installation)
        unwanted = self._installation.forgotten.values()
        gone = [place for place, exchange in enumerate(exchanges) if withdrawn(exchange)]
        wanted = Kept(exchanges, gone) if gone else exchanges
        rows, keep = self._with_evidence(wanted)
        values = self._installation.masked_values.collector()
        found: set[str] = set()
        waiting: list[MaskedExchanges] = []
        for part in mask_in_parts(self._masker, rows, keep=keep):
            found.update(
                value.conversation_id
                for value in part.values
                if values.add(value.entity_type, value.text, value.conversation_id) in unwanted
            )
            self._entities.update(part.masked.entity_counts)
            self._rules.update(part.masked.rule_counts)
            self.refused += part.refused
            waiting.append(part.masked)
            if part.goes_on and unwanted:  # what is to come may tell that all of it has to go
                continue
            for masked in waiting:
                left = without_conversations(masked, found) if found else masked
                self._rows += len(left.inputs)
                yield left
            waiting.clear()
        self._installation.masked_values.save(self._export.sha256, values)

    def _with_evidence(
        self, wanted: Sequence[Exchange]
    ) -> tuple[Sequence[Exchange], frozenset[int] | None]:
        """Corrected exchanges among the rest of their conversations, and their places there."""
        if self._reading.origin_sha256 is None:
            return wanted, None
        ours = {(row.sheet, row.question_cell) for row in wanted}
        others = {(row.sheet, row.question_cell) for row in self._reading.exchanges} - ours
        rows = PackedList(
            row
            for row in self._reading.conversations
            if (row.sheet, row.question_cell) not in others
        )
        places = (at for at, row in enumerate(rows) if (row.sheet, row.question_cell) in ours)
        return rows, frozenset(places)

    def shard(self, path: Path, sha256: str) -> MaskedShard:
        """The record of the shard that the parts were written to."""
        return MaskedShard(
            export=self._export,
            uri=str(path),
            sha256=sha256,
            rows=self._rows,
            refused_rows=len(self.refused),
            entity_counts=dict(self._entities),
            rule_counts=dict(sorted(self._rules.items())),
            origin_sha256=self._reading.origin_sha256,
        )
