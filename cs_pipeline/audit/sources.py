"""Which row of an export a masked row was made from."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from cs_pipeline.audit.sample import AuditRow
from cs_pipeline.records import Exchange


def closest(row: AuditRow, exchanges: Sequence[Exchange]) -> Exchange | None:
    """The exchange that the row was made from, None without any.

    There are several to choose from where sheets number their conversations alike.
    """
    if len(exchanges) < 2:
        return exchanges[0] if exchanges else None

    def likeness(exchange: Exchange) -> float:
        source = f"{exchange.question}\n{exchange.answer}"
        return SequenceMatcher(
            None, source, f"{row.question}\n{row.answer}", autojunk=False
        ).ratio()

    return max(exchanges, key=likeness)
