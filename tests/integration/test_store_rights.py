"""The policies in `deploy/` give each side what `docs/handover.md` says, and no more."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import StoreDenied
from cs_pipeline.storage import S3Store
from tests.handing_over import become_trainer, hand_over, merged, opened, with_store
from tests.installation import Installation
from tests.s3_proxy import Answer, Before, Request, proxy_to, refusal
from tests.seaweedfs import BUCKET, Identity, SeaweedFS, running_seaweedfs

ROOT = Path(__file__).resolve().parents[2]
POLICIES = ROOT / "deploy" / "policies"
PREFIX = "cs"


def policy(name: str) -> Any:
    text = (POLICIES / name).read_text(encoding="utf-8")
    return json.loads(text.replace("BUCKET", BUCKET).replace("PREFIX", PREFIX))


def rights() -> dict[str, set[str]]:
    """Key -> what the trainer may do with it, from the page's table."""
    page = (ROOT / "docs" / "handover.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^## What the trainer may do\n(.*?)^## ", page, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| `([^`]+)` \| ([a-z, ]+) \|", text, re.MULTILINE)
    return {re.sub(r"<[^>]+>", "x", key).replace("…", "y/z"): {*what.split(", ")}
            for key, what in rows}  # fmt: skip


ACTIONS = {
    "s3:GetObject": "read",
    "s3:PutObject": "write",
    "s3:DeleteObject": "delete",
    "s3:ListBucket": "list",
}
FORBIDDEN = [
    *("models/live.json", "models/notices/v.json", "models/live/00000001.json"),
    *("shards/x.parquet", "processed/x.xlsx", "quarantine/x.xlsx", "processing/r/x.xlsx"),
    *("runs/x/request.json", "datasets/v/train.csv", "datasets/v/manifest.json"),
    *("base/b/model.safetensors", "restricted/x/leak-digests.enc", ".probe/conditions.json"),
]


def granted(policy: dict[str, Any], what: str, key: str) -> bool:
    """Whether an AWS policy lets a key be read, written, deleted or listed below."""
    for statement in policy["Statement"]:
        assert statement["Effect"] == "Allow"
        actions, places = statement["Action"], statement["Resource"]
        does = {ACTIONS.get(a) for a in ([actions] if isinstance(actions, str) else actions)}
        if what not in does:
            continue
        if what == "list":
            prefix = statement["Condition"]["StringLikeIfExists"]["s3:prefix"]
            if fnmatchcase(f"{PREFIX}/{key}", prefix):
                return True
        elif any(
            fnmatchcase(f"arn:aws:s3:::{BUCKET}/{PREFIX}/{key}", place)
            for place in ([places] if isinstance(places, str) else places)
        ):
            return True
    return False


def test_the_aws_policy_grants_what_the_page_says() -> None:
    trainer = policy("aws-trainer.json")
    table = rights()
    assert len(table) >= 12
    for key, allowed in table.items():
        for what in allowed:
            assert granted(trainer, what, key), (what, key)
        for what in {"write", "delete"} - allowed:
            assert not granted(trainer, what, key), (what, key)
    for key in FORBIDDEN:
        assert not granted(trainer, "write", key), key
        assert not granted(trainer, "delete", key), key
    for key in ("shards/x", "processed/x", "quarantine/x", "inbox/x"):
        assert not granted(trainer, "read", key), key
    used = {
        action
        for statement in trainer["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str)
                       else statement["Action"])
    }  # fmt: skip
    assert used == {*ACTIONS, "s3:AbortMultipartUpload"}


def identities() -> dict[str, Identity]:
    known = policy("seaweedfs-identities.json")["identities"]
    for identity in known:  # no key that works stands in the repository
        (keys,) = identity["credentials"]
        name = identity["name"].upper()
        assert (keys["accessKey"], keys["secretKey"]) == (
            f"{name}_ACCESS_KEY",
            f"{name}_SECRET_KEY",
        )
    return {identity["name"]: Identity(identity["name"], identity["actions"]) for identity in known}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedFS]:
    """SeaweedFS with the identities of the repository's file."""
    folder = tmp_path_factory.mktemp("rights")
    with running_seaweedfs(folder / "server", [*identities().values()]) as server:
        yield server


@pytest.fixture
def stores(server: SeaweedFS) -> dict[str, S3Store]:
    return {
        name: S3Store(f"s3://{BUCKET}/{PREFIX}", Settings.load(**server.settings(identity)))
        for name, identity in identities().items()
    }


def may(store: S3Store, what: str, key: str, file: Path) -> bool:
    file.write_bytes(b"x")
    attempt = {
        "read": lambda: store.read(key),
        "write": lambda: store.upload(file, key),
        "delete": lambda: store.delete(key),
        "list": lambda: store.list_objects(key),
    }[what]
    try:
        attempt()
    except StoreDenied:
        return False
    return True


def test_the_trainers_key_does_what_the_page_says(stores, tmp_path: Path) -> None:
    """On a real server. It has one right for writing and deleting."""
    file, trainer, airflow = tmp_path / "x", stores["trainer"], stores["airflow"]
    table = rights()
    for key, allowed in table.items():
        assert may(airflow, "write", key, file), key
        for what in sorted(allowed):
            assert may(airflow, "write", key, file), key
            assert may(trainer, what, key, file), (what, key)
        if "write" not in allowed:
            assert not may(trainer, "write", key, file), key
            assert not may(trainer, "delete", key, file), key
    for key in FORBIDDEN:
        assert not may(trainer, "write", key, file), key
    for key in ("shards/x.parquet", "processed/x.xlsx", "quarantine/x.xlsx"):
        assert may(airflow, "write", key, file), key
        assert not may(trainer, "read", key, file), key
    assert not may(trainer, "list", "", file)
    assert not may(trainer, "list", "shards/", file)


def test_the_chatbots_key_reads_models_and_nothing_else(stores, tmp_path: Path) -> None:
    file, chatbot, airflow = tmp_path / "x", stores["chatbot"], stores["airflow"]
    for key in ("models/versions/v/files/model.safetensors", "models/live/00000001.json"):
        assert may(airflow, "write", key, file)
        assert may(chatbot, "read", key, file)
    for key in ("datasets/v/train.csv", "runs/r/request.json", "restricted/r/leak-digests.enc"):
        assert may(airflow, "write", key, file)
        assert not may(chatbot, "read", key, file)
    assert not may(chatbot, "write", "models/live.json", file)
    assert not may(chatbot, "list", "", file)
    with pytest.raises(StoreDenied):
        S3Store(f"s3://{BUCKET}/elsewhere", chatbot_settings(stores)).read("x")


def chatbot_settings(stores: dict[str, S3Store]) -> Settings:
    endpoint = stores["chatbot"]._client.meta.endpoint_url
    return Settings.load(
        s3_endpoint_url=endpoint, s3_region="us-east-1", **identities()["chatbot"].settings
    )


def without_swaps(request: Request) -> Request | Answer:
    return refusal(501, "NotImplemented") if "if-match" in request.headers else request


@pytest.mark.parametrize(
    ("before", "pointer"),
    [
        pytest.param(lambda request: request, "models/live.json", id="compare and swap"),
        pytest.param(without_swaps, "models/live/00000001.json", id="create-only"),
    ],
)
def test_a_training_under_these_rights_goes_live_and_is_pulled(
    installation: Installation,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    before: Before,
    pointer: str,
) -> None:
    """Each side with its own key only: Airflow, the trainer, the chatbot."""
    keys = identities()
    with (
        running_seaweedfs(tmp_path / "server", [*keys.values()]) as server,
        proxy_to(server.endpoint) as proxy,
    ):
        proxy.before = before

        def site(name: str) -> Installation:
            at = server.settings(keys[name]) | {"s3_endpoint_url": proxy.endpoint}
            given = Settings.load(**at).model_dump(include=S3_FIELDS)
            return with_store(installation, tmp_path, store=f"s3://{BUCKET}/{PREFIX}", **given)

        airflow = site("airflow")
        airflow.drop(rows=60)
        dataset = merged(airflow)
        handed = hand_over(airflow, dataset)
        with monkeypatch.context() as patch:
            become_trainer(site("trainer"), patch)
            assert stages.train_request(handed.request_uri) is not None
        stages.take_back(opened(airflow), run_id="run-1")
        stages.gate(opened(airflow), run_id="run-1", dataset=dataset, options=airflow.options())
        with pytest.raises(StoreDenied):
            stages.promote(opened(site("trainer")), run_id="run-1")
        model = stages.promote(opened(airflow), run_id="run-1")
        pulled = stages.pull(opened(site("chatbot")), tmp_path / "serving")
        assert pulled == model.version_id
        assert opened(airflow).hand_over_store.read(pointer)[0]
        assert (tmp_path / "serving" / "model.safetensors").is_file()


S3_FIELDS = {"s3_endpoint_url", "s3_access_key_id", "s3_secret_access_key", "s3_region"}
