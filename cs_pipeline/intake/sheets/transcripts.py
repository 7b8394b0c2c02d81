"""Whole conversations in one cell: `고객: 배송 언제 와요?`, a line or a piece an utterance."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.cell_kinds import kind_of
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.journals import entries_of
from cs_pipeline.intake.sheets.json_cells import begins_list, messages_in
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.markup import has_markup, words_of
from cs_pipeline.intake.sheets.moments import Moment, clock_of
from cs_pipeline.intake.sheets.quoted_mail import own_words
from cs_pipeline.intake.sheets.speakers import Speaker, plain_role
from cs_pipeline.intake.sheets.spread_turns import Spread
from cs_pipeline.intake.sheets.unsent import is_marked_unsent

_MARKS = "▶▷►■□◆◇※☞"
_CLOCK = re.compile(r"(?:(오전|오후|AM|PM)\s*)?(\d{1,2}:\d{2}(?::\d{2})?)")
_NO_SPEAKERS = re.compile(
    r"주소|전화|성함|이름|연락처|안내|주문|주문번호|문의처|이메일|기타|참고|비고|현재|변경|예약|사유|금액"
)
_STAMP = (
    # `( 1m 20s )`: how far into the conversation
    r"(?:\(\s*(?:\d{1,2}\s*(?:h|시간)\s*)?\d{1,3}\s*(?:m|분)\s*\d{1,2}\s*(?:s|초)\s*\)\s*"
    r"|[\[(<]?\s*(?:\d{2,4}[-./년]\s*\d{1,2}[-./월]\s*\d{1,2}[일.]?,?\s*)?"
    r"(?:(?:오전|오후|AM|PM)\s*)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:AM|PM))?\s*[\])>]?\s*[-|,]?\s*)?"
)
_LINE = re.compile(
    # `- 09:13 고객`, `【상담사`: a bullet, a time, whoever speaks
    rf"\s*[-*•●○◎{_MARKS}]?\s*{_STAMP}[\[(<【]?\s*(?P<speaker>[^\s:：\[\]()<>【】][^:：\n\[\]<>【】]{{0,24}}?)"
    # `] 네, 고객님`, `) 09:13: 네`, ` (09:13): 네`: the end of the name, a time, what is said
    rf"\s*(?:[\])>】]\s*{_STAMP}[:：]?|{_STAMP}[:：])\s*(?P<text>.*)",
    re.IGNORECASE,
)
# `Q. 언제 와요?`, `답) 내일 옵니다.`: where the cell begins so
_MARKED = re.compile(
    rf"\s*[-*•●○◎{_MARKS}]?\s*[\[(<]?(?P<speaker>Q|A|질문|답변|문|답)\s?\d{{0,3}}[\])>]?\s*[.)．:：]\s*(?P<text>.*)",
    re.IGNORECASE,
)
# `(카카오톡) 고객 09:03`, `[09:03] 상담사`, `참석자 1 00:03`, `고객`: the words stand below
_ALONE = re.compile(
    rf"\s*[-*•●○◎{_MARKS}]?\s*(?P<before>{_STAMP})(?:[\[(<][^\])>]{{1,12}}[\])>]\s*)?"
    r"[\[(<【]?(?P<speaker>[^\s\d:：\[\]()<>【】][^:：\n\[\]<>【】]{0,24}?)[\])>】]?"
    rf"\s*(?P<after>{_STAMP})\s*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:참석자|참가자|참여자|화자|발화자|스피커|speaker|채널|channel)\s*[-_#]?\s*(?:\d{1,2}|[A-Z])",
    re.IGNORECASE,
)
"""What speech recognition calls those whom it cannot name."""
_WORDS = (
    r"고객님?|손님|회원님?|문의자|민원인|상담(?:사|원|직원)|매니저|담당자|직원|챗봇|상담봇|봇|시스템"
    r"|customer|agent|user|client|assistant|bot|system|질문|답변|문의|회신|Q|A"
)
_INLINE = re.compile(
    rf"(?:^|(?<=[\s/|{_MARKS}]))[\[(<]?\s*({_WORDS})\s*[\])>]?\s*[:：]\s*", re.IGNORECASE
)
# `[고 10:02] 언제 와요? [상 10:03] 내일 옵니다.`, `[고객] 10:02 언제 와요?`
_IN_BRACKETS = re.compile(
    rf"(?:^|(?<=\s))[\[【]\s*(?P<speaker>{_WORDS}|고|상|봇)\s*(?P<before>{_STAMP})[\]】]\s*"
    rf"(?P<after>{_STAMP})[:：]?",
    re.IGNORECASE,
)
_NOTED = re.compile(r"(?:함|됨|음|임|것|요망|바람|완료|예정|안내|문의|요청|건|처리)[.\s)]*$")
_SHORT: dict[str, Speaker] = {"고": "customer", "상": "agent", "봇": "bot"}
# `[문의] 언제 와요? [답변] 내일 옵니다. [조치] 전산 등록`
_SECTION = re.compile(
    r"[\[【]\s*(?:(?P<asked>(?:고객\s?)?(?:문의|질문)(?:\s?(?:내용|사항))?)"
    r"|(?P<replied>(?:상담사?\s?)?(?:답변|회신|응답)(?:\s?내용)?)"
    r"|(?P<aside>(?:조치|처리|특이|내부|상담)?\s?(?:조치|처리|메모|비고|기타|사항|결과|내용)))\s*[\]】]\s*[:：]?"
)
_SIDES: tuple[tuple[str, Speaker], ...] = (
    ("asked", "customer"),
    ("replied", "agent"),
    ("aside", "bot"),
)
_CUT = 4000
_CENTRED = re.compile(
    r"<(p|div) [^<>]*align\s*[=:]\s*[\"']?center[^<>]*>.*?</\1>", re.IGNORECASE | re.DOTALL
)
"""What a chat's program says in between: who came, when it ended."""


