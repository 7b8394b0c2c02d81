"""What Prometheus reads, and that dashboard and rules ask for nothing else."""

import json
import os
import re
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner

from cs_pipeline import cli, stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import SettingsError, StorageError
from cs_pipeline.language import Words
from cs_pipeline.metrics import CONTENT_TYPE, METRICS, Sample, exposition
from cs_pipeline.metrics.server import metrics_server
from cs_pipeline.records import LeakReport, MaskedShard, RunRecord, ValidationReport
from cs_pipeline.registry.model_store import ModelStore
from tests.records import dataset, export, result, score
from tests.unit.registry.candidates import champion, generation
from tests.unit.registry.desk import Desk

ROOT = Path(__file__).resolve().parents[3]
GRAFANA = ROOT / "deploy" / "grafana"
NAMES = {metric.full_name for metric in METRICS.values()}
_USED = re.compile(r"\bcs_pipeline_[a-z_]+\b")


def values(installation: stages.Installation) -> dict[Any, float]:
    """Samples by name, or by name and label values."""
    found = {}
    for family in text_string_to_metric_families(stages.metrics_text(installation)):
        for sample in family.samples:
            name = sample.name.removeprefix("cs_pipeline_")
            found[(name, *sample.labels.values()) if sample.labels else name] = sample.value
    return found


def test_an_empty_installation_has_metrics_and_makes_nothing(settings: Settings) -> None:
    found = values(stages.Installation(settings))
    assert found["store_up"] == 1
    assert found["pending_files"] == 0
    assert "live_model_age_seconds" not in found
    assert found["disk_free_bytes", "data"] > 0
    assert not settings.data_dir.exists()


def test_a_working_installation(settings: Settings) -> None:
    desk = Desk(settings)
    stages.prepare_folders(desk.installation)
    live = desk.live_from_the_gate("run-1")
    later = datetime(2026, 11, 23, tzinfo=UTC)
    desk.trained("run-2", **desk.beside_live() | {"finished_at": later})
    desk.gate("run-2", auto_promote=False)
    (Path(settings.inbox_uri) / "김철수.xlsx").write_bytes(b"x")
    stages.note_watch(desk.installation)
    desk.installation.told.note("1 jsons", Words(ko="가", en="b"))
    found = values(desk.installation)
    assert found["live_model_info", live] == 1
    assert found["versions"] == 2
    assert found["last_verdict_info", "hold"] == 1
    assert found["waiting_approval_seconds"] > 0
    assert found["pending_files"] == 1
    assert found["watcher_age_seconds"] < 60
    assert found["notify_channel_up", "1 jsons"] == 0
    assert "김철수" not in stages.metrics_text(desk.installation)


def recorded(settings: Settings, run_id: str, status: str, minutes_ago: int, **more: Any) -> None:
    finished = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    runs = stages.Installation(settings).runs
    path = runs.save(RunRecord(run_id=run_id, status=status, finished_at=finished, **more))
    os.utime(path, (finished.timestamp(), finished.timestamp()))


def test_figures_of_the_newest_runs_that_have_them(settings: Settings) -> None:
    reports = (
        ValidationReport(export=export(), rows_read=80, refused={"empty_answer": 8, "too_long": 2}),
        ValidationReport(export=export(), rows_read=20, quarantined="damaged"),
    )
    shards = (
        MaskedShard(export=export(), uri="u", sha256="s", rows=1, entity_counts={"phone": 3}),
        MaskedShard(export=export(), uri="u", sha256="s", rows=1, entity_counts={"phone": 4}),
    )
    trained = result(
        candidate=score(2.0),
        champion=champion(2.5),
        generation=generation(chrf=31.0),
        leak=LeakReport(prompts=1, samples=1, digests=1, exact_hits=2, suspicious=0, seed=0),
    )
    recorded(settings, "old", "promoted", 600, result=result(candidate=score(9.0)))
    recorded(
        settings, "r", "rejected", 60, reports=reports, shards=shards, result=trained,
        dataset=dataset(),
    )  # fmt: skip
    recorded(settings, "idle", "nothing_to_do", 30)
    recorded(settings, "bad", "failed", 5)
    found = values(stages.Installation(settings))
    assert found["recent_runs", "promoted"] == found["recent_runs", "failed"] == 1
    assert found["last_run_failed"] == 1
    assert found["last_run_age_seconds", "promoted"] == pytest.approx(36_000, abs=60)
    assert (found["rows_read"], found["refused_share"]) == (100, 0.1)
    assert found["rows_refused", "empty_answer"] == 8
    assert found["exports_refused"] == 1
    assert found["masked_values", "phone"] == 7
    assert found["dataset_rows", "train"] == 900
    assert found["eval_loss_nats_per_token", "candidate"] == 2.0
    assert found["eval_loss_nats_per_token", "live"] == 2.5
    assert found["chrf", "candidate"] == 31.0
    assert found["leak_exact_hits"] == 2
    assert found["step_seconds", "train"] == 300
    assert found["step_seconds", "optimise"] == 1


