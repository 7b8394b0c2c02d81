"""No text makes a finder take more than linear time, whatever its pieces."""

import re
import time

import pytest

from cs_pipeline.pii import told_names
from cs_pipeline.pii.detector import rule_findings
from cs_pipeline.pii.finders import (
    addresses,
    birth_dates,
    credentials,
    names,
    numbers,
    references,
    web,
)
from cs_pipeline.pii.normalize import Normalized, normalize
from tests.unit.pii.growth import growth

CHARACTERS = 2_500
TIMES = 8
ENOUGH = 16
"""Twice what linear time takes; a quadratic pattern takes 64 times as long."""

PIECES = ["1", "1-", "김 ", "가", "a@", "번호", " ", "\n"]
NUMBER_PIECES = [*PIECES, "a1", "1 ", "주문번호 ", "비번1", "12가 ", "https://", "a:", "#", "1."]
ROOMS = {
    addresses: (
        "주소 1동 ",
        ["1", "1-", "김 ", "가", "동", "역삼동 ", "서울 ", "로 1", "a-", "번호", " ", "\n"],
    ),
    birth_dates: (
        "생년월일 ",
        ["1", "1-", "1 ", "가", "일", "생일", "생년월일 ", "88년", " ", "\n"],
    ),
    credentials: ("", NUMBER_PIECES),
    names: ("", [*PIECES, "김민수 ", "김민수,", "이름은 ", "성함\n", "Kim ", "김*", "name "]),
    numbers: ("", NUMBER_PIECES),
    references: ("", NUMBER_PIECES),
    web: ("", NUMBER_PIECES),
}


@pytest.mark.parametrize(
    ("room", "start", "piece"),
    [(room, start, piece) for room, (start, pieces) in ROOMS.items() for piece in pieces],
    ids=lambda value: getattr(value, "__name__", "").rpartition(".")[2] or repr(value),
)
def test_time_is_linear(room, start, piece):
    short, long = (start + piece * (CHARACTERS * times // len(piece)) for times in (1, TIMES))
    assert growth(lambda text: list(room.find(text)), short, long, enough=ENOUGH) <= ENOUGH


def test_a_search_that_takes_more_is_told():
    quadratic = re.compile("1*a").findall
    assert growth(quadratic, "1" * 500, "1" * 4_000, enough=ENOUGH) > ENOUGH


CUES = (
    *(
        "주문번호 ",
        "예약번호 ",
        "접수번호 ",
        "시리얼 ",
        "IMEI ",
        "EID ",
        "S/N ",
        "UUID ",
        "계좌번호 ",
        "카드번호 ",
    ),
    *(
        "비밀번호 ",
        "인증번호 ",
        "아이디 ",
        "주소 ",
        "생년월일 ",
        "이름은 ",
        "차량번호 ",
        "운송장 ",
        "여권번호 ",
    ),
    *(
        "면허번호 ",
        "통관부호 ",
        "회원번호 ",
        "맥주소 ",
        "주민번호 ",
        "전화번호 ",
        "https://",
        "유효기간 ",
        "와이파이 ",
    ),
    *("국민은행 ", "성함이 어떻게 되세요?\n", "닉네임 ", "보안코드 ", "메일 ", ""),
)
RUNS = (
    *(
        "1",
        "a",
        "A",
        "가",
        "공",
        "-",
        " ",
        ".",
        "1 ",
        "1-",
        "a1",
        "1a",
        "*",
        "#",
        "@",
        "ㅋ",
        "김",
        "일",
        "\n",
        "1\n",
    ),
    *(
        ",",
        "1,",
        "(",
        "/",
        "a.",
        "a@",
        "_",
        "a-",
        "10",
        "8982",
        "35",
        "에이",
        "이 ",
        "0a:",
        "f:",
        "김민수 ",
        "구",
    ),
    *(
        "다시 ",
        "1다시",
        "네 ",
        "1에 ",
        "십",
        "천",
        "KIM ",
        "Kim Min ",
        "서울 ",
        "1동 ",
        "역삼동 ",
        "1.",
        "%20",
    ),
    *(
        "&nbsp;",
        "<br>",
        "ㅠ",
        "1ㅋ",
        "호",
        "x",
        "○",
        "2요",
        "님",
        "씨 ",
        "은행 ",
        "번호 ",
        "에",
        "비",
        "샵",
        "점",
    ),
)
DENSE = (
    "주문번호 20261122-0001234 김민수 고객님 010-1234-5678 서울 강남구 역삼동 123-4 101동 1203호 "
    "국민은행 123456-78-901234 생년월일 880101 비밀번호 abcd1234! 12가 3456 hong@example.com "
    "공일공 이삼사오\n"
)
RUN_CHARACTERS = 200
MOST_TIMES_DENSE = 8
"""A character of a run may cost so many times what one costs in text full of personal data."""
TRIES = 5


def read_seconds(text: str) -> float:
    normal = normalize(text).text
    started = time.process_time_ns()
    rule_findings(normal)
    return (time.process_time_ns() - started) / 1e9


@pytest.fixture(scope="module")
def dense_seconds() -> float:
    dense = (DENSE * 2)[:RUN_CHARACTERS]
    return min(read_seconds(dense) for _ in range(TRIES))


@pytest.mark.parametrize("cue", CUES)
def test_a_character_of_a_run_costs_little_more_than_one_of_dense_text(cue, dense_seconds):
    most = MOST_TIMES_DENSE * dense_seconds
    texts = [cue + (run * RUN_CHARACTERS)[:RUN_CHARACTERS] for run in RUNS]
    costly = [text for text in texts if read_seconds(text) > most]
    # Again for what a busy machine, or patterns that had to be compiled, made slow.
    assert [one for one in costly if min(read_seconds(one) for _ in range(TRIES)) > most] == []


QUESTIONS = (
    "성함이 어떻게 되세요?",
    "영문 이름 스펠링 불러 주세요",
    "성씨가 어떻게 되세요?",
    "어느 기사님이 오셨어요?",
)
LINE_CHARACTERS = 60
"""Lines of this length are still read as answers."""


def told(turns: list[Normalized]) -> None:
    told_names.find(turns, [()] * len(turns))


def told_seconds(turns: list[str]) -> float:
    normal = [normalize(turn) for turn in turns]
    started = time.process_time_ns()
    told(normal)
    return (time.process_time_ns() - started) / 1e9


def lines_of(piece: str, characters: int) -> str:
    """Lines full of `piece`, as long as answers may be."""
    line = (piece * LINE_CHARACTERS)[: LINE_CHARACTERS - 1]
    return "\n".join([line] * (characters // LINE_CHARACTERS))


@pytest.mark.parametrize(
    "piece", ["가", "김민수 ", "이름은 ", "A", "Kim ", "성함\n", "에이 ", "김 ", "1"]
)
def test_time_for_answers_is_linear(piece):
    short, long = (
        [normalize(f"{QUESTIONS[0]}\n{lines_of(piece, CHARACTERS)}")] * (2 * times)
        for times in (1, TIMES)
    )
    assert growth(told, short, long, enough=ENOUGH) <= ENOUGH


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_character_of_an_answer_costs_little_more_than_one_of_dense_text(question, dense_seconds):
    most = MOST_TIMES_DENSE * dense_seconds
    answers = [[question, lines_of(run, RUN_CHARACTERS)] for run in RUNS]
    costly = [turns for turns in answers if told_seconds(turns) > most]
    # Again for what a busy machine, or patterns that had to be compiled, made slow.
    slow = [one for one in costly if min(told_seconds(one) for _ in range(TRIES)) > most]
    assert slow == []
