"""No text makes a finder take more than linear time, whatever its pieces."""

import re
import time

import pytest

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
from cs_pipeline.pii.normalize import normalize
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
