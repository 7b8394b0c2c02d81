"""The operator's page in a real api-server, seen through a real browser."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from api_server import ApiServer
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.samples.workbook import write_sample_export
from cs_pipeline.stages.models import keep_record
from tests.unit.ops.sample_site import HOSTILE, SampleSite
from tests.unit.ops.test_access import CHANGES, ROUTES

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.standalone,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no `chromium` on the PATH: apt-get install chromium fonts-nanum"
    ),
]

TABS = {"now": "지금", "files": "파일", "models": "모델", "runs": "실행"}
DESK, PHONE = (1280, 900), (390, 844)
expect.set_options(timeout=30_000)
# What is wider than the screen and lies in nothing that scrolls or cuts it off.
_STANDS_STILL = """() => !document.getAnimations().some((one) =>
  one.playState === 'running' && one.effect.getComputedTiming().iterations !== Infinity)"""
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const free = (e) => {
    for (let p = e.parentElement; p; p = p.parentElement)
      if (getComputedStyle(p).overflowX !== 'visible') return false;
    return true;
  };
  const all = [...document.querySelectorAll('[data-testid=ops] *, [role=dialog] *')];
  return all.filter((e) => e.getBoundingClientRect().right > width + 1 && free(e))
    .map((e) => e.outerHTML.slice(0, 120)).concat(
      document.documentElement.scrollWidth > width ? ['the page itself'] : []);
}"""

# Rules of the gate of which a part can be seen only by scrolling to the side.
_GATE_TOO_WIDE = """(report) => [...report.querySelectorAll('.scroll:has(.gate)')]
  .filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.innerText.slice(0, 120))"""


def seriously_wrong(page: Page, part: str) -> list[str]:
    """What axe-core finds for people who hear the page, or go by the keyboard, or see badly."""
    page.wait_for_function(_STANDS_STILL)  # between two colours there is little contrast
    found = Axe().run(page, context={"include": [[part]]}).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SampleSite:
    root = tmp_path_factory.mktemp("site")
    settings = Settings.load(
        data_dir=root / "data", work_dir=root / "var", settle_seconds=0, promote_first=True
    )
    site = SampleSite(settings)
    site.history()
    return site


@pytest.fixture(scope="module")
def server(site: SampleSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    settings = site.installation.settings
    environment = {
        "CS_PIPELINE_DATA_DIR": str(settings.data_dir),
        "CS_PIPELINE_WORK_DIR": str(settings.work_dir),
        "CS_PIPELINE_SETTLE_SECONDS": "0",
    }
    with ApiServer(tmp_path_factory.mktemp("airflow") / "home", environment) as server:
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Seen:
    """Pages of one person, and what went wrong on them."""

    def __init__(self, server: ApiServer, browser: Browser) -> None:
        self._server, self._browser = server, browser
        self.faults: list[str] = []

    @contextmanager
    def page(
        self,
        path: str,
        *,
        who: str = "owner",
        size: tuple[int, int] = DESK,
        theme: str = "light",
        lang: str = "ko",
        first: str = "",
    ) -> Iterator[Page]:
        """Open a page of the server; `first` is a script that runs before all others."""
        width, height = size
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            locale={"ko": "ko-KR", "en": "en-GB"}[lang],
        )
        token = {"name": "_token", "value": self._server.token(who), "url": self._server.url}
        context.add_cookies([token])
        chosen = {"theme": theme, "i18nextLng": lang}
        keep = "".join(
            f"localStorage.setItem({json.dumps(k)}, {json.dumps(v)});" for k, v in chosen.items()
        )
        context.add_init_script(f"if (window.top === window) {{ {keep} {first} }}")
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and self.faults.append(said.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda box: (self.faults.append(box.message), box.dismiss()))
        page.goto(f"{self._server.url}{path}")
        try:
            yield page
        finally:
            context.close()


@pytest.fixture
def seen(server: ApiServer, chromium: Browser) -> Seen:
    return Seen(server, chromium)


def asked(server: ApiServer, route: str, **query: str) -> Any:
    """What a viewer is told."""
    viewer = {"Authorization": f"Bearer {server.token('viewer')}"}
    url = f"{server.url}/cs-ops/{route}"
    return httpx.get(url, params=query, headers=viewer, timeout=60).json()


