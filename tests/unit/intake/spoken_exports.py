"""Calls, messengers and bots as files, each with the pairs that its owner expects."""

import json
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    NAMES,
    Build,
    Pair,
    clock,
    delimited,
    said,
    workbook,
)


def bot_hands_over(path: Path) -> list[Pair]:
    """What was asked of the bot stays unanswered: the agent only greets and asks anew."""
    rows: list[tuple[object, ...]] = [("세션ID", "시각", "발신", "유형", "내용")]
    for n, (q, a) in enumerate(said()):
        talk = [
            ("BOT", "TEXT", "안녕하세요! 상담봇이에요. 궁금한 점을 입력해 주세요."),
            ("USER", "TEXT", f"포인트 {n}점은 어디서 쓰나요"),
            ("BOT", "TEXT", "아직 배우지 못한 질문이에요. 상담원을 연결해 드릴까요?"),
            ("SYSTEM", "EVENT", "상담원 김은지 배정"),
            ("AGENT", "TEXT", "안녕하세요, 상담원 김은지입니다. 문의하실 내용을 말씀해 주세요."),
            ("USER", "TEXT", q),
            ("AGENT", "TEXT", a),
        ]
        rows += [(f"B{n}", clock(10 * n + m, 1), *one) for m, one in enumerate(talk)]
    delimited(path, rows)
    return said()


def bot_hands_over_in_english(path: Path) -> list[Pair]:
    rows: list[tuple[object, ...]] = [("chat_id", "time", "role", "message")]
    for n, (q, a) in enumerate(said()):
        talk = [
            ("user", f"where do I use my {n} points"),
            ("bot", "I did not understand that."),
            ("agent", "Hi, this is Anna. How can I help you today?"),
            ("user", q),
            ("agent", a),
        ]
        rows += [(n, clock(10 * n + m, 1), *one) for m, one in enumerate(talk)]
    delimited(path, rows)
    return said()


def bot_hands_over_and_the_agent_answers(path: Path) -> list[Pair]:
    """Here the agent has read what was asked of the bot, and greets before answering it."""
    rows: list[tuple[object, ...]] = [("세션ID", "시각", "발신", "내용")]
    pairs = []
    for n, (q, a) in enumerate(said()):
        greeting = "안녕하세요, 상담원 김은지입니다."
        talk = [
            ("USER", q),
            ("BOT", "상담원을 연결해 드릴게요."),
            ("AGENT", greeting),
            ("AGENT", a),
        ]
        rows += [(f"B{n}", clock(10 * n + m, 1), *one) for m, one in enumerate(talk)]
        pairs.append((q, f"{greeting} {a}"))
    delimited(path, rows)
    return pairs


def asks_for_a_person(path: Path) -> list[Pair]:
    """A greeting does answer who greets or asks for a person."""
    rows: list[tuple[object, ...]] = [("대화번호", "시각", "화자", "내용")]
    pairs = []
    for n, (q, a) in enumerate(said()):
        hello = "안녕하세요 고객님, 무엇을 도와드릴까요?"
        call = ("안녕하세요", "상담원 연결해 주세요")[n % 2]
        talk = [("고객", call), ("상담사", hello), ("고객", q), ("상담사", a)]
        rows += [(n, clock(10 * n + m, 1), *one) for m, one in enumerate(talk)]
        pairs += [(call, hello), (q, a)]
    delimited(path, rows)
    return pairs


def channels_one_below_the_other(path: Path) -> list[Pair]:
    """A call's customer comes first, then its agent; milliseconds that could be days of Excel."""
    rows: list[tuple[object, ...]] = [
        ("녹취파일", "채널", "시작(ms)", "종료(ms)", "인식텍스트", "신뢰도")
    ]
    pairs = said()
    for call in range(8):
        own = pairs[3 * call : 3 * call + 3]
        starts = [3900 + 9240 * n for n in range(3)]
        file = f"20260412_{call:06}.wav"
        rows += [
            (file, "RX(고객)", at, at + 900, q, 0.9) for at, (q, _) in zip(starts, own, strict=True)
        ]
        rows.append((file, "TX(상담사)", 900, 3400, "감사합니다 상담사 김은지입니다", 0.9))
        for at, (_, a) in zip(starts, own, strict=True):
            head, _, rest = a.partition(" ")
            rows.append((file, "TX(상담사)", at + 2000, at + 2500, head, 0.8))
            rows.append((file, "TX(상담사)", at + 3000, at + 3500, rest, 0.8))
    delimited(path, rows)
    return pairs


