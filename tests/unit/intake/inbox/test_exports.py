import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import StorageError
from cs_pipeline.intake.inbox import inbox as inbox_module
from cs_pipeline.intake.inbox import processing
from cs_pipeline.records import ExportFile
from tests.unit.intake import hostile_files
from tests.unit.intake.inbox.claims import claim_exports, pending_exports

RUN = "manual__2026-03-01T03:00:00+00:00"


def claim(settings: Settings, run_key: str = RUN) -> list[ExportFile]:
    return claim_exports(settings, run_key=run_key, mask_name=lambda name: name)


def names(files: list[ExportFile]) -> list[str]:
    return [file.name for file in files]


def test_no_inbox_means_nothing_is_pending(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "nowhere")
    assert pending_exports(settings) == []


def test_only_settled_ordinary_files_are_pending(settings: Settings, inbox: Path) -> None:
    for name in ["나.xlsx", "가.csv", "scan.pdf", ".hidden.xlsx", "~$가.xlsx", "a.xlsx.tmp"]:
        (inbox / name).write_text("x")
    for name in ["b.PART", "c.xlsx.crdownload"]:
        (inbox / name).write_text("x")
    (inbox / "folder").mkdir()
    (inbox / "folder" / "inner.xlsx").write_text("x")
    (inbox / "link.xlsx").symlink_to(inbox / "scan.pdf")
    os.mkfifo(inbox / "pipe.xlsx")
    found = pending_exports(settings)
    assert [item.name for item in found] == ["scan.pdf", "가.csv", "나.xlsx"]
    assert {item.size_bytes for item in found} == {1}
    assert "scan" not in repr(found)


@pytest.mark.parametrize(
    ("age_seconds", "content", "pending"),
    [(0, "x", False), (4.9, "x", False), (5.1, "x", True), (20, "", False), (51, "", True)],
)
def test_a_file_settles_before_it_is_pending(
    settings: Settings,
    inbox: Path,
    monkeypatch: pytest.MonkeyPatch,
    age_seconds: float,
    content: str,
    pending: bool,
) -> None:
    path = inbox / "a.xlsx"
    path.write_text(content)
    changed = path.stat().st_ctime
    monkeypatch.setattr(inbox_module.time, "time", lambda: changed + age_seconds)
    slow = settings.model_copy(update={"settle_seconds": 5.0})
    assert bool(pending_exports(slow)) is pending


@pytest.mark.parametrize(("age_seconds", "pending"), [(0, False), (20, False), (51, True)])
def test_a_folder_settles_slowly(
    settings: Settings,
    inbox: Path,
    monkeypatch: pytest.MonkeyPatch,
    age_seconds: float,
    pending: bool,
) -> None:
    changed = hostile_files.folder(inbox / "a.xlsx").stat().st_ctime
    monkeypatch.setattr(inbox_module.time, "time", lambda: changed + age_seconds)
    slow = settings.model_copy(update={"settle_seconds": 5.0})
    assert bool(pending_exports(slow)) is pending


@pytest.mark.parametrize(
    ("name", "pending"),
    [
        ("3월.xlsx", True),
        ("3월.XLS", True),
        ("a.csv", True),
        ("3월", False),
        ("xlsx", False),
        ("a.xlsx.d", False),
        ("보관.2026", False),
        (".a.xlsx", False),
        ("~$a.xlsx", False),
        ("a.xlsx.part", False),
    ],
)
def test_a_folder_is_pending_when_it_is_named_like_an_export(
    settings: Settings, inbox: Path, name: str, pending: bool
) -> None:
    hostile_files.folder(inbox / name)
    assert [export.name for export in pending_exports(settings)] == [name] * pending


def test_a_link_to_a_folder_is_left_alone(settings: Settings, inbox: Path) -> None:
    elsewhere = hostile_files.folder(settings.data_dir / "elsewhere.xlsx")
    (inbox / "a.xlsx").symlink_to(elsewhere)
    assert claim(settings) == []
    assert (inbox / "a.xlsx").is_symlink()


