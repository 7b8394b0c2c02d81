"""What the other cells of a row of pairs say against its question and its answer."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from cs_pipeline.intake.sheets.cell_kinds import kind_of, look_at
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.header import Header, Row
from cs_pipeline.sentence_ends import is_polite

Misfit = Literal["shifted", "swapped", "asker", "note"]
"""Why a row's texts are no pair: its cells stand one column aside, or the sides are swapped; the
customer wrote the answer, too; the answer is a note for colleagues."""

_LETTER = re.compile("[A-Za-z가-힣ㄱ-ㅎㅏ-ㅣ]")
_SHORT, _LEAST_SENTENCE = 15, 10
_MOSTLY_FILLED, _FEW, _MOSTLY_POLITE, _LEAST_ROWS = 0.6, 0.3, 0.8, 8
_HALF, _LONGEST_NAME = 0.5, 20
_ASKERS = re.compile(
    "(?:문의자|질문자|작성자|등록자|신청자|고객|회원|민원인|이용자|customer|author|requester|writer)"
    "(?:명|이름|성명|name)?"
)
_ANSWERERS = re.compile(
    "(?:답변|응답|회신|처리|조치|상담)(?:자|인|담당자?|작성자)(?:명|이름|성명)?"
    "|(?:상담사|상담원|매니저|담당자|agent|assignee|answeredby|responder)(?:명|이름|성명|name)?"
)
# Such a column counts whether or not it was seen to hold names (`상담사 최유나`).
_ASKED = re.compile("(?:질문|문의|작성)자(?:명|이름)?|(?:asked|questioned)by|questioner|asker")
_ANSWERED = re.compile(
    "(?:답변|응답|회신)자(?:명|이름)?|answeredby|respondent|responder|answerer"
    # whoever wrote the one comment that a list shows of each post
    "|(?:최종|최근|마지막|첫|최초)?(?:댓글|답글|코멘트)(?:작성자|등록자|자)(?:명|이름)?"
    "|(?:last|latest|first)?(?:comment|repl)(?:er|ier|y?author|y?user|(?:ed|ied)?by)(?:name)?"
)
_AGENT = re.compile(
    r"(?:상담사|상담원|상담직원|매니저|agent)\s+\S+|\S+\s*(?:상담사|상담원|매니저)(?:님)?"
)
_CUSTOMER = re.compile(r"\S+\s*(?:고객|회원)님?|(?:고객|회원|customer)\s+\S+")
# Who asked, where a column tells who wrote the answer: `요청자 본인`.
_HIMSELF = re.compile(
    "(?:요청|문의|신청|질문)자(?:본인)?|(?:고객|민원인|회원|이용자|손님|작성자)님?(?:본인)?|본인"
    "|customer|client|requester|reporter|enduser"
)
_COLLEAGUES = re.compile(
    r"부재\s?중|재통화|재연락|콜백|인계|인수|이관|컨펌|팀장|파트장|실장|상급자|슈퍼바이저|상위\s?부서|유관\s?부서"
    r"|고객\s?(?:안내|연결|연락|통화|응대|요청|불만|확인|동의|거부|거절|측)|안내\s?금지|문자\s?남길|내부\s?(?:공유|확인|검토|용)"
    r"|진상|블랙리스트|주의\s?고객|call\s?back|escalat|supervisor|voicemail|\bcust(?:omer)?\b",
    re.IGNORECASE,
)


class RowFit:
    """The columns of a table beside those of questions and answers, as (a sample of) its rows show.

    Columns count that hardly ever hold a sentence, and one of people on either side.
    """

    def __init__(self, header: Header, sample: Iterable[Row]) -> None:
        rows = [row for row in sample if any(row)]
        self._pair = header.first, header.second
        labels = header.labels[-1]
        columns = [column for column in range(len(labels)) if column not in self._pair]
        self._plain = [column for column in columns if _is_plain(rows, column)]
        seen = {column: Counter(cell_at(row, column) for row in rows) for column in self._plain}
        # What comes again is a remark that belongs there (`초안 부정확, 새로 씀`).
        self._usual = {
            column: {cell for cell, times in cells.items() if times > 1}
            for column, cells in seen.items()
        }
        named = [column for column in columns if header.personal.get(column) == "NAME"]
        self._asker, self._answerer = (
            _only([one for one in named if names.fullmatch(labels[one])] or others)
            for names, others in (
                (_ASKERS, [one for one in columns if _ASKED.fullmatch(labels[one])]),
                (_ANSWERERS, [one for one in columns if _ANSWERED.fullmatch(labels[one])]),
            )
        )
        self._people, self._staff = self._tell_people_apart(rows)
        self._tells_side = self._tells_sides(rows)
        answers = [cell for row in rows if (cell := cell_at(row, header.second).strip())]
        polite = sum(map(is_polite, answers))
        self._polite = len(answers) >= _LEAST_ROWS and polite >= _MOSTLY_POLITE * len(answers)

    def misfit(self, row: Row, question: str, answer: str) -> Misfit | None:
        """Why the row's two texts are no pair, as far as its other cells tell."""
        short = len(question) <= _SHORT or len(answer) <= _SHORT
        if short and any(self._is_odd(cell_at(row, column), column) for column in self._plain):
            return "shifted"
        if self._tells_side and _is_himself(cell_at(row, self._answerer or 0)):
            return "asker"
        if self._people:
            asker, answerer = (cell_at(row, column).strip() for column in self._people)
            if asker and asker == answerer and answerer not in self._staff:
                return "asker"
            if _AGENT.fullmatch(asker) and _CUSTOMER.fullmatch(answerer):
                return "swapped"
        if self._polite and not is_polite(answer) and is_for_colleagues(answer):
            return "note"
        return None

    def _is_odd(self, cell: str, column: int) -> bool:
        """Whether a cell holds a sentence that its column does not usually hold."""
        return _is_sentence(cell) and cell not in self._usual[column]

    def _tells_sides(self, rows: Sequence[Row]) -> bool:
        """Whether the column of who answers names the one who asked in a few rows."""
        if self._answerer is None:
            return False
        named = [cell for row in rows if (cell := cell_at(row, self._answerer))]
        return 0 < sum(map(_is_himself, named)) < _HALF * len(named)

    def _tell_people_apart(self, rows: Sequence[Row]) -> tuple[tuple[int, int] | None, set[str]]:
        """The columns of who asks and who answers, and who answers others than themselves.

        None where both name the same person more than now and then.
        """
        if self._asker is None or self._answerer is None:
            return None, set()
        people = self._asker, self._answerer
        named = [(cell_at(row, people[0]).strip(), cell_at(row, people[1]).strip()) for row in rows]
        both = [pair for pair in named if all(pair)]
        staff = {answerer for asker, answerer in both if asker != answerer}
        same = sum(asker == answerer for asker, answerer in both)
        apart = len(both) >= _LEAST_ROWS and 3 * same <= len(both)
        return people if apart else None, staff


