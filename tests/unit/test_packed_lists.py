"""Lists that hold a million records in little memory."""

import pytest

from cs_pipeline import packed_lists
from cs_pipeline.packed_lists import Joined, Kept, PackedList, items_from
from cs_pipeline.records import Exchange

NUMBER = 3000


def exchange(number: int) -> Exchange:
    text = f"{number}번 상품은 언제 오나요?"
    return Exchange("상담", f"A{number}", f"B{number}", text, "네", original=(text, "네"))


EXCHANGES = [exchange(number) for number in range(NUMBER)]


@pytest.fixture
def packed() -> PackedList[Exchange]:
    return PackedList(EXCHANGES)


def test_what_comes_out_is_what_went_in(packed: PackedList[Exchange]) -> None:
    assert packed == EXCHANGES
    assert EXCHANGES == packed  # noqa: SIM300 - the other way round
    assert list(packed) == EXCHANGES
    assert packed[0] == EXCHANGES[0]
    assert packed[-1] == EXCHANGES[-1]
    assert packed[700:1800:9] == EXCHANGES[700:1800:9]
    assert packed != EXCHANGES[1:]
    assert packed != [*EXCHANGES[:-1], EXCHANGES[0]]
    with pytest.raises(IndexError):
        packed[NUMBER]


@pytest.mark.parametrize("start", [0, 1, 511, 512, 1500, NUMBER - 1, NUMBER, NUMBER + 5])
def test_items_from_a_place_on(packed: PackedList[Exchange], start: int) -> None:
    assert list(items_from(packed, start)) == EXCHANGES[start:]
    assert list(items_from(EXCHANGES, start)) == EXCHANGES[start:]


def test_the_end_can_be_changed_however_much_is_packed() -> None:
    packed: PackedList[int] = PackedList(range(NUMBER))
    for number in reversed(range(50, NUMBER)):
        packed.replace_last(-number)
        assert packed.pop() == -number
    packed += range(50, 5)
    packed += [7]
    assert packed == [*range(50), 7]
    assert packed.packed_bytes == 0


def test_a_million_rows_that_repeat_take_next_to_no_memory() -> None:
    row = ("언제 오나요?", "내일 오후까지 꼭 도착하도록 기사님께 전해 드리겠습니다.")
    packed = PackedList(row for _ in range(1_000_000))
    assert len(packed) == 1_000_000
    assert packed.packed_bytes < 40_000_000
    assert packed[999_999] == row


def test_a_list_that_is_read_in_no_order_is_unpacked_once(
    packed: PackedList[Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed_lists, "_LOOKED_AT", 1)
    unpacked = []
    unpack = packed_lists._unpacked
    monkeypatch.setattr(packed_lists, "_unpacked", lambda one: unpacked.append(1) or unpack(one))
    jumping = [at for near in range(500) for at in (near, 600 + near, 1100 + near)]
    assert [packed[at] for at in jumping] == [EXCHANGES[at] for at in jumping]
    assert len(unpacked) < len(jumping) / 2


def test_a_list_of_long_items_that_is_read_in_no_order_is_held_packed() -> None:
    texts = [f"{number} " * 400 for number in range(NUMBER)]
    packed = PackedList(texts)
    places = [at * 1009 % NUMBER for at in range(2 * NUMBER)]
    assert [packed[at] for at in places] == [texts[at] for at in places]
    assert list(packed) == texts
    packed += ["the last one"]
    assert (packed[7], packed[-1]) == (texts[7], "the last one")


def test_fewer_long_items_are_packed_together() -> None:
    texts = [f"{number:06}" * 100_000 for number in range(300)]
    packed = PackedList(texts)
    assert packed[150] == texts[150]
    longest = max(map(len, packed._looked.values()))
    assert longest <= 64
    packed = PackedList(range(NUMBER))
    assert packed[NUMBER // 2] == NUMBER // 2
    assert max(map(len, packed._looked.values())) > 64


def test_kept_leaves_out_places(packed: PackedList[Exchange]) -> None:
    gone = [0, 3, 4, 1024, NUMBER - 1]
    kept = Kept(packed, gone)
    expected = [one for at, one in enumerate(EXCHANGES) if at not in gone]
    assert list(kept) == expected
    assert [kept[at] for at in range(len(kept))] == expected
    assert kept == expected
    assert kept[-3:] == expected[-3:]
    assert Kept(EXCHANGES, range(NUMBER)) == []


def test_joined_is_gone_through_as_often_as_one_likes() -> None:
    joined = Joined([], [1, 2], [], PackedList([3]), [])
    assert [list(joined), list(joined)] == [[1, 2, 3]] * 2
    assert [joined[at] for at in (0, 1, 2, -1)] == [1, 2, 3, 3]
    assert joined == [1, 2, 3]
    assert joined[1:] == [2, 3]
    assert 3 in joined
    assert 4 not in joined
    assert Joined() == []
    with pytest.raises(IndexError):
        joined[3]
