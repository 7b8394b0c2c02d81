"""Lists of a desk's questions and answers in which some rows hold what nobody told a customer.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Callable, Sequence
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

_HEAD: Row = ("번호", "접수일", "고객명", "문의내용", "답변내용")
_AGENTS = ("최유나", "박가람", "이수진", "정도윤")


def _write(path: Path, rows: Sequence[Row]) -> None:
    workbook(path, ("목록", rows)) if path.suffix == ".xlsx" else delimited(path, rows)


def _answers(*odd: str, read: bool = False, head: Row = _HEAD) -> Build:
    """Every third answer is one of the odd ones, to be read as an answer or not."""

    def write(path: Path) -> list[Pair]:
        pairs = [
            (q, odd[n // 3 % len(odd)] if n % 3 == 1 else a) for n, (q, a) in enumerate(said())
        ]
        rows = [(n, clock(n).date(), NAMES[n % 5], *one) for n, one in enumerate(pairs)]
        _write(path, [head, *rows])
        return [one for n, one in enumerate(pairs) if read or n % 3 != 1]

    return write


def _notes(*odd: Pair, read: bool = False) -> Build:
    """Every third row holds one of the odd pairs."""

    def write(path: Path) -> list[Pair]:
        pairs = [odd[n // 3 % len(odd)] if n % 3 == 1 else one for n, one in enumerate(said())]
        rows = [(n, clock(n).date(), NAMES[n % 5], *one) for n, one in enumerate(pairs)]
        _write(path, [_HEAD, *rows])
        return [one for n, one in enumerate(pairs) if read or n % 3 != 1]

    return write


def _answered_by(heading: str, who: Callable[[int], tuple[str, bool]]) -> Build:
    """`who`: what the column says of a row, and whether the row counts."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = [("로그번호", "시각", "질문", "답변", heading)]
        found = []
        for n, (q, a) in enumerate(said()):
            name, counts = who(n)
            rows.append((9000 + n, clock(n), q, a, name))
            found += [(q, a)] if counts else []
        _write(path, rows)
        return found

    return write


def _asked_by(head: Row, asks: Callable[[int], str], answers: Callable[[int], str]) -> Build:
    def write(path: Path) -> list[Pair]:
        rows = [(f"T{n:03}", asks(n), q, answers(n), a) for n, (q, a) in enumerate(said())]
        _write(path, [head, *rows])
        return said()

    return write


_PEOPLE: Row = ("통화번호", "질문자", "질문내용", "응답자", "답변내용")


def identity_checks(path: Path) -> None:
    """The company asks, and the customers answer."""
    checks = (
        ("생년월일 말씀해 주시겠어요?", "72년 12월 14일이요"),
        ("결제는 어떤 카드로 하셨나요?", "국민카드요"),
        ("현재 거주하시는 주소가 어디신가요?", "부산 해운대구입니다"),
    )
    rows: list[Row] = [_PEOPLE]
    for n in range(24):
        q, a = checks[n % 3]
        rows.append((f"T{n // 3:03}", f"상담사 {_AGENTS[n % 4]}", q, f"{NAMES[n % 5]} 고객", a))
    _write(path, rows)


def a_form_with_its_advice(path: Path) -> list[Pair]:
    """Below its heading a form tells how to fill it in, and gives an example."""
    rows: list[Row] = [
        ("문의유형", "고객ID", "문의내용", "답변내용", "공개여부"),
        ("필수", "필수", "필수, 1000자 이내로 입력하세요", "선택, 2000자 이내로 입력하세요", "Y"),
        ("예) 배송", "예) ab1", "예) 언제 도착하나요?", "예) 2~3일 안에 도착합니다.", "예) Y"),
    ]
    rows += [("배송", f"user{n}", q, a, "YN"[n % 2]) for n, (q, a) in enumerate(said())]
    _write(path, rows)
    return said()


def answers_that_say_yes(path: Path) -> list[Pair]:
    """Who begins with a yes (예.) gives no example."""
    pairs = [(f"예. {q}", f"예. {a}") if n % 3 == 1 else (q, a) for n, (q, a) in enumerate(said())]
    _write(
        path, [_HEAD, *((n, clock(n).date(), NAMES[n % 5], *one) for n, one in enumerate(pairs))]
    )
    return pairs


