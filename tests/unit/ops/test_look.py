"""What the tabs tell of an installation with history."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cs_pipeline import ops, stages
from cs_pipeline.config import Settings
from cs_pipeline.ops import now, run_book
from cs_pipeline.ops.labels import LABELS
from cs_pipeline.records import RunRecord
from tests.unit.ops.conftest import TODAY, Browser
from tests.unit.ops.sample_site import HOSTILE, SampleSite

STATIC = Path(ops.__file__).parent / "static"


def kinds(told: dict) -> list[str]:
    return [one["kind"] for one in told["to_do"]]


def test_an_empty_installation_is_well(browser: Browser) -> None:
    told = browser("viewer").get("/now").json()
    assert (told["mood"], told["live"], told["to_do"]) == ("well", None, [])
    assert browser("viewer").get("/models").json()["total"] == 0
    assert browser("viewer").get("/runs").json()["lines"] == []


def test_the_first_tab_says_what_is_live_and_what_to_do(browser: Browser, site: SampleSite) -> None:
    site.history()
    told = browser("viewer").get("/now").json()
    assert told["mood"] == "look"
    assert kinds(told) == ["approval", "rows", "files_refused", "nothing_new"]
    assert told["live"]["number"] == 6
    assert told["live"]["since"].startswith("2026-11-14T18:40")
    assert "1.9%" in told["live"]["better"]["ko"]
    assert [move["number"] for move in told["moves"]] == [6, 5, 4, 3, 2]
    assert "17개" in told["to_do"][1]["words"]["ko"]


def test_the_page_warns_by_the_limits_by_which_messages_are_sent(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that waits for longer than the settings allow, with a disk that fills."""
    told = settings.model_copy(update={"inbox_stuck_hours": 30})
    installation = stages.Installation(told)
    stages.prepare_folders(installation)
    (told.data_dir / "inbox" / "a.csv").write_text("질문,답변\n가,나\n", encoding="utf-8")
    monkeypatch.setattr("cs_pipeline.doctor.places.WANTED_FREE_BYTES", 1 << 60)
    for hours, wanted in ((29, ["disk_low"]), (31, ["disk_low", "inbox_stuck"])):
        later = datetime.now(UTC) + timedelta(hours=hours)
        monkeypatch.setattr(now, "clock", lambda later=later: later)
        looked = now.now(installation, run_book.RunBook())
        assert [one.kind for one in looked.to_do] == wanted
        assert looked.mood == "look"
        waiting = installation.inbox.items()
        sent = {one.kind: one.words for one in stages.faults(installation, waiting, None, later)}
        assert {one.kind: one.words for one in looked.to_do} == sent


def test_a_failed_run_comes_first(browser: Browser, site: SampleSite) -> None:
    site.promoted(TODAY.replace(day=1))
    site.refused_rows()
    run_id = site.failed(TODAY.replace(day=2))
    told = browser("viewer").get("/now").json()
    assert told["mood"] == "broken"
    assert [(one["kind"], one["subject"]) for one in told["to_do"]] == [
        ("failed", run_id),
        ("rows", ""),
    ]


def test_a_channel_that_fails_is_a_thing_to_look_at(settings: Settings) -> None:
    address = "json://127.0.0.1:9/hook/s3cr3t-token"
    told = settings.model_copy(
        update={"notify_urls": Settings.load(notify_urls=json.dumps([address])).notify_urls}
    )
    installation = stages.Installation(told)
    stages.prepare_folders(installation)
    assert now.now(installation, run_book.RunBook()).to_do == ()
    assert all(one.problem for one in installation.announcer.test())
    (to_do,) = now.now(installation, run_book.RunBook()).to_do
    assert (to_do.kind, "1 json" in to_do.words.ko) == ("channel", True)
    assert "s3cr3t" not in to_do.model_dump_json()


def test_prometheus_is_answered(browser: Browser, site: SampleSite) -> None:
    site.promoted(TODAY.replace(day=1))
    told = browser("viewer").get("/metrics")
    assert told.headers["content-type"] == stages.METRICS_TYPE
    assert "cs_pipeline_versions 1" in told.text


