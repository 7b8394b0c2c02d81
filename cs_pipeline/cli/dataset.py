"""Commands about the dataset: its versions, what changed, whether they stand, and forgetting."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.tables import listing, print_whole
from cs_pipeline.cli.words import add_commands, say, words
from cs_pipeline.errors import SettingsError

if TYPE_CHECKING:
    from cs_pipeline.stages import Withdrawal

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
            f"{manifest.created_at.astimezone():%Y-%m-%d %H:%M}",
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


def withdraw(
    export: Annotated[
        list[str] | None,
        typer.Option(
            help=words("엑셀의 sha256(앞자리) 또는 이름", "Export: sha256, start of it, or name")
        ),
    ] = None,
    conversation: Annotated[
        list[str] | None, typer.Option(help=words("상담 ID", "Conversation id in the exports"))
    ] = None,
    contains_digest: Annotated[
        list[str] | None,
        typer.Option(
            help=words(
                "가린 값의 해시 (`cs-pipeline digest`). 그 값이 나온 상담을 모두 뺍니다",
                "Digest of a masked value (`cs-pipeline digest`): all conversations that held it",
            )
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=words("묻지 않고 진행", "Do not ask"))] = False,
) -> None:
    """Take data out of the dataset for good, and mark the models trained on it."""
    from cs_pipeline import stages

    if not export and not conversation and not contains_digest:
        raise SettingsError(
            ko="--export, --conversation 또는 --contains-digest로 무엇을 뺄지 적으세요.",
            en="Say what to withdraw: --export, --conversation or --contains-digest.",
        )
    question = words(
        "데이터셋과 샤드에서 지웁니다. 되돌릴 수 없습니다. 계속할까요?",
        "This erases it from dataset and shards and cannot be undone. Go on?",
    )
    if not yes and not typer.confirm(question):
        raise typer.Exit(2)
    done = stages.withdraw(
        stages.Installation.load(),
        exports=export or (),
        conversations=conversation or (),
        digests=contains_digest or (),
    )
    _print_withdrawal(done, originals_stay=bool(conversation or contains_digest))


def _print_withdrawal(done: "Withdrawal", *, originals_stay: bool) -> None:
    say(
        f"엑셀 {done.exports:,}개에서 {done.rows:,}행을 뺐습니다. "
        f"데이터셋 {done.dataset.version_id}: "
        f"학습 {done.dataset.train_rows:,} · 검증 {done.dataset.val_rows:,}",
        f"Withdrew {done.rows:,} rows of {done.exports:,} exports. Dataset "
        f"{done.dataset.version_id}: train {done.dataset.train_rows:,} · "
        f"val {done.dataset.val_rows:,}",
    )
    if originals_stay:
        say(
            "상담이 들어 있는 원본 엑셀은 processed/에 그대로 있습니다. 지우려면 원본도 "
            "--export로 빼거나 고친 엑셀로 바꾸세요.",
            "The original exports that hold the conversation still lie in processed/. To be rid "
            "of them too, withdraw them by --export and drop corrected ones.",
        )
    for model in done.models:
        live = model == done.live_model
        say(
            f"이 데이터로 학습한 모델: {model}{' ← 운영 중' if live else ''}",
            f"Trained on it: model {model}{' <- live' if live else ''}",
        )
    if done.live_model:
        say(
            "운영 모델을 바꾸려면 `cs-pipeline run --force`로 다시 학습하세요.",
            "To replace the live model, train again: `cs-pipeline run --force`.",
        )


def digest() -> None:
    """Read values on stdin, a line each, and write the digests by which masked ones are known."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    for line in sys.stdin:
        found = stages.digests_of(installation, line.strip())
        typer.echo(" ".join(found))
        if not found and line.strip():
            say(
                "이름, 주소, 생년월일, 짧은 번호는 해시를 남기지 않습니다. 상담 ID로 빼세요.",
                "No digest is kept of names, addresses, dates of birth and short numbers. Withdraw "
                "by the conversation's id.",
                err=True,
            )


def _rows(count: int | None) -> str:
    return "-" if count is None else f"{count:,}"


KOREAN_HELP: dict[Callable[..., None], str] = {
    log: "데이터셋의 버전을 새것부터 보여 줍니다.",
    diff: "두 버전 사이에 무엇이 들어오고 나갔는지 보여 줍니다.",
    verify: "버전의 샤드와 CSV를 sha256으로 확인합니다. 다르면 종료 코드 3입니다.",
    rebuild: "버전의 CSV를 샤드에서 그대로 되살립니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command group `dataset`, and `withdraw`."""
    group = typer.Typer(
        no_args_is_help=True,
        help=words("데이터셋: log, diff, verify, rebuild", "Dataset: log, diff, verify, rebuild"),
    )
    add_commands(group, KOREAN_HELP)
    app.add_typer(group, name="dataset")
    add_commands(
        app,
        {
            withdraw: "데이터를 데이터셋에서 영구히 빼고, 그것으로 학습한 모델을 표시합니다.",
            digest: "표준 입력의 값(전화번호 등)마다 가린 값을 찾는 해시를 씁니다.",
        },
    )