def ready(page: Page) -> None:
    """Everything was asked for and drawn."""
    page.get_by_test_id("ops").wait_for(timeout=60_000)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize(
    ("size", "theme", "lang"),
    [
        pytest.param(DESK, "light", "ko", id="desk-light-ko"),
        pytest.param(DESK, "dark", "en", id="desk-dark-en"),
        pytest.param(PHONE, "light", "en", id="phone-light-en"),
        pytest.param(PHONE, "dark", "ko", id="phone-dark-ko"),
    ],
)
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_fits_and_says_it_in_the_readers_language(
    seen: Seen, tab: str, size: tuple[int, int], theme: str, lang: str
) -> None:
    with seen.page(f"/plugin/cs-ops?tab={tab}", size=size, theme=theme, lang=lang) as page:
        ready(page)
        assert page.evaluate(_TOO_WIDE) == []
        assert seriously_wrong(page, "[data-testid=ops]") == []
        assert theme in (page.locator("html").get_attribute("class") or "")
        text = page.get_by_test_id("ops").inner_text()
    hangul = len(re.findall(r"[가-힣]", text))
    assert hangul > 20 if lang == "ko" else hangul < 40  # names of files stay Korean
    assert seen.faults == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    ("place", "press"),
    [
        ("?do=rollback", ""),
        ("", "결정하기"),
        ("", "설치 점검"),
        ("", "물어보기"),
        ("?tab=runs", "학습 시작"),
        ("?tab=files", "찾아서 지우기"),
        ("?tab=files", "고칠 행 내려받기"),
        ("?tab=models", "자동 승격 멈추기"),
    ],
)
def test_every_window_fits(seen: Seen, size: tuple[int, int], place: str, press: str) -> None:
    with seen.page(f"/plugin/cs-ops{place}", size=size) as page:
        ready(page)
        if press:
            page.get_by_role("button", name=press).first.click()
        page.get_by_role("dialog").wait_for()
        page.wait_for_load_state("networkidle")
        assert page.evaluate(_TOO_WIDE) == []
        assert seriously_wrong(page, "[role=dialog]") == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    assert seen.faults == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("outcome", ["rejected", "failed"])
def test_a_run_and_its_report_fit(
    seen: Seen, server: ApiServer, size: tuple[int, int], outcome: str
) -> None:
    told = asked(server, "runs", outcome=outcome)["lines"][0]
    with seen.page(f"/plugin/cs-ops?tab=runs&run={quote(told['run_id'])}", size=size) as page:
        report = page.frame_locator("[role=dialog] iframe").locator("main")
        expect(report.locator("h1")).to_contain_text(told["outcome"]["ko"])
        assert page.evaluate(_TOO_WIDE) == []
        assert report.evaluate(_GATE_TOO_WIDE) == []
    assert seen.faults == []


def test_the_first_tab_speaks_no_jargon(seen: Seen, server: ApiServer) -> None:
    told = asked(server, "now")
    kinds = [one["kind"] for one in told["to_do"]]
    with seen.page("/plugin/cs-ops") as page:
        ready(page)
        text = page.get_by_test_id("ops").inner_text()
    assert not re.search(r"nats|xcom|\bdag", text, re.IGNORECASE)
    assert {"approval", "rows", "files_refused", "nothing_new"} <= set(kinds)
    assert f"확인할 일이 {len(kinds)}가지" in text
    assert all(one["words"]["ko"] in text for one in told["to_do"])
    assert "#6" in text


def test_tabs_go_by_the_keyboard(seen: Seen) -> None:
    with seen.page("/plugin/cs-ops") as page:
        ready(page)
        page.get_by_role("tab", name="지금").focus()
        for name in ("파일", "모델", "실행"):
            page.keyboard.press("ArrowRight")
            expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
        page.get_by_role("button", name="표로").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("table", name="손실")).to_be_visible()
    assert seen.faults == []


