"""The command that shows what waits, what was refused and what was processed."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.tables import print_whole
from cs_pipeline.cli.words import add_commands, say, words

if TYPE_CHECKING:
    from cs_pipeline.stages import InboxReport

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def inbox(
    limit: Annotated[
        int,
        typer.Option(min=1, help=words("종류마다 보여 줄 개수", "Entries to show of each kind")),
    ] = 20,
    as_json: Annotated[
        bool, typer.Option("--json", help=words("JSON으로 출력", "Print JSON"))
    ] = False,
) -> None:
    """Show what waits in the inbox, what was refused and what was processed."""
    from cs_pipeline import stages

    report = stages.inbox_report(stages.Installation.load(), limit=limit)
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
        return
    _print_place(report)
    _print_waiting(report)
    _print_refused_exports(report)
    _print_refused_rows(report)
    _print_processed(report)


def _print_place(report: "InboxReport") -> None:
    """Which installation this is, who is at work in it, and on what."""
    say(f"인박스: {report.inbox_uri}", f"Inbox: {report.inbox_uri}")
    say(f"데이터 폴더: {report.data_folder}", f"Data folder: {report.data_folder}")
    if not report.exists:
        say("여기에는 아직 설치가 없습니다.", "There is no installation here yet.")
    if owner := report.at_work:
        say(
            f"진행 중: {owner.by}의 {owner.what} ({age_words(owner.since, report.looked_at)})",
            f"At work: {owner.by} with {owner.what} ({age_words(owner.since, report.looked_at)})",
        )
    if report.processing:
        _print(
            words("처리 중인 파일", "In processing"),
            [words("파일", "File"), words("크기", "Size"), words("가져온 때", "Claimed")],
            [
                (
                    item.name,
                    size_words(item.size_bytes),
                    age_words(item.claimed_at, report.looked_at),
                )
                for item in report.processing
            ],
        )


def _print_waiting(report: "InboxReport") -> None:
    _print(
        words("대기", "Waiting"),
        [words("파일", "File"), words("크기", "Size"), words("올린 때", "Dropped"), ""],
        [
            (
                item.name,
                size_words(item.size_bytes),
                age_words(item.changed_at, report.looked_at),
                state_words(item.state),
            )
            for item in report.waiting
        ],
    )


def _print_refused_exports(report: "InboxReport") -> None:
    _print(
        words("거절된 파일", "Refused files"),
        [words("파일", "File"), words("거절된 때", "Refused"), words("이유", "Reason")],
        [
            (
                item.name,
                age_words(item.quarantined_at, report.looked_at),
                str(item.words).removeprefix(f"{item.name}: "),
            )
            for item in report.refused_exports
        ],
        more=report.more.get("refused_exports", 0),
    )


def _print_refused_rows(report: "InboxReport") -> None:
    _print(
        words(
            "거절된 행 (고쳐서 인박스에 다시 올리면 고친 행이 들어갑니다)",
            "Refused rows (correct them and drop the file into the inbox again)",
        ),
        [words("파일", "File"), words("행", "Rows"), words("만든 때", "Written")],
        [
            (
                item.uri,
                "-" if item.rows is None else f"{item.rows:,}",
                age_words(item.written_at, report.looked_at),
            )
            for item in report.refused_rows
        ],
        more=report.more.get("refused_rows", 0),
    )


def _print_processed(report: "InboxReport") -> None:
    _print(
        words("처리된 파일", "Processed"),
        [
            words("파일", "File"),
            words("행", "Rows"),
            words("데이터셋", "Dataset"),
            words("처리된 때", "Processed"),
        ],
        [
            (
                item.name,
                f"{item.rows:,}",
                item.dataset_version,
                age_words(item.processed_at, report.looked_at),
            )
            for item in report.processed
        ],
        more=report.more.get("processed", 0),
    )


def _print(
    title: str, headings: list[str], rows: Iterable[tuple[str, ...]], *, more: int = 0
) -> None:
    """A list under its title; only its last column is wrapped."""
    from rich.table import Table
    from rich.text import Text

    typer.echo("")
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, no_wrap=heading is not headings[-1])
    for row in rows:
        table.add_row(*map(Text, row))  # a name in brackets is not markup
    if not table.rows:
        typer.echo(words(f"{title}: 없음", f"{title}: none"))
        return
    typer.echo(title)
    print_whole(table)
    if more:
        say(f"… {more:,}개 더 있습니다 (--limit).", f"... {more:,} more (--limit).")


def age_words(moment: datetime | None, now: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    if moment is None:
        return "-"
    seconds = int((now - moment).total_seconds())
    if seconds < _MINUTE:
        return words("방금", "just now")
    if seconds < _HOUR:
        return words(f"{seconds // _MINUTE}분 전", f"{seconds // _MINUTE} min ago")
    if seconds < _DAY:
        return words(f"{seconds // _HOUR}시간 전", f"{seconds // _HOUR} h ago")
    days = seconds // _DAY
    return words(f"{days:,}일 전", "1 day ago" if days == 1 else f"{days:,} days ago")


def size_words(size_bytes: int | None) -> str:
    """Bytes, KB or MB."""
    if size_bytes is None:
        return "-"
    if size_bytes < 1024:
        return f"{size_bytes} B"
    kilobytes = size_bytes / 1024
    return f"{kilobytes:,.0f} KB" if kilobytes < 1024 else f"{kilobytes / 1024:,.1f} MB"


def state_words(state: str) -> str:
    """Whether the next run takes a file, and if not, why."""
    return {
        "pending": words("다음 실행에서 처리", "taken by the next run"),
        "settling": words("저장이 끝나기를 기다림", "waits until it is written"),
        "lock_file": words(
            "건너뜀: 엑셀에서 열려 있다는 표시", "left alone: a lock file, the workbook is open"
        ),
        "hidden": words("건너뜀: 숨김 파일", "left alone: a hidden file"),
        "unfinished": words("건너뜀: 덜 받은 파일", "left alone: an unfinished download"),
        "folder": words(
            "건너뜀: 폴더 (파일을 꺼내 인박스에 바로 두세요)",
            "left alone: a folder (move its files into the inbox itself)",
        ),
        "not_a_file": words("건너뜀: 링크나 특수 파일", "left alone: a link or a special file"),
        "unreadable": words(
            "건너뜀: 읽을 권한이 없음", "left alone: no permission to read the file"
        ),
    }[state]


KOREAN_HELP: dict[Callable[..., None], str] = {
    inbox: "인박스에서 기다리는 파일, 거절된 파일과 행, 처리된 파일을 보여 줍니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    add_commands(app, KOREAN_HELP)