def test_a_folder_that_cannot_be_moved_is_left_alone(
    settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile_files.folder(inbox / "of somebody else.xlsx")
    hostile_files.folder(inbox / "ours.xlsx")
    monkeypatch.setattr(
        inbox_module.os,
        "access",
        lambda path, mode: not mode & os.W_OK or path.endswith("ours.xlsx"),
    )
    assert names(claim(settings)) == ["ours.xlsx"]
    assert (inbox / "of somebody else.xlsx").is_dir()


def test_a_copied_time_in_the_future_does_not_hold_a_file_back(
    settings: Settings, inbox: Path
) -> None:
    path = inbox / "a.xlsx"
    path.write_text("x")
    os.utime(path, (9e9, 9e9))
    assert len(pending_exports(settings)) == 1


def test_claiming_moves_hashes_and_closes_the_folder(settings: Settings, inbox: Path) -> None:
    (inbox / "b.xlsx").write_bytes(b"two")
    (inbox / "a.xlsx").write_bytes(b"one")
    files = claim(settings)
    assert names(files) == ["a.xlsx", "b.xlsx"]
    assert files[0].sha256 == hashlib.sha256(b"one").hexdigest()
    assert files[0].size_bytes == 3
    folder = Path(files[0].uri).parent
    assert folder.parent == settings.processing_dir
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(settings.processing_dir.stat().st_mode) == 0o700
    assert list(inbox.iterdir()) == []


def test_claiming_twice_gives_the_same_list(settings: Settings, inbox: Path) -> None:
    (inbox / "a.xlsx").write_bytes(b"one")
    first = claim(settings)
    assert claim(settings) == first
    (inbox / "a.xlsx").write_bytes(b"one")
    assert claim(settings) == first
    (inbox / "a.xlsx").write_bytes(b"three")
    assert names(claim(settings)) == ["a (2).xlsx", "a.xlsx"]


def test_nothing_pending_leaves_no_folder(settings: Settings) -> None:
    assert claim(settings) == []
    assert list(settings.processing_dir.iterdir()) == []


def test_leftovers_of_a_crashed_run_are_taken_over(settings: Settings, inbox: Path) -> None:
    (inbox / "a.xlsx").write_bytes(b"one")
    [old] = claim(settings, "crashed")
    unfinished = Path(old.uri).with_name(".0123.tmp")
    unfinished.write_bytes(b"on")
    (inbox / "a.xlsx").write_bytes(b"two")
    files = claim(settings)
    assert names(files) == ["a (2).xlsx", "a.xlsx"]
    assert {file.sha256 for file in files} == {
        hashlib.sha256(content).hexdigest() for content in (b"one", b"two")
    }
    assert [path.name for path in settings.processing_dir.iterdir()] == [RUN]


def test_a_folder_is_claimed_whole_and_unread(
    settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(path: Path) -> str:
        raise AssertionError("what is in the folder was read")

    monkeypatch.setattr(processing, "sha256_file", forbidden)
    hostile_files.folder(inbox / "3월.xlsx")
    hostile_files.folder(inbox / "4월.xlsx")
    files = claim(settings)
    assert names(files) == ["3월.xlsx", "4월.xlsx"]
    assert len({file.sha256 for file in files}) == 2
    assert list(inbox.iterdir()) == []
    assert sorted(path.name for path in Path(files[0].uri).iterdir()) == ["link", "안의 파일.xlsx"]
    assert (Path(files[0].uri) / "link").readlink() == Path("/")
    assert claim(settings) == files


def test_a_folder_of_a_crashed_run_is_taken_over(settings: Settings, inbox: Path) -> None:
    hostile_files.folder(inbox / "a.xlsx")
    [old] = claim(settings, "crashed")
    unfinished = Path(old.uri).with_name(".0123.tmp")
    hostile_files.folder(unfinished)
    hostile_files.folder(inbox / "a.xlsx")
    assert names(claim(settings)) == ["a (2).xlsx", "a.xlsx"]
    assert [path.name for path in settings.processing_dir.iterdir()] == [RUN]


def test_a_folder_that_still_fills_goes_back(
    settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = processing._identity

    def identify_while_filling(path: Path) -> str:
        found = identity(path)
        (path / "another.xlsx").write_text("x")
        return found

    hostile_files.folder(inbox / "a.xlsx")
    with monkeypatch.context() as patch:
        patch.setattr(processing, "_identity", identify_while_filling)
        assert claim(settings) == []
    assert (inbox / "a.xlsx" / "another.xlsx").exists()
    assert names(claim(settings)) == ["a.xlsx"]


def test_files_with_the_same_bytes_are_one_export(settings: Settings, inbox: Path) -> None:
    for name in ("a.xlsx", "copy of a.xlsx"):
        (inbox / name).write_bytes(b"one")
    assert names(claim(settings)) == ["a.xlsx"]
    assert list(inbox.iterdir()) == []


def test_a_growing_file_goes_back(
    settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "grows.xlsx").write_bytes(b"one")
    (inbox / "rests.xlsx").write_bytes(b"two")

    def hash_while_growing(path: Path) -> str:
        if path.name == "grows.xlsx":
            with path.open("ab") as stream:
                stream.write(b"more")
        return hashlib.sha256(path.read_bytes()).hexdigest()

    with monkeypatch.context() as patch:
        patch.setattr(processing, "sha256_file", hash_while_growing)
        assert names(claim(settings)) == ["rests.xlsx"]
    assert (inbox / "grows.xlsx").read_bytes() == b"onemore"
    assert names(claim(settings)) == ["grows.xlsx", "rests.xlsx"]


def test_a_vanished_file_is_skipped(
    settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.xlsx").write_bytes(b"one")
    (inbox / "b.xlsx").write_bytes(b"two")
    found = pending_exports(settings)
    (inbox / "a.xlsx").unlink()
    monkeypatch.setattr(inbox_module.FolderInbox, "pending", lambda _: found)
    assert names(claim(settings)) == ["b.xlsx"]


def test_another_file_system_is_copied_to(
    settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.xlsx").write_bytes(b"one")
    rename = Path.rename

    def other_file_system(self: Path, target: Path) -> Path:
        if self.parent == inbox:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", other_file_system)
    [file] = claim(settings)
    assert Path(file.uri).read_bytes() == b"one"
    assert list(inbox.iterdir()) == []
    assert [path.name for path in Path(file.uri).parent.iterdir()] == ["a.xlsx"]


def test_another_error_of_the_file_system_is_not_hidden(
    settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.xlsx").write_bytes(b"one")

    def denied(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "rename", denied)
    with pytest.raises(StorageError, match="Permission denied"):
        claim(settings)
    assert (inbox / "a.xlsx").exists()


MASKS: list[tuple[str, Callable[[str], str], str]] = [
    (
        "010-1234-5678 상담.xlsx",
        lambda n: n.replace("010-1234-5678", "#@전화번호#"),
        "#@전화번호# 상담.xlsx",
    ),
    ("kim@example.com.xlsx", lambda _: "#@이메일#", "#@이메일#.xlsx"),
    ("상담.01012345678", lambda _: "상담.#@전화번호#", "상담.#@전화번호#"),
    ("a.xlsx", lambda _: "../x/y.xlsx", "_.._x_y.xlsx"),
    ("a.xlsx", lambda _: "한\n\x7f\\.xlsx", "한___.xlsx"),
    ("\u1112\u1161\u11ab.xlsx", lambda n: n, "한.xlsx"),
    ("가" * 80 + ".xlsx", lambda n: n, "가" * 65 + ".xlsx"),
]


@pytest.mark.parametrize(("name", "mask", "claimed"), MASKS)
def test_the_claimed_name_is_masked_and_safe(
    settings: Settings, inbox: Path, name: str, mask: Callable[[str], str], claimed: str
) -> None:
    (inbox / name).write_bytes(b"one")
    [file] = claim_exports(settings, run_key=RUN, mask_name=mask)
    assert file.name == claimed
    assert len(file.name.encode()) <= 200
    assert Path(file.uri).is_relative_to(settings.processing_dir / RUN)


def test_names_that_become_equal_are_numbered(settings: Settings, inbox: Path) -> None:
    for number in range(3):
        (inbox / f"{number}.xlsx").write_bytes(bytes([number]))
    files = claim_exports(settings, run_key=RUN, mask_name=lambda _: "가" * 90 + ".xlsx")
    assert [len(file.name.encode()) <= 200 for file in files] == [True] * 3
    assert [file.name[-9:] for file in files] == [" (2).xlsx", " (3).xlsx", "가가가가.xlsx"]


def test_a_run_key_cannot_leave_the_folder(settings: Settings, inbox: Path) -> None:
    (inbox / "a.xlsx").write_bytes(b"one")
    [file] = claim(settings, "../../elsewhere")
    assert Path(file.uri).parent.parent == settings.processing_dir
