"""The second tab: files come in, refused rows go out and come back, data is withdrawn."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse
from pydantic import Field

from cs_pipeline.errors import NothingFound, ObjectNotFound
from cs_pipeline.ops import error_wording
from cs_pipeline.ops.children import preview
from cs_pipeline.ops.desk import Desk
from cs_pipeline.ops.erasures import Erasure, Erasures
from cs_pipeline.ops.framed import Theme, framed
from cs_pipeline.ops.people import Guards, Person
from cs_pipeline.ops.uploads import Uploads
from cs_pipeline.records import Record
from cs_pipeline.stages import (
    ExportTold,
    InboxReport,
    Installation,
    Wanted,
    WithdrawalPlan,
    digests_of,
    inbox_report,
    plan_withdrawal,
    uploads_folder,
)

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_FILES = 200

Preview = Callable[[Path], ExportTold]
Line = Annotated[str, Field(max_length=300)]
Lines = Annotated[tuple[Line, ...], Field(max_length=100)]


class Previewed(Record):
    """A file that was sent, and what it would be read as."""

    token: str
    told: ExportTold


class Drop(Record):
    """Put a file that was sent into the inbox."""

    token: Line
    name: Line


class Dropped(Record):
    """Under which name it lies there, masked."""

    name: str


class RefusedRows(Record):
    """Which workbook of refused rows."""

    name: Line


class Erase(Record):
    """What is to be erased. `values` are as a customer would say them; they are kept nowhere."""

    exports: Lines = ()
    conversations: Lines = Field(default=(), repr=False)
    values: Lines = Field(default=(), repr=False)
    later: bool = False


def files_routes(desk: Desk, guards: Guards, look_into: Preview = preview) -> APIRouter:
    """Lists, uploads, refused rows, withdrawals."""
    router = APIRouter()
    _lists(router, desk)
    _uploads(router, desk, guards, look_into)
    _refused_rows(router, desk, guards)
    _withdrawals(router, desk, guards)
    return router


def _lists(router: APIRouter, desk: Desk) -> None:
    @router.get("/files")
    def files(limit: Annotated[int, Query(ge=1, le=_MOST_FILES)] = 20) -> InboxReport:
        return inbox_report(desk.reading(), limit=limit)

    @router.get("/quality", response_class=HTMLResponse)
    def quality(
        sha256: Annotated[str, Query(pattern="^[0-9a-f]{64}$")], theme: Theme = ""
    ) -> HTMLResponse:
        path = desk.reading().pages.page_of(sha256)
        if path is None:
            raise ObjectNotFound.of(error_wording.NOT_THERE)
        return framed(path, theme)


def _uploads(router: APIRouter, desk: Desk, guards: Guards, look_into: Preview) -> None:
    @router.put("/files/preview")
    async def send(
        request: Request,
        who: Annotated[Person, Depends(guards.acts)],
        x_file_name: Annotated[str, Header(max_length=2000)] = "",
    ) -> Previewed:
        installation = await run_in_threadpool(desk.reading)
        name, uploads = unquote(x_file_name), _uploads_of(installation)
        with desk.actions().noted(who.name, "upload", installation.mask_text(name)):
            token = await uploads.receive(request.stream(), name)
            told = await run_in_threadpool(look_into, uploads.path_of(token))
        named = told.model_copy(update={"name": installation.mask_text(name)})
        return Previewed(token=token, told=named)

    @router.post("/files")
    def drop(asked: Drop, who: Annotated[Person, Depends(guards.acts)]) -> Dropped:
        installation = desk.acting()
        uploads, shown = _uploads_of(installation), installation.mask_text(asked.name)
        with desk.actions().noted(who.name, "drop", shown):
            installation.inbox.prepare()
            name = installation.inbox.receive(uploads.path_of(asked.token), asked.name)
            uploads.forget(asked.token)
        return Dropped(name=installation.mask_text(name))


def _refused_rows(router: APIRouter, desk: Desk, guards: Guards) -> None:
    @router.post("/files/refused", response_class=FileResponse)
    def take_out(
        asked: RefusedRows, who: Annotated[Person, Depends(guards.raw_text)]
    ) -> FileResponse:
        """Unmasked rows leave the installation: asked for by POST, and noted."""
        known = {path.name: path for path in desk.reading().quarantine.refused_workbooks()}
        path = known.get(asked.name)
        if path is None:
            raise ObjectNotFound.of(error_wording.NOT_THERE)
        with desk.actions().noted(who.name, "download_refused", asked.name):
            return FileResponse(
                path, media_type=_SHEET, filename=path.name, headers={"Cache-Control": "no-store"}
            )


def _withdrawals(router: APIRouter, desk: Desk, guards: Guards) -> None:
    @router.post("/withdrawal/plan")
    def find(asked: Erase, who: Annotated[Person, Depends(guards.acts)]) -> WithdrawalPlan:
        installation = desk.acting()
        with desk.actions().noted(who.name, "find", _counted(asked)):
            return plan_withdrawal(installation, _wanted(installation, asked))

    @router.post("/withdrawal")
    def erase(asked: Erase, who: Annotated[Person, Depends(guards.acts)]) -> Erasure:
        """It is begun here; its own process notes it and goes on to the end."""
        installation = desk.acting()
        wanted, counted = _wanted(installation, asked), _counted(asked)
        return _erasures(installation).begin(wanted, by=who.name, counted=counted)

    @router.get("/withdrawal", dependencies=[Depends(guards.acts)])
    def how_far(token: Annotated[str, Query(max_length=40)]) -> Erasure:
        return _erasures(desk.reading()).state(token)

    @router.get("/receipt", response_class=HTMLResponse, dependencies=[Depends(guards.acts)])
    def receipt(id: Annotated[str, Query(max_length=40)]) -> HTMLResponse:
        path = desk.reading().receipts.page(id)
        if path is None:
            raise ObjectNotFound.of(error_wording.NOT_THERE)
        return framed(path)


def _uploads_of(installation: Installation) -> Uploads:
    folder, settings = uploads_folder(installation), installation.settings
    return Uploads(folder, most_bytes=settings.max_export_bytes)


def _erasures(installation: Installation) -> Erasures:
    return Erasures(installation.ops_folder / "withdrawals")


def _wanted(installation: Installation, asked: Erase) -> Wanted:
    """Values become digests here and are forgotten.

    Raises:
        NothingFound: nothing was named, or no digest is kept of values of that kind.
    """
    found = [digests_of(installation, value) for value in asked.values if value.strip()]
    if not all(found):
        raise NothingFound.of(error_wording.NO_DIGEST)
    wanted = Wanted(
        exports=_filled(asked.exports),
        conversations=_filled(asked.conversations),
        digests=tuple(digest for digests in found for digest in digests),
        later=asked.later,
    )
    if not (wanted.exports or wanted.conversations or wanted.digests):
        raise NothingFound.of(error_wording.NOTHING_NAMED)
    return wanted


def _filled(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line.strip())


def _counted(asked: Erase) -> str:
    """What was asked for, in counts: the log holds neither values nor conversations' ids."""
    counts = {
        "exports": len(asked.exports),
        "conversations": len(asked.conversations),
        "values": len(asked.values),
    }
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count)
