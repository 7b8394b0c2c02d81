"""Where an installation keeps its files."""

from pathlib import Path
from typing import ClassVar

from pydantic import Field, field_validator

from cs_pipeline.config.group import Group, wording
from cs_pipeline.language import Words


class Folders(Group):
    """The two roots, and the folders that follow from them."""

    heading: ClassVar[Words] = Words(ko="폴더", en="Folders")

    data_dir: Path = Field(
        default=Path("data-train"),
        json_schema_extra=wording("인박스, 샤드, 데이터셋, 두 CSV의 폴더."),
    )
    """Folder of inbox, shards, datasets and the two CSVs."""
    work_dir: Path = Field(
        default=Path("var"),
        json_schema_extra=wording("실행 기록, 그리고 따로 정하지 않은 모델 저장소의 폴더."),
    )
    """Folder of run folders and, by default, the model store."""

    secrets_dir: Path | None = Field(
        default=None,
        json_schema_extra=wording(
            "설정 이름으로 된 파일의 폴더. 예: `/run/secrets`의 "
            "`CS_PIPELINE_S3_SECRET_ACCESS_KEY`. 환경 변수가 파일보다 우선함."
        ),
    )
    """Folder of files that are named like settings and hold their values, such as
    `/run/secrets` with `CS_PIPELINE_S3_SECRET_ACCESS_KEY`. The environment wins over a file."""

    open_folders: bool = Field(
        default=False,
        json_schema_extra=wording(
            "켜면 두 폴더의 권한을 바꾸지 않음. 끄면 이 사용자만 열 수 있게 닫음(0700). 원문이 든 "
            "하위 폴더는 언제나 닫음."
        ),
    )
    """On: the two folders keep their permissions. Off: they are closed to all other users
    (0700). Those below them that hold raw text are always closed."""

    @field_validator("data_dir", "work_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        try:
            return value.expanduser().resolve()
        except RuntimeError:  # ~name, and nobody is called so
            raise ValueError("There is no such home folder") from None

    @property
    def processing_dir(self) -> Path:
        """Claimed exports of runs in progress."""
        return self.data_dir / "processing"

    @property
    def processed_dir(self) -> Path:
        """Exports whose rows are in the dataset, and the ledger."""
        return self.data_dir / "processed"

    @property
    def quarantine_dir(self) -> Path:
        """Refused exports and refused rows; holds unmasked text."""
        return self.data_dir / "quarantine"

    @property
    def quality_dir(self) -> Path:
        """A page of figures for each export, and the profiles of those that were accepted."""
        return self.data_dir / "quality"

    @property
    def shards_dir(self) -> Path:
        """Masked exchanges, one Parquet file per export."""
        return self.data_dir / "shards"

    @property
    def datasets_dir(self) -> Path:
        """Dataset versions."""
        return self.data_dir / "datasets"

    @property
    def runs_dir(self) -> Path:
        """One folder per run: checkpoint, result, verdict, record, report."""
        return self.work_dir / "runs"
