"""What agents write to a customer long after a question, in a log that tells customers apart alone.

A campaign or a notice weeks later is to nobody's question. Where a column tells conversations
apart, an answer may be as late as it likes.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from cs_pipeline.intake.endings import hours_between
from cs_pipeline.intake.said import Heard, Turn
from cs_pipeline.intake.sheets.header import Header
from cs_pipeline.intake.sheets.threads import Thread
from cs_pipeline.intake.wording import UNANSWERED
from cs_pipeline.intake.wording_no_pairs import LATE_ANSWER
from cs_pipeline.packed_lists import PackedList
from cs_pipeline.records import RefusedRow

_LATE_HOURS, _SOON_HOURS = 7 * 24, 24
_MOSTLY = 0.6


class LateAnswers:
    """Finds them, where most answers come within a day."""

    def __init__(self, header: Header) -> None:
        thread = header.thread
        self._watch = isinstance(thread, Thread) and thread.tells in ("customer", "sides")

    def settle(self, conversations: Iterable[Sequence[Heard]]) -> None:
        """See how long answers take; where they take long now and then, none is too late."""
        if not self._watch:
            return
        hours = [
            hours_between(one.moment, other.moment)
            for turns in conversations
            for one, other in pairwise(turns)
            if (one.speaker, other.speaker) == ("customer", "agent")
        ]
        soon = sum(each < _SOON_HOURS for each in hours)
        late = sum(each >= _LATE_HOURS for each in hours)
        self._watch = late > 0 and soon >= _MOSTLY * len(hours) and soon + late == len(hours)

    def without(
        self, turns: Sequence[Turn], sheet: str, refused: PackedList[RefusedRow]
    ) -> Iterator[Sequence[Turn]]:
        """The turns, parted behind what is left out; its questions are put into `refused`."""
        if not self._watch:
            yield turns
            return
        part: list[Turn] = []
        asked: list[Turn] = []
        for speaker, speech in groupby(turns, key=lambda turn: turn.speaker):
            said = list(speech)
            if (
                speaker == "agent"
                and asked
                and hours_between(asked[-1].moment, said[0].moment) >= _LATE_HOURS
            ):
                first = asked[0]
                place = (sheet, first.cell, UNANSWERED, LATE_ANSWER, first.original)
                refused.append(RefusedRow(*place))
                yield part[: -len(asked)]
                part, asked = [], []
                continue
            part += said
            asked = said if speaker == "customer" else []
        yield part