def test_every_route_of_the_real_server_is_closed(server: ApiServer) -> None:
    viewer = {"Authorization": f"Bearer {server.token('viewer')}"}
    own = {"Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=f"{server.url}/cs-ops", timeout=60) as client:
        for verb, path in ROUTES:
            assert client.request(verb, path).status_code == 401, (verb, path)
        for verb, path in CHANGES:
            answer = client.request(verb, path, headers=viewer | own, json={})
            assert answer.status_code == 403, (verb, path)
        assert client.get("/now", headers=viewer).status_code == 200
        for path in ("/docs", "/openapi.json", "/redoc"):
            assert client.get(path, headers=viewer).status_code == 404


def test_a_viewer_is_offered_no_change(seen: Seen) -> None:
    with seen.page("/plugin/cs-ops", who="viewer") as page:
        ready(page)
        for name in ("되돌리기", "결정하기", "학습 시작", "자동 승격 멈추기"):
            expect(page.get_by_role("button", name=name)).to_have_count(0)
    with seen.page("/plugin/cs-ops?tab=files", who="operator") as page:
        ready(page)
        expect(page.get_by_role("button", name="고친 파일 올리기")).to_be_visible()
        expect(page.get_by_role("button", name="고칠 행 내려받기")).to_have_count(0)
    assert seen.faults == []


def test_a_file_is_brought_in_through_the_browser(
    seen: Seen, site: SampleSite, tmp_path: Path
) -> None:
    path = tmp_path / "상담 010-1234-5678.xlsx"
    write_sample_export(path, rows=30, seed=2, layout="qa")
    with seen.page("/plugin/cs-ops?tab=files", size=PHONE) as page:
        ready(page)
        page.get_by_label("파일 고르기").first.set_input_files(path)
        button = page.get_by_role("button", name="넣기", exact=True)
        expect(button).to_be_enabled(timeout=120_000)
        assert page.evaluate(_TOO_WIDE) == []
        button.click()
        expect(page.get_by_role("status")).to_contain_text("상담 #@전화번호#.xlsx")
    assert (site.installation.settings.data_dir / "inbox" / path.name).is_file()
    assert seen.faults == []


def test_answers_are_judged_by_one_touch_each_and_counted(seen: Seen, site: SampleSite) -> None:
    """On a phone: each touch leads to the next pair, the twelfth is followed by the result."""
    held = next(line for line in _lines(site) if line.status == "held")
    version = candidate_version(site.installation.runs.result(held.run_id))
    with seen.page(f"/plugin/cs-ops?tab=models&version={version}", size=PHONE) as page:
        sheet = page.get_by_role("dialog")
        for number in range(1, 13):
            expect(sheet.get_by_text(f"{number} / 12 · 판정 {number - 1} / 12")).to_be_visible()
            sheet.get_by_role("button", name="A가 나음" if number % 2 else "비슷함").click()
        expect(sheet.get_by_text("판정 12 / 12")).to_be_visible()
        assert page.evaluate(_TOO_WIDE) == []
        assert seriously_wrong(page, "[role=dialog]") == []
        sheet.get_by_role("button", name="판정 마치기").click()
        expect(sheet.get_by_text("후보를 선호")).to_be_visible()
        expect(sheet.get_by_role("button", name="비슷함")).to_have_count(0)
        expect(sheet.get_by_text("답변 A · ")).to_be_visible()
    told = site.installation.runs.preference(held.run_id)
    assert told is not None
    assert (told.judged, told.alike, told.judged_by) == (12, 6, ("owner",))
    assert seen.faults == []


def test_refused_rows_are_downloaded(seen: Seen, tmp_path: Path) -> None:
    with seen.page("/plugin/cs-ops?tab=files") as page:
        ready(page)
        page.get_by_role("button", name="고칠 행 내려받기").click()
        with page.expect_download() as taken:
            page.get_by_role("dialog").get_by_role("button", name="고칠 행 내려받기").click()
        taken.value.save_as(tmp_path / "rows.xlsx")
    assert (tmp_path / "rows.xlsx").read_bytes().startswith(b"PK")
    assert seen.faults == []


def test_a_training_is_started_from_the_page(seen: Seen, server: ApiServer) -> None:
    with seen.page("/plugin/cs-ops?tab=runs", who="operator") as page:
        ready(page)
        page.get_by_role("button", name="학습 시작").click()
        page.get_by_label("메모").fill("손으로 시작")
        page.get_by_role("dialog").get_by_role("button", name="시작", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("시작했습니다")
    headers = {"Authorization": f"Bearer {server.token('operator')}"}
    runs = httpx.get(f"{server.url}/api/v2/dags/cs_retrain/dagRuns", headers=headers, timeout=60)
    assert "손으로 시작" in [run["conf"].get("note") for run in runs.json()["dag_runs"]]
    assert seen.faults == []


def test_a_run_leads_to_its_report_and_its_tasks_to_the_page(
    seen: Seen, server: ApiServer, site: SampleSite
) -> None:
    headers = {"Authorization": f"Bearer {server.token('operator')}"}
    made = httpx.post(
        f"{server.url}/api/v2/dags/cs_retrain/dagRuns",
        json={"logical_date": None},
        headers=headers,
        timeout=60,
    )
    run_id = made.json()["dag_run_id"]
    links = httpx.get(
        f"{server.url}/api/v2/dags/cs_retrain/dagRuns/{run_id}/taskInstances/collect/links",
        headers=headers,
        timeout=60,
    )
    assert parse_qs(urlsplit(links.json()["extra_links"]["상담 챗봇"]).query)["run"] == [run_id]
    promoted = next(line.run_id for line in _lines(site) if line.status == "promoted")
    record = site.installation.runs.read(promoted)
    assert record is not None
    keep_record(site.installation, record.model_copy(update={"run_id": run_id}))
    with seen.page(f"/dags/cs_retrain/runs/{run_id}") as page:
        page.get_by_role("link", name="보고서").click()
        report = page.frame_locator("iframe[title=보고서]")
        expect(report.get_by_role("heading", level=1)).to_contain_text("승격", timeout=60_000)
    assert seen.faults == []


def test_without_the_hosts_components_a_plain_page_stands_in(seen: Seen) -> None:
    gone = "Object.defineProperty(globalThis, 'ChakraUI', {get: () => undefined, set: () => {}});"
    with seen.page("/plugin/cs-ops", first=gone) as page:
        plain = page.frame_locator("iframe[title='간단한 페이지 열기']")
        expect(plain.get_by_role("heading", level=1)).to_contain_text("상담 챗봇", timeout=60_000)
        expect(page.get_by_role("link", name="간단한 페이지 열기")).to_be_visible()
    assert seen.faults == []


def test_a_fault_of_ours_leaves_the_host_standing(seen: Seen, server: ApiServer) -> None:
    with seen.page("/plugin/cs-ops?tab=models") as page:
        ready(page)
        page.route("**/cs-ops/now", lambda route: route.fulfill(json={"to_do": None}))
        page.get_by_role("tab", name="지금").click()
        expect(page.get_by_role("alert")).to_contain_text("페이지를 그리지 못했습니다")
        page.get_by_role("link", name="홈").first.click()
        page.wait_for_url(f"{server.url}/")


# What follows changes the installation: it comes last.


def test_hostile_words_are_text(seen: Seen, site: SampleSite) -> None:
    installation = stages.Installation(site.installation.settings)
    held = next(line.run_id for line in _lines(site) if line.status == "held")
    stages.hold(installation, run_id=held, note=HOSTILE, by=HOSTILE)
    (installation.settings.data_dir / "inbox" / f"{HOSTILE.replace('/', '')}.xlsx").write_bytes(
        b"x"
    )
    installation.ledger.folder.mkdir(exist_ok=True)
    site.used_export(HOSTILE.replace("/", ""), "9f" * 32, datetime.now(UTC))
    for tab in TABS:
        with seen.page(f"/plugin/cs-ops?tab={tab}") as page:
            ready(page)
            assert page.locator("[data-testid=ops] img").count() == 0
            if tab in ("files", "runs", "models"):
                expect(page.get_by_text("onerror=alert").first).to_be_visible()
    assert seen.faults == []


def test_a_request_for_erasure_ends_in_a_receipt(seen: Seen, site: SampleSite) -> None:
    """It goes on in a process of its own; the page asks until that has come to its end."""
    with seen.page("/plugin/cs-ops?tab=files", size=PHONE) as page:
        ready(page)
        page.get_by_role("button", name="찾아서 지우기").click()
        window = page.get_by_role("dialog")
        window.get_by_label("상담 ID").fill("A-77")
        window.get_by_text("앞으로 들어오면 빼기").click()
        window.get_by_role("button", name="찾기").click()
        expect(window.get_by_text("지금 데이터에는 없습니다")).to_be_visible()
        window.get_by_role("button", name="지우기", exact=True).click()
        expect(window.get_by_text("행을 지웠습니다")).to_be_visible(timeout=180_000)
        receipt = window.get_by_role("link", name="확인서 열기").get_attribute("href")
        assert page.evaluate(_TOO_WIDE) == []
    assert receipt is not None
    kept = stages.Installation(site.installation.settings).receipts
    assert kept.page(parse_qs(urlsplit(receipt).query)["id"][0]) is not None
    assert seen.faults == []


def test_from_a_message_to_rolled_back_in_three_touches(seen: Seen, site: SampleSite) -> None:
    """The link in the message, and two more at the most."""
    before = stages.Installation(site.installation.settings).models.live()
    with seen.page("/plugin/cs-ops?do=rollback", size=PHONE, who="operator") as page:
        ready(page)
        page.get_by_role("dialog").get_by_role("button", name="되돌리기").click()
        expect(page.get_by_role("status")).to_contain_text("되돌렸습니다")
    after = stages.Installation(site.installation.settings).models.live()
    assert before is not None
    assert after is not None
    assert after.version_id == before.previous_version_id
    assert after.by == "operator"
    assert seen.faults == []


def _lines(site: SampleSite) -> list:
    from cs_pipeline.ops.run_book import RunBook

    return list(RunBook().every(site.installation))