def long_calls_in_seconds(path: Path) -> list[Pair]:
    """Hours into a recording are five figures of seconds, too; the rows are in no order."""
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()):
        rows += [("C1", "고객", 18_000 + 130 * n + 0.5, q), ("C1", "상담사", 18_060 + 130 * n, a)]
    head = ("call_id", "speaker", "start", "text")
    delimited(path, [head, *rows[::2], *rows[1::2]])
    return said()


def days_of_excel_stay_days(path: Path) -> list[Pair]:
    """Numbers that are all days of Excel, the newest on top."""
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()):
        rows += [(46083 + n, "고객", q), (46083 + n + 0.25, "상담사", a)]
    delimited(path, [("일시", "화자", "내용"), *rows[::-1]])
    return said()


def left_and_right_channel(path: Path) -> list[Pair]:
    """A block a call, with its title and the headings once more; a row holds one channel."""
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()):
        first, _, rest = a.partition(" ")
        rows += [
            (f"▶ 통화 {n + 1}  2026-06-03  상담사 김은지", None, None),
            ("경과", "고객(좌)", "상담사(우)"),
            ("00:01", None, "네, 푸른생활 고객센터입니다."),
            ("00:06", q, None),
            ("00:10", None, first),
            ("00:15", None, rest),
            (None, None, None),
        ]
    workbook(path, ("녹취", rows))
    return said()


def texts_from_and_to_mobiles(path: Path) -> list[Pair]:
    """MO and MT, customers in between each other, an advertisement before."""
    service = "1588-0000"
    head = ("일시", "구분", "발신번호", "수신번호", "문자내용")
    rows: list[tuple[object, ...]] = []
    pairs = said()
    for n, (q, a) in enumerate(pairs):
        phone = f"010-2349-{1000 + n % 8}"
        rows.append((clock(10 * n, 1), "MO", phone, service, q))
        rows.append((clock(10 * n + 15, 1), "MT", service, phone, a))
    advert = (clock(-9, 1), "MT", service, "010-2349-1000", "(광고) 무료수신거부 080-000-0000")
    delimited(path, [head, advert, *sorted(rows, key=lambda row: str(row[0]))])
    return pairs


def teams_channel(path: Path) -> list[Pair]:
    """Markup in the text, and behind the name who is a guest."""
    rows: list[tuple[object, ...]] = [
        ("MessageId", "ConversationId", "From", "From Email", "Sent (KST)", "Body")
    ]
    for n, (q, a) in enumerate(said()):
        guest = (f"{NAMES[n % 5]} (게스트)", f"user{n}@partner.com", f"{clock(2 * n, 3)}")
        staff = ("김은지 (고객지원)", "cs@shop.co.kr", f"{clock(2 * n + 1, 3)}")
        room = f"19:{n // 2:08x}@thread.v2"
        rows.append((17173760 + 2 * n, room, *guest, f"<div><p>{q}</p></div>"))
        rows.append(
            (17173761 + 2 * n, room, *staff, f"<div><p>{a.replace(' ', '&nbsp;')}</p></div>")
        )
    delimited(path, rows)
    return said()


