"""Chats as messengers save them, as a table: who, what, when.

KakaoTalk's programs for computers and phones write one line a message, and so does LINE, with tabs;
further lines of a message follow it as they are.

    --------------- 2026년 3월 2일 월요일 ---------------        a computer
    [한여름] [오전 9:03] 배송은 언제 오나요?
    2026년 3월 2일 오전 9:03, 한여름 : 배송은 언제 오나요?       a phone
    2026. 3. 2. 오전 9:03, 한여름 : 배송은 언제 오나요?          another one
    [2026.03.02 09:03] 한여름 : 배송은 언제 오나요?              other messengers
    09:03→한여름→배송은 언제 오나요?                             LINE, below a day's line
    2026. 3. 2. 오전 9:03 - 한여름: 배송은 언제 오나요?          WhatsApp
    [3/2/26, 9:03:11 AM] 한여름: 배송은 언제 오나요?             WhatsApp of another phone
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

HEADINGS = ["채팅방", "보낸사람", "메시지", "보낸시각"]
"""A day of the chat counts as a conversation of its own, with what goes on past midnight."""
_SAVED_BY, _WHO_SAVED = "회원님", "나(저장한 사람)"
"""What KakaoTalk calls whoever saved the chat: no customer, as a rule."""
PARTNER = "대화상대"
"""A further heading, of what the title of a chat says: with whom, or the name of a group."""

_HALF = r"(?P<half>오전|오후|AM|PM)?\s*"
_CLOCK = rf"{_HALF}(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::\d{{2}})?\s*(?P<after>AM|PM)?"
_DATE = r"(?P<year>\d{4})\s*[년./-]\s*(?P<month>\d{1,2})\s*[월./-]\s*(?P<day>\d{1,2})\s*[일.]?"
_DAY = re.compile(
    rf"-{{3,}}\s*{_DATE}.*?-{{3,}}\s*"
    rf"|{_DATE.replace('?P<', '?P<_')}\s*(?:[월화수목금토일]요일|\([월화수목금토일]\))?\s*"
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ENGLISH_DAY = re.compile(
    rf"-{{3,}}\s*[a-z]+day, (?P<month>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}}), (?P<year>\d{{4}})"
    r"\s*-{3,}\s*",
    re.IGNORECASE,
)
_COMPUTER = re.compile(rf"\[(?P<who>[^\]]{{1,60}})\] \[{_CLOCK}\] (?P<said>.*)", re.IGNORECASE)
_PHONE = re.compile(rf"{_DATE},?\s*{_CLOCK},\s*(?P<who>.{{1,60}}?) : (?P<said>.*)", re.IGNORECASE)
_DATED = re.compile(
    rf"\[{_DATE}\s+{_CLOCK}\]\s*(?P<who>[^:：\[\]]{{1,60}}?)\s*[:：]\s*(?P<said>.*)", re.IGNORECASE
)
_SHORT_DATE = r"(?P<one>\d{1,2})[/.](?P<other>\d{1,2})[/.](?P<short>\d{2}|\d{4})"
_WHATSAPP = re.compile(
    rf"\u200e?(?P<open>\[)?(?:{_DATE}|{_SHORT_DATE}),?\s+{_CLOCK}(?(open)\]|\s+-)\s+"
    r"(?:~\s?)?(?P<who>[^:\[\]]{1,60}):\s(?P<said>.*)",
    re.IGNORECASE,
)
_WHATSAPP_NOTE = re.compile(
    rf"\u200e?(?P<open>\[)?(?:{_DATE}|{_SHORT_DATE}),?\s+{_CLOCK}(?(open)\]|\s+-)\s+.*",
    re.IGNORECASE,
)
_LINE = re.compile(rf"{_CLOCK}\t(?P<who>[^\t]{{1,60}})\t(?P<said>.*)", re.IGNORECASE)
_LINE_NOTE = re.compile(rf"{_CLOCK}\t[^\t]*", re.IGNORECASE)
_SAVED_BY_LINE = "[LINE]"
# Above a chat: `[LINE] 한지호님과의 대화`, `한빛 님과 카카오톡 대화`, `저장한 날짜 : 2026. 3. 2.`
_ABOVE = re.compile(
    r"\[LINE\].*|.{1,80}님과(?:의)? (?:카카오톡 )?대화|KakaoTalk Chats with .*"
    r"|(?:저장한?\s?(?:날짜|시간|일시)|Date Saved|Saved on)\s*:.*"
)
_WITH = re.compile(
    r"(?:\[LINE\] ?)?(?P<ko>.{1,80}?) ?님과(?:의)? (?:카카오톡 )?대화"
    r"|(?:\[LINE\] Chat history|KakaoTalk Chats) with (?P<en>.{1,80})"
)
_FILE_NAME = re.compile(r"WhatsApp (?:대화|채팅|Chat)(?: with| -)? (.{1,60})", re.IGNORECASE)
_PHONE_NOTE = re.compile(rf"{_DATE},?\s*{_CLOCK}(?:,\s*.*)?", re.IGNORECASE)
_NOTE = re.compile(
    # `김서연님이 들어왔습니다.`, `김서연님이 이도윤님을 초대했습니다.`
    r".{1,60}님이 (?:들어왔습니다|나갔습니다|.{1,60}님을 초대(?:했|하였)습니다)\.?.*"
    # `채팅방 관리자가 메시지를 가렸습니다.`
    r"|.{0,60}(?:메시지를 가렸습니다|채팅방 관리자가).*"
)
_NO_WORDS = re.compile(
    # a whole line of a messenger's own: `선물`, `지도`
    r"(?:보이스톡|페이스톡|연락처|지도|라이브톡|투표|일정|선물)(?: \d+장)?"
    # `[파일]`, `☎ 통화 시간 1:20`
    r"|\[(?:파일|앨범|위치)\]|☎.*"
    # `보이스톡 해요`, `페이스톡 3:20`
    r"|(?:보이스톡|페이스톡) (?:해요|취소|부재중|\d.*)"
    # `파일: 영수증.pdf`
    r"|파일: .*"
    # `IMG-1.jpg (파일 첨부됨)`
    r"|\S+\.\w{2,4} \((?:파일 첨부됨|file attached)\)"
    # WhatsApp's own words (`이미지 제외됨`, that all is encrypted) begin with a mark nobody types
    r"|\u200e.*",
    re.DOTALL,
)
_ADDED = re.compile(
    r"\s*\u200e?<(?:이 메시지가 수정되었습니다\.?|This message was edited\.?"
    r"|(?:첨부|attached): [^<>\n]*)>\s*$"
)
"""What WhatsApp adds to a message."""
_HEAD_LINES, _LEAST_MESSAGES = 60, 2
_NOON = 12
_A_PAUSE = timedelta(hours=1)


def is_chat(sample: str) -> bool:
    """Whether the beginning of a text reads like a saved chat.

    Lines that are parted by tabs are a table, unless the first line says which program saved them,
    or all of them stand below a day's line.
    """
    lines = list(islice(sample.lstrip("\ufeff").splitlines(), _HEAD_LINES))
    saved_by_line = sample.lstrip("\ufeff").startswith(_SAVED_BY_LINE)
    forms = (
        [_LINE]
        if saved_by_line or _begin_below_day(lines)
        else [_COMPUTER, _PHONE, _DATED, _WHATSAPP]
    )
    said = sum(any(form.fullmatch(line) for form in forms) for line in lines)
    return said >= _LEAST_MESSAGES


def _begin_below_day(lines: Sequence[str]) -> bool:
    """Whether the first line with tabs is one of LINE's, and some line above it a day."""
    first = next((place for place, line in enumerate(lines) if "\t" in line), 0)
    return any(map(_day_of, lines[:first])) and _LINE.fullmatch(lines[first]) is not None


