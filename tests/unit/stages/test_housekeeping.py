"""What is too old goes, and what answers customers or waits never does."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cs_pipeline import cli, stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import SettingsError, SomebodyAtWork
from cs_pipeline.files import write_atomic
from cs_pipeline.records import BestEver
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.stages import housekeeping
from cs_pipeline.storage import open_store
from tests.records import export, score
from tests.unit.registry.candidates import interval
from tests.unit.registry.desk import Desk

LONG_AGO = datetime.now(UTC) - timedelta(days=400)
KEPT = {"keep_weights": 0, "keep_versions": 0}


class Site:
    """An installation in which everything is a year old."""

    def __init__(self, settings: Settings, **changes: Any) -> None:
        self.settings = settings.model_copy(update=KEPT | changes)
        self.desk = Desk(self.settings)
        self.installation = self.desk.installation
        stages.prepare_folders(self.installation)
        self.number = 0

    def trained(self, run_id: str, **changes: Any) -> str:
        """Each a minute after the one before, and a year old."""
        self.number += 1
        ended = LONG_AGO + timedelta(minutes=self.number)
        result = self.desk.trained(
            run_id, **self.desk.beside_live() | {"finished_at": ended} | changes
        )
        return candidate_version(result)

    def live(self, run_id: str, **changes: Any) -> str:
        version = self.trained(run_id, **changes)
        self.desk.gate(run_id)
        stages.promote(self.installation, run_id=run_id)
        return version

    def processed(self, sha256: str = "e" * 64) -> Path:
        folder = self.installation.processing.folder / "run"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "김철수.xlsx").write_bytes(b"raw text")
        one = export(sha256, "김철수.xlsx").model_copy(update={"uri": str(folder / "김철수.xlsx")})
        self.installation.ledger.enter(one, run_id="run", dataset_version="d", rows=1)
        return self.installation.ledger.path_of(sha256, "김철수.xlsx")

    def age(self, days: int = 400) -> None:
        at = time.time() - days * 86_400
        for path in [*self.settings.data_dir.rglob("*"), *self.settings.work_dir.rglob("*")]:
            if path.is_file():
                os.utime(path, (at, at))

    def keep(self, **dry: bool) -> dict[str, int]:
        done = stages.housekeep(self.installation, **dry)
        return {one.kind: one.count for one in done.freed}

    def files(self) -> set[str]:
        roots = (self.settings.data_dir, self.settings.work_dir)
        return {str(path) for root in roots for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def site(settings: Settings) -> Site:
    return Site(settings)


def test_old_versions_go_and_those_that_matter_stay(site: Site) -> None:
    old, before, live = (site.live(f"run-{number}") for number in (1, 2, 3))
    held = site.trained("run-4")
    site.desk.gate("run-4", auto_promote=False)
    marked = site.live("run-5"), site.live("run-6")
    site.installation.notices.mark(old, dataset_version="d")
    site.age()
    live, before = marked[1], marked[0]
    assert site.keep() == {"versions": 2, "weights": 3}
    assert set(site.desk.store.versions()) == {old, held, before, live}
    assert len(stages.history(site.installation)) == 5
    assert stages.status(site.installation, runs=1).live.version_id == live
    assert site.desk.runs.verdict("run-2") is not None
    assert (site.desk.runs.folder_of("run-2") / "train" / "result.json").exists()


def test_a_candidate_that_was_to_go_live_when_the_run_broke_stays(site: Site) -> None:
    site.live("run-1")
    broken = site.trained("run-2")
    site.desk.gate("run-2")
    site.age()
    assert site.keep() == {}
    assert broken in site.desk.store.versions()


def test_the_newest_stay_whatever_their_age(settings: Settings) -> None:
    site = Site(settings, keep_versions=4, keep_weights=4)
    versions = []
    for number in range(6):
        versions.append(site.live(f"run-{number}"))
        for path in site.desk.runs.checkpoint(f"run-{number}").iterdir():
            os.utime(path, (number, number))
    assert site.keep() == {"versions": 2, "weights": 2}
    assert site.desk.store.versions() == versions[2:]


def test_the_best_model_that_was_ever_live_stays_whatever_its_age(site: Site) -> None:
    behind = interval(-0.01, -0.015, 0.0)
    best = site.live("run-0")
    site.live("run-1", comparison=behind)
    beside = BestEver(version_id=best, comparison=behind)
    before, live = (site.live(f"run-{number}", comparison=behind, best=beside) for number in (2, 3))
    site.age()
    assert site.keep()["versions"] == 1
    assert set(site.desk.store.versions()) == {best, before, live}


def test_what_is_young_stays(site: Site) -> None:
    now = datetime.now(UTC)
    for number in range(4):
        site.trained(f"run-{number}", finished_at=now + timedelta(minutes=number))
        site.desk.gate(f"run-{number}")
        stages.promote(site.installation, run_id=f"run-{number}")
    assert site.keep() == {}


def test_a_rejected_candidates_checkpoint_goes_with_age_its_record_stays(site: Site) -> None:
    site.trained("run-1", candidate=score(9.0))
    site.desk.gate("run-1")
    site.age()
    assert site.keep() == {"weights": 1}
    assert not site.desk.runs.checkpoint("run-1").exists()
    assert site.desk.verdict("run-1").decision == "reject"


def test_exports_and_refused_files_go_only_where_a_site_says_so(settings: Settings) -> None:
    for days, gone in ((0, {}), (30, {"exports": 1, "refused": 2})):
        site = Site(settings, keep_exports_days=days, keep_refused_days=days)
        if not days:
            path = site.processed()
            entry = site.installation.ledger.folder / ("e" * 64) / "ledger.json"
            entry.write_text(entry.read_text().replace(str(datetime.now(UTC).year), "2020", 1))
            salt = site.installation.secret
            for name in ("a-eeeeeeee-refused.xlsx", "b-ffffffff.reason.json", "pii-audit-d.xlsx"):
                write_atomic(site.installation.quarantine.folder / name, "x")
        site.age()
        assert site.keep() == gone
        assert path.exists() == (not gone)
    assert site.installation.ledger.has("e" * 64)
    assert site.installation.secret == salt
    assert (site.installation.ledger.folder / ".salt").read_text() == salt


def test_the_token_cache_goes_by_its_last_use(site: Site) -> None:
    for name in ("old", "new"):
        write_atomic(site.installation.training_cache / "tokens" / f"{name}.npz", "x" * 2048)
    site.age()
    os.utime(site.installation.training_cache / "tokens" / "new.npz")
    done = stages.housekeep(site.installation)
    (freed,) = done.freed
    assert (freed.kind, freed.count, freed.size_bytes) == ("cache", 1, 2048)
    assert [path.name for path in site.installation.cached_tokens()] == ["new.npz"]


def test_what_was_handed_to_trainers_goes_and_requests_and_bases_stay(
    settings: Settings, tmp_path: Path
) -> None:
    site = Site(settings, store=str(tmp_path / "store"))
    store = open_store(site.settings.store, site.settings)
    keys = (
        "datasets/d0001-aaaaaaaa/train.csv",
        "runs/run-1/request.json",
        "runs/run-1/result.json",
        "runs/run-1/resume/step-1/model.safetensors",
        "runs/run-1/attempts/1/log.txt",
        "restricted/run-1/leak-digests.enc",
        "base/kogpt2/manifest.json",
    )
    for key in keys:
        store.write_if(key, b"x", expected_etag=None)
    assert site.keep() == {}
    for path in (tmp_path / "store").rglob("*"):
        os.utime(path, (0, 0))
    assert site.keep() == {"staged": 4}
    assert {item.key for item in store.list_objects()} == {keys[1], keys[2], keys[6]}


def test_mirrors_of_ended_runs_go(settings: Settings, tmp_path: Path) -> None:
    from hashlib import sha256

    site = Site(settings, checkpoint_store=str(tmp_path / "mirror"))
    site.live("run-1")
    site.desk.trained("run-2")
    store = open_store(site.settings.checkpoint_store, site.settings)
    for run_id in ("run-1", "run-2"):
        key = f"{sha256(run_id.encode()).hexdigest()[:16]}/step-1/x"
        store.write_if(key, b"x", expected_etag=None)
    for path in (tmp_path / "mirror").rglob("*"):
        os.utime(path, (0, 0))
    assert site.keep() == {"mirrored": 1}


def old_site(settings: Settings) -> Site:
    site = Site(settings)
    for number in range(5):
        site.live(f"run-{number}")
    write_atomic(site.installation.training_cache / "tokens" / "a.npz", "x")
    site.age()
    return site


def test_a_dry_run_changes_nothing_and_the_second_time_there_is_nothing_left(
    settings: Settings,
) -> None:
    site = old_site(settings)
    before = site.files()
    would = site.keep(dry_run=True)
    assert site.files() == before
    assert site.keep() == would == {"versions": 3, "weights": 3, "cache": 1}
    after = site.files()
    assert after < before
    assert site.keep() == {}
    assert site.files() - after == set()


@pytest.mark.parametrize("done_before", range(8))
def test_a_crash_between_is_finished_by_the_next(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, done_before: int
) -> None:
    site = old_site(settings)
    all_due = housekeeping._due
    left = [done_before]

    def breaking(installation: stages.Installation) -> list[Any]:
        return [Breaking(one) for one in all_due(installation)]

    class Breaking:
        def __init__(self, one: Any) -> None:
            self._one = one

        def __getattr__(self, name: str) -> Any:
            return getattr(self._one, name)

        def delete(self) -> None:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            self._one.delete()

    monkeypatch.setattr(housekeeping, "_due", breaking)
    if done_before < 7:
        with pytest.raises(KeyboardInterrupt):
            site.keep()
    monkeypatch.setattr(housekeeping, "_due", all_due)
    live, previous = site.desk.live(), site.desk.store.versions()[-2]
    site.keep()
    assert site.desk.store.versions() == [previous, live]
    assert site.keep() == {}


def test_while_somebody_is_at_work_nothing_goes(settings: Settings) -> None:
    site = old_site(settings)
    other = stages.Installation(site.settings)
    before = site.desk.store.versions()
    with other.at_work.held("run"), pytest.raises(SomebodyAtWork):
        site.keep()
    assert site.desk.store.versions() == before


def test_without_an_installation_nothing_is_made(tmp_path: Path) -> None:
    settings = Settings.load(data_dir=tmp_path / "a", work_dir=tmp_path / "b")
    with pytest.raises(SettingsError):
        stages.housekeep(stages.Installation(settings))
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_would_go_and_no_files_name(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = old_site(settings)
    for name in ("DATA_DIR", "WORK_DIR"):
        monkeypatch.setenv(f"CS_PIPELINE_{name}", str(getattr(settings, name.lower())))
    for name in ("WEIGHTS", "VERSIONS"):
        monkeypatch.setenv(f"CS_PIPELINE_KEEP_{name}", "0")
    gone = site.desk.store.versions()[0]
    for arguments, said in (
        (["--dry-run"], "아직 아무것도 지우지 않았습니다"),
        ([], "비웠습니다"),
        ([], "지울 것이 없습니다"),
    ):
        outcome = CliRunner().invoke(cli.app, ["housekeep", *arguments])
        assert outcome.exit_code == 0, outcome.output
        assert said in outcome.output
        assert (gone in outcome.output) == (said != "지울 것이 없습니다")


def test_files_that_were_sent_to_the_page_and_never_put_in_go_after_a_day(site) -> None:
    folder = stages.uploads_folder(site.installation)
    for name, days in (("0a" * 16, 2), ("0b" * 16, 0.5)):
        upload = folder / name / "upload.xlsx"
        upload.parent.mkdir(parents=True)
        upload.write_bytes(b"unmasked")
        moment = time.time() - days * 86_400
        os.utime(upload.parent, (moment, moment))
    dry = stages.housekeep(site.installation, dry_run=True)
    assert [(one.kind, one.count, one.size_bytes) for one in dry.freed] == [("uploads", 1, 8)]
    assert "넣지 않은 파일: 1개" in dry.freed[0].words.ko
    assert stages.housekeep(site.installation).freed == dry.freed
    assert [path.name for path in folder.iterdir()] == ["0b" * 16]
    assert stages.housekeep(site.installation).freed == ()
