"""Speech while it is recognised: what a recogniser had so far counts as soon as it is final."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from cs_pipeline.intake.said import Heard, Turn
from cs_pipeline.intake.sheets.interim_results import InterimResults, is_same_speech
from cs_pipeline.intake.wording_no_pairs import UNFINISHED, UNFINISHED_WORDS
from cs_pipeline.records import RefusedRow


class Unfinished:
    """What each speaker has begun to say so far, where a log tells interim results.

    Until it goes on there is a gap in the conversation. `place` puts a turn at the end of one of
    the `conversations`.
    """

    def __init__(
        self,
        interim: InterimResults | None,
        conversations: dict[str, list[Heard]],
        place: Callable[[str, Turn], None],
    ) -> None:
        self._interim, self._conversations, self._place = interim, conversations, place
        self._begun: dict[tuple[str, str, str, int | None], tuple[Turn, Heard]] = {}
        self._left: list[Turn] = []

    def takes(self, conversation: str, turn: Turn) -> bool:
        """Whether a turn is not final yet."""
        if self._interim is None:
            return False
        key = (conversation, turn.speaker, turn.unnamed, turn.number)
        if begun := self._begun.pop(key, None):
            before, gap = begun
            if is_same_speech(before.text, turn.text):
                _take_out(self._conversations[conversation], gap)
            else:
                self._left.append(before)
        if not self._interim.has(turn.original):
            return False
        self._place(conversation, replace(turn, text="", whole=False))
        self._begun[key] = turn, self._conversations[conversation][-1]
        return True

    def refused(self, sheet: str) -> Iterator[RefusedRow]:
        """What was never finished."""
        for turn in (*self._left, *(turn for turn, _ in self._begun.values())):
            yield RefusedRow(sheet, turn.cell, UNFINISHED, UNFINISHED_WORDS, turn.original)


def _take_out(said: list[Heard], gap: Heard) -> None:
    """Take a turn out that stands near the end."""
    place = next(place for place in range(len(said) - 1, -1, -1) if said[place] is gap)
    del said[place]
