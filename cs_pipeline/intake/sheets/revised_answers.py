"""Answers that a reviewer wrote anew in a column of its own, filled where the first will not do."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cell_kinds import kind_of
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.stand_ins import stands_in
from cs_pipeline.sentence_ends import is_polite

Row = tuple[str, ...]

_REPLY, _ANEW = "(?:답변|회신|응답|답글|답)(?:내용|문구?|안)?", "(?:수정|정정|보완|교정|개정|변경)"
_FIRST = re.compile(rf"(?:상담사?|상담원|담당자|1차)?{_REPLY}|answer|reply|response")
_REVISED = re.compile(
    rf"{_ANEW}(?:된|한|후|본|할)?{_REPLY}|{_REPLY}{_ANEW}(?:본|안|후|내용)?"
    "|(?:revised|corrected|updated|edited|amended)(?:answer|reply|response)"
)
_UNCHANGED = re.compile(
    r"\W*(?:(?:이상|수정|변경|특이|정정|보완)\s*(?:사항|내용)?\s*(?:없음|없습니다|무)|해당\s*(?:사항)?\s*없음"
    r"|(?:원안|기존|그대로|동일|적정|양호|유지|불필요|ok|no change|unchanged|as is)"
    r"(?:대로|과|와)?\s*(?:유지|동일|적정)?(?:함)?)?\W*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:수정|변경|변동|정정|보완)\S*\s*(?:필요|할|내용|사항|것|점|\s)*\S{0,2}\s*(?:없|불필요)\S*[\s.!]*"
    r"|(?:\S+\s+){0,3}\S*(?:유지|동일|검수|확인)\s*(?:완료|함)?[\s.!]*"
    r"|(?:맞춤법|띄어쓰기|오탈?자|문구|표현|말투)\S*\s*(?:수정|정정|교정)\S*[\s.!]*"
)
"""What a reviewer says of an answer: `수정할 내용 없음`."""


class Revised(NamedTuple):
    """The columns of the answers as they were at first, and as they were written anew."""

    first: int
    anew: int

    def answer_in(self, row: Row) -> str:
        """The answer that holds: the revised one, where there is one."""
        anew = cell_at(row, self.anew)
        first, said = cell_at(row, self.first), anew.strip()
        if _UNCHANGED.fullmatch(anew) or _NOTE.fullmatch(said) or stands_in(said):
            return first
        return first if is_polite(first) and not is_polite(said) else anew


def revised_answers(headings: Sequence[Heading], body: Body, answer: int) -> Revised | None:
    """The two columns, one of which is `answer`; None: there is no other one of its kind."""
    own = headings[answer][-1]
    for other in range(len(headings)):
        first, anew = (other, answer) if _REVISED.fullmatch(own) else (answer, other)
        if (
            other != answer
            and _FIRST.fullmatch(headings[first][-1])
            and _REVISED.fullmatch(headings[anew][-1])
            and any(kind_of(cell) == "sentence" for cell in body.cells(other))
        ):
            return Revised(first, anew)
    return None
