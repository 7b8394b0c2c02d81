"""Everything at once: each hostile file that has a builder, good exports, and bystanders."""

import shutil
from pathlib import Path

from cs_pipeline.files import sha256_file
from cs_pipeline.samples.workbook import write_sample_export
from tests.unit.intake import hostile_files, other_formats, workbooks

PASSWORD = "열려라 참깨!1"
LOCK_FILE, SUBFOLDER = "~$열려 있는 상담.xlsx", "보관"
# Without any password the encrypted ones of the corpus would be `password_protected`.
REASONS_WITH_A_PASSWORD = {"password_protected": "wrong_password"}


class HostileDrop:
    """Files made in `workshop`, to be dropped together.

    Attributes:
        reasons: name of each bad file -> why it is to be refused.
        good: sha256s of those that are to be trained on.
    """

    def __init__(self, workshop: Path) -> None:
        workshop.mkdir()
        self._workshop = workshop
        self.reasons: dict[str, str] = {}
        for title, (reason, name, build) in hostile_files.CORPUS.items():
            path = build(workshop / f"{title}{Path(name).suffix}")
            self.reasons[path.name] = REASONS_WITH_A_PASSWORD.get(reason, reason)
        odd, longest = workshop / "상담😀\n3월.xlsx", workshop / f"{'가' * 83}a.xlsx"
        write_sample_export(odd, rows=150, seed=51, layout="qa")
        write_sample_export(longest, rows=150, seed=52, layout="turns")
        good = [
            other_formats.encrypt(odd, PASSWORD),
            longest,
            hostile_files.stray_cell_in_the_last_row(workshop / "stray cell.xlsx"),
        ]
        self.good = {sha256_file(path) for path in good}
        workbooks.written(workshop / LOCK_FILE, b"\x05admin".ljust(165))
        (workshop / SUBFOLDER).mkdir()
        other_formats.xlsx(workshop / SUBFOLDER / "3월.xlsx")

    def into(self, inbox: Path) -> None:
        """Copy it all, as a person does."""
        shutil.copytree(self._workshop, inbox, symlinks=True, dirs_exist_ok=True)

    def sha256(self, name: str) -> str:
        """Of the bytes of a file as it was dropped."""
        return sha256_file(self._workshop / name)

    def is_folder(self, name: str) -> bool:
        """Whether what was dropped under this name is a folder."""
        return (self._workshop / name).is_dir()
