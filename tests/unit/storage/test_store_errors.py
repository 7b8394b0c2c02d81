"""Each fault of a store has a sentence of its own, with what to do, in both languages."""

import threading
import traceback
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import SettingsError, StorageError, StoreDenied
from cs_pipeline.storage import FolderStore, S3Store
from tests.s3_proxy import Answer, Request, refusal
from tests.seaweedfs import Identity, running_seaweedfs

SECRET = "tiger-balm-9000"

TOLD = [
    (400, "ExpiredToken", "만료", "have expired"),
    (403, "InvalidAccessKeyId", "접속 키를 알지 못", "does not know the access key"),
    (403, "SignatureDoesNotMatch", "비밀 키가 맞지", "secret does not match"),
    (403, "RequestTimeTooSkewed", "시계", "clock"),
    (404, "NoSuchBucket", "버킷이 없습니다", "bucket of"),
    (403, "AccessDenied", "권한이 없습니다", "may not"),
    (301, "PermanentRedirect", "CS_PIPELINE_S3_REGION", "CS_PIPELINE_S3_REGION"),
    (400, "KMS.DisabledException", "CS_PIPELINE_S3_SSE", "CS_PIPELINE_S3_SSE"),
    (501, "NotImplemented", "docs/object-stores.md", "docs/object-stores.md"),
    (503, "SlowDown", "잠시 뒤", "in a while"),
    (500, "InternalError", "잠시 뒤", "in a while"),
    (418, "Teapot", "Teapot", "Teapot"),
]


@pytest.mark.parametrize(("status", "code", "ko", "en"), TOLD, ids=[row[1] for row in TOLD])
def test_each_fault_says_what_it_is(moto_proxy, by_moto_proxy, tmp_path, status, code, ko, en):
    # boto3 asks for a bucket's region by HEAD before it gives up.
    moto_proxy.before = lambda request: (
        refusal(status, code) if request.method != "HEAD" else refusal(403, "Forbidden")
    )
    (tmp_path / "file").write_bytes(b"x")
    for attempt in (
        lambda: by_moto_proxy.read("a/b"),
        lambda: by_moto_proxy.write_if("a/b", b"x", expected_etag=None),
        lambda: by_moto_proxy.upload(tmp_path / "file", "a/b"),
        lambda: by_moto_proxy.download("a/b", tmp_path / "there"),
        lambda: by_moto_proxy.delete("a/b"),
        by_moto_proxy.list_objects if code != "NotImplemented" else by_moto_proxy.conditions,
    ):
        with pytest.raises(StorageError) as caught:
            attempt()
        assert caught.value.exit_code == 5
        if caught.value.words.en.startswith("The store") and code == "NotImplemented":
            continue
        assert ko in caught.value.words.ko
        assert en in caught.value.words.en
        assert by_moto_proxy.uri in caught.value.words.ko
        assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert not (tmp_path / "there").exists()


def test_a_right_that_is_missing_is_named(moto_proxy, by_moto_proxy):
    moto_proxy.before = lambda _: refusal(403, "AccessDenied")
    with pytest.raises(StoreDenied) as caught:
        by_moto_proxy.delete("models/live.json")
    assert "삭제 권한" in caught.value.words.ko
    assert "delete models/live.json" in caught.value.words.en


@pytest.mark.parametrize("status", [500, 503])
def test_what_passes_is_tried_again(moto_proxy, by_moto_proxy, status):
    by_moto_proxy.write_if("a", b"1", expected_etag=None)
    failures = iter([status, status])

    def before(request: Request) -> Request | Answer:
        fault = next(failures, None)
        return refusal(fault, "SlowDown") if fault else request

    moto_proxy.before = before
    assert by_moto_proxy.read("a")[0] == b"1"


def test_a_store_that_hangs_is_given_up(moto_proxy, moto, open_store, monkeypatch):
    monkeypatch.setattr("cs_pipeline.storage.client._READ_SECONDS", 0.2)
    store = open_store(moto | {"s3_endpoint_url": moto_proxy.endpoint})
    answers = threading.Event()

    def before(request: Request) -> Answer:
        answers.wait(20)
        return refusal(404, "NoSuchKey")

    moto_proxy.before = before
    try:
        with pytest.raises(StorageError, match="ReadTimeoutError"):
            store.read("a")
    finally:
        answers.set()


def test_a_real_server_says_the_same(tmp_path, seaweedfs, uri):
    """Keys that SeaweedFS does not know, that do not fit, that lack a right; a missing bucket."""
    reader = Identity("reader", ("Read:models", "List:models"))
    with running_seaweedfs(tmp_path / "server", [reader]) as server:

        def fails(uri: str, said: str, **changes: str) -> None:
            store = S3Store(uri, Settings.load(**server.settings(reader) | changes))
            with pytest.raises(StorageError, match=said):
                store.write_if("a", b"1", expected_etag=None)

        monkey = pytest.MonkeyPatch()
        monkey.setenv("CS_PIPELINE_LANG", "en")
        try:
            fails(uri, "does not know the access key", s3_access_key_id="nobody")
            fails(uri, "secret does not match", s3_secret_access_key=SECRET)
            fails(uri, "may not write a")
            fails("s3://nowhere/x", "may not write a")
            fails("s3://nowhere/x", "does not exist", **server.settings())
        finally:
            monkey.undo()


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_clock_that_is_off_is_named(seaweedfs, uri, tmp_path, monkeypatch, hours):
    """As the real server says it."""
    import datetime

    from botocore import auth

    monkeypatch.setenv("CS_PIPELINE_LANG", "en")
    store = S3Store(uri, Settings.load(**seaweedfs.settings()))
    now = auth.get_current_datetime
    wrong = datetime.timedelta(hours=hours)
    monkeypatch.setattr(auth, "get_current_datetime", lambda *given: now(*given) + wrong)
    with pytest.raises(StorageError, match="clock is too far"):
        store.conditions()


