"""An installation with three months behind it: runs of every outcome, models, refused rows."""

import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cs_pipeline import stages
from cs_pipeline.audit.answer_pairs import AnswerPair, draw_id, mixed
from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.errors import ExportError
from cs_pipeline.files import sha256_file, write_atomic
from cs_pipeline.language import Words
from cs_pipeline.quality.quarantine import write_refused_rows
from cs_pipeline.records import (
    AnswerDraw,
    DataProfile,
    DatasetVersion,
    ExportFile,
    MaskedShard,
    RefusedRow,
    RunRecord,
    TrainResult,
    ValidationReport,
)
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.stages.experiments.answer_sheets import keep_sheet
from cs_pipeline.stages.models import keep_record
from tests.records import dataset, score, throughput
from tests.unit.registry.candidates import champion, generation, interval, leak, measured, upload

OPTIONS = RunOptions(max_eval_loss=4.0)
HOSTILE = "<img src=x onerror=alert(1)>"
_TOKENS = 42_000


class SampleSite:
    """Writes what a real installation would have written, with moments of its own.

    Args:
        settings: of the installation.
        today: the moment that the history ends at.
    """

    def __init__(self, settings: Settings, today: datetime | None = None) -> None:
        self.installation = stages.Installation(settings)
        self.today = (today or datetime.now(UTC)).replace(microsecond=0)
        self.installation.prepare()
        self._loss = 3.4

    def history(self) -> None:
        """Three months: see `_PLAN`."""
        for days, hour, kind in _PLAN:
            moment = (self.today - timedelta(days=days)).replace(hour=hour, minute=0, second=7)
            run_id = getattr(self, kind)(moment)
            if kind == "held":
                self.answers(run_id)
        self.refused_rows()
        self.files()

    def files(self) -> None:
        """Exports that were used, one that was refused whole, one that waits."""
        for number, days in enumerate((44, 29, 15)):
            moment = self.today - timedelta(days=days)
            self.used_export(f"상담_{moment:%Y-%m}.xlsx", f"{number + 1}f" * 32, moment)
        settings = self.installation.settings
        path = settings.processing_dir / "상담_암호.xlsx"
        path.write_bytes(b"locked")
        refused = _export(path.name, "d0" * 32).model_copy(update={"uri": str(path)})
        words = Words(
            ko="암호가 걸려 있습니다. 암호를 풀어 다시 올려 주세요.",
            en="It is protected by a password. Remove it and drop the file again.",
        )
        error = ExportError("password_protected", ko=words.ko, en=words.en)
        self.installation.quarantine.keep_export(refused, error)
        (settings.data_dir / "inbox" / "상담_12월.xlsx").write_bytes(b"waits")

    def used_export(self, name: str, sha256: str, at: datetime) -> None:
        """An export in the ledger."""
        path = self.installation.settings.processing_dir / name
        path.write_bytes(b"used")
        export = _export(name, sha256).model_copy(update={"uri": str(path)})
        run_id = self._run_id("asset_triggered", at)
        version = f"{at:%Y%m%d}-aaaaaaaa"
        self.installation.ledger.enter(export, run_id=run_id, dataset_version=version, rows=1221)
        entry = self.installation.ledger.folder / sha256 / "ledger.json"
        told = json.loads(entry.read_text())
        entry.write_text(json.dumps(told | {"processed_at": at.isoformat()}))

    def promoted(self, at: datetime, kind: str = "asset_triggered") -> str:
        """A run whose model went live by itself; returns its version."""
        run_id = self._trained(at, kind, gain=0.06)
        stages.promote(self.installation, run_id=run_id)
        self._date_pointer(at + timedelta(minutes=40))
        return self._record(run_id, at, status="promoted")

    def rejected(self, at: datetime) -> str:
        """A run whose model is worse than the live one."""
        return self._record(self._trained(at, "scheduled", gain=-0.21), at, status="rejected")

    def held(self, at: datetime) -> str:
        """A run that waits for a person: the gate's rules were loosened for it."""
        run_id = self._trained(at, "manual", gain=0.08, max_eval_loss=6.0)
        return self._record(run_id, at, status="held")

    def failed(self, at: datetime) -> str:
        """A run whose trainer ended without a result."""
        words = Words(
            ko="GPU 메모리가 모자라 학습이 멈췄습니다. 스텝당 토큰을 줄이세요.",
            en="The GPU's memory ran out. Lower the tokens per step.",
        )
        return self._record(self._run_id("scheduled", at), at, "failed", training_problem=words)

    def refused(self, at: datetime) -> str:
        """A run all of whose files were refused whole."""
        report = ValidationReport(
            export=_export("상담_암호.xlsx", f"{at:%m%d}" * 16),
            quarantined="password_protected",
            words=Words(
                ko="암호가 걸려 있습니다. 암호를 풀어 다시 올려 주세요.",
                en="It is protected by a password. Remove it and drop the file again.",
            ),
        )
        run_id = self._run_id("asset_triggered", at)
        return self._record(run_id, at, "refused", reports=(report,))

    def nothing(self, at: datetime) -> str:
        """A run that found nothing new."""
        return self._record(self._run_id("scheduled", at), at, "nothing_to_do")

    def refused_rows(self, name: str = "상담_11월.xlsx", rows: int = 17) -> Path:
        """A workbook of rows to be corrected."""
        path = self.installation.quarantine.refused_workbook(_export(name, "ab12" * 16))
        lines = [
            RefusedRow(
                sheet="11월",
                cell=f"C{number + 2}",
                reason="empty_answer",
                words=Words(ko="답변이 비어 있습니다.", en="No answer."),
                original=(f"#{number}", "배송은 언제 오나요?", ""),
            )
            for number in range(rows)
        ]
        write_refused_rows(path, lines, export_name=name, export_sha256="ab12" * 16)
        return path

    def answers(self, run_id: str, count: int = 12) -> AnswerDraw:
        """Answers of a run's candidate beside the live model's, as they would have been drawn."""
        live = self.installation.models.live()
        assert live is not None
        result = self.installation.runs.result(run_id)
        name = draw_id(self.installation.secret, run_id, live.version_id, str(count))
        shown, kept = mixed(_PAIRS[:count], secret=self.installation.secret, draw=name)
        draw = AnswerDraw(
            draw_id=name,
            run_id=run_id,
            candidate_version=candidate_version(result),
            live_version=live.version_id,
            dataset_version=result.dataset_version,
            seed=1,
            questions=count + 3,
            same=3,
            unsafe=0,
            pairs=kept,
            drawn_at=self.today,
        )
        self.installation.runs.save_draw(draw)
        keep_sheet(self.installation, draw, shown)
        return draw

    def _run_id(self, kind: str, at: datetime) -> str:
        return f"{kind}__{at:%Y-%m-%dT%H:%M:%S}+00:00"

    def _trained(self, at: datetime, kind: str, *, gain: float, **options: Any) -> str:
        run_id, live = self._run_id(kind, at), self.installation.models.live()
        before, loss = self._loss, self._loss - gain
        runs, finished = self.installation.runs, at + timedelta(minutes=31 + at.day % 9)
        out = runs.train_folder(run_id)
        weights = out / "checkpoint" / "model.safetensors"
        write_atomic(weights, f"weights of {run_id}")
        write_atomic(weights.with_name("config.json"), "{}")
        sums = {path.name: sha256_file(path) for path in weights.parent.iterdir()}
        data = self._dataset(at)
        compared: dict[str, Any] = {}
        if live is not None:
            compared = {
                "champion": champion(before, tokens=_TOKENS).model_copy(
                    update={"version_id": live.version_id, "profile": _profile(40.0)}
                ),
                "comparison": interval(gain, gain - 0.035, gain + 0.035, rows=1180),
            }
        result = measured(
            run_id=run_id,
            base_model="skt/kogpt2-base-v2",
            checkpoint_files=sums,
            candidate=score(loss, tokens=_TOKENS, characters=66_000, rows=1180),
            dataset_version=data.version_id,
            profile=_profile(40.0 + at.day),
            generation=generation(chrf=31 + (3.4 - loss) * 20),
            leak=leak(prompts=128, samples=512),
            throughput=throughput(
                tokens=1_420_000, train_seconds=1500, tokens_per_second=946, parameters=125_164_032
            ),
            steps=240,
            train_rows=data.train_rows,
            started_at=at + timedelta(minutes=4),
            finished_at=finished,
            **compared,
        )
        tried = upload(candidate_version(result))
        result = result.model_copy(update={"upload": tried})
        self.installation.models.publish(out / "checkpoint", result)
        write_atomic(out / "result.json", result.model_dump_json())
        _write_curve(out / "metrics.jsonl", result)
        chosen = OPTIONS.model_copy(update=options)
        stages.gate(self.installation, run_id=run_id, dataset=data, options=chosen)
        if gain > 0 and not options:
            self._loss = loss
        return run_id

    def _dataset(self, at: datetime) -> DatasetVersion:
        grown = 90 - (self.today - at).days
        return dataset(
            version_id=f"{at:%Y%m%d}-aaaaaaaa",
            train_rows=9_400 + 37 * grown,
            val_rows=1180,
            duplicates_removed=41,
            shards=4,
        )

    def _record(self, run_id: str, at: datetime, status: str, **parts: Any) -> str:
        verdict = self.installation.runs.verdict(run_id)
        trained = self.installation.runs.is_trained(run_id)
        result = self.installation.runs.result(run_id) if trained else None
        finished = at + timedelta(minutes=41 if trained else 3)
        if verdict is not None:
            verdict = verdict.model_copy(update={"decided_at": finished})
            self.installation.runs.save_verdict(verdict)
            parts |= {"reports": (_good_report(at),), "shards": (_shard(at),)}
            parts["dataset"] = self._dataset(at)
        model = self.installation.models.live_version() if status == "promoted" else None
        run = RunRecord(
            run_id=run_id,
            status=status,
            finished_at=finished,
            options=OPTIONS.model_dump(mode="json"),
            result=result,
            verdict=verdict,
            model=model,
            **parts,
        )
        keep_record(self.installation, run)
        return run_id

    def _date_pointer(self, moment: datetime) -> None:
        """The store writes the present moment; history needs its own."""
        store = Path(self.installation.settings.model_store_uri)
        pointer = json.loads((store / "live.json").read_text())
        move = store / "moves" / f"{pointer['move']:08d}.json"
        for path in (store / "live.json", move):
            told = json.loads(path.read_text())
            told["moved_at"] = moment.isoformat()
            path.write_text(json.dumps(told))
        self.installation = stages.Installation(self.installation.settings)