def begins_with_message(sample: str) -> bool:
    """Whether there is no line above the first message, where the headings could stand."""
    first = sample.lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    return _message(first, "") is not None


def title_of(sample: str, name: str) -> str | None:
    """With whom the chat is by the file's name; '' where lines above messages say so, else None."""
    if named := _FILE_NAME.fullmatch(name):
        return named[1]
    lines = islice(sample.lstrip("\ufeff").splitlines(), _HEAD_LINES)
    return "" if any(map(_WITH.fullmatch, lines)) else None


def chat_rows(
    text: Iterable[str], above: int, title: str | None
) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each message, below a row of `HEADINGS`.

    Days, who came and went, and what the messenger writes of calls and files are left out. The
    headings take the place of the first line, or are `above` it. Of chats that are saved one below
    the other each is a room of its own. Where they have a `title` (see `title_of`), each row says
    with whom its chat is.
    """
    partner = [] if title is None else [title]
    yield 0, [*HEADINGS, *([PARTNER] if partner else [])]
    day, waiting = "", None
    talk = last = ""
    rooms, is_above = 0, False
    for number, raw in enumerate(text, start=above):
        line = raw.rstrip("\r\n").lstrip("\ufeff")
        is_below, is_above = is_above, _ABOVE.fullmatch(line) is not None
        if is_above:
            yield from _finished(waiting)
            day, waiting, rooms = "", None, rooms + (not is_below)
            talk = ""
            if partner and (named := _WITH.fullmatch(line)):
                partner = [named["ko"] or named["en"]]
        elif found := _message(line, day):
            yield from _finished(waiting)
            if found[0] != talk and not (talk and _goes_on(last, found[3])):
                talk = found[0]
            found[0], last = talk, found[3]
            if rooms > 1:
                found[0] = f"{found[0]} #{rooms}".strip()
            waiting = (number, _with_partner(found, partner))
        elif began := _day_of(line):
            yield from _finished(waiting)
            day, waiting = began, None
        elif any(note.fullmatch(line) for note in (_PHONE_NOTE, _LINE_NOTE, _WHATSAPP_NOTE, _NOTE)):
            yield from _finished(waiting)
            waiting = None
        elif waiting:
            waiting[1][2] += f"\n{line}"
    yield from _finished(waiting)


def _with_partner(found: list[str], partner: list[str]) -> list[str]:
    """A message's cells, and with whom the chat is; whoever saved it is not called a member."""
    day, who, *others = found
    return [day, _WHO_SAVED if partner and who == _SAVED_BY else who, *others, *partner]


