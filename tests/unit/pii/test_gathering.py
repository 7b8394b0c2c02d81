"""Conversations whose exchanges stand anywhere in an export."""

from collections.abc import Sequence
from random import Random

import pytest

from cs_pipeline.packed_lists import PackedList
from cs_pipeline.pii import gathering
from cs_pipeline.pii.conversations import conversations_of
from cs_pipeline.pii.gathering import by_conversation
from cs_pipeline.records import Exchange


def exchanges(conversations: Sequence[str | None]) -> list[Exchange]:
    return [
        Exchange("시트", f"A{at}", f"B{at}", f"{at}번 문의", f"{at}번 답변", conversation_id=one)
        for at, one in enumerate(conversations)
    ]


def scattered(rows: int) -> list[Exchange]:
    random = Random(1)
    return exchanges([random.choice([None, *map(str, range(rows // 10))]) for _ in range(rows)])


def as_expected(rows: Sequence[Exchange]) -> list[tuple[int, Exchange, bool]]:
    return [
        (place, rows[place], number == 0)
        for places in conversations_of(rows)
        for number, place in enumerate(places)
    ]


@pytest.mark.parametrize("at_once", [1, 7, 64, 5_000])
@pytest.mark.parametrize("near", [0, 10_000])
def test_each_conversation_comes_whole_and_in_order(monkeypatch, at_once, near):
    monkeypatch.setattr(gathering, "_ROWS_AT_ONCE", at_once)
    monkeypatch.setattr(gathering, "_NEAR_ROWS", near)
    for rows in (scattered(300), exchanges(["a"] * 50), exchanges([None] * 50), []):
        assert list(by_conversation(rows)) == as_expected(rows)
        assert list(by_conversation(PackedList(rows))) == as_expected(rows)


class ReadInOrder(Sequence):
    """Rows of which none can be looked for."""

    def __init__(self, rows):
        self._rows = rows
        self.times = 0

    def __len__(self):
        return len(self._rows)

    def __iter__(self):
        self.times += 1
        return iter(self._rows)

    def __getitem__(self, place):
        raise AssertionError("looked for")


def test_rows_are_not_looked_for_where_conversations_are_scattered(monkeypatch):
    monkeypatch.setattr(gathering, "_NEAR_ROWS", 20)
    monkeypatch.setattr(gathering, "_ROWS_AT_ONCE", 50)
    rows = scattered(500)
    once = ReadInOrder(rows)
    assert list(by_conversation(once)) == as_expected(rows)
    assert once.times == 2


def test_long_texts_are_put_in_order_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(gathering, "_NEAR_ROWS", 20)
    monkeypatch.setattr(gathering, "_CHARACTERS_AT_ONCE", 600)
    at_once = []

    class Counted(PackedList):
        def __iter__(self):
            at_once.append(len(self))
            return super().__iter__()

    monkeypatch.setattr(gathering, "PackedList", Counted)
    rows = scattered(500)
    assert list(by_conversation(rows)) == as_expected(rows)
    assert sum(at_once) == 500
    characters = sum(len(row.question + row.answer) for row in rows)
    assert max(at_once) <= 500 * 600 / characters + 1
