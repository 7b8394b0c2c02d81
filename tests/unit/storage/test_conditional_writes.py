"""Races, and answers that are lost on their way."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from cs_pipeline.errors import PointerConflict
from cs_pipeline.storage import Conditions, FolderStore, ObjectStore, Register
from tests.s3_proxy import Answer, Request

WRITERS = 16


@pytest.fixture(params=["folder", "moto", "seaweedfs"])
def one_store(request, uri, open_store, tmp_path: Path) -> Callable[[], ObjectStore]:
    """Opens the same store again and again."""
    if request.param == "folder":
        return lambda: FolderStore(tmp_path / "store")
    if request.param == "moto":
        server = request.getfixturevalue("moto")
    else:
        server = request.getfixturevalue("seaweedfs").settings()
    return lambda: open_store(server)


class CreateOnly(FolderStore):
    """A store that cannot compare and swap."""

    def conditions(self) -> Conditions:
        return Conditions.CREATE_ONLY

    known_conditions = conditions

    def write_if(self, key: str, data: bytes, *, expected_etag: str | None) -> str:
        assert expected_etag is None
        return super().write_if(key, data, expected_etag=None)


def at_once(work: Callable[[int], None], writers: int = WRITERS) -> None:
    start, faults = threading.Barrier(writers), []

    def run(number: int) -> None:
        start.wait(30)
        try:
            work(number)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_of_many_writers_of_a_new_object_exactly_one_wins(one_store) -> None:
    stores = [one_store() for _ in range(WRITERS)]
    for key in ("a", "b"):
        won: list[int] = []

        def create(number: int, key: str = key, won: list[int] = won) -> None:
            try:
                stores[number].write_if(key, str(number).encode(), expected_etag=None)
            except PointerConflict:
                return
            won.append(number)

        at_once(create)
        assert len(won) == 1
        assert stores[0].read(key)[0] == str(won[0]).encode()


def test_no_update_is_lost(one_store) -> None:
    """Each writer adds itself once, however often it has to read anew."""
    stores = [one_store() for _ in range(WRITERS)]
    stores[0].write_if("names", b"", expected_etag=None)

    def add(number: int) -> None:
        while True:
            names, etag = stores[number].read("names")
            try:
                stores[number].write_if("names", names + b"%d " % number, expected_etag=etag)
            except PointerConflict:
                continue
            return

    at_once(add)
    names = stores[0].read("names")[0].split()
    assert sorted(map(int, names)) == list(range(WRITERS))


@pytest.mark.parametrize("kind", [FolderStore, CreateOnly])
def test_no_update_of_a_register_is_lost(kind, tmp_path: Path) -> None:
    registers = [Register(kind(tmp_path), "live.json") for _ in range(WRITERS)]
    registers[0].write(b"", expected=None)

    def add(number: int) -> None:
        while True:
            names, tag = registers[number].read()
            try:
                registers[number].write(names + b"%d " % number, expected=tag)
            except PointerConflict:
                continue
            return

    at_once(add)
    names = registers[0].read()[0].split()
    assert sorted(map(int, names)) == list(range(WRITERS))


def drop_answers(proxy, *, of: str, times: int = 1) -> list[Request]:
    """The store does what it is asked and its answer does not arrive."""
    dropped: list[Request] = []

    def after(request: Request, answer: Answer) -> Answer | None:
        if request.method == of and answer.status == 200 and len(dropped) < times:
            dropped.append(request)
            return None
        return answer

    proxy.after = after
    return dropped


def test_a_write_that_had_succeeded_unheard_is_a_success(proxy, by_proxy) -> None:
    for before in (None, "read"):
        etag = by_proxy.read("live.json")[1] if before else None
        data = f"after {before}".encode()
        dropped = drop_answers(proxy, of="PUT")
        new = by_proxy.write_if("live.json", data, expected_etag=etag)
        assert len(dropped) == 1
        assert by_proxy.read("live.json") == (data, new)


def test_a_write_whose_answer_was_lost_and_that_lost_is_a_conflict(
    proxy, by_proxy, server, open_store
) -> None:
    """Between the lost answer and the second try, somebody else wrote."""
    other = open_store(server)

    def after(request: Request, answer: Answer) -> Answer | None:
        if request.method != "PUT" or answer.status != 200:
            return answer
        proxy.after = lambda _, answer: answer
        other.write_if("live.json", b"theirs", expected_etag=other.read("live.json")[1])
        return None

    proxy.after = after
    with pytest.raises(PointerConflict):
        by_proxy.write_if("live.json", b"mine", expected_etag=None)
    assert other.read("live.json")[0] == b"theirs"


def test_the_object_that_was_read_is_gone(server, open_store) -> None:
    """AWS answers 404 here, others 412."""
    store = open_store(server)
    etag = store.write_if("a", b"1", expected_etag=None)
    store.delete("a")
    with pytest.raises(PointerConflict):
        store.write_if("a", b"2", expected_etag=etag)


def test_a_row_of_numbered_objects_holds_its_highest(tmp_path: Path) -> None:
    store = CreateOnly(tmp_path)
    register = Register(store, "live.json")
    tag = None
    for number in range(1, 12):
        tag = register.write(b"%d" % number, expected=tag)
    assert store.read("live/00000011.json")[0] == b"11"
    assert register.read() == (b"11", "11")
    for stale in (None, "3", "10", '"an etag"'):
        with pytest.raises(PointerConflict):
            register.write(b"x", expected=stale)
    assert Register(store, "live.json").read()[0] == b"11"


def test_a_row_goes_on_from_the_single_object_that_was_there(tmp_path: Path) -> None:
    """A bucket that was copied to a store without compare-and-swap."""
    FolderStore(tmp_path).write_if("live.json", b"old", expected_etag=None)
    register = Register(CreateOnly(tmp_path), "live.json")
    data, tag = register.read()
    assert data == b"old"
    register.write(b"new", expected=tag)
    assert register.read()[0] == b"new"


def test_who_does_not_know_what_the_store_keeps_to_finds_the_row(tmp_path: Path) -> None:
    class NeverProbed(CreateOnly):
        def known_conditions(self) -> None:
            return None

    FolderStore(tmp_path).write_if("live.json", b"old", expected_etag=None)
    assert Register(NeverProbed(tmp_path), "live.json").read()[0] == b"old"
    Register(CreateOnly(tmp_path), "live.json").write(b"new", expected="0")
    assert Register(NeverProbed(tmp_path), "live.json").read()[0] == b"new"
