"""Fixtures that every kind of test shares: settings of a private installation, ready records."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from cs_pipeline.config import Settings
from tests.seaweedfs import SeaweedFS, running_seaweedfs

os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when the hub's library is imported
# No test may depend on how busy the machine is.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _no_foreign_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the developer's shell reaches a test."""
    for name in list(os.environ):
        if name.startswith("CS_PIPELINE_"):
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation of its own, whose inbox needs no settling and whose first model goes live."""
    return Settings.load(
        data_dir=tmp_path / "data-train",
        work_dir=tmp_path / "var",
        settle_seconds=0,
        promote_first=True,
    )


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """moto's S3 over HTTP, with the bucket `models`."""
    import boto3
    from moto.server import ThreadedMotoServer

    _write_in_turn()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="ap-northeast-2",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    client.create_bucket(
        Bucket="models", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"}
    )
    yield endpoint
    server.stop()


def _write_in_turn() -> None:
    """moto looks at a condition and writes in two steps; its threads must not meet in between."""
    from moto.s3.responses import S3Response

    one_at_a_time, put = threading.Lock(), S3Response.put_object

    def put_in_turn(self: Any) -> Any:
        with one_at_a_time:
            return put(self)

    S3Response.put_object = put_in_turn


@pytest.fixture(scope="session")
def seaweedfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedFS]:
    """A real S3 server, with the bucket `models`."""
    with running_seaweedfs(tmp_path_factory.mktemp("seaweedfs")) as server:
        yield server


@pytest.fixture
def s3_settings(settings: Settings, s3_endpoint: str, request: pytest.FixtureRequest) -> Settings:
    """The same installation with its model store on S3, under a prefix of the test's own."""
    return Settings.load(
        data_dir=settings.data_dir,
        work_dir=settings.work_dir,
        settle_seconds=0,
        promote_first=True,
        model_store=f"s3://models/{abs(hash(request.node.nodeid))}",
        s3_endpoint_url=s3_endpoint,
        s3_access_key_id="test",
        s3_secret_access_key="test",
    )
