"""Who may ask for what: looked up in the application itself, so that no route is forgotten."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from cs_pipeline.ops import Person, ops_app
from tests.unit.ops.conftest import Browser, person
from tests.unit.ops.sample_site import SampleSite

READS = {"GET", "HEAD"}


def routes() -> Iterator[tuple[str, str]]:
    """Each verb of each route; a part of a path is any text."""
    for route in every_route(ops_app(person)):
        for verb in sorted(route.methods):
            yield verb, route.path.replace("{name}", "kit.js")


def every_route(app: FastAPI) -> list[APIRoute]:
    """All of them, however they were included; a mount would have no dependencies of ours."""
    found, waiting = [], list(app.routes)
    while waiting:
        route = waiting.pop()
        if isinstance(route, APIRoute):
            found.append(route)
            continue
        inner = getattr(route, "original_router", None)
        assert inner is not None, f"{route} is no route of ours"
        waiting += inner.routes
    return found


ROUTES = sorted(set(routes()))
CHANGES = [(verb, path) for verb, path in ROUTES if verb not in READS]


def test_the_list_holds_what_the_page_is_made_of() -> None:
    assert {("GET", "/now"), ("POST", "/rollback"), ("PUT", "/maintenance")} <= set(ROUTES)


@pytest.mark.parametrize(("verb", "path"), ROUTES)
def test_nobody_is_answered_who_is_not_signed_in(browser: Browser, verb: str, path: str) -> None:
    assert browser("").request(verb, path).status_code == 401


@pytest.mark.parametrize(("verb", "path"), ROUTES)
def test_who_may_not_even_look_is_refused(browser: Browser, verb: str, path: str) -> None:
    assert browser("nobody").request(verb, path).status_code == 403


@pytest.mark.parametrize(("verb", "path"), CHANGES)
def test_a_viewer_changes_nothing(browser: Browser, verb: str, path: str) -> None:
    assert browser("viewer").request(verb, path, json={}).status_code == 403


@pytest.mark.parametrize(("verb", "path"), CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "", "origin": "http://evil.example"},
        {"origin": "null"},
        {},
    ],
)
def test_another_site_changes_nothing(
    browser: Browser, verb: str, path: str, headers: dict[str, str]
) -> None:
    client = browser("owner")
    del client.headers["sec-fetch-site"]
    assert client.request(verb, path, json={}, headers=headers).status_code == 403


def test_over_plain_http_the_page_is_known_by_its_host(browser: Browser, site: SampleSite) -> None:
    client = browser("operator")
    del client.headers["sec-fetch-site"]
    said = {"until": "2099-01-01T00:00:00+09:00", "reason": "점검"}
    own, other = {"origin": "http://testserver"}, {"origin": "http://testserver.evil.example"}
    assert client.put("/maintenance", json=said, headers=other).status_code == 403
    assert client.put("/maintenance", json=said, headers=own).status_code == 200


def test_a_form_of_another_site_is_not_read_as_json(browser: Browser) -> None:
    """What a form can send without asking first: no JSON body under that name."""
    answer = browser("operator").post(
        "/hold", content=b'{"run": "r", "note": "n"}', headers={"content-type": "text/plain"}
    )
    assert answer.status_code == 422


def test_rights_that_nobody_named_are_not_there() -> None:
    assert Person(name="x") == Person(name="x", reads=False, acts=False, raw_text=False)
