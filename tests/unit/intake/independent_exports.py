"""Exports written without a look at how they are read, each with the pairs that its owner expects.

`None` instead of pairs: nothing in the file can be told for sure.
"""

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    NAMES,
    Build,
    Pair,
    Row,
    clock,
    delimited,
    said,
    workbook,
)

DAY = date(2026, 3, 2)
SIDES = ("고객", "상담사")
LOG = ("일자", "화자", "내용")


def stretches(size: int) -> list[list[Pair]]:
    """All pairs, so many together."""
    pairs = said()
    return [pairs[start : start + size] for start in range(0, len(pairs), size)]


def turns(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    """Who says what in them."""
    return [turn for pair in pairs for turn in zip(SIDES, pair, strict=True)]


def spoken_on_days() -> Iterator[tuple[date, list[Row]]]:
    """Two exchanges a day, from old to new."""
    for n, pairs in enumerate(stretches(2)):
        day = DAY + timedelta(days=n)
        yield day, [(day, *turn) for turn in turns(pairs)]


def newest_day_on_top(path: Path) -> None:
    """Days from new to old, but within a day from morning to evening; no time of day."""
    rows = [row for _, rows in reversed(list(spoken_on_days())) for row in rows]
    workbook(path, ("상담", [LOG, *rows]))


def newest_row_on_top_of_each_day(path: Path) -> None:
    """Days from old to new, but within a day from evening to morning; no time of day."""
    rows = [row for _, rows in spoken_on_days() for row in reversed(rows)]
    workbook(path, ("상담", [LOG, *rows]))


def newest_row_on_top_of_days(path: Path) -> list[Pair]:
    """Everything from new to old; no time of day."""
    rows = [row for _, rows in spoken_on_days() for row in rows]
    workbook(path, ("상담", [LOG, *reversed(rows)]))
    return said()


def times_of_several_days(path: Path) -> list[Pair]:
    """Times of day alone, which begin anew with each of three days."""
    rows: list[Row] = [("시간", "화자", "내용")]
    for pairs in stretches(8):
        rows += [(f"{clock(n):%H:%M}", *turn) for n, turn in enumerate(turns(pairs))]
    workbook(path, ("상담", rows))
    return said()


def offsets_of_unnumbered_calls(path: Path) -> list[Pair]:
    """Seconds into each call, without its number; calls begin with a greeting, end with thanks."""
    rows: list[Row] = [("channel", "start", "text")]
    for n, (q, a) in enumerate(said()):
        greeting = ("TX", "안녕하세요, 무엇을 도와드릴까요?")
        call = (greeting, ("RX", q), ("TX", a), ("RX", "네, 고맙습니다."))
        rows += [
            (who, f"{0.4 + (4 + n / 10) * step:.2f}", text) for step, (who, text) in enumerate(call)
        ]
    delimited(path, rows)
    return said()


def short_calls_upside_down(path: Path) -> None:
    """Two utterances a call with the seconds into it, newest on top: looks like questions last."""
    rows: list[Row] = []
    for n, pair in enumerate(said()):
        rows += [(f"{1.5 + step * (3 + n % 7)}", *turn) for step, turn in enumerate(turns([pair]))]
    delimited(path, [("시작", "화자", "내용"), *reversed(rows)])


def numbers_of_unnumbered_calls(path: Path) -> list[Pair]:
    """Utterances are numbered from 1 in each call; calls end with thanks, begin with a greeting."""
    rows: list[Row] = [("순번", "화자", "내용")]
    for q, a in said():
        texts = ("안녕하세요, 무엇을 도와드릴까요?", q, a, "네, 고맙습니다.")
        rows += [(n + 1, SIDES[1 - n % 2], text) for n, text in enumerate(texts)]
    workbook(path, ("상담", rows))
    return said()


def shuffled(path: Path, heading: str) -> None:
    """Rows in any order, with the number of the utterance in its conversation."""
    rows: list[Row] = []
    for key, pairs in enumerate(stretches(3)):
        rows += [(f"K{key}", n, *turn) for n, turn in enumerate(turns(pairs), start=1)]
    random.Random(5).shuffle(rows)
    workbook(path, ("상담", [(heading, "순번", "화자", "내용"), *rows]))


def shuffled_under_unknown_heading(path: Path) -> None:
    """Nothing says which conversation a row belongs to."""
    shuffled(path, "건별식별")


def shuffled_keys(path: Path) -> list[Pair]:
    """A key says which conversation a row belongs to."""
    shuffled(path, "상담키")
    return said()


def notes_by_kind(path: Path) -> list[Pair]:
    """A desk's events: a column says which of an agent's were notes for colleagues."""
    rows: list[Row] = [("conversation_id", "part_type", "author_type", "body", "created_at")]
    for n, (q, a) in enumerate(said()):
        at = 1_772_409_791 + 100 * n
        rows += [
            (2150 + n // 3, "comment", "user", f"<p>{q}</p>", at),
            (2150 + n // 3, "note", "admin", f"<p>창고에 확인함 {n}</p>", at + 20),
            (2150 + n // 3, "comment", "admin", f"<p>{a}</p>", at + 40),
        ]
    delimited(path, rows, "utf-8")
    return said()


def kinds_of_messages(path: Path) -> list[Pair]:
    """Automatic replies, pictures by their address and notes, by a column of kinds."""
    rows: list[Row] = [("상담번호", "시각", "작성자", "메시지 유형", "내용")]
    for n, (q, a) in enumerate(said()):
        events = (
            ("고객", "텍스트", q),
            ("상담사", "자동응답", "문의가 접수되었습니다. 순서대로 답변드리겠습니다."),
            ("고객", "이미지", f"https://files.example.com/photo_{n}.jpg"),
            ("상담사", "내부메모", f"물류팀에 넘겼고 회신 대기함 {n}"),
            ("상담사", "텍스트", a),
        )
        rows += [(f"n{n // 2}", clock(5 * n + step), *event) for step, event in enumerate(events)]
    workbook(path, ("대화", rows))
    return said()


def notes_that_say_so(path: Path) -> list[Pair]:
    """Notes told by who wrote them, or by how they begin; pictures and lost messages."""
    rows: list[Row] = [("상담번호", "시각", "작성자", "내용")]
    for n, (q, a) in enumerate(said()):
        events = (
            ("고객", q),
            (
                "고객",
                ("사진", "(이모티콘)", "삭제된 메시지입니다.", "사진 2장을 보냈습니다.")[n % 4],
            ),
            ("상담사 메모" if n % 2 else "내부메모", f"물류팀 확인 중이라 회신 대기함 {n}"),
            ("상담사", f"[내부 공유] 예외로 처리하기로 함 {n}"),
            ("상담사", a),
        )
        rows += [(f"n{n // 2}", clock(5 * n + step), *event) for step, event in enumerate(events)]
    workbook(path, ("대화", rows))
    return said()


def topics_that_read_like_kinds(path: Path) -> list[Pair]:
    """A column of topics, of which one reads like a kind of message in part."""
    rows: list[Row] = [("상담번호", "시각", "작성자", "유형", "내용")]
    for n, (q, a) in enumerate(said()):
        topic = ("노트북", "사진 인화", "시스템 오류", "자동차")[n % 4]
        for step, turn in enumerate(turns([(q, a)])):
            rows.append((f"n{n}", clock(2 * n + step), turn[0], topic, turn[1]))
    workbook(path, ("대화", rows))
    return said()


def in_cells(path: Path, heading: str, write: Callable[[list[Pair]], str]) -> list[Pair]:
    """Two exchanges a cell."""
    cells = [write(pairs) for pairs in stretches(2)]
    workbook(
        path, ("상담", [("접수일", heading), *((clock(n), one) for n, one in enumerate(cells))])
    )
    return said()


def marked_lines(path: Path) -> list[Pair]:
    """`Q.` and `A.` before what is said, further lines below."""

    def write(pairs: list[Pair]) -> str:
        lines = (f"Q. {q}\nA. {a.split()[0]}\n{a.split(' ', 1)[1]}" for q, a in pairs)
        return "\n".join(lines)

    return in_cells(path, "상담 내용", write)


def question_and_answer_words(path: Path) -> list[Pair]:
    return in_cells(
        path, "상담내역", lambda pairs: "\n".join(f"문: {q}\n답: {a}" for q, a in pairs)
    )


def numbered_marks(path: Path) -> list[Pair]:
    return in_cells(
        path,
        "문의내용",
        lambda pairs: "\n".join(f"Q{n}) {q}\nA{n}) {a}" for n, (q, a) in enumerate(pairs, 1)),
    )


def speakers_above_their_words(path: Path) -> list[Pair]:
    def write(pairs: list[Pair]) -> str:
        lines = (f"(카카오톡) 고객 09:01\n{q}\n(카카오톡) 상담원 09:02\n{a}" for q, a in pairs)
        return "\n".join(lines)

    return in_cells(path, "전문", write)


def choices_that_read_like_marks(path: Path) -> list[Pair]:
    """An agent's choices begin with letters, and with a word that may be a speaker."""

    def write(pairs: list[Pair]) -> str:
        choices = "아래에서 골라 주세요.\nA. 카드\nB. 현금\n문의"
        return "\n".join(f"고객: {q}\n상담사: {a} {choices}" for q, a in pairs)

    in_cells(path, "대화내용", write)
    return [(q, f"{a} 아래에서 골라 주세요. A. 카드 B. 현금 문의") for q, a in said()]


def voices_in_cells(path: Path) -> None:
    """Speech recognition, which cannot name those who speak."""

    def write(pairs: list[Pair]) -> str:
        return "\n\n".join(f"참석자 1 00:03\n{q}\n\n참석자 2 00:09\n{a}" for q, a in pairs)

    in_cells(path, "녹취내용", write)


def voices(path: Path) -> None:
    """The same as a text file."""
    lines = ["상담 녹취 3월", "2026.03.02 월 오전 9:03 ・ 21분 3초", "", ""]
    for n, pair in enumerate(said()):
        for who, text in enumerate(pair, 1):
            lines += [f"참석자 {who} {n:02}:{9 * who:02}", text, ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def cases_in_korean(path: Path) -> list[Pair]:
    """Salesforce's own Korean headings."""
    rows: list[Row] = [("사례 번호", "제목", "설명", "사례 댓글", "상태", "열린 날짜")]
    rows += [
        (f"{n + 1026:08}", "문의", q, a, "닫힘", f"3/2/26 오전 9:{n:02}")
        for n, (q, a) in enumerate(said())
    ]
    delimited(path, rows)
    return said()


def senders(path: Path) -> list[Pair]:
    """`발신구분` says who sent a message; the system sends the first one."""
    rows: list[Row] = [("상담ID", "발신구분", "메시지", "발송시각")]
    for n, pair in enumerate(said()):
        events = [("시스템", "상담원이 연결되었습니다."), *turns([pair])]
        rows += [(f"H{n // 2}", *event, clock(3 * n + step)) for step, event in enumerate(events)]
    workbook(path, ("메시지", rows))
    return said()


def board_posts(path: Path) -> list[Pair]:
    """A shop's board: what was posted, and the reply with its state and day."""
    head = ("게시글번호", "제목", "게시글내용", "작성자", "답변상태", "답변내용", "답변일")
    rows = [
        (900 - n, "상품 문의", q, "구매자", "답변완료", a, clock(n))
        for n, (q, a) in enumerate(said())
    ]
    delimited(path, [head, *rows], "cp949")
    return said()


def received_and_answered(path: Path) -> list[Pair]:
    """A public office's rows: one for what came in, one for the answer."""
    rows: list[Row] = [("민원번호", "구분", "내용")]
    for n, pair in enumerate(said()):
        rows += [(f"M-{n}", *row) for row in zip(("접수", "답변"), pair, strict=True)]
    workbook(path, ("민원", rows))
    return said()


def rows_of_days(path: Path) -> list[Pair]:
    """Times of day below a row for each day; what is asked last on a day gets no answer."""
    rows: list[Row] = [("시간", "발화자", "내용")]
    for number, pairs in enumerate(stretches(8)):
        rows.append((f"2026년 3월 {number + 2}일", None, None))
        events = [*turns(pairs), ("고객", "네, 알겠습니다.")]
        rows += [(f"오전 {9 + n // 6}:{n % 6}5", *event) for n, event in enumerate(events)]
    workbook(path, ("대화", rows))
    return said()


def newest_on_top_by_short_times(path: Path) -> list[Pair]:
    """Times as Korean Excel shows them in its short form."""
    events = [
        (f"3/2/26 {'오전' if n < 18 else '오후'} {(8 + n // 6) % 12 + 1}:{n % 6}5", *turn)
        for n, turn in enumerate(turns(said()))
    ]
    workbook(path, ("대화", [("시간", "작성자", "내용"), *reversed(events)]))
    return said()


def notes_of_agents(path: Path) -> None:
    """What agents noted of calls, a row a call, beside their names."""
    head = ("상담일", "고객명", "상담내용", "상담사")
    rows = [
        (clock(n), NAMES[n % 5], f"고객이 '{q[:12]}' 문의하여 {a[:12]} 안내함.", NAMES[n % 3])
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("상담", [head, *rows]))


def tickets_by_author(path: Path) -> list[Pair]:
    """A ticket a line; who made it wrote the comments that are the customer's."""
    tickets = []
    for n, (q, a) in enumerate(said()):
        comments = ((5000 + n, True, q), (77, False, f"창고에 확인함 {n}"), (77, True, a))
        tickets.append(
            {
                "id": 100 + n,
                "requester_id": 5000 + n,
                "description": q,
                "comments": [
                    {"author_id": author, "public": public, "body": body}
                    for author, public, body in comments
                ],
            }
        )
    lines = (json.dumps(ticket, ensure_ascii=False) for ticket in tickets)
    path.write_text("\n".join(lines), encoding="utf-8")
    return said()


def conversations_in_a_document(path: Path) -> list[Pair]:
    """One object for all, over several lines."""
    roles = dict(zip(SIDES, ("user", "assistant"), strict=True))
    found = [
        {
            "id": number,
            "messages": [{"role": roles[who], "content": text} for who, text in turns(pairs)],
        }
        for number, pairs in enumerate(stretches(3))
    ]
    path.write_text(json.dumps({"conversations": found}, ensure_ascii=False, indent=1))
    return said()


def kinds_beside_questions(path: Path) -> list[Pair]:
    """`문의` holds the kind of each question, in whole phrases; the question is the `내용`."""
    kinds = ("배송 지연 관련 문의드립니다", "환불 요청 관련 문의드립니다", "상품 교환 문의드립니다")
    rows = [(kinds[n % 3], q, a) for n, (q, a) in enumerate(said())]
    workbook(path, ("문의", [("문의", "내용", "답변"), *rows]))
    return said()


def words_for_kinds_beside_questions(path: Path) -> list[Pair]:
    rows = [(("배송", "환불", "교환")[n % 3], q, a) for n, (q, a) in enumerate(said())]
    workbook(path, ("문의", [("문의", "상세내용", "답변"), *rows]))
    return said()


def columns_of_an_office(path: Path) -> list[Pair]:
    """A database's own names of columns."""
    rows = [(f"{q[:6]} 문의", q, a, n) for n, (q, a) in enumerate(said())]
    delimited(path, [("QSTN_SJ", "QSTN_CN", "ANSWER_CN", "RDCNT"), *rows], "cp949")
    return said()


def rows_listed_twice(path: Path) -> list[Pair]:
    rows: list[Row] = [("티켓번호", "일시", "작성자", "내용")]
    for n, turn in enumerate(turns(said())):
        rows += [(f"t{n // 4}", clock(n), *turn)] * 2
    workbook(path, ("대화", rows))
    return said()


def channels_below_each_other(path: Path) -> list[Pair]:
    """A sheet a call: all that one channel said above the other; a time tells."""
    sheets = []
    for number, pairs in enumerate(stretches(3)):
        events = [(f"00:00:{9 * n:02}", *turn) for n, turn in enumerate(turns(pairs))]
        by_side = sorted(events, key=lambda event: event[1])
        sheets.append((f"call{number}", [("구간", "채널", "인식결과"), *by_side]))
    workbook(path, *sheets)
    return said()


def channels_without_times(path: Path) -> None:
    """The same in one sheet, where nothing tells."""
    rows: list[Row] = [("상담번호", "화자", "내용")]
    for number, pairs in enumerate(stretches(3)):
        rows += [(number, *turn) for turn in sorted(turns(pairs))]
    workbook(path, ("대화", rows))


def writers_named_in_their_rows(path: Path) -> list[Pair]:
    """Names speak; columns beside say whose they are."""
    rows: list[Row] = [("상담ID", "고객명", "상담사명", "작성자", "내용")]
    for n, pair in enumerate(said()):
        customer, agent = NAMES[n % 2], NAMES[2 + n % 3]
        for name, text in zip((customer, agent), pair, strict=True):
            rows.append((n, f"{customer} 고객님" if n % 2 else customer, agent, name, text))
    workbook(path, ("대화", rows))
    return said()


def transcripts_of_named_people(path: Path) -> list[Pair]:
    """The same in a cell a conversation."""
    rows: list[Row] = [("고객명", "상담사명", "대화내용")]
    for n, pairs in enumerate(stretches(2)):
        customer, agent = NAMES[n % 2], NAMES[2 + n % 3]
        text = "\n".join(f"{customer}: {q}\n{agent}: {a}" for q, a in pairs)
        rows.append((customer, agent, text))
    workbook(path, ("대화", rows))
    return said()


def sums_of_months(path: Path) -> list[Pair]:
    """A row with the month's sum below its questions."""
    rows: list[Row] = [("월", "문의", "답변")]
    for number, pairs in enumerate(stretches(6), start=1):
        rows += [(f"{number}월", *pair) for pair in pairs]
        rows.append((f"{number}월 소계", len(pairs), len(pairs)))
    workbook(path, ("문의", rows))
    return said()


def conversations_one_after_the_other(path: Path) -> list[Pair]:
    """Nothing but greetings and thanks tells where one ends; some begin without a greeting."""
    rows: list[Row] = [("화자", "내용")]
    for n, pairs in enumerate(stretches(2)):
        if n % 3:
            rows.append(("상담사", "안녕하세요, 행복몰 상담사입니다. 무엇을 도와드릴까요?"))
        rows += turns(pairs)
        rows.append(
            ("고객", ("네 감사합니다.", "네, 알겠습니다.", "그럼 그럴게요. 수고하세요!")[n % 3])
        )
    workbook(path, ("상담", rows))
    return said()


def conversations_of_days(path: Path) -> list[Pair]:
    """A conversation a day, the last words of which nobody answers; one answer comes next day."""
    rows: list[Row] = [("일시", "화자", "내용")]
    for n, (q, a) in enumerate(said()):
        day, late = clock(n, 24 * 60), timedelta(hours=20 if n == 4 else 0)
        rows += [(day, "고객", q), (day + timedelta(minutes=2) + late, "상담사", a)]
        if n != 4:
            rows.append((day + timedelta(minutes=4), "고객", f"그리고 {n}번 주문도 봐 주실래요"))
    workbook(path, ("상담", rows))
    return said()


def survey(path: Path) -> None:
    """The same three questions to everybody, whose answers are no agent's."""
    asked = ("응대에 만족하셨습니까?", "문의는 해결되었나요?", "더 하실 말씀이 있나요?")
    rows = [
        (n // 3, asked[n % 3], f"{q[:8]} 건이었는데 좋았어요.") for n, (q, _) in enumerate(said())
    ]
    workbook(path, ("설문", [("응답자", "질문", "응답"), *rows]))


def answers_to_choose_from(path: Path) -> None:
    """Two answers a question, of which the reader is to say which is better."""
    rows = [(q, a, f"잘 모르겠으니 {n}번 창구에 문의해 주세요.") for n, (q, a) in enumerate(said())]
    workbook(path, ("비교", [("질문", "답변 A", "답변 B"), *rows]))


def cells_as_formulas(path: Path) -> list[Pair]:
    """`="…"`, so that Excel changes nothing in a cell; one of them shows quotes."""
    pairs = [(f'"{q}" 라고 했는데요', a) if n == 3 else (q, a) for n, (q, a) in enumerate(said())]
    quoted = [['="{}"'.format(text.replace('"', '""')) for text in pair] for pair in pairs]
    delimited(path, [("문의", "답변"), *quoted], "cp949")
    return pairs


def labels_in_cells(path: Path) -> list[Pair]:
    """Each cell says once more which column it stands in; one answer has words like a label."""
    rows: list[Row] = [(f"Q{n}. {q}", f"[답변] {a}") for n, (q, a) in enumerate(said(), 1)]
    rows.append(("Q25. 색상이 여러 가지인가요?", "[답변] A: 흰색, B: 검은색이 있습니다."))
    workbook(path, ("자주 묻는 질문", [("질문", "답변"), *rows]))
    return [*said(), ("색상이 여러 가지인가요?", "A: 흰색, B: 검은색이 있습니다.")]


def answers_out_of_step(path: Path) -> None:
    """Answers stand three rows below their questions."""
    pairs = said()
    rows = [
        (clock(n), q, clock(n - 3) + timedelta(minutes=1), pairs[n - 3][1])
        for n, (q, _) in enumerate(pairs)
    ]
    workbook(path, ("문의", [("문의일시", "문의내용", "답변일시", "답변내용"), *rows]))


def two_lists_side_by_side(path: Path) -> None:
    """What customers and what agents wrote, each with its time, but not row by row."""
    asked = [(clock(n), q) for n, (q, _) in enumerate(said())]
    replied: list[Row] = []
    for n, (_, a) in enumerate(said()):
        later = clock(n) + timedelta(minutes=2)
        replied += [(later, a), *([(later, f"{n}번도 봐 드릴게요.")] if n % 5 == 0 else [])]
    rows = [(*one, *other) for one, other in zip(asked, replied, strict=False)]
    workbook(path, ("문의", [("시각", "고객 메시지", "시각", "상담사 메시지"), *rows]))


def days_and_times(path: Path) -> list[Pair]:
    """Questions with their times, answers with their days alone, the newest on top."""
    rows = [
        (n, str(clock(n, 90)), q, f"{clock(n, 90):%Y.%m.%d}", a) for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("문의", [("번호", "문의일시", "문의", "답변일", "답변"), *reversed(rows)]))
    return said()


INDEPENDENT: Sequence[tuple[Build, str]] = (
    (newest_day_on_top, "a.xlsx"),
    (newest_row_on_top_of_each_day, "a.xlsx"),
    (newest_row_on_top_of_days, "a.xlsx"),
    (times_of_several_days, "a.xlsx"),
    (offsets_of_unnumbered_calls, "a.csv"),
    (short_calls_upside_down, "a.csv"),
    (numbers_of_unnumbered_calls, "a.xlsx"),
    (shuffled_under_unknown_heading, "a.xlsx"),
    (shuffled_keys, "a.xlsx"),
    (notes_by_kind, "a.csv"),
    (kinds_of_messages, "a.xlsx"),
    (notes_that_say_so, "a.xlsx"),
    (topics_that_read_like_kinds, "a.xlsx"),
    (marked_lines, "a.xlsx"),
    (question_and_answer_words, "a.xlsx"),
    (numbered_marks, "a.xlsx"),
    (speakers_above_their_words, "a.xlsx"),
    (choices_that_read_like_marks, "a.xlsx"),
    (voices_in_cells, "a.xlsx"),
    (voices, "a.txt"),
    (cases_in_korean, "a.csv"),
    (senders, "a.xlsx"),
    (board_posts, "a.csv"),
    (received_and_answered, "a.xlsx"),
    (rows_of_days, "a.xlsx"),
    (newest_on_top_by_short_times, "a.xlsx"),
    (notes_of_agents, "a.xlsx"),
    (tickets_by_author, "a.json"),
    (conversations_in_a_document, "a.json"),
    (kinds_beside_questions, "a.xlsx"),
    (words_for_kinds_beside_questions, "a.xlsx"),
    (columns_of_an_office, "a.csv"),
    (rows_listed_twice, "a.xlsx"),
    (channels_below_each_other, "a.xlsx"),
    (channels_without_times, "a.xlsx"),
    (writers_named_in_their_rows, "a.xlsx"),
    (transcripts_of_named_people, "a.xlsx"),
    (sums_of_months, "a.xlsx"),
    (conversations_one_after_the_other, "a.xlsx"),
    (conversations_of_days, "a.xlsx"),
    (cells_as_formulas, "a.csv"),
    (labels_in_cells, "a.xlsx"),
    (answers_out_of_step, "a.xlsx"),
    (two_lists_side_by_side, "a.xlsx"),
    (days_and_times, "a.xlsx"),
    (survey, "a.xlsx"),
    (answers_to_choose_from, "a.xlsx"),
)
"""Builders and names of files; the pairs that their owners expect come from the builders."""