_PAIRS = tuple(
    AnswerPair(
        f"주문한 상품 {number}번은 언제 받을 수 있나요?",
        f"고객님, 상품 {number}번은 내일 도착 예정입니다.",
        f"상품 {number}번은 확인 후 안내해 드리겠습니다.",
        ("안녕하세요", "네 고객님, 무엇을 도와드릴까요?"),
        f"고객님, 상품 {number}번은 오늘 출고되어 내일 도착합니다. #@전화번호#로 연락드리겠습니다.",
    )
    for number in range(1, 31)
)
_PLAN = (
    (88, 18, "promoted"),
    (80, 18, "nothing"),
    (74, 18, "promoted"),
    (67, 18, "rejected"),
    (60, 18, "promoted"),
    (52, 18, "nothing"),
    (45, 18, "refused"),
    (44, 2, "promoted"),
    (37, 18, "rejected"),
    (30, 18, "failed"),
    (29, 18, "promoted"),
    (21, 18, "nothing"),
    (15, 18, "promoted"),
    (8, 18, "nothing"),
    (1, 1, "held"),
)


def _export(name: str, sha256: str) -> ExportFile:
    return ExportFile(uri=f"/data/{name}", name=name, sha256=sha256, size_bytes=184_320)


def _good_report(at: datetime) -> ValidationReport:
    return ValidationReport(
        export=_export(f"상담_{at.month}월.xlsx", "ab12" * 16),
        rows_read=1240,
        exchanges=1238,
        accepted=1221,
        refused={"empty_answer": 17, "unanswered": at.day, "too_long": at.month % 3},
    )


