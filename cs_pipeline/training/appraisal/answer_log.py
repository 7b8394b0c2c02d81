"""How many answers of many are there, in the log every ten seconds: on a CPU they take minutes."""

import logging
import time
from collections.abc import Callable

from cs_pipeline.language import Words
from cs_pipeline.training.appraisal import wording

_log = logging.getLogger(__name__)

SECONDS = 10.0
ANSWERS = wording.GENERATING
LEAK_PROBE = wording.LEAK_PROBE


class AnswerLog:
    """Counts what one model was asked.

    Args:
        what: what the answers are for.
        questions: how many there are.
        clock: seconds that only go up.
    """

    def __init__(
        self, what: Words, questions: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._what = what
        self._questions = questions
        self._clock = clock
        self._said = clock()

    def tell(self, answered: int) -> None:
        """So many were answered by now; the last one goes without saying."""
        now = self._clock()
        if answered >= self._questions or now - self._said < SECONDS:
            return
        self._said = now
        told = f"{answered:,}/{self._questions:,}"
        _log.info("%s", Words(ko=f"{self._what.ko} {told}", en=f"{self._what.en} {told}"))
