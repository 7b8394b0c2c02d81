"""Digests travel so that only the trainer of their run can read them."""

import base64

import pytest
from pydantic import SecretStr

from cs_pipeline.errors import DamagedObject, SettingsError
from cs_pipeline.handover.sealed import seal, sealing_key, unseal
from cs_pipeline.masked.digests import DigestSet, ValueDigests
from cs_pipeline.masked.values import recognisable

KEY = bytes(32)
BOUND = {"run_id": "run-1", "dataset_sha256": "d" * 64}
VALUES = [("PHONE", f"010-1234-{number:04}") for number in range(300)]


@pytest.fixture
def digests(tmp_path) -> DigestSet:
    collected = ValueDigests("the installation's secret")
    for kind, value in VALUES:
        collected.add(kind, value)
    collected.write(tmp_path / "digests.parquet")
    return DigestSet.load([tmp_path / "digests.parquet"], key="the installation's secret")


def test_what_was_sealed_recognises_the_same_values(digests: DigestSet) -> None:
    opened = unseal(seal(digests, KEY, **BOUND), KEY, **BOUND)
    assert opened == digests
    assert len(opened) == len(VALUES)
    assert all(recognisable(kind, value) in opened for kind, value in VALUES)
    assert recognisable("PHONE", "010-9999-0007") not in opened
    assert opened.prefixes


def test_nothing_of_it_can_be_read(digests: DigestSet) -> None:
    sealed = seal(digests, KEY, **BOUND)
    assert b"secret" not in sealed
    assert not any(digest in sealed for digest in digests.digests)
    assert seal(digests, KEY, **BOUND) != sealed


def test_an_empty_set_travels_too() -> None:
    empty = DigestSet.load([], key="k")
    assert unseal(seal(empty, KEY, **BOUND), KEY, **BOUND) == empty


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        (bytes(31) + b"x", {}),
        (KEY, {"run_id": "run-2"}),
        (KEY, {"dataset_sha256": "e" * 64}),
    ],
)
def test_another_key_run_or_dataset_opens_nothing(
    digests: DigestSet, key: bytes, changes: dict[str, str]
) -> None:
    with pytest.raises(DamagedObject, match="CS_PIPELINE_HANDOVER_KEY"):
        unseal(seal(digests, KEY, **BOUND), key, **BOUND | changes)


@pytest.mark.parametrize("place", [0, 3, 4, 15, 16, 40, -1])
def test_a_changed_byte_is_noticed(digests: DigestSet, place: int) -> None:
    sealed = bytearray(seal(digests, KEY, **BOUND))
    sealed[place] ^= 1
    with pytest.raises(DamagedObject):
        unseal(bytes(sealed), KEY, **BOUND)


@pytest.mark.parametrize("length", [0, 3, 4, 10, 16, 30])
def test_a_file_that_is_cut_short_is_noticed(digests: DigestSet, length: int) -> None:
    with pytest.raises(DamagedObject):
        unseal(seal(digests, KEY, **BOUND)[:length], KEY, **BOUND)


@pytest.mark.parametrize(
    "text", ["", "short", "한글", base64.b64encode(bytes(16)).decode(), "!" * 44]
)
def test_a_key_that_is_none_is_told_without_being_shown(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        sealing_key(SecretStr(text))
    assert "CS_PIPELINE_HANDOVER_KEY" in str(caught.value)
    assert not text or text not in str(caught.value)


def test_no_key_at_all() -> None:
    with pytest.raises(SettingsError, match="openssl rand -base64 32"):
        sealing_key(None)
    assert sealing_key(SecretStr(base64.b64encode(KEY).decode())) == KEY
