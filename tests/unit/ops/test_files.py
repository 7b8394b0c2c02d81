"""Files come in after a look, refused rows go out noted, data is erased with a receipt."""

import io
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from fastapi.testclient import TestClient
from httpx import Response

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError
from cs_pipeline.ops import children, uploads
from cs_pipeline.samples.workbook import write_sample_export
from tests.faults.crash_at_writes import two_exports
from tests.unit.ops.conftest import Browser
from tests.unit.ops.sample_site import HOSTILE, SampleSite

NAME = "3월 010-1234-5678 상담.xlsx"


def workbook(tmp_path: Path) -> bytes:
    path = tmp_path / "export.xlsx"
    write_sample_export(path, rows=40, seed=1, layout="qa")
    return path.read_bytes()


def sent(name: str) -> dict[str, str]:
    return {"x-file-name": quote(name), "content-type": "application/octet-stream"}


def log_of(settings: Settings) -> str:
    return (settings.work_dir / "ops" / "actions.jsonl").read_text()


def ended(client: TestClient, begun: Response) -> dict[str, Any]:
    """The state of a withdrawal when its process is gone."""
    for _ in range(1200):
        told = client.get("/withdrawal", params={"token": begun.json()["token"]}).json()
        if told["state"] != "running":
            return dict(told)
        time.sleep(0.1)
    raise AssertionError("it is still going on")


