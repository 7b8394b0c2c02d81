"""Downloads that are cut off, uploads that fail half-way."""

import errno
import multiprocessing
import os
import random
from pathlib import Path

import pytest

from cs_pipeline.errors import ObjectNotFound, StorageError
from cs_pipeline.files import sweep_unfinished
from cs_pipeline.storage import Conditions, S3Store, receiving
from tests.s3_proxy import Answer, Request, refusal

MIB = 1024 * 1024
CONTENT = random.Random(1).randbytes(3 * MIB + 17)


def put(store: S3Store, key: str = "model.bin", content: bytes = CONTENT) -> None:
    store._client.put_object(Bucket=store._bucket, Key=store._prefix + key, Body=content)


def hidden(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".")]


def cut_after(proxy, *lengths: int) -> None:
    """The connection breaks after so many bytes, once for each number."""
    left = iter(lengths)

    def after(request: Request, answer: Answer) -> Answer:
        length = next(left, None) if request.method == "GET" else None
        return Answer(answer.status, answer.headers, answer.body, send_bytes=length)

    proxy.after = after


def ranges(proxy) -> list[str | None]:
    return [request.headers.get("range") for request in proxy.seen if request.method == "GET"]


def test_a_download_goes_on_where_it_was_cut_off(proxy, by_proxy, tmp_path):
    put(by_proxy)
    cut_after(proxy, MIB, 17, MIB)
    by_proxy.download("model.bin", tmp_path / "new" / "model.bin")
    assert (tmp_path / "new" / "model.bin").read_bytes() == CONTENT
    assert hidden(tmp_path / "new") == []
    first, *rest = ranges(proxy)
    assert first is None
    begun = [int(asked.removeprefix("bytes=").removesuffix("-")) for asked in rest if asked]
    assert len(begun) == 3
    assert begun == sorted(begun)
    assert begun[-1] > MIB


def test_what_a_dead_process_left_is_gone_on_with(proxy, by_proxy, tmp_path):
    put(by_proxy)

    def die() -> None:
        cut_after(proxy, 2 * MIB, *[0] * 99)
        with pytest.raises(StorageError, match="model\\.bin"):
            by_proxy.download("model.bin", tmp_path / "model.bin")

    die()
    assert not (tmp_path / "model.bin").exists()
    (left,) = hidden(tmp_path)
    assert 0 < left.stat().st_size <= 2 * MIB
    proxy.after = lambda _, answer: answer
    proxy.seen.clear()
    have = left.stat().st_size
    by_proxy.download("model.bin", tmp_path / "model.bin")
    assert ranges(proxy) == [f"bytes={have}-"]
    assert (tmp_path / "model.bin").read_bytes() == CONTENT
    assert hidden(tmp_path) == []


def test_what_nobody_goes_on_with_is_swept(proxy, by_proxy, tmp_path):
    put(by_proxy)
    cut_after(proxy, MIB, *[0] * 99)
    with pytest.raises(StorageError):
        by_proxy.download("model.bin", tmp_path / "model.bin")
    sweep_unfinished(tmp_path, older_than_seconds=-1)
    assert hidden(tmp_path) == []


def test_another_version_is_never_joined_to_the_first(proxy, by_proxy, tmp_path):
    put(by_proxy)
    other = CONTENT[::-1]

    def after(request: Request, answer: Answer) -> Answer:
        proxy.after = lambda _, answer: answer
        put(by_proxy, content=other)
        return Answer(answer.status, answer.headers, answer.body, send_bytes=2 * MIB)

    proxy.after = after
    by_proxy.download("model.bin", tmp_path / "model.bin")
    assert (tmp_path / "model.bin").read_bytes() == other
    assert hidden(tmp_path) == []


def test_a_store_without_ranges_sends_all_of_it_again(moto_proxy, by_moto_proxy, tmp_path):
    put(by_moto_proxy)
    moto_proxy.before = lambda request: request.without("range")
    cut_after(moto_proxy, MIB)
    by_moto_proxy.download("model.bin", tmp_path / "model.bin")
    assert (tmp_path / "model.bin").read_bytes() == CONTENT


def die_when_it_is_on_the_disk(part, target: Path) -> None:
    part._stream.flush()
    os._exit(1)


def test_one_that_was_whole_but_not_in_place_yet(by_proxy, tmp_path, monkeypatch):
    put(by_proxy)
    with monkeypatch.context() as patch:
        patch.setattr(receiving._Part, "become", die_when_it_is_on_the_disk)
        fork = multiprocessing.get_context("fork")
        child = fork.Process(target=by_proxy.download, args=("model.bin", tmp_path / "model.bin"))
        child.start()
        child.join()
    assert [path.stat().st_size for path in hidden(tmp_path)] == [len(CONTENT)]
    by_proxy.download("model.bin", tmp_path / "model.bin")
    assert (tmp_path / "model.bin").read_bytes() == CONTENT
    assert hidden(tmp_path) == []


