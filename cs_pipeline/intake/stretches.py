"""Stretches of a table whose rows look like pairs one by one, and are none."""

import re

from cs_pipeline.intake.called_names import CalledNames
from cs_pipeline.intake.crossed_pairs import CrossedPairs
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.wording import DRAGGED, ROW_WORDS, STAND_APART, SWAPPED_ROWS
from cs_pipeline.intake.wording_slips import CROSSED, OTHER_CUSTOMER, SLIP_WORDS
from cs_pipeline.language import Words
from cs_pipeline.questions import asks, asks_as_customer

# An answer that tells something before it asks back, or whether there is anything else.
_TOLD_BEFORE = re.compile(r"(?:니다|세요|시오)[.!~\s]")
_LAST_NUMBER = re.compile(r"\d{1,12}(?=\D*$)")
_LEAST_DRAGGED = 3
_USUAL, _LEAST_SWAPPED = 0.25, 4
_TELLS, _REPLIES, _SIGNS = "니다", ("니다", "세요", "시오"), " .!~^"
_LEAST_TOLD, _LEAST_ASKING, _LEAST_PLAIN, _NEARLY_ALL = 3, 2, 6, 0.8
_LEAST_SERVING, _MOST_STATING = 2, 3
# What is wrong is stated so by formal customers; what will be, or may be done, by whoever serves.
_COMPLAINS = re.compile(r"(?:않|없|못합|못했|안 [가-힣]{1,3})[가-힣]{0,2}니다[\s.!~^]*$")
_SERVES = re.compile(
    r"(?<!요청)(?<!신청)(?<!문의)(?<!부탁)(?<!감사)\s?드(?:립니다|리겠습니다)|시면 [^.?!]{0,12}니다"
    r"|(?:셔도|하면) 됩니다|실 수 있습니다|(?:가능합|예정입|무료입|원입)니다|(?<!주)시기 바랍니다"
)


class Stretches:
    """What neighbouring rows tell of each other while a table of pairs is being read.

    *Swapped*: answers ask and their questions do not, where elsewhere it is the other way round, as
    when rows of another table were pasted below. *Dragged*: an answer was drawn down over those
    below, so that a number in it counts on; the first one of them is where it belongs. And answers
    that are to customers of other rows, by the names they call, or to any question of a customer.
    """

    def __init__(self, table: Table) -> None:
        self._swapped = _Swapped()
        self._told = _ToldAsQuestions()
        self._called = CalledNames(table)
        self._crossed = CrossedPairs(table.header)
        self._dragged: set[int] = set()
        self._run: list[int] = []
        self._above: tuple[str, Stem] | None = None

    def see(self, place: int, row: Row, question: str, answer: str) -> None:
        """Take in the next pair, which is the one at `place`."""
        self._called.see(place, row, answer)
        self._crossed.see(place, row, question, answer)
        more = _asks_outright(answer) - asks(question)
        self._swapped.see(place, more)
        self._told.see(place, question, answer, asks_back=more > 0)
        above, self._above = self._above, (question, stem_of(answer))
        if above is None or not counts_on(above[1], self._above[1]):
            self._run = []
        elif not counts_on(stem_of(above[0]), stem_of(question)):
            self._run.append(place)  # the first answer is its question's own
            if len(self._run) >= _LEAST_DRAGGED - 1:
                self._dragged.update(self._run)

    def refused(self) -> dict[int, tuple[str, Words]]:
        """Places of pairs that are none, the reasons, and what the data owner reads."""
        return (
            dict.fromkeys(self._crossed.places(), (STAND_APART, CROSSED))
            | dict.fromkeys(self._called.places(), (OTHER_CUSTOMER, SLIP_WORDS[OTHER_CUSTOMER]))
            | dict.fromkeys(self._swapped.places(), (SWAPPED_ROWS, ROW_WORDS[SWAPPED_ROWS]))
            | dict.fromkeys(self._told.places(), (SWAPPED_ROWS, ROW_WORDS[SWAPPED_ROWS]))
            | dict.fromkeys(self._dragged, (DRAGGED, ROW_WORDS[DRAGGED]))
        )