def test_a_store_out_of_reach_does_not_take_the_page_down(
    browser: Browser, site: SampleSite
) -> None:
    site.promoted(TODAY.replace(day=1))
    live = Path(site.installation.settings.model_store_uri) / "live.json"
    live.write_text("{")
    told = browser("viewer").get("/now").json()
    assert (told["mood"], kinds(told)) == ("broken", ["store"])


def test_what_a_person_kept_back_is_not_asked_again(browser: Browser, site: SampleSite) -> None:
    site.promoted(TODAY.replace(day=1))
    run_id = site.held(TODAY.replace(day=2))
    stages.hold(site.installation, run_id=run_id, note="아직 아님", by="kim")
    assert kinds(browser("viewer").get("/now").json()) == []
    line = browser("viewer").get("/runs").json()["lines"][0]
    assert (line["status"], line["reason"]["ko"]) == ("held", "kim: 아직 아님")


def test_runs_are_listed_newest_first_and_filtered(browser: Browser, site: SampleSite) -> None:
    site.history()
    client = browser("viewer")
    lines = client.get("/runs").json()["lines"]
    finished = [line["finished_at"] for line in lines]
    assert finished == sorted(finished, reverse=True)
    assert len(lines) == 15
    rejected = client.get("/runs", params={"outcome": "rejected"}).json()
    assert {line["status"] for line in rejected["lines"]} == {"rejected"}
    found = client.get("/runs", params={"text": "gpu"}).json()["lines"]
    assert [line["status"] for line in found] == ["failed"]


def test_only_what_is_shown_is_read(
    browser: Browser, site: SampleSite, monkeypatch: object
) -> None:
    """Of ten thousand runs one page is opened, and a page that was read is not read again."""
    site.nothing(TODAY)
    source = site.installation.runs.folders()[0] / "run.json"
    for number in range(200):
        name = f"scheduled__2026-10-01T00-{number // 60:02d}-{number % 60:02d}-00-00-x"
        folder = site.installation.runs.folder / name
        folder.mkdir()
        (folder / "run.json").write_bytes(source.read_bytes())
    book, read = run_book.RunBook(), []
    whole = run_book._read
    monkeypatch.setattr(  # type: ignore[attr-defined]
        run_book, "_read", lambda *given: read.append(given) or whole(*given)
    )
    page = book.page(site.installation)
    assert (len(page.lines), page.next, page.total, len(read)) == (50, 50, 201, 50)
    book.page(site.installation)
    assert len(read) == 50
    assert [book.page(site.installation, start=start).next for start in (50, 150)] == [100, 200]
    assert book.page(site.installation, start=200).next is None


def test_a_record_that_changed_is_read_again(browser: Browser, site: SampleSite) -> None:
    site.promoted(TODAY.replace(day=1))
    run_id = site.held(TODAY.replace(day=2))
    client = browser("operator")
    assert client.get("/runs").json()["lines"][0]["status"] == "held"
    stages.promote_held(site.installation, run_id=run_id, note="좋음", by="kim")
    assert client.get("/runs").json()["lines"][0]["status"] == "promoted"


def test_a_damaged_record_stays_a_line(browser: Browser, site: SampleSite) -> None:
    site.nothing(TODAY)
    (site.installation.runs.folders()[0] / "run.json").write_text("{")
    line = browser("viewer").get("/runs").json()["lines"][0]
    assert (line["status"], line["outcome"]["ko"]) == (None, "기록 손상")


