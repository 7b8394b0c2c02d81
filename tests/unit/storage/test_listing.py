"""Stores without the second version of the listing."""

import pytest

from cs_pipeline.errors import StorageError
from tests.s3_proxy import Answer, Request, refusal

KEYS = [f"k{number}" for number in range(5)]


def filled(store):
    for key in KEYS:
        store.write_if(key, b"x", expected_etag=None)
    return store


def paged(request: Request) -> Request:
    """Two objects a page, whatever the client asks for."""
    if request.method != "GET" or request.asks("list-type") is None:
        is_list = request.method == "GET" and request.asks("prefix") is not None
        mark = "&max-keys=2" if is_list else ""
        return Request(request.method, request.target + mark, request.headers, request.body)
    return Request(request.method, request.target + "&max-keys=2", request.headers, request.body)


@pytest.mark.parametrize(
    ("status", "code"),
    [(501, "NotImplemented"), (400, "InvalidArgument"), (405, "MethodNotAllowed"), (501, "Odd")],
)
def test_the_first_version_is_found_out_on_the_error(by_moto_proxy, moto_proxy, status, code):
    store = filled(by_moto_proxy)

    def before(request: Request) -> Request | Answer:
        return paged(request) if request.asks("list-type") is None else refusal(status, code)

    moto_proxy.before = before
    assert [item.key for item in store.list_objects()] == KEYS
    moto_proxy.seen.clear()
    assert [item.key for item in store.list_objects("k")] == KEYS
    assert len(moto_proxy.seen) == 3  # pages, and not one more try of version 2
    assert {request.asks("list-type") for request in moto_proxy.seen} == {None}


def test_a_store_that_ignores_the_version_is_listed_whole(by_moto_proxy, moto_proxy):
    """It answers in the old form, and boto3 would take the first page for the last."""
    store = filled(by_moto_proxy)

    def before(request: Request) -> Request:
        target = request.target.replace("list-type=2&", "").replace("list-type=2", "")
        return paged(Request(request.method, target, request.headers, request.body))

    moto_proxy.before = before
    assert [item.key for item in store.list_objects()] == KEYS


@pytest.mark.parametrize(("version", "asked"), [("1", None), ("2", "2"), ("auto", "2")])
def test_the_version_may_be_set(proxy, server, open_store, version, asked):
    store = open_store(server | {"s3_endpoint_url": proxy.endpoint}, s3_list_version=version)
    filled(store)
    proxy.seen.clear()
    assert [item.key for item in store.list_objects()] == KEYS
    assert [request.asks("list-type") for request in proxy.seen] == [asked]


def test_a_version_that_was_set_is_kept_to(moto_proxy, moto, open_store):
    store = open_store(moto | {"s3_endpoint_url": moto_proxy.endpoint}, s3_list_version="2")
    moto_proxy.before = lambda _: refusal(501, "NotImplemented")
    with pytest.raises(StorageError, match=r"object-stores\.md"):
        store.list_objects()
    assert len(moto_proxy.seen) == 1


def test_other_errors_change_no_version(moto_proxy, by_moto_proxy):
    moto_proxy.before = lambda _: refusal(403, "AccessDenied")
    with pytest.raises(StorageError):
        by_moto_proxy.list_objects()
    moto_proxy.before = lambda request: request
    moto_proxy.seen.clear()
    by_moto_proxy.list_objects()
    assert [request.asks("list-type") for request in moto_proxy.seen] == ["2"]


def test_objects_come_by_key_whatever_the_stores_order(moto_proxy, by_moto_proxy):
    """NAVER Object Storage promises no order."""
    filled(by_moto_proxy)

    def after(request: Request, answer: Answer) -> Answer:
        head, *items = answer.body.split(b"<Contents>")
        if not items:
            return answer
        items[-1], _, tail = items[-1].partition(b"</Contents>")
        items = [item.removesuffix(b"</Contents>") for item in items]
        body = b"".join([head, *(b"<Contents>" + item + b"</Contents>" for item in items[::-1])])
        return Answer(answer.status, answer.headers, body + tail)

    moto_proxy.after = after
    assert [item.key for item in by_moto_proxy.list_objects()] == KEYS
