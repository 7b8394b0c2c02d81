"""The application that a server mounts: every route behind the caller's rights, or none."""

import logging
from collections.abc import Callable

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from cs_pipeline.errors import (
    CsPipelineError,
    DatasetError,
    ExportError,
    GateNotMet,
    NothingFound,
    ObjectNotFound,
    PointerConflict,
    SettingsError,
    SomebodyAtWork,
    StorageError,
)
from cs_pipeline.language import Words
from cs_pipeline.ops import error_wording
from cs_pipeline.ops.children import preview
from cs_pipeline.ops.desk import Desk
from cs_pipeline.ops.people import Guards, PersonOf, same_origin
from cs_pipeline.ops.routes_answers import answers_routes
from cs_pipeline.ops.routes_decide import decide_routes
from cs_pipeline.ops.routes_files import Preview, files_routes
from cs_pipeline.ops.routes_look import look_routes
from cs_pipeline.ops.routes_page import page_routes
from cs_pipeline.stages import Installation

_log = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[CsPipelineError], int], ...] = (
    (NothingFound, 404),
    (ObjectNotFound, 404),
    (PointerConflict, 409),
    (SomebodyAtWork, 409),
    (GateNotMet, 409),
    (DatasetError, 422),
    (ExportError, 422),
    (SettingsError, 400),
    (StorageError, 503),
)


def ops_app(
    person: PersonOf,
    open_installation: Callable[[], Installation] = Installation.load,
    look_into: Preview = preview,
) -> FastAPI:
    """The operator's page and its data.

    Args:
        person: a FastAPI dependency that returns the `Person` who asks, with their rights; it
            answers 401 where nobody is signed in. All authorisation follows from it.
        open_installation: opens the installation that the page is about.
        look_into: finds out what a file that was sent would be read as.
    """
    guards, desk = Guards(person), Desk(open_installation)
    app = FastAPI(
        title="cs-pipeline",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        # For every route that is or will be here: signed in, may read, asked from our own page.
        dependencies=[Depends(guards.reads), Depends(same_origin)],
    )
    for routes in (page_routes, look_routes, decide_routes, answers_routes):
        app.include_router(routes(desk, guards))
    app.include_router(files_routes(desk, guards, look_into))
    app.add_exception_handler(CsPipelineError, _told)
    app.add_exception_handler(RequestValidationError, _not_sent_right)
    app.add_exception_handler(Exception, _unforeseen)
    return app


def _told(request: Request, error: Exception) -> JSONResponse:
    """Our own errors say what to do; they hold no cell's value."""
    words = error.words if isinstance(error, CsPipelineError) else error_wording.BROKEN
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    return _answer(status, words)


def _not_sent_right(request: Request, error: Exception) -> JSONResponse:
    """Without what was sent, which the usual answer repeats."""
    return _answer(422, error_wording.NOT_SENT_RIGHT)


def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    _log.error("%s %s failed: %s", request.method, request.url.path, type(error).__name__)
    return _answer(500, error_wording.BROKEN)


def _answer(status: int, words: Words) -> JSONResponse:
    return JSONResponse({"detail": words.model_dump()}, status_code=status)
