"""Promotion and pull on real S3 servers that lose answers, damage bytes, or lack conditions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import DamagedObject, PointerConflict, StorageError
from cs_pipeline.files import sha256_file
from cs_pipeline.registry.model_store import ModelStore
from cs_pipeline.storage import Conditions, S3Store
from tests.records import result
from tests.s3_proxy import Answer, Proxy, Request, proxy_to, refusal
from tests.seaweedfs import BUCKET, SeaweedFS


@pytest.fixture
def proxy(seaweedfs: SeaweedFS) -> Iterator[Proxy]:
    with proxy_to(seaweedfs.endpoint) as proxy:
        yield proxy


@pytest.fixture
def uri(tmp_path: Path) -> str:
    return f"s3://{BUCKET}/{tmp_path.name}"


@pytest.fixture
def configured(seaweedfs: SeaweedFS, proxy: Proxy, tmp_path: Path, uri: str) -> Settings:
    """An installation whose model store lies behind the proxy."""
    return Settings.load(
        **seaweedfs.settings() | {"s3_endpoint_url": proxy.endpoint},
        data_dir=tmp_path / "data-train",
        work_dir=tmp_path / "var",
        model_store=uri,
        settle_seconds=0,
    )


@pytest.fixture
def models(configured: Settings) -> ModelStore:
    return stages.Installation(configured).models


def publish(store: ModelStore, folder: Path, weights: bytes) -> str:
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(weights)
    files = {path.name: sha256_file(path) for path in folder.iterdir()}
    return store.publish(folder, result(checkpoint_files=files))


def without_swaps(request: Request) -> Request | Answer:
    """A store that knows create-only alone."""
    return refusal(501, "NotImplemented") if "if-match" in request.headers else request


def test_numbered_pointers_carry_promotion_rollback_and_pull(
    models: ModelStore, configured: Settings, proxy: Proxy, uri: str, tmp_path: Path
) -> None:
    proxy.before = without_swaps
    one, two = publish(models, tmp_path / "one", b"1"), publish(models, tmp_path / "two", b"2")
    models.promote(one, expected_live=None)
    models.promote(two, expected_live=one)
    with pytest.raises(PointerConflict):
        models.promote(one, expected_live=None)
    models.promote(one, expected_live=two, action="rollback", note="bad answers")

    raw = S3Store(uri, configured)
    assert [item.key for item in raw.list_objects("live")] == [
        f"live/0000000{number}.json" for number in (1, 2, 3)
    ]
    service = stages.Installation(configured)
    assert stages.pull(service, tmp_path / "serving") == one
    assert (tmp_path / "serving" / "model.safetensors").read_bytes() == b"1"
    assert models.discard(two) is False  # it was live before


def test_of_promotions_at_once_one_wins_without_compare_and_swap(
    models: ModelStore, configured: Settings, proxy: Proxy, tmp_path: Path
) -> None:
    proxy.before = without_swaps
    versions = [publish(models, tmp_path / f"v{n}", b"%d" % n) for n in range(3)]
    models.promote(versions[0], expected_live=None)
    one, other = (stages.Installation(configured).models for _ in range(2))
    read = type(one._pointer).read

    def read_and_be_overtaken(pointer: Any) -> Any:
        seen = read(pointer)
        if pointer is one._pointer and other.live().version_id == versions[0]:  # type: ignore[union-attr]
            other.promote(versions[1], expected_live=versions[0])
        return seen

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(one._pointer), "read", read_and_be_overtaken)
        with pytest.raises(PointerConflict):
            one.promote(versions[2], expected_live=versions[0])
    live = one.live()
    assert live is not None
    assert live.version_id == versions[1]


def test_maintenance_goes_on_and_off_without_compare_and_swap(
    configured: Settings, proxy: Proxy
) -> None:
    proxy.before = without_swaps
    now = datetime.now(UTC)
    for days, reason in ((1, "이사"), (2, "이사가 길어짐"), (-1, "끝")):
        switch = stages.Installation(configured).maintenance
        switch.set(now + timedelta(days=days), reason=reason, by="park")
        current = stages.Installation(configured).maintenance.current()
        assert (current.reason if current else None) == (reason if days > 0 else None)


def test_a_promotion_whose_answer_was_lost_is_one(
    models: ModelStore, proxy: Proxy, tmp_path: Path
) -> None:
    one, two = publish(models, tmp_path / "one", b"1"), publish(models, tmp_path / "two", b"2")
    dropped: list[str] = []

    def after(request: Request, answer: Answer) -> Answer | None:
        pointer = request.path.endswith("/live.json")
        if request.method == "PUT" and pointer and answer.status == 200 and len(dropped) % 2 == 0:
            dropped.append(request.path)
            return None
        if request.method == "PUT" and pointer:
            dropped.append("")
        return answer

    proxy.after = after
    models.promote(one, expected_live=None)
    assert models.promote(two, expected_live=one).version_id == two
    assert dropped.count("") == 2
    assert len(dropped) == 4


def test_a_store_that_ignores_conditions_promotes_nothing(
    configured: Settings, s3_endpoint: str, tmp_path: Path
) -> None:
    """moto checks no signatures, so that a proxy may take conditions away."""
    with proxy_to(s3_endpoint) as proxy:
        proxy.before = lambda request: request.without("if-match", "if-none-match")
        at = configured.model_copy(update={"s3_endpoint_url": proxy.endpoint})
        models = stages.Installation(at).models
        version = publish(models, tmp_path / "one", b"1")
        with pytest.raises(StorageError) as caught:
            models.promote(version, expected_live=None)
        assert "조건부 쓰기를 지키지 않습니다" in caught.value.words.ko
        assert models.live() is None


def test_no_export_is_claimed_when_the_store_cannot_be_used(
    configured: Settings, proxy: Proxy
) -> None:
    installation = stages.Installation(configured)
    stages.prepare_folders(installation)
    export = configured.data_dir / "inbox" / "a.csv"
    export.write_text("질문,답변\n배송?,내일요.\n", encoding="utf-8")
    for code, said in (("ExpiredToken", "만료"), ("AccessDenied", "쓰기 권한")):
        proxy.before = lambda request, code=code: (
            refusal(403, code) if request.method == "PUT" else request
        )
        with pytest.raises(StorageError) as caught:
            stages.collect(stages.Installation(configured), run_id="run-1")
        assert said in caught.value.words.ko
        assert export.exists()
    proxy.before = lambda request: request
    assert stages.collect(stages.Installation(configured), run_id="run-1")
    assert not export.exists()


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_model_that_was_damaged_in_the_store_is_not_pulled(
    models: ModelStore, configured: Settings, uri: str, tmp_path: Path, damage: str
) -> None:
    weights = bytes(range(256)) * 64
    version = publish(models, tmp_path / "one", weights)
    models.promote(version, expected_live=None)
    (tmp_path / "serving").mkdir()
    (tmp_path / "serving" / "config.json").write_text("the old one")
    raw, key = S3Store(uri, configured), f"versions/{version}/files/model.safetensors"
    if damage == "gone":
        raw.delete(key)
    else:
        (tmp_path / "x").write_bytes(weights[:-9] if damage == "cut" else b"!" + weights[1:])
        raw.upload(tmp_path / "x", key)
    with pytest.raises(StorageError) as caught:
        models.pull(tmp_path / "serving")
    assert isinstance(caught.value, DamagedObject) or damage == "gone"
    assert (tmp_path / "serving" / "config.json").read_text() == "the old one"
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_a_pull_over_a_connection_that_keeps_breaking(
    models: ModelStore, proxy: Proxy, tmp_path: Path
) -> None:
    weights = bytes(range(256)) * 16_384
    models.promote(publish(models, tmp_path / "one", weights), expected_live=None)

    def after(request: Request, answer: Answer) -> Answer:
        large = request.method == "GET" and request.path.endswith("model.safetensors")
        return Answer(answer.status, answer.headers, answer.body, 1_500_000 if large else None)

    proxy.after = after
    models.pull(tmp_path / "serving")
    assert (tmp_path / "serving" / "model.safetensors").read_bytes() == weights


def test_a_store_that_lists_in_the_first_version_only(
    models: ModelStore, configured: Settings, proxy: Proxy, uri: str, tmp_path: Path
) -> None:
    def before(request: Request) -> Request | Answer:
        new = request.asks("list-type") == "2"
        return refusal(501, "NotImplemented") if new else without_swaps(request)

    proxy.before = before
    version = publish(models, tmp_path / "one", b"1")
    models.promote(version, expected_live=None)
    assert models.versions() == [version]
    assert S3Store(uri, configured).known_conditions() is Conditions.CREATE_ONLY
    assert models.pull(tmp_path / "serving") == version
