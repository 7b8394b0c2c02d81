"""Logs whose ids, numbers or times are odd or spoilt, and their likes that are sound.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tests.unit.intake.call_centre_exports import Build, Pair, Row, clock, delimited, said, workbook

_GREETING = "안녕하세요. 최은서입니다, 말씀해 주세요."
_THANKS = "네 감사합니다"

Step = tuple[int, datetime, str, str]
"""Conversation, moment, side and words."""


def _steps(*, greets: bool = True, each: int = 2) -> Iterator[Step]:
    """Conversations of so many pairs, one after the other; every other one begins with a greeting.

    Each ends with thanks.
    """
    pairs = said()
    for call in range(len(pairs) // each):
        at = clock(call, 30)
        if greets and call % 2 == 0:
            yield call, at, "상담사", _GREETING
        for n, (q, a) in enumerate(pairs[each * call : each * (call + 1)]):
            yield call, at + timedelta(seconds=40 + 100 * n), "고객", q
            yield call, at + timedelta(seconds=90 + 100 * n), "상담사", a
        yield call, at + timedelta(seconds=400), "고객", _THANKS


def _table(path: Path, rows: Sequence[Row]) -> None:
    workbook(path, ("log", list(rows))) if path.suffix == ".xlsx" else delimited(path, list(rows))


def _under(heading: str, name: str, *, merged: bool = False) -> Build:
    """Conversations told apart by ids under the heading, in each row or in the first of them."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        last = -1
        for call, at, side, text in _steps():
            one = "" if merged and call == last else name.format(call + 1)
            rows.append((one, f"{at:%H:%M:%S}", side, text))
            last = call
        _table(path, [(heading, "시각", "화자", "내용"), *rows])
        return said()

    return write


def agents_own_numbers(path: Path) -> list[Pair]:
    """Each agent's number stands beside one conversation only, but is no conversation's."""
    rows = [
        (f"S{100 + call}", f"{at:%Y-%m-%d %H:%M:%S}", side, text)
        for call, at, side, text in _steps()
    ]
    _table(path, [("상담사 코드", "시각", "화자", "내용"), *rows])
    return said()