def telegram_chat(path: Path) -> list[Pair]:
    """Formatted text comes in pieces; 권나래 ends like a sentence and is a name."""
    messages: list[dict[str, object]] = [
        {"id": 1, "type": "service", "date": "2026-07-01T09:00:00", "actor": "누리", "text": ""}
    ]
    for n, (q, a) in enumerate(said()):
        first, _, rest = a.partition(" ")
        pieces: object = [{"type": "bold", "text": first}, f" {rest}"] if n % 2 else a
        for who, text, step in (("권나래", q, 2 * n), ("누리몰 고객지원", pieces, 2 * n + 1)):
            when = clock(step, 3).isoformat()
            one = {"id": 2 + step, "type": "message", "date": when, "from": who, "text": text}
            messages.append(one)
    document = {"name": "권나래", "type": "personal_chat", "id": 5512, "messages": messages}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    return said()


def _whatsapp(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def whatsapp_in_korean(path: Path) -> list[Pair]:
    """The customer is a phone number; media and notes of the program between."""
    lines = ["2026. 4. 1. 오전 9:02 - 메시지와 통화는 종단간 암호화됩니다."]
    for n, (q, a) in enumerate(said()):
        day = f"2026. 4. {2 + n}. 오후 1:"
        first, _, rest = a.partition(" ")
        lines += [
            f"{day}29 - +82 10-4481-20**: <미디어 파일 제외됨>",
            f"{day}29 - +82 10-4481-20**: {q}",
            f"{day}31 - 한강렌터카 고객센터: {first}",
            rest,
        ]
    _whatsapp(path, lines)
    return said()


def whatsapp_of_another_phone(path: Path) -> list[Pair]:
    """Brackets, seconds, the month first."""
    lines = []
    for n, (q, a) in enumerate(said()):
        lines.append(f"[4/{2 + n}/26, 9:02:11 AM] Jane Doe: {q}")
        lines.append(f"\u200e[4/{2 + n}/26, 9:05:11 AM] Jane Doe: image omitted")
        lines.append(f"[4/{2 + n}/26, 10:02:11 PM] Shop Support: {a}")
    _whatsapp(path, lines)
    return said()


def whatsapp_group(path: Path) -> None:
    """Of several names nobody knows who is a customer."""
    lines = []
    for n, (q, a) in enumerate(said()):
        lines += [
            f"02/04/2026, 10:{n:02} - {NAMES[n % 3]}: {q}",
            f"02/04/2026, 10:{n:02} - 한결: {a}",
        ]
    _whatsapp(path, lines)


def _database(own: tuple[str, str, str]) -> list[tuple[object, ...]]:
    """Rows of utterances; `own` are the codes of agent, customer and system."""
    agent, customer, system = own
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()):
        when = clock(n).strftime("%Y%m%d%H%M%S")
        talk = [(system, "상담방이 개설되었습니다."), (customer, q), (agent, a)]
        rows += [(5000 + n, m, code, text, when) for m, (code, text) in enumerate(talk)]
    return rows


def sender_codes_on_another_sheet(path: Path) -> list[Pair]:
    head = ("TALK_ID", "SEQ", "SNDR_CD", "MSG_CN", "REG_DTM")
    codes = [
        ("코드그룹", "코드", "코드명"),
        ("SNDR_CD", 1, "상담원"),
        ("SNDR_CD", 2, "고객"),
        ("SNDR_CD", 9, "시스템"),
        ("CHNL_CD", 1, "웹"),
        ("CHNL_CD", 2, "카카오"),
    ]
    workbook(path, ("TB_TALK_DTL", [head, *_database(("1", "2", "9"))]), ("공통코드", codes))
    return said()


def sender_codes_without_groups(path: Path) -> list[Pair]:
    """The sheet of codes comes first; here 01 is the customer."""
    head = ("대화번호", "순번", "발신자코드", "메시지", "등록일시")
    codes = [("코드값", "의미"), ("01", "고객"), ("02", "상담사"), ("03", "챗봇")]
    workbook(path, ("코드 설명", codes), ("대화", [head, *_database(("02", "01", "03"))]))
    return said()


def sender_codes_in_the_heading(path: Path) -> list[Pair]:
    head = ("대화번호", "순번", "발신구분(C:고객, A:상담사, S:시스템)", "메시지", "등록일시")
    delimited(path, [head, *_database(("A", "C", "S"))], "cp949")
    return said()