def test_the_table_is_one_that_excel_opens_and_does_not_calculate(
    browser: Browser, site: SampleSite
) -> None:
    run = RunRecord(run_id="=1+1", status="nothing_to_do", finished_at=TODAY)
    site.installation.runs.save(run)
    answer = browser("viewer").get("/runs.csv", params={"lang": "ko"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (rows[0]["run_id"], rows[0]["outcome"]) == ("'=1+1", "할 일 없음")


def test_versions_say_what_became_of_them(browser: Browser, site: SampleSite) -> None:
    site.history()
    told = browser("viewer").get("/models").json()
    states = [one["state"] for one in told["versions"]]
    assert states == ["held", "live", "previous", *["was_live"] * 4]
    assert told["versions"][1]["numbers"] == [6]
    assert "1.9%" in told["versions"][1]["why"]["ko"]


def test_a_report_is_as_dark_as_what_is_around_it(browser: Browser, site: SampleSite) -> None:
    site.promoted(TODAY.replace(day=1))
    run_id = browser("viewer").get("/runs").json()["lines"][0]["run_id"]

    def shown(**theme: str) -> str:
        return browser("viewer").get("/report", params={"run": run_id} | theme).text

    assert "@media (prefers-color-scheme: dark)" in shown()
    assert "@media all" in shown(theme="dark")
    assert "color-scheme: dark;" in shown(theme="dark")
    assert "@media not all" in shown(theme="light")
    assert "prefers-color-scheme" not in shown(theme="light")
    answer = browser("viewer").get("/report", params={"run": run_id, "theme": "<b>"})
    assert answer.status_code == 422


def test_a_report_runs_and_loads_nothing(browser: Browser, site: SampleSite) -> None:
    run_id = site.promoted(TODAY)
    answer = browser("viewer").get("/report", params={"run": run_id})
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert browser("viewer").get("/report", params={"run": "../../etc"}).status_code == 404


def test_the_plain_page_escapes_what_people_and_files_are_called(
    browser: Browser, site: SampleSite
) -> None:
    site.promoted(TODAY.replace(day=1))
    run_id = site.held(TODAY.replace(day=2))
    stages.hold(site.installation, run_id=run_id, note=HOSTILE, by=HOSTILE)
    page = browser("viewer").get("/", headers={"accept-language": "ko-KR"}).text
    assert HOSTILE not in page
    assert "&lt;img" in page
    assert '<html lang="ko">' in page
    english = browser("viewer").get("/", headers={"accept-language": "en-GB,ko;q=0.5"}).text
    assert '<html lang="en">' in english


def test_modules_are_sent_once(browser: Browser) -> None:
    client = browser("viewer")
    first = client.get(f"/{ops.module_url('ops.js')}")
    assert first.headers["content-type"].startswith("text/javascript")
    again = client.get("/static/ops.js", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    for name in ("../app.py", "..%2fapp.py", "labels.py", "nothing.js"):
        assert client.get(f"/static/{name}").status_code == 404


def test_each_word_that_the_page_asks_for_is_there_and_each_that_is_there_is_used() -> None:
    code = "".join(path.read_text() for path in STATIC.glob("*.js"))
    plain = (STATIC.parent / "plain.html.j2").read_text()
    asked = set(re.findall(r"\bt\('(\w+)'", code)) | set(re.findall(r'label\("(\w+)"\)', plain))
    begun = set(re.findall(r"\bt\(`(\w+_)\$\{", code))
    chosen = set(re.findall(r"\? '(\w+)' : '\w+'\)", code)) | set(
        re.findall(r"\? '\w+' : '(\w+)'\)", code)
    )
    assert asked <= LABELS.keys()
    for name in LABELS.keys() - asked - chosen:
        assert any(name.startswith(beginning) for beginning in begun), name
    for beginning in begun:
        assert any(name.startswith(beginning) for name in LABELS)


def test_every_label_has_the_same_values_in_both_languages() -> None:
    for name, words in LABELS.items():
        assert set(re.findall(r"\{\w+\}", words.ko)) == set(re.findall(r"\{\w+\}", words.en)), name


def test_the_page_puts_no_text_in_as_html() -> None:
    for path in STATIC.glob("*.js"):
        code = path.read_text()
        assert not re.search(r"innerHTML|dangerouslySet|insertAdjacentHTML|eval\(", code), path


def test_each_candidate_that_waits_is_a_thing_to_do_until_a_newer_model_is_live(
    browser: Browser, site: SampleSite
) -> None:
    site.promoted(TODAY.replace(day=1))
    older, newer = (site.held(TODAY.replace(day=day)) for day in (10, 12))
    client = browser("operator")

    def asked() -> list[tuple[str, str]]:
        to_do = client.get("/now").json()["to_do"]
        return [
            (one["subject"], one["words"]["ko"][:2]) for one in to_do if one["kind"] == "approval"
        ]

    assert asked() == [(newer, "새 "), (older, "먼저")]
    client.post("/hold", json={"run": newer, "note": "나중에"})
    assert asked() == [(older, "새 ")]
    site.promoted(TODAY.replace(day=20))
    assert asked() == []
    states = [one["state"] for one in client.get("/models").json()["versions"]]
    assert states.count("held") == 2
