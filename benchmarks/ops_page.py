"""How long the operator's page takes to open on an installation with a long history.

Makes an installation with so many runs and versions in a temporary folder and asks for what each
tab asks for, at first with nothing read before, then again. With --browser a real api-server and
Chromium draw each tab as well. Prints one line of JSON, in seconds.

    python benchmarks/ops_page.py --runs 10000 --versions 1000 --browser
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

TABS = {
    "now": ("now",),
    "files": ("files", "months"),
    "models": ("models",),
    "runs": ("charts", "runs"),
}


def long_history(root: Path, runs: int, versions: int) -> "object":
    """The sample installation, its runs, versions and moves copied under other names."""
    from cs_pipeline.config import Settings
    from tests.unit.ops.sample_site import SampleSite

    settings = Settings.load(
        data_dir=root / "data", work_dir=root / "var", settle_seconds=0, promote_first=True
    )
    site = SampleSite(settings)
    site.history()
    store = Path(settings.model_store_uri)
    _copy_runs(settings.runs_dir, site.today, runs)
    _copy_versions(store, site.today, versions)
    return settings


def _copy_runs(folder: Path, today: datetime, count: int) -> None:
    records = [path.read_text() for path in sorted(folder.glob("*/run.json"))]
    for number in range(count - len(records)):
        moment = today - timedelta(days=100, hours=2 * number)
        run_id = f"scheduled__{moment:%Y-%m-%dT%H:%M:%S}+00:00"
        told = json.loads(records[number % len(records)])
        told |= {"run_id": run_id, "finished_at": moment.isoformat()}
        place = folder / f"scheduled__{moment:%Y-%m-%dT%H-%M-%S}-00-00-{number:06x}"
        place.mkdir()
        (place / "run.json").write_text(json.dumps(told, ensure_ascii=False))


def _copy_versions(store: Path, today: datetime, count: int) -> None:
    manifest = json.loads(next(iter(sorted(store.glob("versions/*/manifest.json")))).read_text())
    move = json.loads((store / "moves" / "00000001.json").read_text())
    for number in range(count - 7):
        moment = today - timedelta(days=100 + number)
        version = f"m{moment:%Y%m%d-%H%M%S}-{number:08x}"
        files = store / "versions" / version / "files"
        files.mkdir(parents=True)
        for name in ("model.safetensors", "config.json", "tokenizer.json", "recipe.json"):
            (files / name).write_text(name)
        told = manifest | {"version_id": version, "finished_at": moment.isoformat()}
        (files.parent / "manifest.json").write_text(json.dumps(told))
        moved = move | {"number": 1000 + number, "to_version": version}
        (store / "moves" / f"{1000 + number:08d}.json").write_text(json.dumps(moved))


def measure(settings: "object") -> dict[str, float]:
    """Seconds of each tab, first and again; and of the whole table as CSV."""
    from fastapi.testclient import TestClient

    from cs_pipeline import stages
    from cs_pipeline.ops import Person, ops_app

    def anybody() -> Person:
        return Person(name="ops", reads=True, acts=True)

    client = TestClient(ops_app(anybody, lambda: stages.Installation(settings)))
    client.get("/me")
    found = {}
    for pass_name in ("first", "again"):
        for tab, paths in TABS.items():
            begun = time.perf_counter()
            for path in paths:
                client.get(f"/{path}").raise_for_status()
            found[f"{tab}_{pass_name}"] = round(time.perf_counter() - begun, 3)
    begun = time.perf_counter()
    client.get("/runs.csv").raise_for_status()
    return found | {"csv": round(time.perf_counter() - begun, 3)}


def drawn(settings: "object", home: Path) -> dict[str, float]:
    """Seconds until each tab is drawn in Chromium, from a press on it: at first, and again.

    `opened` is the first tab from the page's address on, the host around it included; `host_drawn`
    the host's own list of pipelines in the same browser, from its address on.
    """
    from playwright.sync_api import sync_playwright

    sys.path[:0] = [str(ROOT / "tests" / "airflow"), str(ROOT / "deploy" / "demo")]
    from api_server import ApiServer

    environment = {
        "CS_PIPELINE_DATA_DIR": str(settings.data_dir),
        "CS_PIPELINE_WORK_DIR": str(settings.work_dir),
        "CS_PIPELINE_SETTLE_SECONDS": "0",
    }
    with ApiServer(home, environment) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        token = {"name": "_token", "value": server.token("owner"), "url": server.url}
        context.add_cookies([token])
        page = context.new_page()
        page.set_default_timeout(120_000)
        begun = time.perf_counter()
        page.goto(f"{server.url}/plugin/cs-ops")
        _wait(page)
        found = {"opened": round(time.perf_counter() - begun, 3)}
        for pass_name in ("first", "again"):
            for tab in ("files", "models", "runs", "now"):
                begun = time.perf_counter()
                page.locator(f"[role=tab][data-value={tab}]").click()
                _wait(page)
                found[f"{tab}_drawn_{pass_name}"] = round(time.perf_counter() - begun, 3)
        begun = time.perf_counter()
        page.goto(f"{server.url}/dags")
        page.get_by_role("link", name="cs_retrain").first.wait_for()
        found["host_drawn"] = round(time.perf_counter() - begun, 3)
        browser.close()
    return found


def _wait(page: "object") -> None:
    """Until nothing is waited for any more and something is there."""
    page.wait_for_function(
        "() => document.querySelector('[data-testid=ops] main section')"
        " && !document.querySelector('[data-testid=ops] [aria-busy=true]')"
    )


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--versions", type=int, default=1_000)
    parser.add_argument("--browser", action="store_true", help="draw the tabs, too")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = long_history(Path(folder), asked.runs, asked.versions)
        figures = measure(settings)
        if asked.browser:
            figures |= drawn(settings, Path(folder) / "airflow")
    print(
        json.dumps(
            {
                "benchmark": "ops_page",
                "runs": asked.runs,
                "versions": asked.versions,
                "at": f"{datetime.now(UTC):%Y-%m-%d}",
                **figures,
            }
        )
    )


if __name__ == "__main__":
    main()
