"""What the commands of `cli/dataset.py` say."""

from typing import TYPE_CHECKING

from cs_pipeline.language import Words

if TYPE_CHECKING:
    from cs_pipeline.stages.dataset import VersionChange

VERSION_ARGUMENT = Words(
    ko="버전 (d0003-…, 3 또는 current)", en="Version (d0003-..., 3 or current)"
)

SHOW_EXPORTS = Words(ko="엑셀별로 보기", en="Show each version's exports")

VERSION = Words(ko="버전", en="Version")

MADE = Words(ko="만든 때", en="Made")

EXPORTS = Words(ko="엑셀", en="Exports")

TRAIN = Words(ko="학습", en="Train")

VAL = Words(ko="검증", en="Val")

DUPLICATES = Words(ko="중복", en="Duplicates")

NEAR = Words(ko="유사", en="Near")

REPEATED = Words(ko="되풀이", en="Repeated")


def difference(change: "VersionChange") -> Words:
    """The rows by which two versions differ."""
    old, new = change.before, change.after
    train, val = new.train_rows - old.train_rows, new.val_rows - old.val_rows
    duplicates = new.duplicates_removed - old.duplicates_removed
    return Words(
        ko=f"{old.version_id} → {new.version_id}: 학습 {train:+,} · 검증 {val:+,} · "
        f"중복 {duplicates:+,}",
        en=f"{old.version_id} -> {new.version_id}: train {train:+,} · val {val:+,} · "
        f"duplicates {duplicates:+,}",
    )


SAME_EXPORTS = Words(ko="엑셀 구성은 같습니다.", en="Both hold the same exports.")

AFTER = Words(ko="이후", en="After")

BEFORE = Words(ko="이전", en="Before")

EXPORT = Words(ko="엑셀", en="Export")


def verified(version_id: str, shards: int) -> Words:
    """A version is as it was recorded."""
    return Words(
        ko=f"✓ {version_id}: 샤드 {shards:,}개와 CSV가 기록과 같습니다.",
        en=f"✓ {version_id}: {shards:,} shards and the CSVs are as recorded.",
    )


def rebuilt(uri: str) -> Words:
    """Where the CSVs are again."""
    return Words(ko=f"되살렸습니다: {uri}", en=f"Rebuilt: {uri}")


GROUP = Words(ko="데이터셋: log, diff, verify, rebuild", en="Dataset: log, diff, verify, rebuild")


HELP = {
    "log": "데이터셋의 버전을 새것부터 보여 줍니다.",
    "diff": "두 버전 사이에 무엇이 들어오고 나갔는지 보여 줍니다.",
    "verify": "버전의 샤드와 CSV를 sha256으로 확인합니다. 다르면 종료 코드 3입니다.",
    "rebuild": "버전의 CSV를 샤드에서 그대로 되살립니다.",
}
"""Korean help of each command; the English is its docstring."""