def _printed(number: Callable[[int], Row]) -> Build:
    """Printed pages: an answer goes on below page number and heading of the next one."""

    def write(path: Path) -> list[Pair]:
        head: Row = ("연번", "접수일", "민원인", "질의", "회신")
        rows: list[Row] = [("상담대장", "", "", "", ""), head]
        for n, (q, a) in enumerate(said()):
            cut = len(a) // 2
            cut = a.find(" ", cut) if n % 6 == 5 else -1
            first, rest = (a[:cut], a[cut + 1 :]) if cut > 0 else (a, "")
            rows.append((n + 1, clock(n).date(), NAMES[n % 5], q, first))
            if n % 6 == 5:
                rows += [number(n // 6 + 1), head]
            if rest:
                rows.append(("", "", "", "", rest))
        _write(path, rows)
        return said()

    return write


def _headed(*head: str) -> Build:
    def write(path: Path) -> list[Pair]:
        _write(path, [head, *((n, clock(n), q, a, "김") for n, (q, a) in enumerate(said()))])
        return said()

    return write


def names_of_inner_answers(path: Path) -> None:
    """What was answered inside the company is no answer to the customer."""
    rows = [(n, clock(n), q, a, NAMES[n % 5]) for n, (q, a) in enumerate(said())]
    _write(path, [("번호", "일시", "환자문의", "내부답변", "담당"), *rows])


def a_heading_that_was_sorted(path: Path) -> list[Pair]:
    """Sorted by the names, the heading (성명) among them."""
    rows: list[Row] = [
        (NAMES[n % 5], clock(n).date(), q, a, _AGENTS[n % 4]) for n, (q, a) in enumerate(said())
    ]
    rows.append(("성명", "문의일", "질문", "상담답변", "처리자"))
    _write(path, sorted(rows, key=lambda row: str(row[0])))
    return said()


def a_cover_above_the_heading(path: Path) -> list[Pair]:
    """What stands above a heading is no pair where it does not fill the columns."""
    cover: list[Row] = [
        ("", "", "아래 문의는 3월에 접수되었습니다.", "답변은 담당 부서에서 작성했습니다.", ""),
        ("", "", "고객 이름은 가렸습니다.", "문의가 같은 것은 하나만 두었습니다.", ""),
    ]
    rows = [(NAMES[n % 5], clock(n), *one, "김") for n, one in enumerate(said())]
    _write(path, [*cover, ("성명", "문의일", "질문", "상담답변", "처리자"), *rows])
    return said()


def _unquoted(line: Callable[[int, str, str], str], head: str, *, read: bool) -> Build:
    """Every sixth pair has commas of its own, and no quotes."""

    def write(path: Path) -> list[Pair]:
        lines, found = [head], []
        for n, (q, a) in enumerate(said()):
            answer = f"네, 고객님, 6,000원입니다. {a}" if n % 6 == 0 else a
            lines.append(line(n, q, answer))
            found += [(q, answer)] if read or n % 6 else []
        path.write_text("\n".join(lines), encoding="utf-8-sig")
        return found

    return write


def commas_on_either_side(path: Path) -> list[Pair]:
    """Where the question may hold one of the commas, nothing says which."""
    lines = ["번호,문의내용,답변내용"]
    for n, (q, a) in enumerate(said()):
        odd = n % 6 == 0
        lines.append(f"{n},{'안녕하세요, ' * odd}{q},{'네, ' * odd}{a}")
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return [one for n, one in enumerate(said()) if n % 6]


def remarks_that_come_again(path: Path) -> list[Pair]:
    """A remark in a few words of its own is no shifted text, however short the question."""
    remarks = ("초안 부정확, 새로 씀", "말투를 조금 고쳤어요", "수치 고침")
    pairs = [(f"{n}번 충전되나요?", a) for n, (_, a) in enumerate(said())]
    rows = [(*pair, NAMES[n % 5], remarks[n % 3]) for n, pair in enumerate(pairs)]
    _write(path, [("문의 원문", "최종 발송 답변", "검수자", "검수의견"), *rows])
    return pairs


def few_third_questions(path: Path) -> list[Pair]:
    """Few cases were asked a third time, and each row ends with its agent."""
    head = [f"{n}차 {what}" for n in (1, 2, 3) for what in ("문의", "답변")]
    rows: list[Row] = [("상담ID", "고객명", *head, "상담사")]
    pairs, found = iter(said()), []
    for n, count in enumerate((1, 2, 1, 3, 2, 1, 3, 2, 1, 2, 1, 2, 2, 1)):
        own = [next(pairs) for _ in range(count)]
        found += own
        cells = [text for one in own for text in one]
        rows.append((f"W{n}", NAMES[n % 5], *cells, *[""] * (6 - len(cells)), _AGENTS[n % 4]))
    _write(path, rows)
    return found


_MEMOS = (
    ("주소 변경 관련 문의주심", "주소 변경 관련 양해 구하고 익일 재통화하기로 함"),
    ("요금 건 재인입, 지난번 안내와 다르다고 하심", "부서로 이관 후 콜백 예정"),
    ("언제 되냐고 항의하심", "확인 후 재연락 요망"),
)
_TALK = (
    ("남편이 다르다고 하던데 맞나요?", "네, 그렇게 하기로 했습니다. 내일 오전에 연락드릴게요."),
    ("저한테 연락 주신다고 하셨어요.", "이관 후 담당자가 전화드릴 예정입니다."),
)

DESKS: dict[str, tuple[Build, str]] = {
    "events_of_tickets": (
        _answers(
            "이 티켓은 #10231 티켓에 병합되었습니다.",
            "7일간 고객 회신이 없어 시스템에 의해 자동 종결되었습니다.",
            "스팸으로 분류되어 종료 처리됨",
            "그룹이 [배송팀](으)로 변경되었습니다.",
        ),
        "a.csv",
    ),
    "events_in_english": (
        _answers(
            "This ticket was merged into #1023",
            "Ticket has been automatically closed after 7 days without a reply.",
            "This request was marked as spam",
            head=("no", "date", "customer", "question", "answer"),
        ),
        "a.xlsx",
    ),
    "answers_about_such_events": (
        _answers(
            "메일이 스팸으로 분류되었습니다. 스팸함을 확인해 주세요.",
            "구독은 어제 자동으로 종료되었습니다.",
            "담당자가 김나래 매니저로 변경되었습니다.",
            "두 계정은 하나로 통합되었습니다.",
            read=True,
        ),
        "a.xlsx",
    ),
    "states_of_an_office": (
        _answers("이송(도로과)", "취하", "타기관 이첩(경찰서)", "종결", "반려 처리됨"),
        "a.xlsx",
    ),
    "cells_that_were_loading": (_answers("Loading...", "로드 중...", "#N/A"), "a.csv"),
    "short_answers": (
        _answers("도로과로 문의해 주세요.", "취하하시면 됩니다.", "경찰서요.", read=True),
        "a.xlsx",
    ),
    "memos_among_words": (_notes(*_MEMOS), "a.xlsx"),
    "words_like_memos": (_notes(*_TALK, read=True), "a.xlsx"),
    "answers_of_a_bot": (_answered_by("응답주체", lambda _: ("하나봇", False)), "a.csv"),
    "answers_of_a_bot_and_agents": (
        _answered_by("답변자", lambda n: (("챗봇", _AGENTS[n % 4])[n % 2], bool(n % 2))),
        "a.xlsx",
    ),
    "answers_of_a_system_in_english": (
        _answered_by("answered by", lambda n: (("AI", "Agent Kim")[n % 2], bool(n % 2))),
        "a.xlsx",
    ),
    "answers_of_people_only": (
        _answered_by("답변자", lambda n: (("챗봇운영팀", "김봇들")[n % 2], True)),
        "a.xlsx",
    ),
    "identity_checks": (identity_checks, "a.csv"),
    "questions_of_customers": (
        _asked_by(_PEOPLE, lambda n: f"{NAMES[n % 5]} 고객", lambda n: f"상담사 {_AGENTS[n % 4]}"),
        "a.csv",
    ),
    "a_form_with_its_advice": (a_form_with_its_advice, "a.csv"),
    "answers_that_say_yes": (answers_that_say_yes, "a.xlsx"),
    "pages_numbered_between_dashes": (
        _printed(lambda page: ("", "", f"- {page} -", "", "")),
        "a.xlsx",
    ),
    "pages_numbered_in_words": (_printed(lambda page: (f"{page} / 4 쪽", "", "", "", "")), "a.csv"),
    "words_of_patients": (_headed("번호", "일시", "환자문의", "원무과답변", "담당"), "a.csv"),
    "words_in_markup": (
        _headed("번호", "일시", "질문본문(HTML)", "답변본문(HTML)", "담당"),
        "a.xlsx",
    ),
    "columns_of_a_database": (_headed("no", "reg_dt", "q_txt", "a_txt", "emp"), "a.csv"),
    "gist_of_a_petition": (_headed("연번", "접수일", "민원요지", "답변내용", "처리자"), "a.xlsx"),
    "a_heading_that_was_sorted": (a_heading_that_was_sorted, "a.xlsx"),
    "a_heading_that_was_sorted_in_text": (a_heading_that_was_sorted, "a.csv"),
    "a_cover_above_the_heading": (a_cover_above_the_heading, "a.xlsx"),
    "commas_at_the_end": (
        _unquoted(lambda n, q, a: f"{n},{q},{a}", "번호,문의내용,답변내용", read=True),
        "a.csv",
    ),
    "commas_in_the_middle": (
        _unquoted(lambda n, q, a: f"{n},{q},{a},김", "번호,문의내용,답변내용,담당", read=False),
        "a.csv",
    ),
    "commas_on_either_side": (commas_on_either_side, "a.csv"),
    "remarks_that_come_again": (remarks_that_come_again, "a.xlsx"),
    "few_third_questions": (few_third_questions, "a.xlsx"),
    "answers_inside_the_house": (names_of_inner_answers, "a.xlsx"),
}
"""Builders and the names of their files."""