def _goes_on(last: str, now: str) -> bool:
    """Whether so little time lies between two messages that they belong together."""
    try:
        passed = datetime.fromisoformat(now) - datetime.fromisoformat(last)
    except ValueError:  # no day is told
        return False
    return timedelta() <= passed <= _A_PAUSE


def _finished(waiting: tuple[int, list[str]] | None) -> Iterator[tuple[int, list[str]]]:
    said = _ADDED.sub("", waiting[1][2]).strip() if waiting else ""
    if waiting is not None and said and not _NO_WORDS.fullmatch(said):
        number, cells = waiting
        yield number, [*cells[:2], _unquoted(said), *cells[3:]]


def _unquoted(said: str) -> str:
    """What LINE puts into quotes: a message of several lines."""
    several = "\n" in said and said[0] == said[-1] == '"'
    return said[1:-1] if several else said


def _message(line: str, day: str) -> list[str] | None:
    match = _COMPUTER.fullmatch(line) or _LINE.fullmatch(line)
    if match is None:
        match = _PHONE.fullmatch(line) or _DATED.fullmatch(line) or _WHATSAPP.fullmatch(line)
        if match is None:
            return None
        day = _day_in(match)
    half = (match["half"] or match["after"] or "").upper()
    hour = int(match["hour"])
    if half:
        hour = hour % _NOON + _NOON * (half in ("오후", "PM"))
    return [day, match["who"], match["said"], f"{day} {hour:02}:{match['minute']}".strip()]


def _day_in(match: re.Match[str]) -> str:
    """The day of a message.

    A month comes first where it can be one and hours are told by half days, as in America; messages
    of one day get one day whichever way that is.
    """
    told = match.groupdict()
    if told["year"]:
        return _iso(told["year"], told["month"], told["day"])
    one, other = int(told["one"]), int(told["other"])
    month_first = bool(told["half"] or told["after"]) and one <= len(_MONTHS)
    if other > len(_MONTHS):
        month_first = True
    month, day = (one, other) if month_first else (other, one)
    year = told["short"] if len(told["short"]) > 2 else f"20{told['short']}"
    return _iso(year, str(month), str(day))


def _day_of(line: str) -> str:
    if english := _ENGLISH_DAY.fullmatch(line):
        month = _MONTHS.index(english["month"].lower()) + 1
        return _iso(english["year"], str(month), english["day"])
    match = _DAY.fullmatch(line)
    if match is None:
        return ""
    parts = [match[name] or match[f"_{name}"] for name in ("year", "month", "day")]
    return _iso(*parts)


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"
