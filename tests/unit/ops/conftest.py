"""An installation with history, and a browser of each role at the page's routes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import Header, HTTPException
from fastapi.testclient import TestClient

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.ops import Person, now, ops_app
from tests.unit.ops.sample_site import SampleSite

TODAY = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
PEOPLE = {
    "nobody": Person(name="nobody"),
    "viewer": Person(name="viewer", reads=True),
    "operator": Person(name="operator", reads=True, acts=True),
    "owner": Person(name="owner", reads=True, acts=True, raw_text=True),
}

Browser = Callable[[str], TestClient]


def person(x_user: Annotated[str | None, Header()] = None) -> Person:
    if x_user is None:
        raise HTTPException(401, detail="Not authenticated")
    return PEOPLE[x_user]


@pytest.fixture(autouse=True)
def _room_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """How full this machine's disk is is not part of what is told."""
    monkeypatch.setattr("cs_pipeline.doctor.places.WANTED_FREE_BYTES", 0)


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> SampleSite:
    """History of weeks before a day in November, which stays today."""
    monkeypatch.setattr(now, "clock", lambda: TODAY + timedelta(hours=1))
    return SampleSite(settings, TODAY)


@pytest.fixture
def browser(settings: Settings) -> Browser:
    """A client that is signed in as somebody (empty: nobody) and asks from our own page."""

    def look_into(path: Path) -> stages.ExportTold:
        return stages.tell_export(stages.Installation(settings), path, rows=3)

    app = ops_app(person, lambda: stages.Installation(settings), look_into)

    def of(name: str) -> TestClient:
        client = TestClient(app, raise_server_exceptions=False)
        client.headers["sec-fetch-site"] = "same-origin"
        if name:
            client.headers["x-user"] = name
        return client

    return of
