import json
import os
import subprocess
import sys
from pathlib import Path

from cs_pipeline import stages
from cs_pipeline.config import Settings


def drop_folder(settings: Settings) -> Path:
    folder = Path(settings.inbox_uri) / "3월 010-1234-5678.xlsx"
    folder.mkdir(parents=True)
    (folder / "비밀값.xlsx").write_text("비밀값")
    (folder / "link.xlsx").symlink_to("/etc/hostname")
    return folder


def test_a_folder_in_the_inbox_ends_in_quarantine_however_often_it_is_tried(
    settings: Settings,
) -> None:
    drop_folder(settings)
    assert stages.pending_exports(stages.Installation(settings)) == ["3월 #@전화번호#.xlsx"]
    for run_id in ("run-1", "run-2"):  # the first one crashes after it claimed
        [export] = stages.collect(stages.Installation(settings), run_id=run_id) or []
    assert stages.pending_exports(stages.Installation(settings)) == []
    for _ in range(2):
        assert stages.validate(stages.Installation(settings), export).quarantined == "not_a_file"
    place, reason = sorted(settings.quarantine_dir.iterdir(), key=lambda path: path.suffix)[::-1]
    assert sorted(path.name for path in place.iterdir()) == ["link.xlsx", "비밀값.xlsx"]
    assert (place / "link.xlsx").is_symlink()
    told = json.loads(reason.read_text(encoding="utf-8"))
    assert told["reason"] == "not_a_file"
    assert "폴더" in told["ko"]
    assert "folder" in told["en"]
    assert "비밀값" not in str(told)
    assert not list(settings.processing_dir.iterdir())
    assert stages.collect(stages.Installation(settings), run_id="run-3") is None


def test_the_same_folder_again_is_another_one(settings: Settings) -> None:
    for run_id in ("run-1", "run-2"):
        drop_folder(settings)
        [export] = stages.collect(stages.Installation(settings), run_id=run_id) or []
        stages.validate(stages.Installation(settings), export)
    folders = [path for path in settings.quarantine_dir.iterdir() if path.is_dir()]
    assert len(folders) == len(list(settings.quarantine_dir.glob("*.reason.json"))) == 2
    assert all((folder / "비밀값.xlsx").exists() for folder in folders)


REFUSE_AND_NAME_HEAVY_MODULES = """
import sys
from cs_pipeline import stages
from cs_pipeline.config import Settings
settings = Settings.load(settle_seconds=0)
for export in stages.collect(stages.Installation(settings), run_id="run"):
    assert stages.validate(stages.Installation(settings), export).quarantined == "damaged_workbook"
print(*{"great_expectations", "openpyxl", "pandas", "pyarrow", "torch"} & set(sys.modules))
"""


def test_what_is_refused_before_the_checks_does_not_wait_for_heavy_libraries(
    settings: Settings,
) -> None:
    inbox = Path(settings.inbox_uri)
    inbox.mkdir(parents=True)
    (inbox / "cut.xlsx").write_bytes(b"PK\x03\x04")
    done = subprocess.run(
        [sys.executable, "-c", REFUSE_AND_NAME_HEAVY_MODULES],
        env={**os.environ, "CS_PIPELINE_DATA_DIR": str(settings.data_dir)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "\n"