def _consulted(heading: str, main: str, inside: str) -> Build:
    """Between question and answer an agent asks a colleague, whom the recorder calls a customer."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for call, at, side, text in _steps():
            rows.append((f"C{call:03}", main, at, side, text))
            if side == "고객" and text != _THANKS and call % 3 == 0:
                rows.append((f"C{call:03}", inside, at, "상담사", "과장님, 이 건 규정이 있나요?"))
                rows.append((f"C{call:03}", inside, at, "고객", "매뉴얼대로 안내하세요."))
        _table(path, [("통화ID", heading, "시각", "화자", "인식문장"), *rows])
        return said()

    return write


def sections_of_a_call(path: Path) -> list[Pair]:
    """What a call has come to, under the same heading: all of it is said to the customer."""
    rows = [
        (f"C{call:03}", "본인확인" if text == _GREETING else "상담", at, side, text)
        for call, at, side, text in _steps()
    ]
    _table(path, [("통화ID", "구간", "시각", "화자", "인식문장"), *rows])
    return said()


def _numbered(steps: Iterable[Step] | None = None) -> list[tuple[int, int, str, str]]:
    """Conversation, number within it, side and words."""
    rows: list[tuple[int, int, str, str]] = []
    number, last = 0, -1
    for call, _, side, text in steps or _steps():
        number = number + 1 if call == last else 1
        rows.append((call, number, side, text))
        last = call
    return rows


def dragged_ids(path: Path) -> list[Pair]:
    """In two conversations the id counts on from row to row, into those of the next ones."""
    rows = [
        (2041 + call + (number - 1 if call in (1, 6) else 0), number, side, text)
        for call, number, side, text in _numbered()
    ]
    _table(path, [("접수번호", "순번", "화자", "내용"), *rows])
    return said()


def short_conversations(path: Path) -> list[Pair]:
    """Ids count on from one conversation to the next, and so do the numbers of all rows."""
    rows = [
        (2041 + call, n, side, text)
        for n, (call, _, side, text) in enumerate(_steps(greets=False, each=1), 1)
    ]
    _table(path, [("접수번호", "순번", "화자", "내용"), *rows])
    return said()


def one_id_for_two(path: Path) -> list[Pair]:
    """Two conversations have the id of a third: their numbers collide, and nothing tells whose."""
    rows: list[Row] = []
    numbered = _numbered(_steps(greets=False, each=3))
    for call, number, side, text in numbered:
        rows.append((f"C{3 if call in (3, 5) else call}", number, side, text))
    _table(path, [("상담번호", "순번", "화자", "내용"), *rows])
    return [pair for n, pair in enumerate(said()) if n // 3 not in (3, 5)]


def deleted_rows(path: Path) -> list[Pair]:
    """A customer's row is missing here and an agent's there, and the numbers jump."""
    pairs = said()
    gone = {pairs[7][0], pairs[12][1]}
    rows = [
        (f"C{call}", number, side, text)
        for call, number, side, text in _numbered(_steps(each=4))
        if text not in gone
    ]
    _table(path, [("상담ID", "순번", "화자", "내용"), *rows])
    return [pair for pair in pairs if gone.isdisjoint(pair)]


def pictures_left_out(path: Path) -> list[Pair]:
    """An export without pictures: a number is missing between most questions in two parts."""
    rows: list[Row] = []
    pairs = []
    for call, (q, a) in enumerate(said()):
        pairs.append((f"{q} 보시면 아실 거예요.", a))
        rows += [(f"C{call}", 1, "고객", q), (f"C{call}", 3, "고객", "보시면 아실 거예요.")]
        rows.append((f"C{call}", 4, "상담사", a))
    _table(path, [("상담ID", "순번", "화자", "내용"), *rows])
    return pairs


def _recorded(*, parts: bool, by_side: bool = False) -> Build:
    """Seconds into a recording; half of the calls have two of them, one below the other."""

    def write(path: Path) -> list[Pair]:
        rows: list[tuple[str, float, str, str]] = []
        for call, at, side, text in _steps(each=4):
            second = (at - clock(call, 30)).total_seconds() + 0.8
            cut = parts and call % 2 == 0 and second > 220
            rows.append((f"C{call:02}", second - 240 * cut, side, text))
        if by_side:
            rows.sort(key=lambda row: (row[0], row[2]))
        texts = [(call, f"{second:.2f}", side, text) for call, second, side, text in rows]
        _table(path, [("call_id", "start_sec", "speaker", "text"), *texts])
        return said()

    return write


def _sorted_by_minute(*, stable: bool) -> Build:
    """Newest minute on top, by a program row by row, or by a spreadsheet that knows minutes."""

    def write(path: Path) -> list[Pair]:
        rows: list[tuple[str, str, str, str]] = []
        for call, at, side, text in _steps(each=3):
            moment = clock(call, 4) + (at - clock(call, 30)) / 3
            rows.append((f"C{call:02}", f"{moment:%Y-%m-%d %H:%M}", side, text))
        rows = rows if stable else rows[::-1]
        rows.sort(key=lambda row: row[1], reverse=True)
        _table(path, [("상담번호", "일시", "화자", "대화내용"), *rows])
        return said()

    return write


def greeted_newest_on_top(path: Path) -> list[Pair]:
    """Newest row on top, the agent first and last: hardly any moment tells top from bottom."""
    pairs, rows = said(), list[Row]()
    for call in range(len(pairs) // 2):
        at = clock(call, 30)
        (q1, a1), (q2, a2) = pairs[2 * call : 2 * call + 2]
        for seconds, side, text in (
            (0, "상담사", "네 반갑습니다. 상담사 배성우입니다."),
            (50, "고객", q1),
            (70, "상담사", a1),
            (110, "고객", q2),
            (130, "상담사", a2),
            (140, "상담사", "좋은 하루 보내세요."),
        ):
            moment = at + timedelta(seconds=seconds + 7 * call)
            rows.append((f"{moment:%Y-%m-%d %H:%M}", f"C{call:02}", side, text))
    _table(path, [("일시", "상담번호", "발신", "메시지"), *rows[::-1]])
    return [(q, f"{a} 좋은 하루 보내세요." if n % 2 else a) for n, (q, a) in enumerate(pairs)]


def _notices(heading: str, *, answers: bool = False) -> Build:
    """Some questions are never answered, and weeks later the desk sends all a notice."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            phone, at = f"010-0000-{2000 + n}", clock(n, 40)
            rows.append((phone, at, "고객", q))
            if n % 5:
                rows.append((phone, at + timedelta(minutes=9), "김은지 상담사", a))
            else:
                late = at + timedelta(days=9 + n)
                text = a if answers else "안녕하세요, 새 앱이 나와 알려 드립니다."
                rows.append((phone, late, "이수현 상담사", text))
        _table(path, [(heading, "일시", "발신자", "내용"), *rows])
        return [pair for n, pair in enumerate(said()) if answers or n % 5]

    return write


