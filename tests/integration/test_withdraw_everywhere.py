"""After a withdrawal the whole installation is searched: nothing but the receipt's places."""

import base64
import json
from pathlib import Path

import openpyxl
import pytest
from pydantic import SecretStr

from cs_pipeline import stages
from cs_pipeline.files import write_atomic
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.runs import run_key
from cs_pipeline.stages.audit import draw_audit
from cs_pipeline.training.models.base_model import load_tokenizer
from tests.everything_kept import places_that_say
from tests.seaweedfs import BUCKET, running_seaweedfs

ID = "상담-7391-가람"
WORDS = "자줏빛 우산"
REFUSED_WORDS = "연둣빛 장화"
OTHER_REFUSED = "노란빛 모자"
KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(params=["folder", "seaweedfs"])
def where(request, tmp_path):
    """Settings of the stores, and what they are; a server where it takes one."""
    given = {"handover_key": SecretStr(KEY), "scratch": tmp_path / "scratch"}
    if request.param == "folder":
        yield given | {
            "model_store": str(tmp_path / "models"),
            "store": str(tmp_path / "store"),
            "checkpoint_store": str(tmp_path / "mirror"),
        }
        return
    with running_seaweedfs(tmp_path / "weed") as server:
        yield (
            given
            | {name: SecretStr(v) if "key" in name else v for name, v in server.settings().items()}
            | {
                "model_store": f"s3://{BUCKET}/models",
                "store": f"s3://{BUCKET}/store",
                "checkpoint_store": f"s3://{BUCKET}/mirror",
            }
        )


def planted(installation, name="march.xlsx"):
    """A sample export whose last rows are of one conversation, one of them to be refused."""
    installation.drop(name)
    path = installation.settings.data_dir / "inbox" / name
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for cell in sheet["F"]:
        if cell.value == "상담사ID":  # the heading comes twice
            cell.value = "대화ID"
    for number in range(12):
        question, answer = f"{WORDS} {number}번 주문 언제 와요", f"{number}번 {WORDS} 내일 갑니다"
        sheet.append([900 + number, None, "기타", question, answer, ID])
    sheet.append([950, None, "기타", f"{REFUSED_WORDS} 있나요", None, ID])
    sheet.append([951, None, "기타", f"{OTHER_REFUSED} 있나요", None, "CS-다른상담"])
    book.save(path)


@pytest.fixture
def trained(installation, where):
    """A promoted run and everything that is made of a dataset beside it."""
    site = installation.configured(
        **{name: value for name, value in where.items() if name != "store"}
    )
    planted(site)
    run = site.run()
    assert run.status == "promoted", run.verdict
    site = site.configured(store=where["store"])
    opened = stages.Installation(site.settings)
    draw_audit(opened, rows=100, seed=1)
    train = opened.runs.train_folder("run-1")
    said = [
        {
            "question": f"{WORDS} 3번 주문",
            "reference": WORDS,
            "champion": None,
            "candidate": WORDS,
            "context": [],
        }
    ]
    write_atomic(train / "samples.json", json.dumps(said, ensure_ascii=False))
    stages.hand_over(opened, run_id="run-1", dataset=run.dataset, options=site.options())
    attempt = f"runs/{run_key('run-1')}/attempts/1/samples.json"
    opened.hand_over_store.upload(train / "samples.json", attempt)
    opened.models.pull(opened.live_model_folder)
    stages.models.rewrite_report(opened, "run-1")
    return site, run


def found_in(site, words):
    opened = stages.Installation(site.settings)
    return places_that_say(
        words,
        folders=[site.settings.data_dir, site.settings.work_dir],
        stores=[
            opened.open_store(uri)
            for uri in (opened.settings.store, opened.settings.model_store_uri)
        ],
        tokenizer=load_tokenizer(str(site.base)),
    )


def test_nothing_but_the_receipts_places_holds_a_withdrawn_conversation(trained):
    site, run = trained
    settings = site.settings
    before = found_in(site, WORDS)
    kinds = {Path(place).suffix for place in before}
    assert {".parquet", ".csv", ".npz", ".xlsx", ".json", ".html"} <= kinds, before
    assert any(
        place.startswith(stages.Installation(settings).hand_over_store.uri) for place in before
    )
    assert {Path(p).parent.name for p in found_in(site, REFUSED_WORDS)} >= {"quarantine"}

    opened = stages.Installation(settings)
    wanted = stages.Wanted(conversations=(ID,))
    plan = stages.plan_withdrawal(opened, wanted)
    assert (plan.rows, plan.refused_rows, plan.runs) == (12, 1, 1)
    assert [(one.name, one.whole) for one in plan.exports] == [("march.xlsx", False)]
    assert [model.state for model in plan.models] == ["live"]

    receipt = stages.withdraw(stages.Installation(settings), wanted, by="김정보")
    named = {trace.place for trace in receipt.left if trace.kind == "original"}
    assert named == {str(settings.processed_dir / run.reports[0].export.sha256 / "march.xlsx")}
    for words in (WORDS, REFUSED_WORDS, ID):
        assert found_in(site, words) == named
    erased = {trace.kind: trace.count for trace in receipt.erased}
    assert erased["rows"] == 12
    assert erased["refused_rows"] == 1
    assert {"token_cache", "audits", "samples", "weights", "reports", "store", "chat_copy"} <= set(
        erased
    )
    # The other rows of the workbook stay, and can still be corrected.
    [workbook] = stages.Installation(settings).quarantine.refused_workbooks()
    assert str(workbook) in found_in(site, OTHER_REFUSED)
    # The page stands, without samples.
    report = (opened.runs.folder_of("run-1") / "report.html").read_text(encoding="utf-8")
    assert "<html" in report
    assert not opened.runs.checkpoint("run-1").exists()
    version = candidate_version(opened.runs.result("run-1"))
    assert opened.notices.on(version)
    assert [(model.version_id, model.state) for model in receipt.models] == [(version, "live")]
    # Kept, printable, with who did it.
    page = opened.receipts.page_of(receipt).read_text(encoding="utf-8")
    assert "김정보" in page
    assert version in page

    again = stages.withdraw(stages.Installation(settings), wanted)
    assert (again.rows, again.erased) == (0, ())


def test_an_export_is_forgotten_with_all_its_rows(trained):
    site, run = trained
    sha256 = run.reports[0].export.sha256
    receipt = stages.withdraw(
        stages.Installation(site.settings), stages.Wanted(exports=("march.xlsx",))
    )
    for words in (WORDS, REFUSED_WORDS, OTHER_REFUSED, sha256[:8]):
        holders = {Path(place).name for place in found_in(site, words)}
        # Records of what once was there name the export by its sha256.
        records = {"manifest.json", "run.json", "report.json", "report.html", "live.json"}
        records |= {"request.json", "result.json"}
        assert holders <= (records if words == sha256[:8] else set()), (words, holders)
    assert {trace.kind: trace.count for trace in receipt.erased}["originals"] == 1