@pytest.fixture
def _served(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that the page starts finds the same installation."""
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(settings.work_dir))


def left(settings: Settings) -> list[Path]:
    return [path for path in (settings.work_dir / "ops").rglob("*") if path.is_file()]


def test_a_file_is_shown_first_and_then_dropped(
    browser: Browser, site: SampleSite, settings: Settings, tmp_path: Path
) -> None:
    client, content = browser("operator"), workbook(tmp_path)
    seen = client.put("/files/preview", content=content, headers=sent(NAME)).json()
    assert seen["told"]["name"] == "3월 #@전화번호# 상담.xlsx"
    assert seen["told"]["refusal"] is None
    assert sum(table["exchanges"] for table in seen["told"]["tables"]) > 30
    assert client.get("/files").json()["waiting"] == []

    answer = client.post("/files", json={"token": seen["token"], "name": NAME})
    assert answer.json() == {"name": "3월 #@전화번호# 상담.xlsx"}
    assert (settings.data_dir / "inbox" / NAME).read_bytes() == content
    assert client.get("/files").json()["waiting"][0]["state"] == "pending"
    assert [path.name for path in left(settings)] == ["actions.jsonl"]
    assert "1234" not in log_of(settings)
    assert client.post("/files", json={"token": seen["token"], "name": NAME}).status_code == 404


def test_a_second_file_of_a_name_replaces_nothing(
    browser: Browser, site: SampleSite, settings: Settings, tmp_path: Path
) -> None:
    client = browser("operator")
    for _ in range(2):
        seen = client.put(
            "/files/preview", content=workbook(tmp_path), headers=sent("a.xlsx")
        ).json()
        client.post("/files", json={"token": seen["token"], "name": "a.xlsx"})
    names = sorted(path.name for path in (settings.data_dir / "inbox").glob("*.xlsx"))
    assert names == ["a (2).xlsx", "a.xlsx"]


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.xlsx", "/etc/x.xlsx", ".hidden.xlsx", "~$x.xlsx", HOSTILE, "a\nb.xlsx"],
)
def test_a_hostile_name_stays_inside_the_inbox(
    browser: Browser, site: SampleSite, settings: Settings, tmp_path: Path, name: str
) -> None:
    client = browser("operator")
    seen = client.put("/files/preview", content=workbook(tmp_path), headers=sent(name)).json()
    assert client.post("/files", json={"token": seen["token"], "name": name}).status_code == 200
    inbox = settings.data_dir / "inbox"
    dropped = [path for path in inbox.rglob("*") if path.is_file()]
    assert [path.parent for path in dropped] == [inbox]
    assert len(client.get("/files").json()["waiting"]) == 1


def test_a_file_that_is_too_large_leaves_nothing(
    browser: Browser, site: SampleSite, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = uploads.Uploads.__init__

    def small(self: uploads.Uploads, folder: Path, *, most_bytes: int) -> None:
        real(self, folder, most_bytes=1000)

    monkeypatch.setattr(uploads.Uploads, "__init__", small)
    answer = browser("operator").put(
        "/files/preview", content=b"x" * 5000, headers=sent("large.xlsx")
    )
    assert answer.status_code == 422
    assert "나누어" in answer.json()["detail"]["ko"]
    assert [path.name for path in left(settings)] == ["actions.jsonl"]
    empty = browser("operator").put("/files/preview", content=b"", headers=sent("empty.xlsx"))
    assert empty.status_code == 422


def test_what_nobody_dropped_is_gone_after_an_hour(
    browser: Browser, site: SampleSite, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser("operator")
    old = client.put("/files/preview", content=b"no workbook", headers=sent("a.xlsx")).json()
    assert old["told"]["refusal"]["ko"]
    monkeypatch.setattr(uploads, "KEPT_SECONDS", -1)
    client.put("/files/preview", content=b"no workbook", headers=sent("b.xlsx"))
    assert client.post("/files", json={"token": old["token"], "name": "a.xlsx"}).status_code == 404


@pytest.mark.parametrize("token", ["", "..", "../..", "a" * 32, "%2e%2e"])
def test_a_token_names_no_other_file(browser: Browser, site: SampleSite, token: str) -> None:
    answer = browser("operator").post("/files", json={"token": token, "name": "a.xlsx"})
    assert answer.status_code == 404


def test_an_upload_goes_into_a_bucket_as_well(
    s3_settings: Settings, tmp_path: Path, s3_endpoint: str
) -> None:
    site = s3_settings.model_copy(update={"inbox": f"{s3_settings.model_store}-inbox"})
    inbox = stages.Installation(site).inbox
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    assert [inbox.receive(path, "a.xlsx") for _ in range(3)] == [
        "a.xlsx",
        "a (2).xlsx",
        "a (3).xlsx",
    ]
    assert [item.name for item in inbox.pending()] == ["a (2).xlsx", "a (3).xlsx", "a.xlsx"]


def test_what_a_file_would_be_read_as_is_found_out_in_a_process_of_its_own(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(settings.work_dir))
    path = tmp_path / "export.xlsx"
    write_sample_export(path, rows=20, seed=1, layout="qa")
    told = children.preview(path)
    assert told.refusal is None
    assert told.tables[0].shown
    monkeypatch.setattr(children, "LIMIT_SECONDS", 0.01)
    with pytest.raises(ExportError, match="doctor"):
        children.preview(path)


def test_refused_rows_go_out_to_who_may_see_them_and_are_noted(
    browser: Browser, site: SampleSite, settings: Settings
) -> None:
    name = site.refused_rows().name
    assert browser("operator").post("/files/refused", json={"name": name}).status_code == 403
    answer = browser("owner").post("/files/refused", json={"name": name})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == 18
    assert answer.headers["cache-control"] == "no-store"
    lines = [json.loads(line) for line in log_of(settings).splitlines()]
    assert {(line["by"], line["what"], line["subject"]) for line in lines} == {
        ("owner", "download_refused", name)
    }
    for other in ("../var/runs", "nothing.xlsx", f"../quarantine/{name}"):
        assert browser("owner").post("/files/refused", json={"name": other}).status_code == 404


def test_quality_pages_are_found_by_the_export(browser: Browser, site: SampleSite) -> None:
    folder = site.installation.pages.folder
    (folder / f"상담-{'ab' * 4}.html").write_text("<p>검사</p>")
    answer = browser("viewer").get("/quality", params={"sha256": "ab" * 32})
    assert "검사" in answer.text
    assert "sandbox" in answer.headers["content-security-policy"]
    assert browser("viewer").get("/quality", params={"sha256": "cd" * 32}).status_code == 404
    assert browser("viewer").get("/quality", params={"sha256": "../*"}).status_code == 422


@pytest.mark.usefixtures("_served")
def test_an_export_is_found_erased_and_receipted(browser: Browser, settings: Settings) -> None:
    two_exports(settings)
    client = browser("operator")
    asked = {"exports": ["b.xlsx"]}
    plan = client.post("/withdrawal/plan", json=asked).json()
    assert [(one["name"], one["whole"]) for one in plan["exports"]] == [("b.xlsx", True)]
    erased = ended(client, client.post("/withdrawal", json=asked))
    assert erased["state"] == "done"
    assert erased["rows"] == plan["exports"][0]["rows"]
    page = client.get("/receipt", params={"id": erased["receipt_id"]})
    assert "operator" in page.text
    assert browser("viewer").get("/receipt", params={"id": erased["receipt_id"]}).status_code == 403
    assert client.get("/receipt", params={"id": "../x"}).status_code == 404


@pytest.mark.usefixtures("_served")
def test_a_value_is_looked_up_and_neither_kept_nor_noted(
    browser: Browser, settings: Settings
) -> None:
    two_exports(settings)
    client = browser("operator")
    asked = {"values": ["010-9876-5432"], "conversations": ["상담-777"], "later": True}
    assert client.post("/withdrawal/plan", json=asked).json()["exports"] == []
    assert ended(client, client.post("/withdrawal", json=asked))["state"] == "done"
    log = log_of(settings)
    assert "conversations 1, values 1" in log
    for path in settings.work_dir.rglob("*"):
        if path.is_file():
            assert b"9876" not in path.read_bytes(), path
            assert "상담-777".encode() not in path.read_bytes(), path


@pytest.mark.usefixtures("_served")
def test_a_withdrawal_that_fails_is_told_and_one_that_stopped_halfway_too(
    browser: Browser, settings: Settings
) -> None:
    two_exports(settings)
    client = browser("operator")
    told = ended(client, client.post("/withdrawal", json={"exports": ["nowhere.xlsx"]}))
    assert told["state"] == "failed"
    assert "찾지 못했습니다" in told["words"]["ko"]
    assert [one["outcome"] for one in client.get("/actions").json()] == ["failed"]
    folder = settings.work_dir / "ops" / "withdrawals"
    stopped = folder / "0f.json"
    stopped.write_text(json.dumps(told | {"token": "0f", "state": "running", "process": 2**22}))
    lost = client.get("/withdrawal", params={"token": "0f"}).json()
    assert (lost["state"], lost["rows"]) == ("lost", 0)
    assert "다시" in lost["words"]["ko"]
    for unknown in ("../0f", "ab", ""):
        assert client.get("/withdrawal", params={"token": unknown}).status_code == 404
    assert browser("viewer").get("/withdrawal", params={"token": "0f"}).status_code == 403


@pytest.mark.parametrize("asked", [{}, {"values": ["김민수"]}, {"conversations": ["  "]}])
def test_what_cannot_be_looked_up_is_said(
    browser: Browser, settings: Settings, asked: dict[str, list[str]]
) -> None:
    two_exports(settings)
    answer = browser("operator").post("/withdrawal/plan", json=asked)
    assert answer.status_code == 404
    assert answer.json()["detail"]["ko"]