def voices_of_recordings(path: Path) -> list[Pair]:
    """SPEAKER_00 is who speaks first: the agent who greets, or a customer; then nothing tells."""
    rows = []
    for call, at, side, text in _steps():
        seconds = (at - clock(call, 30)).total_seconds()
        agent = "SPEAKER_00" if call % 2 == 0 else "SPEAKER_01"
        customer = "SPEAKER_01" if call % 2 == 0 else "SPEAKER_00"
        who = agent if side == "상담사" else customer
        rows.append((f"rec_{call:03}.wav", f"{seconds + 0.4:.1f}", who, text))
    _table(path, [("file", "start_sec", "speaker", "text"), *rows])
    return [pair for n, pair in enumerate(said()) if n // 2 % 2 == 0]


def _without_quotes(*, kinds: bool) -> Build:
    """Commas of texts divide them; those of the kinds in front of them say nothing for sure."""

    def write(path: Path) -> list[Pair]:
        lines = ["상담번호,시각,화자,유형,내용" if kinds else "상담번호,시각,화자,내용"]
        pairs = []
        for n, (q, a) in enumerate(said()):
            kind = ("배송," if n % 6 else "배송, 설치,") if kinds else ""
            answer = a if kinds else f"네,{a} 비용은 6,000원, 부가세 별도입니다."
            lines.append(f"C{n},{clock(n):%Y-%m-%d %H:%M:%S},고객,{kind}{q}")
            lines.append(f"C{n},{clock(n, 8):%Y-%m-%d %H:%M:%S},상담사,{kind}{answer}")
            pairs += [] if kinds and n % 6 == 0 else [(q, answer)]
        path.write_text("\n".join(lines), encoding="utf-8")
        return pairs

    return write


def _box(received: str, sent: str) -> Build:
    """A phone's box of texts, in the order of their times."""

    def write(path: Path) -> list[Pair]:
        steps: list[tuple[datetime, Row]] = []
        for n, (q, a) in enumerate(said()):
            phone = f"010-0000-{2000 + n}"
            for at, way, text in ((clock(n), received, q), (clock(n, 9), sent, a)):
                steps.append((at, (at, way, phone, text)))
        rows = [row for _, row in sorted(steps, key=lambda step: step[0])]
        numbered = [(n, *row) for n, row in enumerate(rows, 1)]
        _table(path, [("번호", "일시", "구분", "상대번호", "문자내용"), *numbered])
        return said()

    return write


def _legends(first: str, second: str, *, heads: bool = True) -> Build:
    """Two months, one below the other; a line above each says who 1 and 2 are."""

    def write(path: Path) -> list[Pair]:
        steps = _numbered(_steps(greets=False))
        head = ("통화번호", "순번", "화자", "내용")
        rows: list[Row] = [(first,), head]
        for call, number, side, text in steps:
            if (call, number) == (6, 1):
                rows += [(), (second,), *([head] if heads else [])]
            flipped = call >= 6 and first != second
            rows.append((call, number, 1 if (side == "고객") != flipped else 2, text))
        workbook(path, ("합본", rows))
        return said()

    return write


def _called(direction: str, ways: tuple[str, str], sides: tuple[str, str]) -> Build:
    """Every third call is one that the desk made; the recorder knows caller and called alone."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for call, at, side, text in _steps():
            out = call % 3 == 0
            caller = (side == "고객") != out
            rows.append((f"C{call}", ways[out], at, sides[not caller], text))
        _table(path, [("통화ID", direction, "통화일시", "화자", "발화내용"), *rows])
        return said()

    return write


def callers_alone(path: Path) -> None:
    """Nothing says which way the calls went, so that the caller may be either."""
    rows = [
        (f"C{call}", at, "수신자" if side == "고객" else "발신자", text)
        for call, at, side, text in _steps()
    ]
    _table(path, [("통화ID", "통화일시", "화자", "발화내용"), *rows])


def _side_by_side(first: str, turn: str, *, gap: bool = False) -> Build:
    """A call in each row, its turns side by side; behind a missing one nothing tells who speaks."""

    def write(path: Path) -> list[Pair]:
        pairs = said()
        rows: list[list[object]] = []
        expected = []
        for call in range(8):
            own = pairs[3 * call : 3 * call + 3]
            turns = [text for pair in own for text in pair] + [_THANKS]
            greets = call % 2 == 0
            turns = [_GREETING, *turns] if greets else [*turns, ""]
            if gap and call == 3:
                turns[2] = ""
            expected += [] if gap and call == 3 else own
            rows.append([f"C{call}", clock(call), "상담사" if greets else "고객", *turns])
        heads = [turn.format(n) for n in range(1, 9)]
        _table(path, [("통화번호", "상담일", first, *heads), *rows])
        return expected

    return write


def _staff_beside(sheet: str, heading: str, listed: Sequence[str], *, one: bool = True) -> Build:
    """Names alone, and a list of the staff; in one room a customer is called as an agent is."""

    def write(path: Path) -> list[Pair] | None:
        agents, customers = ("김민정", "이수현", "박지훈"), ("강민호", "서유진", "윤태경", "한지민")
        rows: list[Row] = []
        for call, at, side, text in _steps(greets=False):
            customer = "김민정" if call == 4 else customers[call % 4]
            agent = "이수현" if call == 4 else agents[call % 3]
            rows.append((f"R{call}", at, customer if side == "고객" else agent, text))
        staff = [(heading, "입사일"), *((name, "2021-03-02") for name in listed)]
        workbook(path, ("메시지", [("방번호", "시각", "이름", "메시지"), *rows]), (sheet, staff))
        return [pair for n, pair in enumerate(said()) if n // 2 != 4] if one else None

    return write


SPOILT_LOGS: dict[str, tuple[Build, str]] = {
    "numbers of channels": (_under("채널번호", "CH-{:05}"), "log.xlsx"),
    "ids in the first row of each": (_under("채널번호", "CH-{:05}", merged=True), "log.xlsx"),
    "files of recordings": (_under("file", "rec_{:03}.wav"), "log.csv"),
    "keys that no heading names": (_under("ref", "7f3a{:04}"), "log.csv"),
    "conv": (_under("conv", "C{:04}"), "log.xlsx"),
    "codes of agents": (agents_own_numbers, "log.xlsx"),
    "colleagues on an inner line": (_consulted("구간", "본통화", "내선협의"), "log.xlsx"),
    "consultation legs": (_consulted("call leg", "main", "consult"), "log.csv"),
    "inner calls": (_consulted("통화구분", "고객통화", "내부통화"), "log.csv"),
    "sections of a call": (sections_of_a_call, "log.xlsx"),
    "dragged ids": (dragged_ids, "log.xlsx"),
    "short conversations": (short_conversations, "log.csv"),
    "one id for two": (one_id_for_two, "log.xlsx"),
    "deleted rows": (deleted_rows, "log.xlsx"),
    "pictures left out": (pictures_left_out, "log.csv"),
    "recordings in parts": (_recorded(parts=True), "log.csv"),
    "whole recordings": (_recorded(parts=False), "log.csv"),
    "recordings by side": (_recorded(parts=False, by_side=True), "log.xlsx"),
    "newest minute on top, sorted by a spreadsheet": (_sorted_by_minute(stable=True), "log.xlsx"),
    "newest row on top": (_sorted_by_minute(stable=False), "log.xlsx"),
    "newest row on top, greeted": (greeted_newest_on_top, "log.xlsx"),
    "notices by phone": (_notices("전화번호"), "log.csv"),
    "late answers by conversation": (_notices("상담번호", answers=True), "log.csv"),
    "texts without quotes": (_without_quotes(kinds=False), "log.csv"),
    "kinds without quotes": (_without_quotes(kinds=True), "log.csv"),
    "a box of texts": (_box("받은문자", "보낸문자"), "box.csv"),
    "a box of messages": (_box("수신 메시지", "발신 메시지"), "box.xlsx"),
    "codes that a line explains": (
        _legends("화자 1=고객, 2=상담사", "화자 1=고객, 2=상담사"),
        "log.xlsx",
    ),
    "codes that change": (
        _legends("3월 상담 (화자 1=고객, 2=상담사)", "4월 상담 (화자 1=상담사, 2=고객)"),
        "log.xlsx",
    ),
    "codes that change below one head": (
        _legends("3월 (1: 고객, 2: 상담원)", "4월 (1: 상담원, 2: 고객)", heads=False),
        "log.xlsx",
    ),
    "callers and called": (_called("콜방향", ("IN", "OUT"), ("발신자", "수신자")), "log.xlsx"),
    "callers and callees": (
        _called("call direction", ("inbound", "outbound"), ("caller", "callee")),
        "log.csv",
    ),
    "callers alone": (callers_alone, "log.csv"),
    "turns beside who begins": (_side_by_side("첫 발화", "발화{}"), "log.xlsx"),
    "turns beside the first speaker": (_side_by_side("first speaker", "turn {}"), "log.csv"),
    "turns of which one is missing": (_side_by_side("첫 화자", "발화{}", gap=True), "log.xlsx"),
    "a list of the staff": (
        _staff_beside("상담원명단", "이름", ("김민정", "이수현", "박지훈")),
        "chat.xlsx",
    ),
    "a roster": (_staff_beside("Staff", "name", ("김민정", "이수현", "박지훈")), "chat.xlsx"),
    "a list of some of the staff": (
        _staff_beside("직원 목록", "성명", ("박지훈",), one=False),
        "chat.xlsx",
    ),
    "voices of recordings": (voices_of_recordings, "log.csv"),
}
"""Builder and file name, by what is odd about each."""
