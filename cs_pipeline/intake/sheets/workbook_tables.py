"""The tables of a workbook: those of each sheet, and those that several parts make together."""

import re
from collections.abc import Sequence

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.cards import cards_of_sheets
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.side_lists import joined_lists
from cs_pipeline.intake.sheets.tables import Table, tables_on
from cs_pipeline.intake.sheets.two_sheets import AnsweredSheet, answered_sheet

_PUT_ASIDE = re.compile(
    r"백업|보관|구\s?버전|이전\s?(?:자료|버전|본|데이터)|예전|작년|복사본|사본|미사용|폐기|back\s?up|archive|\bold\b|\bcopy\b|\bunused\b",
    re.IGNORECASE,
)


class WorkbookTables:
    """The tables of each sheet, in the order of the sheets.

    `answered` are questions that were joined with their answers of another sheet, if there are any,
    and `beside` the sheets whose questions and answers stood side by side out of step.

    Args:
        sheets: of one workbook.
        layouts: words and products to know.
        skip_hidden: read nothing of hidden sheets; else of those alone whose names put them aside.
    """

    def __init__(self, sheets: Sequence[RawSheet], layouts: Layouts, *, skip_hidden: bool) -> None:
        self._sheets, self._layouts = sheets, layouts
        self._skip_hidden = skip_hidden
        self._visible = [place for place, sheet in enumerate(sheets) if not self.leaves_out(sheet)]
        self.answered: AnsweredSheet | None = None
        self.beside: list[RawSheet] = []
        self.of_sheets: list[list[Table]] = [[] for _ in sheets]
        for place in self._visible:
            self.of_sheets[place] = tables_on(sheets[place], layouts)
        self._find_cards()
        self._join_answers()
        self._join_lists()

    def leaves_out(self, sheet: RawSheet) -> bool:
        """Whether a sheet is hidden and not read: none is, or this one by its name put aside."""
        return sheet.hidden and (self._skip_hidden or _PUT_ASIDE.search(sheet.name) is not None)

    def _find_cards(self) -> None:
        """Read sheets that are a card of one form each."""
        unread = {
            place: self._sheets[place] for place in self._visible if not self.of_sheets[place]
        }
        for place, card in cards_of_sheets(unread, self._layouts).items():
            self.of_sheets[place] = [Table(*card)]

    def _join_answers(self) -> None:
        """Where questions stand on one sheet and their answers on another, read both as one."""
        places = [
            place
            for place in self._visible
            if all(table.header.tells == "name" for table in self.of_sheets[place])
        ]
        if len(places) < 2:
            return
        found = answered_sheet(self._sheets, places, self._layouts)
        if found and (joined := tables_on(found.joined, self._layouts)):
            self.answered = found
            self.of_sheets[found.questions] = joined
            for place, sheet in enumerate(self._sheets):
                if sheet is found.answers:
                    self.of_sheets[place] = []

    def _join_lists(self) -> None:
        """Where questions and answers stand side by side out of step, read both as one."""
        for place, read in enumerate(self.of_sheets):
            found = joined_lists(read[0].sheet, read[0].header) if len(read) == 1 else None
            if found and (joined := tables_on(found, self._layouts)):
                self.of_sheets[place] = joined
                self.beside.append(found)
