"""Exports in some rows of which texts stand where they do not belong, and their likes.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Callable, Iterable
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

TOPICS = ("가전", "배송", "환불", "수리")
NOTES = (
    "부재중 2회. 16시 재통화 예정",
    "팀장님 컨펌 대기중 - 고객 안내 금지",
    "인계: 오전조에서 오후조로. 환불 금액 재계산할 것",
    "고객 연결 안됨, 문자 남길 것",
)
MORE: tuple[Pair, ...] = (
    ("매장 주차는 몇 시간까지 되나요?", "두 시간까지 무료입니다."),
    ("리모컨 건전지 규격이 어떻게 되나요?", "AAA 두 개입니다."),
    ("밀키트는 냉동실에 얼려도 되나요?", "냉장 보관 후 3일 안에 드세요."),
    ("엘리베이터 점검은 언제까지인가요?", "오늘 오후 5시까지입니다."),
    ("소파 스티커 가격이 얼마인가요?", "8,000원입니다."),
    ("휴면 계좌는 어디서 해제하나요?", "앱에서 본인 인증으로 해제하실 수 있습니다."),
    ("영수증을 다시 받을 수 있을까요?", "메일로 보내 드렸습니다."),
    ("강좌는 몇 번까지 미룰 수 있나요?", "한 번만 가능합니다."),
)


def shifted_by_a_second_number(path: Path) -> list[Pair]:
    """A phone number more in five rows: topic, question and answer stand one column aside."""
    head = ("접수번호", "접수일", "고객명", "연락처", "유형", "문의내용", "답변내용", "상담사")
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        more = ("010-5010-2977",) if n % 5 == 2 else ()
        front = (f"C{n}", clock(n), NAMES[n % 5], f"010-5550-{n:04}", *more, TOPICS[n % 4])
        rows.append((*front, q, a, NAMES[n % 3], "완료"))
    workbook(path, ("이력", [(*head, "처리결과"), *rows]))
    return [pair for n, pair in enumerate(said()) if n % 5 != 2]


def _tabbed(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """Rows without a quote, whatever stands in their cells."""
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def tabs_at_the_end(path: Path) -> list[Pair]:
    """Empty cells right of some rows, in one of which a tab cuts off what rows end with."""
    rows: list[tuple[str, ...]] = [("일자", "질의", "회신", "진행")]
    for n, (q, a) in enumerate(said()):
        answer = "주문은 들어왔지만 포장은" if n == 9 else a
        rows.append(
            (f"2026-03-{n + 1:02}", q, answer, ("보류", "완료")[n % 2], *[""] * (n % 4 == 1))
        )
    _tabbed(path, rows)
    return [pair for n, pair in enumerate(said()) if n % 4 != 1]


def tabs_beside_states(path: Path) -> list[Pair]:
    """Two columns say the same, so that nothing tells whether a text moved one to the right."""
    rows: list[tuple[str, ...]] = [("질의", "회신", "공개", "완료")]
    for n, (q, a) in enumerate(said()):
        rows.append((q, a, "Y", "Y", *[""] * (n % 4 == 1)))
    parts = said()[5][0].split(" ", 1)
    rows[6] = (*parts, said()[5][1], "Y", "")
    _tabbed(path, rows)
    return [pair for n, pair in enumerate(said()) if n != 5 and n % 4 != 1]


def short_questions_beside_notes(path: Path) -> list[Pair]:
    """Short questions, a remark here and there, titles of sentences: nothing is shifted."""
    head = ("번호", "제목", "문의", "답변", "상담사", "비고")
    rows = [
        (n, f"{q[:8]} 문의드립니다", q[:13], a, NAMES[n % 5], "고객이 다시 전화함" * (n % 4 == 0))
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("목록", [head, *rows]))
    return [(q[:13].strip(), a) for q, a in said()]


def _pasted_below(
    front: Callable[[int], Row], below: Callable[[int], Row], head: Row, kept: int
) -> Build:
    """Rows of another branch below, answers before questions; how many pairs are sure."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            one, other = front(n)
            rows.append((n, one, q, other, a))
        for n, (q, a) in enumerate(MORE):
            one, other = below(n)
            rows.append((24 + n, one, a, other, q))
        workbook(path, ("대장", [head, *rows]))
        return said()[:kept]

    return write


def answers_that_ask_back(path: Path) -> list[Pair]:
    """A stretch of one agent's answers that end by asking whether there is anything else."""
    rows = [
        (n, q, f"{a} 더 궁금하신 점 있으신가요?" if n >= 12 else a)
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("목록", [("번호", "질문", "답변"), *rows]))
    return [(q, str(a)) for _, q, a in rows]


def answers_that_make_sure(path: Path) -> list[Pair]:
    """Numbers that customers tell, and agents who ask whether they heard them right."""
    checked = [
        (f"참고로 접수번호는 {n} 입니다.", f"접수번호 {n} 맞으신가요?") for n in range(5001, 5025)
    ]
    pairs = said()[:12] + checked + said()[12:]
    workbook(path, ("목록", [("질문", "답변"), *pairs]))
    return pairs