def test_without_any_key_the_variables_are_named(moto, uri, monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    store = S3Store(uri, Settings.load(s3_endpoint_url=moto["s3_endpoint_url"]))
    with pytest.raises(StorageError, match="CS_PIPELINE_S3_ACCESS_KEY_ID"):
        store.read("a")


@pytest.mark.parametrize(
    ("changes", "variable"),
    [
        ({"s3_endpoint_url": "store:8333"}, "S3_ENDPOINT_URL"),
        ({"s3_access_key_id": "k"}, "S3_SECRET_ACCESS_KEY"),
        ({"s3_secret_access_key": SECRET}, "S3_SECRET_ACCESS_KEY"),
        ({"s3_region": "ap northeast"}, "S3_REGION"),
        ({"s3_addressing": "dns"}, "S3_ADDRESSING"),
        ({"s3_checksums": "always"}, "S3_CHECKSUMS"),
        ({"s3_list_version": "3"}, "S3_LIST_VERSION"),
        ({"s3_sse": "kms"}, "S3_SSE"),
        ({"s3_sse_kms_key": "alias/x"}, "S3_SSE_KMS_KEY"),
        ({"s3_sse": "AES256", "s3_sse_kms_key": "alias/x"}, "S3_SSE_KMS_KEY"),
        ({"model_store": "s3://"}, "MODEL_STORE"),
        ({"checkpoint_store": "gs://x"}, "CHECKPOINT_STORE"),
        ({"store": "s3:///x"}, "STORE"),
        ({"inbox": "https://x"}, "INBOX"),
    ],
)
def test_a_wrong_setting_names_its_variable(monkeypatch, changes, variable):
    for name, value in changes.items():
        monkeypatch.setenv(f"CS_PIPELINE_{name.upper()}", value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert f"CS_PIPELINE_{variable}:" in caught.value.words.en
    assert SECRET not in caught.value.words.en


def test_variables_that_compose_leaves_empty_are_unset(monkeypatch):
    for name in ("ENDPOINT_URL", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "CA_BUNDLE"):
        monkeypatch.setenv(f"CS_PIPELINE_S3_{name}", "")
    settings = Settings.load()
    assert settings.s3_endpoint_url is settings.s3_access_key_id is settings.s3_ca_bundle is None


def test_a_ca_bundle_that_is_not_there_is_named(uri, tmp_path):
    with pytest.raises(SettingsError, match="CS_PIPELINE_S3_CA_BUNDLE"):
        S3Store(uri, Settings.load(s3_ca_bundle=tmp_path / "none.pem"))


def test_settings_reach_the_client(moto, open_store):
    config = open_store(moto)._client.meta.config
    assert config.request_checksum_calculation == "when_required"
    assert config.s3["addressing_style"] == "auto"
    changes = {
        "s3_checksums": "when_supported",
        "s3_addressing": "path",
        "s3_region": "kr-standard",
    }
    config = open_store(moto, **changes)._client.meta.config
    assert config.request_checksum_calculation == "when_supported"
    assert config.response_checksum_validation == "when_supported"
    assert (config.s3["addressing_style"], config.region_name) == ("path", "kr-standard")


def test_encryption_is_asked_for_by_each_write(moto_proxy, moto, open_store, tmp_path):
    at = moto | {"s3_endpoint_url": moto_proxy.endpoint}
    store = open_store(at, s3_sse="aws:kms", s3_sse_kms_key="alias/cs")
    (tmp_path / "file").write_bytes(b"x")
    store.upload(tmp_path / "file", "a")
    store.write_if("b", b"x", expected_etag=None)
    for request in moto_proxy.seen:
        if request.method == "PUT":
            assert request.headers["x-amz-server-side-encryption"] == "aws:kms"
            assert request.headers["x-amz-server-side-encryption-aws-kms-key-id"] == "alias/cs"


@pytest.fixture(params=["folder", "s3"])
def any_store(request, tmp_path, moto, open_store):
    return FolderStore(tmp_path / "store") if request.param == "folder" else open_store(moto)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("a/" + "상" * 67, "200"),
        ("a/" + "x" * 201 + "/b", "200"),
        ("/".join(["x" * 199] * 5), "900"),
        ("a\nb", "control"),
        ("a/../b", "outside"),
    ],
)
def test_a_name_that_some_stores_fail_on_is_refused(any_store, tmp_path, monkeypatch, key, said):
    monkeypatch.setenv("CS_PIPELINE_LANG", "en")
    (tmp_path / "file").write_bytes(b"x")
    for attempt in (
        lambda: any_store.write_if(key, b"x", expected_etag=None),
        lambda: any_store.upload(tmp_path / "file", key),
    ):
        with pytest.raises(StorageError, match=said) as caught:
            attempt()
        assert len(caught.value.words.en) < 300
    assert any_store.list_objects() == []


def test_the_longest_name_is_stored(server, open_store, tmp_path: Path):
    store = open_store(server)
    key = f"{'상' * 66}/{'x' * 200}"
    store.write_if(key, b"x", expected_etag=None)
    assert [item.key for item in store.list_objects()] == [key]
    store.download(key, tmp_path / "there")
    assert (tmp_path / "there").read_bytes() == b"x"