class Said(NamedTuple):
    """One utterance; `speaker` is None for a name that says nothing of who that is."""

    speaker: Speaker | None
    name: str
    text: str
    when: Moment | None = None
    column: int | None = None
    """Where it stands, where each utterance has a cell of its own."""


def utterances(cell: str, layouts: Layouts) -> list[Said]:
    """The utterances of a cell; [] when it holds no conversation.

    The first that says who speaks shows how the cell does it. Lines without a speaker continue the
    line above; a cell of one line is parted at role words. A cell may hold a list of messages.
    """
    if listed := _listed(cell, layouts):
        return listed
    if has_markup(cell):
        cell = words_of(_CENTRED.sub(" ", cell))
    if sections := _sections(cell):
        return sections
    told = (" ".join(line.split()) for line in cell.replace("_x000D_", "\n").splitlines())
    lines = [line for line in told if line]
    if len(lines) < 2:
        return _bracketed(cell.strip(), layouts) or list(_inline(cell, layouts))
    forms: tuple[_Form, ...] = (_marked, _alone, _beside)
    found: list[Said] = []
    for line in lines:
        form, said = _first(forms, line, layouts)
        if said and not found:
            forms = (_alone, _beside) if form is _alone else (form,)
        if said:
            found.append(said)
        elif found:
            last = found[-1]
            found[-1] = last._replace(text=f"{last.text} {line.strip()}".strip())
    if len(found) < 2:
        return list(_inline(" ".join(lines), layouts))
    return found[::-1] if _stands_upside_down(found) else found


def _listed(cell: str, layouts: Layouts) -> list[Said]:
    """The messages of a program's list, or the entries of a ticket's journal; [] of other cells."""
    if begins_list(cell):
        return [Said(layouts.speaker_of(who), who, text) for who, text in messages_in(cell)]
    return [
        Said("bot" if one.is_note else layouts.speaker_of(one.who), one.who, one.text, one.when)
        for one in entries_of(cell)
    ]


def _sections(cell: str) -> list[Said]:
    """What stands below marks for a question and an answer; [] of a cell that begins otherwise."""
    marks = list(_SECTION.finditer(cell))
    if not marks or cell[: marks[0].start()].strip():
        return []
    found = []
    for mark, end in zip(marks, [*(one.start() for one in marks[1:]), len(cell)], strict=True):
        speaker = next(side for name, side in _SIDES if mark[name])
        found.append(Said(speaker, mark[0].strip(" []【】:："), cell[mark.end() : end].strip()))
    return found if any(said.speaker == "customer" for said in found) else []


def _bracketed(cell: str, layouts: Layouts) -> list[Said]:
    """What stands behind marks for both sides, one of them at the beginning; [] of other cells."""
    if not cell.startswith(("[", "【")):
        return []
    marks = list(_IN_BRACKETS.finditer(cell))
    if not marks or marks[0].start():
        return []
    found = []
    for mark, end in zip(marks, [*(one.start() for one in marks[1:]), len(cell)], strict=True):
        name, stamp = mark["speaker"], _CLOCK.search(mark[0])
        speaker, when = _SHORT.get(name) or layouts.speaker_of(name), stamp and clock_of(stamp[0])
        found.append(Said(speaker, name, cell[mark.end() : end].strip(), when))
    if not {"customer", "agent"} <= {one.speaker for one in found} or _are_notes(found):
        return []
    return found[::-1] if _stands_upside_down(found) else found