def test_a_store_out_of_reach_is_told_and_the_rest_stays(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(self: ModelStore) -> None:
        raise StorageError(ko="가", en="b")

    recorded(settings, "r", "promoted", 1)
    monkeypatch.setattr(ModelStore, "live", gone)
    found = values(stages.Installation(settings))
    assert found["store_up"] == 0
    assert found["recent_runs", "promoted"] == 1


def test_a_damaged_record_is_left_out_and_no_more_than_the_newest_are_read(
    settings: Settings,
) -> None:
    for number in range(5):
        recorded(settings, f"run-{number}", "promoted", number)
    runs = stages.Installation(settings).runs
    (runs.folder_of("run-0") / "run.json").write_text("{")
    assert [run.run_id for run in runs.latest(3)] == ["run-1", "run-2"]
    assert values(stages.Installation(settings))["recent_runs", "promoted"] == 4


def test_only_declared_metrics_are_shown() -> None:
    with pytest.raises(KeyError):
        exposition([Sample("made_up", 1)])
    assert exposition([]) == ""


def test_the_dashboard_asks_for_metrics_that_exist() -> None:
    dashboard = json.loads((GRAFANA / "dashboard.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    used = {name for expression in asked for name in _USED.findall(expression)}
    assert used <= NAMES
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    places = [tuple(panel["gridPos"].values()) for panel in dashboard["panels"]]
    assert len(set(places)) == len(places)
    assert all(x + w <= 24 for x, _, w, _ in places)


def test_the_rules_ask_for_metrics_that_exist() -> None:
    rules = yaml.safe_load((GRAFANA / "alerts.yaml").read_text(encoding="utf-8"))
    for rule in rules["groups"][0]["rules"]:
        used = set(_USED.findall(rule["expr"]))
        assert used, rule["alert"]
        assert used <= NAMES, rule["alert"]
        assert rule["labels"]["severity"] in {"info", "warning", "critical"}
        assert any("가" <= letter <= "힣" for letter in rule["annotations"]["summary_ko"])


def test_every_metric_stands_in_the_page() -> None:
    page = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    for metric in METRICS.values():
        labels = "".join(f" `{label}`" for label in metric.labels).strip() or "-"
        assert f"| `{metric.full_name}` | {labels} | {metric.meaning} |" in page


def test_the_command_prints_them(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(settings.work_dir))
    outcome = CliRunner().invoke(cli.app, ["metrics"])
    assert outcome.exit_code == 0
    assert "\ncs_pipeline_store_up 1.0\n" in outcome.output


def test_prometheus_is_answered_over_http() -> None:
    texts = iter(["cs_pipeline_versions 1\n"])
    server = metrics_server("127.0.0.1", 0, lambda: next(texts))
    address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        answer = httpx.get(f"{address}/metrics")
        assert (answer.status_code, answer.text) == (200, "cs_pipeline_versions 1\n")
        assert answer.headers["content-type"] == CONTENT_TYPE
        assert httpx.get(f"{address}/etc/passwd").status_code == 404
        assert httpx.get(address).status_code == 500
        assert httpx.post(address).status_code == 501
    finally:
        server.shutdown()
        server.server_close()


def test_a_port_that_is_taken_is_said_so(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match=str(taken.getsockname()[1])):
            stages.serve_metrics(
                stages.Installation(settings), host="127.0.0.1", port=taken.getsockname()[1]
            )