def sender_codes_that_nobody_explains(path: Path) -> None:
    """The sheet of codes is about channels."""
    head = ("TALK_ID", "SEQ", "SNDR_CD", "MSG_CN", "REG_DTM")
    codes = [("코드그룹", "코드", "코드명"), ("CHNL_CD", 1, "웹"), ("CHNL_CD", 2, "카카오")]
    workbook(path, ("TB_TALK_DTL", [head, *_database(("1", "2", "9"))]), ("공통코드", codes))


def codes_of_something_else(path: Path) -> None:
    """Who gets a newsletter has the same codes as who speaks, and another meaning."""
    head = ("TALK_ID", "SEQ", "SNDR_CD", "MSG_CN", "REG_DTM")
    codes = [("코드그룹", "코드", "코드명"), ("RCVR_CD", 1, "고객"), ("RCVR_CD", 2, "상담원")]
    workbook(path, ("TB_TALK_DTL", [head, *_database(("1", "2", "9"))]), ("공통코드", codes))


def talk_about_codes(path: Path) -> list[Pair]:
    """A message that reads like an explanation explains nothing."""
    pairs = [("화면에 구분 1: 고객, 2: 상담사 라고 나와요", "1번을 눌러 주세요."), *said()]
    rows = [
        (n, who, text) for n, pair in enumerate(pairs) for who, text in zip("CA", pair, strict=True)
    ]
    delimited(path, [("대화번호", "화자", "내용"), *((n, _ROLES[c], t) for n, c, t in rows)])
    return pairs


_ROLES = {"C": "고객", "A": "상담사"}


def _calls(legends: list[list[str]]) -> list[str]:
    """Calls of one exchange each, below what their heads say of speakers 1 and 2."""
    lines = []
    for n, ((q, a), legend) in enumerate(zip(said(), legends, strict=True)):
        customer, agent = (1, 2) if n % 2 else (2, 1)
        first, _, rest = a.partition(" ")
        lines += [f"### 파일: rec_{n:05}.mp3", *legend, ""]
        lines += [f"[00:00:02.100] 화자{customer}  {q}", f"[00:00:05.720] 화자{agent}  {first}"]
        lines += [rest, ""]
    return lines


def _sides(n: int) -> tuple[str, str]:
    return ("고객", "상담사") if n % 2 else ("상담사", "고객")


def numbers_for_speakers_that_turn_about(path: Path) -> list[Pair]:
    legends = [["### 화자1: {} / 화자2: {}".format(*_sides(n))] for n in range(len(said()))]
    path.write_bytes("\r\n".join(_calls(legends)).encode("cp949"))
    return said()


def numbers_explained_in_two_lines(path: Path) -> list[Pair]:
    legends = [["화자1 = {}\n화자2 = {}".format(*_sides(n))] for n in range(len(said()))]
    path.write_text("\n".join(_calls(legends)), encoding="utf-8")
    return said()


