"""A value masked in one row and missed in another is taken out by the next merge.

Every value is made up.
"""

import csv
from pathlib import Path

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.dataset import masking_misses, shards
from cs_pipeline.dataset.manifest import Manifest
from cs_pipeline.records import DatasetVersion, MaskedExchanges, MaskedShard
from tests.dataset_changes import rebuild, withdraw
from tests.records import export

VALUE = "010-7391-4826"
SPOKEN = "공일공 칠삼구일 사팔이육"
MARCH, APRIL, MAY = "a" * 64, "b" * 64, "c" * 64


class Site:
    """An installation whose exports are shards and digests from the start."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.opened = stages.Installation(settings)
        stages.prepare_folders(self.opened)

    def shard(
        self, sha256: str, *rows: tuple[str, str, str], masked: tuple[str, ...] = ()
    ) -> MaskedShard:
        """Rows of question, answer and conversation, and what was masked in them."""
        questions, answers, talks = zip(*rows, strict=True)
        exchanges = MaskedExchanges(
            inputs=questions,
            outputs=answers,
            conversation_ids=talks,
            turn_indexes=tuple(range(len(rows))),
            rules=((),) * len(rows),
            entity_counts={},
            rule_counts={},
        )
        digests = self.opened.masked_values.collector()
        for value in masked:
            digests.add("PHONE", value)
        self.opened.masked_values.save(sha256, digests)
        path, shard_sha256 = self.opened.versions.shards.write(sha256, exchanges)
        return MaskedShard(
            export=export(sha256, f"{sha256[:4]}.xlsx"),
            uri=str(path),
            sha256=shard_sha256,
            rows=len(rows),
            entity_counts={},
        )

    def merge(self, *shards: MaskedShard) -> DatasetVersion:
        for one in shards:
            path = self.opened.processing.folder / "run" / one.export.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
        moved = [
            one.model_copy(
                update={
                    "export": one.export.model_copy(
                        update={"uri": str(self.opened.processing.folder / "run" / one.export.name)}
                    )
                }
            )
            for one in shards
        ]
        return stages.merge(self.opened, run_id="run", shards=moved)

    def manifest(self, version: DatasetVersion) -> Manifest:
        found = self.opened.versions.get(version.version_id)
        assert found is not None
        return found


@pytest.fixture
def site(settings: Settings) -> Site:
    return Site(settings)


def texts(version: DatasetVersion) -> str:
    return Path(version.train_uri).read_text() + Path(version.val_uri).read_text()


def filler(first: int, count: int = 20) -> list[tuple[str, str, str]]:
    return [
        (f"{n}번 상품은 언제 오나요?", f"{n}번 상품은 내일 옵니다.", f"f{n}")
        for n in range(first, first + count)
    ]


def march(site: Site) -> MaskedShard:
    """An export in which the number was never found."""
    missed = ("제 번호가 뭐였죠?", f"{SPOKEN}입니다.", "t1")
    return site.shard(MARCH, *filler(0), missed, ("감사합니다 그럼요", "네, 좋은 하루요.", "t1"))


def april(site: Site) -> MaskedShard:
    """One in which it was."""
    return site.shard(APRIL, *filler(50), ("#@전화번호#요", "확인했습니다.", "t2"), masked=(VALUE,))


def test_an_old_row_that_shows_what_a_new_export_masked_goes_with_the_next_merge(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    before = site.merge(march(site))
    assert (SPOKEN in texts(before), before.masking_misses) == (True, 0)
    after = site.merge(april(site))
    assert SPOKEN not in texts(after)
    assert after.masking_misses == 1
    gone = set(texts(before).splitlines()) - set(texts(after).splitlines())
    assert [SPOKEN in line for line in gone] == [True]
    assert site.manifest(after).masking_misses == {MARCH: ("t1/20",)}
    assert "1 rows show" in caplog.text or "1행" in caplog.text
    assert SPOKEN not in caplog.text


def test_a_new_row_that_shows_what_an_old_export_masked_never_comes_in(site: Site) -> None:
    site.merge(april(site))
    after = site.merge(march(site))
    assert SPOKEN not in texts(after)
    assert after.masking_misses == 1


def test_the_order_of_exports_plays_no_part(tmp_path: Path, settings: Settings) -> None:
    one_way = Site(settings)
    other = Site(
        settings.model_copy(
            update={"data_dir": tmp_path / "other", "work_dir": tmp_path / "other-work"}
        )
    )
    other.opened.masked_values._key = one_way.opened.masked_values._key
    one_way.merge(march(one_way))
    first = one_way.merge(april(one_way))
    other.merge(april(other))
    second = other.merge(march(other))
    at_once = first.sha256
    assert second.sha256 == at_once


def test_such_a_version_is_replayed_from_its_manifest(site: Site, settings: Settings) -> None:
    version = site.merge(march(site), april(site))
    for path in (version.train_uri, version.val_uri):
        Path(path).unlink()
    assert rebuild(settings, site.manifest(version)).sha256 == version.sha256
    assert SPOKEN not in texts(version)


def test_what_was_left_out_stays_so_when_exports_are_added_and_withdrawn(
    site: Site, settings: Settings
) -> None:
    site.merge(march(site), april(site))
    added = site.merge(site.shard(MAY, *filler(100)))
    assert added.masking_misses == 1
    assert SPOKEN not in texts(added)
    left = withdraw(settings, exports=[APRIL]).dataset
    assert SPOKEN not in texts(left)
    assert left.masking_misses == 1


def test_merging_again_changes_nothing(site: Site) -> None:
    shards = march(site), april(site)
    first = site.merge(*shards)
    assert site.merge(*shards) == first
    assert site.merge() == first


def test_a_shard_that_was_masked_anew_is_looked_at_anew(site: Site) -> None:
    site.merge(march(site), april(site))
    again = site.shard(MARCH, *filler(0), ("제 번호가 뭐였죠?", "#@전화번호#입니다.", "t1"))
    repaired = site.merge(again)
    assert repaired.masking_misses == 0
    assert "#@전화번호#입니다." in texts(repaired)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_row_that_is_left_out_is_no_context_either(settings: Settings, at_once: bool) -> None:
    site = Site(settings.model_copy(update={"context_turns": 2}))
    if at_once:
        version = site.merge(march(site), april(site))
    else:
        site.merge(march(site))
        version = site.merge(april(site))
    assert SPOKEN not in texts(version)
    with Path(version.train_uri).open(newline="") as one, Path(version.val_uri).open() as other:
        rows = [*csv.DictReader(one), *csv.DictReader(other)]
    (after,) = (row for row in rows if row["input"] == "감사합니다 그럼요")
    assert after["context"] == "[]"


def test_where_nothing_was_masked_nothing_is_looked_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cs_pipeline.dataset.masking_misses.find_misses", None)
    assert site.merge(site.shard(MARCH, *filler(0))).masking_misses == 0


def test_texts_of_old_shards_are_read_only_where_there_is_something_to_find(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.merge(march(site), site.shard(MAY, *filler(100), masked=("010-5555-1212",)))
    read: list[str] = []
    rows, parts = masking_misses.read_rows, shards.read_texts
    monkeypatch.setattr(
        masking_misses, "read_rows", lambda path: read.append(path.stem) or rows(path)
    )
    monkeypatch.setattr(
        shards, "read_texts", lambda path: read.append(f"texts {path.stem}") or parts(path)
    )
    after = site.merge(april(site))
    assert after.masking_misses == 1
    assert sorted(set(read)) == [MARCH, f"texts {APRIL}"]


def test_the_digests_of_what_a_shard_shows_go_with_it(site: Site, settings: Settings) -> None:
    site.merge(march(site), april(site))
    kept = site.opened.versions.shards.folder / "keys"
    assert len(list(kept.glob(f"{site.manifest(site.merge()).shards[0].sha256}-*.npy"))) == 2
    gone = {one.sha256 for one in site.manifest(site.merge()).shards if one.export_sha256 == MARCH}
    withdraw(settings, exports=[MARCH])
    assert not [path for path in kept.iterdir() if path.name.partition("-")[0] in gone]


def test_a_damaged_cache_is_made_again(site: Site) -> None:
    site.merge(march(site), site.shard(MAY, *filler(100), masked=("010-5555-1212",)))
    for path in (site.opened.versions.shards.folder / "keys").glob("*-values-*.npy"):
        path.write_bytes(b"\x93NUMPY")
    assert site.merge(april(site)).masking_misses == 1
