"""No text makes a finder take more than linear time, whatever its pieces."""

import re

import pytest

from cs_pipeline.pii.finders import (
    addresses,
    birth_dates,
    credentials,
    names,
    numbers,
    references,
    web,
)
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