class _Swapped:
    """The stretch where answers ask the most, by the largest sum over neighbouring rows."""

    def __init__(self) -> None:
        self._total = 0
        self._sum, self._score, self._since = 0, 0.0, 0
        self._plain = -1  # the last row whose question asks and whose answer does not
        self._best, self._best_sum, self._stretch = 0.0, 0, range(0)
        self._goes_on = False

    def see(self, place: int, more: int) -> None:
        """Take in a row; `more` is 1 where its answer asks and its question does not, or -1."""
        self._total += more
        if self._score <= 0:
            self._sum, self._score, self._since = 0, 0.0, self._plain + 1
        self._sum += more
        self._score += more - _USUAL
        if more < 0:
            self._plain, self._goes_on = place, False
        if self._score > self._best:
            self._best, self._best_sum, self._goes_on = self._score, self._sum, True
            self._stretch = range(self._since, place + 1)
        elif self._goes_on:
            self._stretch = range(self._stretch.start, place + 1)

    def places(self) -> range:
        """The stretch, as far as the next plain pair on either side; empty where nothing is odd."""
        odd = self._best >= _LEAST_SWAPPED and self._total - self._best_sum <= -_LEAST_SWAPPED
        return self._stretch if odd else range(0)


class _ToldAsQuestions:
    """Short stretches whose questions tell as answers do elsewhere, and whose answers do not.

    Some of these questions serve, and some answers ask. What stands between two such
    rows, and is plain neither, counts, too.
    """

    def __init__(self) -> None:
        self._plain = self._rows = 0
        self._stretch: list[int] = []
        self._told = self._asking = self._serving = self._sure = 0
        self._odd: list[int] = []

    def see(self, place: int, question: str, answer: str, *, asks_back: bool) -> None:
        """Take in a row; `asks_back` where its answer asks and its question does not."""
        if not (question and answer):
            return
        tells = question.rstrip(_SIGNS).endswith(_TELLS) and not _COMPLAINS.search(question)
        replies = answer.rstrip(_SIGNS).endswith(_REPLIES)
        self._rows += 1
        if replies and not tells:
            self._plain += 1
            self._close()
            return
        if self._stretch or (tells and not replies):
            self._stretch.append(place)
        if tells and not replies:
            self._serving += _SERVES.search(question) is not None
            self._told, self._sure = self._told + 1, len(self._stretch)
            self._asking += asks_back

    def places(self) -> list[int]:
        """The rows of such stretches, where nearly all others are the right way round."""
        self._close()
        others = self._rows - len(self._odd)
        return self._odd if self._plain >= max(_LEAST_PLAIN, _NEARLY_ALL * others) else []

    def _close(self) -> None:
        serve = self._serving >= max(_LEAST_SERVING, self._told / _MOST_STATING)
        if serve and self._told >= _LEAST_TOLD and self._asking >= _LEAST_ASKING:
            self._odd += self._stretch[: self._sure]
        self._stretch, self._told, self._asking, self._serving = [], 0, 0, 0


def _asks_outright(answer: str) -> bool:
    return asks_as_customer(answer) and _TOLD_BEFORE.search(answer) is None


Stem = tuple[str, int]
"""A text without its last number, and that number."""


def stem_of(text: str) -> Stem:
    """The text without its last number, and the number; -1 where there is none."""
    last = _LAST_NUMBER.search(text)
    if last is None:
        return text, -1
    return f"{text[: last.start()]}\0{text[last.end() :]}", int(last[0])


def counts_on(above: Stem, here: Stem) -> bool:
    """Whether the two texts are alike but for the number, which is one higher."""
    return above[1] >= 0 and here == (above[0], above[1] + 1)
