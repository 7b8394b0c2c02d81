"""Commands about the dataset: its versions, what changed, whether they stand."""

from typing import Annotated

import typer

from cs_pipeline.cli.tables import listing, print_whole
from cs_pipeline.cli.wording import dataset as wording
from cs_pipeline.cli.words import add_commands, say
from cs_pipeline.moments import shown_moment

Version = Annotated[
    str,
    typer.Argument(help=str(wording.VERSION_ARGUMENT)),
]


def log(
    exports: Annotated[bool, typer.Option("--exports", help=str(wording.SHOW_EXPORTS))] = False,
) -> None:
    """Versions of the dataset, newest first."""
    from cs_pipeline import stages

    headings = [
        str(wording.VERSION),
        str(wording.MADE),
        str(wording.EXPORTS),
        str(wording.TRAIN),
        str(wording.VAL),
        str(wording.DUPLICATES),
        str(wording.NEAR),
        str(wording.REPEATED),
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

    change = stages.dataset_diff(stages.Installation.load(), before, after)
    say(wording.difference(change))
    if not change.exports:
        say(wording.SAME_EXPORTS)
        return
    table = listing(["", str(wording.EXPORT), "sha256", str(wording.BEFORE), str(wording.AFTER)])
    for export in change.exports:
        mark = "+" if export.rows_before is None else "-" if export.rows_after is None else "~"
        table.add_row(
            mark,
            export.export_name,
            export.export_sha256[:12],
            _rows(export.rows_before),
            _rows(export.rows_after),
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
    say(wording.verified(manifest.version_id, len(manifest.shards)))


def rebuild(version: Version = "current") -> None:
    """Write a version's CSVs anew, byte for byte, from its shards."""
    from cs_pipeline import stages

    dataset = stages.dataset_rebuild(stages.Installation.load(), version)
    say(wording.rebuilt(dataset.uri))


def _rows(count: int | None) -> str:
    return "-" if count is None else f"{count:,}"


def register(app: typer.Typer) -> None:
    """Add the command group `dataset`."""
    group = typer.Typer(
        no_args_is_help=True,
        help=str(wording.GROUP),
    )
    add_commands(group, (log, diff, verify, rebuild), wording.HELP)
    app.add_typer(group, name="dataset")