def answered_by_the_customer(path: Path) -> list[Pair]:
    """Where nobody answered, the customer asked once more in the answer's place."""
    head = ("글번호", "작성일", "작성자", "문의", "답변", "답변자", "처리상태")
    rows = []
    for n, (q, a) in enumerate(said()):
        customer, again = f"{NAMES[n % 5][0]}{'가나다라마'[n % 5]}{'온솔한별'[n % 4]}", n % 6 == 5
        answer = "왜 제 글에는 답변이 안 달리나요?" if again else a
        by = customer if again else NAMES[n % 3]
        rows.append((n, clock(n), customer, q, answer, by, "답변완료"))
    workbook(path, ("QNA", [head, *rows]))
    return [pair for n, pair in enumerate(said()) if n % 6 != 5]


def an_agent_of_the_same_name(path: Path) -> list[Pair]:
    """A customer who is called as one of the agents."""
    rows = [(n, NAMES[n % 5], q, a, NAMES[n % 3]) for n, (q, a) in enumerate(said())]
    workbook(path, ("QNA", [("번호", "작성자", "문의", "답변", "답변자"), *rows]))
    return said()


def notes_in_the_place_of_answers(path: Path) -> list[Pair]:
    head = ("ticket_no", "created", "question", "reply", "assignee")
    rows = [
        (f"TK-{n}", clock(n), q, NOTES[n // 6] if n % 6 == 3 else a, NAMES[n % 3])
        for n, (q, a) in enumerate(said())
    ]
    delimited(path, [head, *rows], delimiter="\t", encoding="utf-16")
    return [pair for n, pair in enumerate(said()) if n % 6 != 3]


def terse_answers(path: Path) -> list[Pair]:
    """A terse answer here and there, and answers about calls and customers."""
    further = ("영업일 기준 3일 이내", "1588-0000으로 전화", "부재중이시면 문 앞에 둡니다.")
    pairs = [
        (q, further[n // 8] if n % 8 == 3 else f"고객님, {a}") for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("목록", [("질문", "답변"), *pairs]))
    return pairs


def dragged_down(path: Path) -> list[Pair]:
    """An answer with a number at its end was drawn down over the six below."""
    dragged = "법인영업부에서 처리해 드립니다. 담당 내선번호는 {}"
    rows = [
        (n, q, dragged.format(3021 + n) if 8 <= n < 15 else a, NAMES[n % 3])
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("대응표", [("순번", "문의 사항", "답변 사항", "담당자"), *rows]))
    return [(str(q), str(a)) for n, q, a, _ in rows if not 8 < n < 15]


def both_count_on(path: Path) -> list[Pair]:
    """Questions and answers about one thing after the other."""
    pairs = [
        (f"{n}층 회의실은 어디에 있나요?", f"승강기에서 내려 {n}번 문입니다.") for n in range(1, 25)
    ]
    workbook(path, ("안내", [("질문", "답변"), *pairs]))
    return pairs


MISPLACED: dict[str, tuple[Build, str]] = {
    "shifted by a second number": (shifted_by_a_second_number, "a.xlsx"),
    "tabs at the end": (tabs_at_the_end, "a.txt"),
    "tabs beside states": (tabs_beside_states, "a.tsv"),
    "short questions beside notes": (short_questions_beside_notes, "a.xlsx"),
    "rows of other columns, by names": (
        _pasted_below(
            lambda n: (f"{NAMES[n % 5]} 고객님", f"상담사 {NAMES[n % 3]}"),
            lambda n: (f"상담사 {NAMES[n % 3]}", f"{NAMES[n % 5]} 고객님"),
            ("번호", "고객명", "고객 문의", "상담사", "상담사 답변"),
            kept=24,
        ),
        "a.xlsx",
    ),
    "rows of other columns, by texts": (
        _pasted_below(
            lambda n: (clock(n), TOPICS[n % 4]),
            lambda n: (clock(n), TOPICS[n % 4]),
            ("번호", "접수일", "문의", "유형", "답변"),
            kept=23,  # the last one's question does not ask: where the others begin is not sure
        ),
        "a.xlsx",
    ),
    "answers that ask back": (answers_that_ask_back, "a.xlsx"),
    "answers that make sure": (answers_that_make_sure, "a.xlsx"),
    "answered by the customer": (answered_by_the_customer, "a.xlsx"),
    "an agent of the same name": (an_agent_of_the_same_name, "a.xlsx"),
    "notes in the place of answers": (notes_in_the_place_of_answers, "a.tsv"),
    "terse answers": (terse_answers, "a.xlsx"),
    "dragged down": (dragged_down, "a.xlsx"),
    "both count on": (both_count_on, "a.xlsx"),
}
"""Builders and names of files; the pairs that their owners expect come from the builders."""
