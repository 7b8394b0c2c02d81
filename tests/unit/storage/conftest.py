"""Stores on real servers, with or without a proxy that breaks something."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.storage import S3Store
from tests.s3_proxy import Proxy, proxy_to
from tests.seaweedfs import BUCKET, SeaweedFS

OpenStore = Callable[..., S3Store]


@pytest.fixture
def uri(tmp_path: Path) -> str:
    """An address that no other test uses."""
    return f"s3://{BUCKET}/{tmp_path.name}"


@pytest.fixture(params=["moto", "seaweedfs"])
def server(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Settings of an S3 server."""
    if request.param == "moto":
        return _moto(request.getfixturevalue("s3_endpoint"))
    server: SeaweedFS = request.getfixturevalue("seaweedfs")
    return server.settings()


@pytest.fixture
def moto(s3_endpoint: str) -> dict[str, Any]:
    """Settings of moto's server, which checks no signature: a proxy may change what is signed."""
    return _moto(s3_endpoint)


def _moto(endpoint: str) -> dict[str, Any]:
    keys = {"s3_access_key_id": "test", "s3_secret_access_key": "test"}
    return {"s3_endpoint_url": endpoint, **keys}


@pytest.fixture
def open_store(uri: str) -> OpenStore:
    """Opens a store of the test's own on a server."""
    return lambda server, **changes: S3Store(uri, Settings.load(**server | changes))


@pytest.fixture
def proxy(server: dict[str, Any]) -> Iterator[Proxy]:
    """A proxy before each server."""
    with proxy_to(server["s3_endpoint_url"]) as proxy:
        yield proxy


@pytest.fixture
def moto_proxy(moto: dict[str, Any]) -> Iterator[Proxy]:
    """A proxy before moto's server."""
    with proxy_to(moto["s3_endpoint_url"]) as proxy:
        yield proxy


@pytest.fixture
def by_proxy(proxy: Proxy, server: dict[str, Any], open_store: OpenStore) -> S3Store:
    """A store behind the proxy."""
    return open_store(server | {"s3_endpoint_url": proxy.endpoint})


@pytest.fixture
def by_moto_proxy(moto_proxy: Proxy, moto: dict[str, Any], open_store: OpenStore) -> S3Store:
    """A store behind the proxy before moto."""
    return open_store(moto | {"s3_endpoint_url": moto_proxy.endpoint})


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow one another at once."""
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    monkeypatch.setattr("cs_pipeline.storage.receiving._PAUSE_SECONDS", 0)