def test_two_that_receive_the_same_object_do_not_meet(proxy, by_proxy, tmp_path):
    put(by_proxy)
    inner: list[Path] = []

    def after(request: Request, answer: Answer) -> Answer:
        """While the first one has half of it, a second one begins and ends."""
        proxy.after = lambda _, answer: answer
        return Answer(answer.status, answer.headers, answer.body, send_bytes=2 * MIB)

    ask = type(by_proxy).download

    def second() -> None:
        inner.append(tmp_path / "model.bin")
        ask(by_proxy, "model.bin", tmp_path / "model.bin")
        assert (tmp_path / "model.bin").read_bytes() == CONTENT

    fill = receiving._Part.fill

    def fill_and_start(self, answer) -> bool:
        try:
            return fill(self, answer)
        finally:
            if not inner:
                second()

    proxy.after = after
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receiving._Part, "fill", fill_and_start)
        by_proxy.download("model.bin", tmp_path / "model.bin")
    assert len(inner) == 1
    assert (tmp_path / "model.bin").read_bytes() == CONTENT
    assert hidden(tmp_path) == []


def test_a_full_disk_leaves_nothing(by_proxy, tmp_path, monkeypatch):
    put(by_proxy)
    (tmp_path / "model.bin").write_bytes(b"old")

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(receiving, "flush_to_disk", full)
    with pytest.raises(OSError, match="No space"):
        by_proxy.download("model.bin", tmp_path / "model.bin")
    assert (tmp_path / "model.bin").read_bytes() == b"old"
    assert hidden(tmp_path) == []


def test_a_small_object_is_read_again_when_its_answer_breaks_off(proxy, by_proxy):
    put(by_proxy, content=b"pointer")
    cut_after(proxy, 3, 0)
    assert by_proxy.read("model.bin")[0] == b"pointer"
    cut_after(proxy, *[3] * 99)
    with pytest.raises(StorageError, match=r"model\.bin"):
        by_proxy.read("model.bin")


@pytest.mark.parametrize("content", [b"", b"x"])
def test_small_objects(server, open_store, tmp_path, content):
    store = open_store(server)
    put(store, content=content)
    store.download("model.bin", tmp_path / "there")
    assert (tmp_path / "there").read_bytes() == content
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "there").stat().st_mode & 0o777 == 0o666 & ~umask


def test_an_object_that_goes_away_amid_a_download(proxy, by_proxy, tmp_path):
    put(by_proxy)

    def after(request: Request, answer: Answer) -> Answer:
        proxy.after = lambda _, answer: answer
        by_proxy.delete("model.bin")
        return Answer(answer.status, answer.headers, answer.body, send_bytes=MIB)

    proxy.after = after
    with pytest.raises(ObjectNotFound):
        by_proxy.download("model.bin", tmp_path / "model.bin")
    assert not (tmp_path / "model.bin").exists()


BIG = 20 * MIB


def test_a_large_file_goes_up_in_parts_and_comes_back(proxy, by_proxy, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(CONTENT[:MIB] * 20)
    by_proxy.upload(source, "big")
    assert sum("partNumber" in request.target for request in proxy.seen) == 3
    by_proxy.download("big", tmp_path / "back")
    assert (tmp_path / "back").read_bytes() == source.read_bytes()


@pytest.mark.parametrize(
    "dialect",
    [
        {"s3_checksums": "when_supported"},
        {"s3_sse": "AES256"},
        {"s3_addressing": "path", "s3_list_version": "1"},
    ],
    ids=",".join,
)
def test_the_dialects_carry_everything(seaweedfs, open_store, tmp_path, dialect):
    store = open_store(seaweedfs.settings(), **dialect)
    source = tmp_path / "source"
    source.write_bytes(CONTENT * 3)
    store.upload(source, "a/big")
    tag = store.write_if("a/small", b"1", expected_etag=None)
    store.write_if("a/small", b"2", expected_etag=tag)
    store.download("a/big", tmp_path / "back")
    assert (tmp_path / "back").read_bytes() == source.read_bytes()
    assert store.read("a/small")[0] == b"2"
    assert [item.key for item in store.list_objects("a/")] == ["a/big", "a/small"]
    assert store.conditions() is Conditions.COMPARE_AND_SWAP


def test_an_upload_that_fails_half_way_leaves_no_parts(proxy, by_proxy, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(bytes(BIG))

    def before(request: Request) -> Request | Answer:
        return refusal(403, "AccessDenied") if request.asks("partNumber") == "2" else request

    proxy.before = before
    with pytest.raises(StorageError, match=r"big"):
        by_proxy.upload(source, "big")
    proxy.before = lambda request: request
    assert by_proxy.list_objects() == []
    uploads = by_proxy._client.list_multipart_uploads(Bucket=by_proxy._bucket)
    mine = [up for up in uploads.get("Uploads", []) if by_proxy._prefix in up["Key"]]
    assert mine == []
