"""Lists in which the answers of a stretch of rows have moved, and lists that only look so.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import Build, Pair, Row, clock, delimited, workbook

TOLD: tuple[Pair, ...] = (
    ("보일러에 에러 번호가 떠요", "보일러 에러 번호는 물 보충이 필요하다는 뜻입니다."),
    ("휠체어석을 예매하고 싶어요", "휠체어석은 전화로만 예매하실 수 있습니다."),
    ("주차 요금은 얼마인가요?", "주차 요금은 10분에 500원입니다."),
    ("비밀번호를 바꾸고 싶어요", "비밀번호는 설정 화면에서 바꾸실 수 있습니다."),
    ("강아지와 같이 들어갈 수 있나요?", "강아지는 이동장에 넣어 같이 들어오실 수 있습니다."),
    ("적금을 해지하면 이자는요?", "적금 해지 이자는 기본 금리로 계산됩니다."),
    ("영수증을 다시 뽑아 주세요", "영수증은 마이페이지에서 다시 뽑으실 수 있습니다."),
    ("글루텐이 들어 있나요?", "글루텐이 조금 들어 있습니다."),
    ("수영장 몇 시에 여나요?", "수영장은 아침 6시에 엽니다."),
    ("기타 레슨 시간을 옮겨 주세요", "기타 레슨 시간을 토요일로 옮겨 드렸습니다."),
    ("항공권 이름을 잘못 썼어요", "항공권 이름은 세 글자까지 고쳐 드립니다."),
    ("세탁기가 흔들려요", "세탁기 다리의 높이를 맞추어 주세요."),
    ("모바일 쿠폰이 사라졌어요", "모바일 쿠폰은 유효기간이 지나 사라졌습니다."),
    ("콘서트 티켓을 양도해도 되나요?", "콘서트 티켓은 양도하실 수 없습니다."),
    ("가로등이 나갔습니다", "가로등은 이번 주에 교체할 예정입니다."),
    ("백신 예약을 취소할게요", "백신 예약을 취소해 드렸습니다."),
    ("커튼 치수를 재러 오시나요?", "커튼 치수는 기사가 방문해 잽니다."),
    ("토익 교재는 어디서 사나요?", "토익 교재는 1층 서점에서 사실 수 있습니다."),
    ("자전거 바퀴 공기가 빠져요", "자전거 바퀴 공기는 매장에서 넣어 드립니다."),
    ("도시락에 새우가 있나요?", "도시락에 새우는 없습니다."),
    ("인터넷 속도가 느려요", "인터넷 속도를 점검하러 내일 방문합니다."),
    ("안경 도수를 다시 맞추고 싶어요", "안경 도수는 예약 없이 맞추실 수 있습니다."),
)
_GREETING = "안녕하세요, 행복마트 고객센터입니다."


def _list(path: Path, answers: Sequence[str | None]) -> None:
    rows: list[Row] = []
    for n, answer in enumerate(answers):
        front = (n + 1, clock(n), f"손님{n}", TOLD[n][0]) if n < len(TOLD) else (None,) * 4
        rows.append((*front, answer))
    head = ("번호", "접수일", "고객", "문의 내용", "답변 내용")
    (workbook if path.suffix == ".xlsx" else _text)(path, ("list", [head, *rows]))


def _text(path: Path, sheet: tuple[str, list[Row]]) -> None:
    delimited(path, sheet[1])


def broken_over_rows(path: Path) -> None:
    """Answers of two lines took two rows each when they were pasted."""
    lines: list[str | None] = []
    for n, (_, answer) in enumerate(TOLD):
        lines += [_GREETING, answer] if n in (4, 9, 10) else [answer]
    _list(path, lines)


def _moved(first: int, change: Callable[[list[str | None]], object]) -> Build:
    """Answers from the `first` row on after a change to their column."""

    def write(path: Path) -> None:
        answers: list[str | None] = [answer for _, answer in TOLD]
        below = answers[first:]
        change(below)
        _list(path, [*answers[:first], *below])

    return write


def in_order(path: Path) -> list[Pair]:
    _list(path, [answer for _, answer in TOLD])
    return list(TOLD)


def answers_to_what_comes_next(path: Path) -> list[Pair]:
    """Some answers speak of what the next one asks about, too."""
    pairs = [
        (q, f"{a} {TOLD[n + 1][1]}" if n + 1 < len(TOLD) and n % 3 else a)
        for n, (q, a) in enumerate(TOLD)
    ]
    _list(path, [answer for _, answer in pairs])
    return pairs


MOVED: dict[str, tuple[Build, str]] = {
    "broken over rows": (broken_over_rows, "a.xlsx"),
    "a cell put in": (
        _moved(7, lambda below: below.insert(0, "확인 중입니다만 조금 걸립니다.")),
        "a.xlsx",
    ),
    "a cell taken out": (_moved(6, lambda below: below.pop(0)), "a.csv"),
    "in order": (in_order, "a.xlsx"),
    "answers to what comes next": (answers_to_what_comes_next, "a.xlsx"),
}