def _profile(characters: float) -> DataProfile:
    return DataProfile(
        rows=1221,
        question_characters=characters,
        answer_characters=80.0,
        duplicate_share=0.02,
        word_buckets=(0.5, 0.3, 0.2),
    )


def _shard(at: datetime) -> MaskedShard:
    counts = {"PHONE": 290 + at.day, "NAME": 120, "ORDER": 84, "EMAIL": 31}
    return MaskedShard(
        export=_export(f"상담_{at.month}월.xlsx", "ab12" * 16),
        uri="/data/shards/ab12.parquet",
        sha256="ab12" * 16,
        rows=1221,
        entity_counts=counts,
    )


def _write_curve(path: Path, result: TrainResult) -> None:
    end = result.candidate.loss_nats_per_token or 3.0
    lines = list(_curve(end, result.steps))
    write_atomic(path, "\n".join(json.dumps(line) for line in lines) + "\n")


def _curve(end: float, steps: int) -> Iterator[dict[str, float]]:
    for step in range(10, steps + 1, 10):
        loss = end + 2.6 * math.exp(-step / 50)
        yield {
            "step": step,
            "train_loss_nats_per_token": loss - 0.05,
            "learning_rate": 5e-5 * (1 - step / steps),
        } | ({"eval_loss_nats_per_token": loss} if step % 60 == 0 else {})