def numbers_explained_once(path: Path) -> list[Pair]:
    lines = ["Speaker 1: Agent, Speaker 2: Customer", ""]
    for n, (q, a) in enumerate(said()):
        lines += [f"== call {n} ==", f"Speaker 2: {q}", f"Speaker 1: {a}", ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    return said()


def numbers_of_some_calls_alone(path: Path) -> list[Pair]:
    """In a call that does not say who is 1, nothing is taken over from the one before."""
    legends = [
        ["### 화자1: {} / 화자2: {}".format(*_sides(n))] if n % 3 else []
        for n in range(len(said()))
    ]
    path.write_text("\n".join(_calls(legends)), encoding="utf-8")
    return [pair for n, pair in enumerate(said()) if n % 3]


def numbers_that_nobody_explains(path: Path) -> None:
    path.write_text("\n".join(_calls([[] for _ in said()])), encoding="utf-8")


_MOVED_ON = ("대화방", "시각", "이름", "소속부서", "사번", "회원번호", "대화내용")


def agents_take_over(path: Path) -> list[Pair]:
    """Names for speakers; a staff number beside an agent's words, a member's beside the others."""
    rows: list[tuple[object, ...]] = [_MOVED_ON]
    for n, (q, a) in enumerate(said()):
        room, team = f"T-{n // 3:02}", f"상담{n % 2 + 1}팀"
        member, agent = NAMES[n // 3 % 5], ("김은지", "박상담", "이소라")[n % 3]
        rows.append((room, f"{clock(2 * n, 3):%H:%M:%S}", member, None, None, f"M2004{n // 3}", q))
        rows.append((room, f"{clock(2 * n + 1, 3):%H:%M:%S}", agent, team, f"E12{n % 3}", None, a))
    workbook(path, ("대화록", rows))
    return said()


def every_row_tells_member_and_agent(path: Path) -> None:
    """Both numbers in each row say whose room it is, not who speaks."""
    rows: list[tuple[object, ...]] = [_MOVED_ON]
    for n, (q, a) in enumerate(said()):
        room, both = f"T-{n // 3:02}", ("상담1팀", "E12", f"M2004{n // 3}")
        rows.append((room, f"{clock(2 * n, 3):%H:%M:%S}", NAMES[n // 3 % 5], *both, q))
        rows.append((room, f"{clock(2 * n + 1, 3):%H:%M:%S}", "김은지", *both, a))
    workbook(path, ("대화록", rows))


def numbers_in_first_rows_alone(path: Path) -> None:
    """They are told once a room, which says nothing of who speaks either."""
    rows: list[tuple[object, ...]] = [_MOVED_ON]
    for n, (q, a) in enumerate(said()):
        told = ("상담1팀", "E12", f"M2004{n}")
        rows.append((f"T-{n}", f"{clock(2 * n, 3):%H:%M:%S}", NAMES[n % 5], *told, q))
        rows.append((f"T-{n}", f"{clock(2 * n + 1, 3):%H:%M:%S}", "김은지", None, None, None, a))
    workbook(path, ("대화록", rows))


def _slack_messages(*, threads: bool, customers: int) -> list[dict[str, object]]:
    """Questions of several customers, and answers to them in another order."""
    asked, told = [], []
    for n, (q, a) in enumerate(said()):
        ts = f"{1770000000 + 100 * n}.000100"
        one = {"type": "message", "user": f"UC{n % customers}", "text": q, "ts": ts}
        reply = {"type": "message", "user": f"UA{n % 2}", "ts": f"{1770000050 + 100 * n}.000200"}
        if threads:
            one["thread_ts"] = ts
            late = 1770000050 + 100 * (n + 5 - 2 * (n % 3))
            reply |= {"thread_ts": ts, "ts": f"{late}.{n:06}"}
        asked.append(one)
        told.append({**reply, "text": f"<@{one['user']}> {a}"})
    join = {
        "type": "message",
        "subtype": "channel_join",
        "user": "UC9",
        "text": "<@UC9>님이 참여함",
    }
    return sorted(
        [*asked, *told, join | {"ts": "1770000001.000300"}], key=lambda one: str(one["ts"])
    )


_SLACK_USERS = [
    *(
        {"id": f"UA{n}", "profile": {"real_name": NAMES[n], "title": "고객지원팀"}}
        for n in range(2)
    ),
    *(
        {"id": f"UC{n}", "profile": {"real_name": NAMES[n + 2]}, "is_restricted": True}
        for n in (0, 1, 2)
    ),
]


def slack_channel(path: Path) -> list[Pair]:
    messages = _slack_messages(threads=True, customers=3)
    document = {"channel": "cs-문의", "users": _SLACK_USERS, "messages": messages}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return said()


def slack_day_of_one_customer(path: Path) -> list[Pair]:
    """A list with profiles in it, and no threads."""
    profiles = {str(one["id"]): one for one in _SLACK_USERS}
    messages = _slack_messages(threads=False, customers=1)
    for one in messages:
        user = profiles.get(str(one["user"]), {})
        one["user_profile"] = {**user.get("profile", {}), "is_restricted": "C" in str(one["user"])}
    path.write_text(json.dumps(messages, ensure_ascii=False, indent=1), encoding="utf-8")
    return said()


def slack_channel_without_threads(path: Path) -> None:
    """Of several customers in one channel nobody can tell whom an answer is for."""
    messages = _slack_messages(threads=False, customers=3)
    document = {"channel": "cs-문의", "users": _SLACK_USERS, "messages": messages}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


_GREETING = "네 안녕하십니까 온누리 고객센터 상담사 김은지입니다"


def _voices(own: list[tuple[str, str]], greets: list[bool]) -> list[tuple[object, ...]]:
    """Calls of one exchange each; `own` are the signs of agent and customer in each."""
    rows: list[tuple[object, ...]] = [("call_id", "seg", "spk", "start", "end", "text")]
    for n, ((q, a), (agent, customer), greeting) in enumerate(
        zip(said(), own, greets, strict=True)
    ):
        talk = [(agent, _GREETING if greeting else "여보세요"), (customer, q), (agent, a)]
        rows += [(f"C{n}", m, who, m, m + 0.5, text) for m, (who, text) in enumerate(talk)]
    return rows


def _turning(n: int) -> tuple[str, str]:
    return ("SPK_1", "SPK_0") if n % 3 == 1 else ("SPK_0", "SPK_1")


def voices_that_introduce_themselves(path: Path) -> list[Pair]:
    """The agent is whoever says so, by another number in the next call."""
    own = [_turning(n) for n in range(len(said()))]
    workbook(path, ("result", _voices(own, [True] * len(own))))
    return said()


def voices_some_of_whom_do_not(path: Path) -> list[Pair]:
    own, greets = zip(*((_turning(n), n % 4 != 3) for n in range(len(said()))), strict=True)
    workbook(path, ("result", _voices(list(own), list(greets))))
    return [pair for n, pair in enumerate(said()) if n % 4 != 3]


def voices_that_nobody_introduces(path: Path) -> None:
    own = [_turning(n) for n in range(len(said()))]
    workbook(path, ("result", _voices(own, [False] * len(own))))


SPOKEN: tuple[tuple[Build, str], ...] = (
    (bot_hands_over, "a.csv"),
    (bot_hands_over_in_english, "b.csv"),
    (bot_hands_over_and_the_agent_answers, "c.csv"),
    (asks_for_a_person, "d.csv"),
    (channels_one_below_the_other, "e.csv"),
    (long_calls_in_seconds, "f.csv"),
    (days_of_excel_stay_days, "g.csv"),
    (left_and_right_channel, "h.xlsx"),
    (texts_from_and_to_mobiles, "i.csv"),
    (teams_channel, "j.csv"),
    (telegram_chat, "k.json"),
    (whatsapp_in_korean, "l.txt"),
    (whatsapp_of_another_phone, "m.txt"),
    (whatsapp_group, "n.txt"),
    (sender_codes_on_another_sheet, "o.xlsx"),
    (sender_codes_without_groups, "p.xlsx"),
    (sender_codes_in_the_heading, "q.csv"),
    (sender_codes_that_nobody_explains, "r.xlsx"),
    (codes_of_something_else, "ah.xlsx"),
    (talk_about_codes, "s.csv"),
    (numbers_for_speakers_that_turn_about, "t.txt"),
    (numbers_explained_in_two_lines, "u.txt"),
    (numbers_explained_once, "v.txt"),
    (numbers_of_some_calls_alone, "w.txt"),
    (numbers_that_nobody_explains, "x.txt"),
    (agents_take_over, "y.xlsx"),
    (every_row_tells_member_and_agent, "z.xlsx"),
    (numbers_in_first_rows_alone, "aa.xlsx"),
    (voices_that_introduce_themselves, "ae.xlsx"),
    (voices_some_of_whom_do_not, "af.xlsx"),
    (voices_that_nobody_introduces, "ag.xlsx"),
    (slack_channel, "ab.json"),
    (slack_day_of_one_customer, "ac.json"),
    (slack_channel_without_threads, "ad.json"),
)