def names_answerer(label: str) -> bool:
    """Whether a heading is that of who wrote the answer, or the one comment shown of a post."""
    return _ANSWERED.fullmatch(label) is not None


def is_for_colleagues(answer: str) -> bool:
    """Whether an answer has words that colleagues are told and no customer is."""
    return _COLLEAGUES.search(answer) is not None


def _is_himself(cell: str) -> bool:
    return len(cell) <= _LONGEST_NAME and _HIMSELF.fullmatch(label_of(cell)) is not None


def _only(columns: Sequence[int]) -> int | None:
    return columns[0] if len(columns) == 1 else None


def _is_plain(rows: Sequence[Row], column: int) -> bool:
    """Whether most rows have a name, a time, a figure or one of a few words there."""
    look = look_at(cell_at(row, column) for row in rows)
    if look.filled < max(_LEAST_ROWS, _MOSTLY_FILLED * len(rows)) or look.sentences > _FEW:
        return False
    plain = max(look.kinds["name"], look.kinds["time"], look.kinds["figure"])
    return plain >= _MOSTLY_FILLED * look.filled or look.distinct <= _FEW * look.filled


def _is_sentence(cell: str) -> bool:
    if len(cell) < _LEAST_SENTENCE or _LETTER.search(cell) is None:
        return False  # quick, since times and numbers stand in most rows
    return kind_of(cell) == "sentence"
