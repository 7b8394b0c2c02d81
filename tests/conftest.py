"""Fixtures that every kind of test shares: settings of a private installation, ready records."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_pipeline.config import Settings

os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when the hub's library is imported


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
