"""Routes that only look."""

import csv
import io
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from cs_pipeline import stages
from cs_pipeline.errors import ObjectNotFound
from cs_pipeline.language import Language
from cs_pipeline.ops import error_wording
from cs_pipeline.ops.actions import Action
from cs_pipeline.ops.desk import Desk
from cs_pipeline.ops.framed import Theme, framed
from cs_pipeline.ops.labels import LABELS
from cs_pipeline.ops.models import Models, models
from cs_pipeline.ops.months import Month, months
from cs_pipeline.ops.now import Now, clock, now
from cs_pipeline.ops.people import Guards, Person
from cs_pipeline.ops.progress import Underway, underway
from cs_pipeline.ops.run_book import RunLine, RunPage
from cs_pipeline.records import Record, RunRecord

MOST_IN_CHARTS = 60
_COLUMNS = (
    "run_id",
    "finished_at",
    "status",
    "outcome",
    "reason",
    "started_by",
    "rows_read",
    "rows_refused",
    "masked",
    "loss",
    "improvement",
    "low",
    "high",
    "unit",
    "chrf",
    "leaks",
    "minutes",
    "dataset_version",
    "version_id",
)

Start = Annotated[int, Query(ge=0)]
Text = Annotated[str, Query(max_length=200)]


class Me(Record):
    """Who looks, what they may do, the zone of moments and the page's words."""

    person: Person
    zone: str
    words: dict[str, tuple[str, str]]


class OneRun(Record):
    """A run in full: its line, its record, whether it has a report."""

    line: RunLine
    record: RunRecord
    has_report: bool


def look_routes(desk: Desk, guards: Guards) -> APIRouter:
    """Who looks, the tabs, the runs and their reports."""
    router = APIRouter()
    _tabs(router, desk, guards)
    _runs(router, desk)
    return router


def _tabs(router: APIRouter, desk: Desk, guards: Guards) -> None:
    @router.get("/me")
    def me(who: Annotated[Person, Depends(guards.reads)]) -> Me:
        words = {name: (one.ko, one.en) for name, one in LABELS.items()}
        return Me(person=who, zone=desk.reading().zone.key, words=words)

    @router.get("/now")
    def first_tab() -> Now:
        return now(desk.reading(), desk.book)

    @router.get("/models")
    def third_tab(start: Start = 0) -> Models:
        return models(desk.reading(), start=start)

    @router.get("/actions")
    def who_did_what() -> list[Action]:
        return desk.actions().newest()

    @router.get("/metrics")
    def metrics() -> Response:
        """What Prometheus reads, for people; `cs-pipeline metrics --port` needs no login."""
        return Response(stages.metrics_text(desk.reading()), media_type=stages.METRICS_TYPE)

    @router.get("/progress")
    def how_far(run: Text) -> Underway:
        return underway(desk.reading(), run)


def _runs(router: APIRouter, desk: Desk) -> None:
    @router.get("/runs")
    def runs(start: Start = 0, outcome: Text = "", text: Text = "") -> RunPage:
        return desk.book.page(desk.reading(), start=start, outcome=outcome, text=text)

    @router.get("/charts")
    def charts() -> list[RunLine]:
        """The newest runs that trained, oldest first."""
        page = desk.book.page(desk.reading(), size=MOST_IN_CHARTS)
        return [line for line in reversed(page.lines) if line.loss is not None]

    @router.get("/months")
    def by_month() -> list[Month]:
        """What came in, month by month, oldest first."""
        return months(desk.reading(), desk.book, clock())

    @router.get("/runs.csv")
    def table(lang: Language = "ko") -> StreamingResponse:
        lines = desk.book.every(desk.reading())
        return StreamingResponse(
            _csv(lines, lang),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="runs.csv"'},
        )

    @router.get("/run")
    def one_run(run: Text) -> OneRun:
        installation = desk.reading()
        record = installation.runs.read(run)
        folder = installation.runs.folder_of(run)
        line = desk.book.line(installation, folder)
        if record is None or line is None:
            raise _not_there()
        has_report = installation.runs.report(run) is not None
        return OneRun(line=line, record=record, has_report=has_report)

    @router.get("/report", response_class=HTMLResponse)
    def report(run: Text, theme: Theme = "") -> HTMLResponse:
        path = desk.reading().runs.report(run)
        if path is None:
            raise _not_there()
        return framed(path, theme)


def _not_there() -> ObjectNotFound:
    return ObjectNotFound.of(error_wording.NOT_THERE)


def _csv(lines: Iterator[RunLine], lang: Language) -> Iterator[str]:
    """Excel opens it as UTF-8 because of the mark at its head, and calculates no cell of it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(_COLUMNS)
    for line in lines:
        told = line.model_dump(mode="json")
        writer.writerow([_cell(told[name], lang) for name in _COLUMNS])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cell(value: object, lang: Language) -> object:
    if isinstance(value, dict):
        value = value[lang]
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return "" if value is None else value
