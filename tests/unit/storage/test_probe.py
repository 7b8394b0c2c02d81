"""What a store does with conditional writes is found out, told in words, and remembered."""

import json

import pytest

from cs_pipeline.errors import StorageError, StoreDenied
from cs_pipeline.storage import Conditions
from cs_pipeline.storage.probe import MARKER
from tests.s3_proxy import Answer, Request, refusal

SWAP, CREATE = Conditions.COMPARE_AND_SWAP, Conditions.CREATE_ONLY


def left_in(store) -> list[str]:
    """Every key of the bucket below the store's root, what is not listed too."""
    answer = store._client.list_objects_v2(Bucket=store._bucket, Prefix=store._prefix)
    return [item["Key"] for item in answer["Contents"]]


def test_a_good_store_is_found_to_be_one_once(proxy, by_proxy, server, open_store) -> None:
    assert by_proxy.known_conditions() is None
    assert by_proxy.conditions() is SWAP
    assert by_proxy.list_objects() == []
    left = left_in(open_store(server))
    assert [key.rpartition("/")[2] for key in left] == ["conditions.json"]
    told = json.loads(by_proxy.read(MARKER)[0])
    assert told["endpoints"] == {proxy.endpoint: "compare-and-swap"}

    proxy.seen.clear()
    again = open_store(server | {"s3_endpoint_url": proxy.endpoint})
    assert again.conditions() is SWAP
    assert [request.method for request in proxy.seen] == ["GET"]
    assert by_proxy.known_conditions() is again.known_conditions() is SWAP


def ignoring(request: Request) -> Request:
    return request.without("if-match", "if-none-match")


def without_swaps(request: Request) -> Request | Answer:
    return refusal(501, "NotImplemented") if "if-match" in request.headers else request


def without_any(request: Request) -> Request | Answer:
    conditional = {"if-match", "if-none-match"} & request.headers.keys()
    return refusal(501, "NotImplemented") if conditional else request


def ignoring_swaps(request: Request) -> Request:
    return request.without("if-match")


def letting_two_through() -> object:
    """One writer at a time is judged well, of two at once both get through."""
    seen: dict[str, int] = {}

    def before(request: Request) -> Request:
        if "race" in request.path and request.method == "PUT":
            seen[request.path] = seen.get(request.path, 0) + 1
            return ignoring(request)
        return request

    return before


@pytest.mark.parametrize(
    "rule", [ignoring, without_any, letting_two_through()], ids=["ignores", "501", "races"]
)
def test_a_store_that_keeps_to_nothing_is_refused_in_words(moto_proxy, by_moto_proxy, rule) -> None:
    moto_proxy.before = rule
    for _ in range(2):  # it is not remembered: the store may be mended
        with pytest.raises(StorageError) as caught:
            by_moto_proxy.conditions()
        assert "조건부 쓰기" in caught.value.words.ko
        assert "docs/object-stores.md" in caught.value.words.en
    assert by_moto_proxy.known_conditions() is None
    moto_proxy.before = lambda request: request
    assert by_moto_proxy.conditions() is SWAP


@pytest.mark.parametrize("rule", [without_swaps, ignoring_swaps], ids=["501", "ignores"])
def test_a_store_with_create_only_alone_is_used_as_one(moto_proxy, by_moto_proxy, rule) -> None:
    moto_proxy.before = rule
    assert by_moto_proxy.conditions() is CREATE
    assert by_moto_proxy.list_objects() == []


def test_what_is_known_gets_weaker_and_never_stronger(
    moto_proxy, by_moto_proxy, moto, open_store
) -> None:
    moto_proxy.before = without_swaps
    assert by_moto_proxy.conditions() is CREATE
    moto_proxy.before = lambda request: request
    assert by_moto_proxy.probe() is CREATE
    other_way = open_store(moto)  # another address of the same store
    assert other_way.conditions() is CREATE
    assert set(json.loads(other_way.read(MARKER)[0])["endpoints"].values()) == {
        "create-only",
        "compare-and-swap",
    }


def test_who_may_not_write_relies_on_what_others_found_out(
    moto_proxy, by_moto_proxy, moto, open_store
) -> None:
    moto_proxy.before = lambda request: (
        refusal(403, "AccessDenied") if request.method == "PUT" else request
    )
    with pytest.raises(StoreDenied, match=r"handover\.md"):
        by_moto_proxy.conditions()
    open_store(moto).conditions()
    assert by_moto_proxy.conditions() is SWAP
    moto_proxy.seen.clear()
    assert by_moto_proxy.conditions() is SWAP
    assert moto_proxy.seen == []  # it is not denied again and again


def test_lost_answers_do_not_mislead(moto_proxy, by_moto_proxy) -> None:
    """Every answer to a first try is lost; the second try meets what the first one wrote."""
    heard: set[tuple[str, str]] = set()

    def after(request: Request, answer: Answer) -> Answer | None:
        key = (request.path, request.headers.get("amz-sdk-invocation-id", ""))
        if request.method == "PUT" and answer.status == 200 and key not in heard:
            heard.add(key)
            return None
        return answer

    moto_proxy.after = after
    assert by_moto_proxy.conditions() is SWAP
    assert len(heard) > 10


def test_a_bucket_that_refuses_what_is_not_encrypted_can_be_probed(
    moto_proxy, moto, open_store
) -> None:
    def before(request: Request) -> Request | Answer:
        plain = request.headers.get("x-amz-server-side-encryption") != "AES256"
        return refusal(403, "AccessDenied") if request.method == "PUT" and plain else request

    moto_proxy.before = before
    at = moto | {"s3_endpoint_url": moto_proxy.endpoint}
    assert open_store(at, s3_sse="AES256").conditions() is SWAP
    with pytest.raises(StoreDenied):
        open_store(at | {"s3_region": "us-east-1"}).probe()


def test_the_clocks_difference_is_told(by_proxy, proxy) -> None:
    seconds = by_proxy.clock_difference_seconds()
    assert seconds is not None
    assert abs(seconds) < 30
    late = {"date": "Sat, 01 Jan 2000 00:00:00 GMT"}
    proxy.after = lambda _, answer: Answer(answer.status, answer.headers | late, answer.body)
    seconds = by_proxy.clock_difference_seconds()
    assert seconds is not None
    assert seconds < -20 * 365 * 86_400
