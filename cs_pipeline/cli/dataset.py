"""Commands about the dataset: its versions, what changed, whether they stand."""

from collections.abc import Callable
from typing import Annotated

import typer

from cs_pipeline.cli.tables import listing, print_whole
from cs_pipeline.cli.words import add_commands, say, words
from cs_pipeline.moments import shown_moment

Version = Annotated[
    str,
    typer.Argument(
        help=words("버전 (d0003-…, 3 또는 current)", "Version (d0003-..., 3 or current)")
    ),
]


def log(
    exports: Annotated[
        bool, typer.Option("--exports", help=words("엑셀별로 보기", "Show each version's exports"))
    ] = False,
) -> None:
    """Versions of the dataset, newest first."""
    from cs_pipeline import stages

    headings = [
        words("버전", "Version"),
        words("만든 때", "Made"),
        words("엑셀", "Exports"),
        words("학습", "Train"),
        words("검증", "Val"),
        words("중복", "Duplicates"),
        words("유사", "Near"),
        words("되풀이", "Repeated"),
        "CSV",
    ]
    table = listing(headings)
    for manifest, has_csvs in stages.dataset_log(stages.Installation.load()):
        table.add_row(
            manifest.version_id,
            shown_moment(manifest.created_at),
            f"{len(manifest.shards):,}",
            f"{manifest.train_rows:,}",
            f"{manifest.val_rows:,}",
            f"{manifest.duplicates_removed:,}",
            f"{manifest.near_duplicates_removed:,}",
            f"{manifest.boilerplate_removed:,}",
            "✓" if has_csvs else "-",
        )
        for shard in manifest.shards if exports else ():
            origin = f" ← {shard.origin_sha256[:12]}" if shard.origin_sha256 else ""
            name = f"{shard.export_name}{origin}"
            table.add_row(f"  {shard.export_sha256[:12]}", name, "", f"{shard.rows:,}")
    print_whole(table)


def diff(before: Version, after: Version = "current") -> None:
    """What came, went or changed from one version to another."""
    from cs_pipeline import stages

    old, new, changes = stages.dataset_diff(stages.Installation.load(), before, after)
    say(
        f"{old.version_id} → {new.version_id}: 학습 {new.train_rows - old.train_rows:+,} · "
        f"검증 {new.val_rows - old.val_rows:+,} · "
        f"중복 {new.duplicates_removed - old.duplicates_removed:+,}",
        f"{old.version_id} -> {new.version_id}: train {new.train_rows - old.train_rows:+,} · "
        f"val {new.val_rows - old.val_rows:+,} · "
        f"duplicates {new.duplicates_removed - old.duplicates_removed:+,}",
    )
    if not changes:
        say("엑셀 구성은 같습니다.", "Both hold the same exports.")
        return
    table = listing(
        ["", words("엑셀", "Export"), "sha256", words("이전", "Before"), words("이후", "After")]
    )
    for change in changes:
        mark = "+" if change.rows_before is None else "-" if change.rows_after is None else "~"
        table.add_row(
            mark,
            change.export_name,
            change.export_sha256[:12],
            _rows(change.rows_before),
            _rows(change.rows_after),
        )
    print_whole(table)


def verify(version: Version = "current") -> None:
    """Check a version's shards and CSVs against their sha256; exit code 3 if any is not right."""
    from cs_pipeline import stages

    manifest, problems = stages.dataset_verify(stages.Installation.load(), version)
    for problem in problems:
        typer.echo(f"✗ {problem}")
    if problems:
        raise typer.Exit(3)
    say(
        f"✓ {manifest.version_id}: 샤드 {len(manifest.shards):,}개와 CSV가 기록과 같습니다.",
        f"✓ {manifest.version_id}: {len(manifest.shards):,} shards and the CSVs are as recorded.",
    )


def rebuild(version: Version = "current") -> None:
    """Write a version's CSVs anew, byte for byte, from its shards."""
    from cs_pipeline import stages

    dataset = stages.dataset_rebuild(stages.Installation.load(), version)
    say(f"되살렸습니다: {dataset.uri}", f"Rebuilt: {dataset.uri}")


def _rows(count: int | None) -> str:
    return "-" if count is None else f"{count:,}"


KOREAN_HELP: dict[Callable[..., None], str] = {
    log: "데이터셋의 버전을 새것부터 보여 줍니다.",
    diff: "두 버전 사이에 무엇이 들어오고 나갔는지 보여 줍니다.",
    verify: "버전의 샤드와 CSV를 sha256으로 확인합니다. 다르면 종료 코드 3입니다.",
    rebuild: "버전의 CSV를 샤드에서 그대로 되살립니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command group `dataset`."""
    group = typer.Typer(
        no_args_is_help=True,
        help=words("데이터셋: log, diff, verify, rebuild", "Dataset: log, diff, verify, rebuild"),
    )
    add_commands(group, KOREAN_HELP)
    app.add_typer(group, name="dataset")