def _are_notes(found: Sequence[Said]) -> bool:
    """Whether somebody noted what was said (`환불 문의함`), rather than wrote it down as it was."""
    return 2 * sum(_NOTED.search(one.text) is not None for one in found) >= len(found)


def _first(forms: Iterable["_Form"], line: str, layouts: Layouts) -> tuple["_Form", Said | None]:
    """The first of the forms in which the line begins to say something, and what."""
    if is_marked_unsent(line):
        return next(iter(forms)), Said("bot", "", "")
    for form in forms:
        if said := form(line, layouts):
            return form, said
    return _beside, None


def _marked(line: str, layouts: Layouts) -> Said | None:
    match = _MARKED.fullmatch(line)
    if match is None:
        return None
    return Said(layouts.speaker_of(match["speaker"]), match["speaker"], match["text"].strip())


def _alone(line: str, layouts: Layouts) -> Said | None:
    match = _ALONE.fullmatch(line)
    if match is None:
        return None
    name, stamp = match["speaker"].strip(), _CLOCK.search(match["before"] + match["after"])
    if not (plain_role(name) or (stamp and _may_speak(name, layouts))):
        return None
    return Said(layouts.speaker_of(name), name, "", clock_of(stamp[0]) if stamp else None)


def _beside(line: str, layouts: Layouts) -> Said | None:
    match = _LINE.fullmatch(line)
    name = match["speaker"].strip() if match else ""
    if match is None or not _may_speak(name, layouts):
        return None
    stamp = _CLOCK.search(line[: match.start("text")])
    when = clock_of(stamp[0]) if stamp else None
    return Said(layouts.speaker_of(name), name, match["text"].strip(), when)


_Form = Callable[[str, Layouts], Said | None]
"""What a line begins to say, in one of the ways to write who says it; None: it begins nothing."""


def _stands_upside_down(found: list[Said]) -> bool:
    """Whether the newest line is on top, as far as each line says when."""
    times = [said.when for said in found]
    return None not in times and times[0] != times[-1] and times == sorted(times, reverse=True)  # type: ignore[type-var]


def _may_speak(name: str, layouts: Layouts) -> bool:
    """Whether the words before a colon are a speaker, and no part of a sentence (`주소: 서울`)."""
    return (
        plain_role(name)
        or name.casefold() in ("q", "a")
        or label_of(name) in layouts.speakers
        or _NUMBERED.fullmatch(name) is not None
        or (kind_of(name) == "name" and not _NO_SPEAKERS.fullmatch(name))
    )


def _inline(cell: str, layouts: Layouts) -> Iterator[Said]:
    pieces = _INLINE.split(cell)
    if len(pieces) < 5 or pieces[0].strip(
        f" {_MARKS}"
    ):  # one speaker or words before the first: no log
        return
    for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
        yield Said(layouts.speaker_of(name), name, text.strip(" \t\r\n/|").rstrip(f" {_MARKS}"))


def spread_said(row: tuple[str, ...], spread: Spread, layouts: Layouts) -> list[Said]:
    """The utterances of a row that has each in a cell of its own, beside who says it."""
    found = []
    for who, said in spread:
        name, text = "" if who < 0 else cell_at(row, who).strip(), cell_at(row, said)
        if text.strip():
            words = own_words(words_of(text) if has_markup(text) else text)
            speaker = "customer" if who < 0 else layouts.speaker_of(name)
            found.append(Said(speaker, name, words, column=said))
    return found


def is_transcript(cell: str, layouts: Layouts, beside: Sequence[str] = ()) -> bool:
    """Whether both a customer and an agent speak in the cell.

    Also two whom nobody could name, or of whom the cells `beside` it name one or both.
    """
    if entries_of(cell):
        return True
    said = utterances(cell if begins_list(cell) else cell[:_CUT], layouts)
    if {"customer", "agent"} <= {one.speaker for one in said}:
        return True
    names = {one.name for one in said}
    known = {one.speaker for one in said} & {"customer", "agent"}
    named = names.intersection(beside) - {one.name for one in said if one.speaker}
    return len(known) + len(named) > 1 or sum(map(bool, map(_NUMBERED.fullmatch, names))) > 1
