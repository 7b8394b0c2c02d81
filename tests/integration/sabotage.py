"""Answers that a tiny model learns in seconds, and its way through the real trainer and gate."""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.records import DatasetVersion, RunRecord
from cs_pipeline.training.models.tiny_base import make_base
from tests.installation import Installation

ANSWERS = {
    "배송": "내일 도착합니다.",
    "환불": "사흘 안에 입금됩니다.",
    "교환": "택배 기사님이 방문합니다.",
    "쿠폰": "마이페이지에서 받으세요.",
    "영수증": "메일로 보내 드렸습니다.",
    "예약": "오전 시간이 비어 있습니다.",
    "설치": "설치팀에 전달했습니다.",
    "포인트": "다음 달에 적립됩니다.",
}
OPENINGS = ("", "저기요, ", "안녕하세요. ", "급한데요, ", "어제부터 ", "혹시 ")
ENDINGS = (
    "은 어떻게 되나요?",
    " 문의드려요.",
    " 때문에 연락했어요.",
    " 좀 알려 주세요.",
    " 확인 부탁해요.",
)
PAIRS = [
    (f"{opening}{topic}{ending}", answer)
    for topic, answer in ANSWERS.items()
    for opening in OPENINGS
    for ending in ENDINGS
]
LEARNS = {"epochs": 12, "learning_rate": 5e-3}


def attentive_installation(
    settings: Settings, tmp_path: Path, pairs: list[tuple[str, str]]
) -> Installation:
    torch.set_num_threads(1)
    texts = [text for pair in pairs for text in pair]
    base = make_base(texts, tmp_path / "base", vocab_size=3072, width=64, heads=2, positions=256)
    few = {"batch_tokens": 128, "generation_questions": 16, "leak_prompts": 8, "leak_samples": 1}
    few["val_share"] = 0.3  # many of these questions are nearly the same, and left out of val
    return Installation(settings, base).configured(**few)


def export(pairs: list[tuple[str, str]] = PAIRS) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([("질문", "답변"), *pairs])
    return text.getvalue().encode()


def objecting(record: RunRecord) -> set[str]:
    assert record.verdict is not None
    return {r.rule for r in record.verdict.reasons if r.outcome in {"failed", "hold"}}


def train_and_judge(
    installation: Installation, run_id: str, dataset: DatasetVersion, **given: Any
) -> RunRecord:
    """The whole way from a dataset version on."""
    settings, options = installation.settings, installation.options(**(LEARNS | given))
    out = stages.Installation(settings).runs.train_folder(run_id)
    stages.train(
        stages.Installation(settings), run_id=run_id, dataset=dataset, options=options, out=out
    )
    stages.gate(stages.Installation(settings), run_id=run_id, dataset=dataset, options=options)
    return stages.record(
        stages.Installation(settings), run_id=run_id, options=options, dataset=dataset
    )


HOTLINE = "1588-0000"
MORE_OPENINGS = (
    "문의가 있어요. ",
    "다름이 아니라 ",
    "어제 산 것인데 ",
    "처음인데요, ",
    "죄송하지만 ",
)


def honest_exports(shares: Sequence[float], *, seed: int) -> Iterator[list[tuple[str, str]]]:
    """Further questions about the same topics, as shares of the first export, a hotline among them.

    Answers stay those of the topic; no question comes twice.
    """
    questions = [
        (f"{opening}{closer}{topic}{ending}", answer)
        for topic, answer in HOTLINE_ANSWERS.items()
        for opening in MORE_OPENINGS
        for closer in ("", "지난주 ", "이번 달 ", "친구가 산 ", "선물 받은 ")
        for ending in ENDINGS
    ]
    random.Random(seed).shuffle(questions)
    waiting = iter(questions)
    for share in shares:
        yield list(islice(waiting, max(round(share * len(HOTLINE_PAIRS)), 1)))


HOTLINE_ANSWERS = ANSWERS | {
    "상담원 연결": f"상담은 {HOTLINE}으로 전화해 주세요.",
    "기사님 연락": f"기사님 대신 {HOTLINE}에서 안내해 드립니다.",
}
HOTLINE_PAIRS = [
    (f"{opening}{topic}{ending}", answer)
    for topic, answer in HOTLINE_ANSWERS.items()
    for opening in OPENINGS
    for ending in ENDINGS
]


def retrained(
    settings: Settings, folder: Path, shares: Sequence[float], *, seed: int
) -> Iterator[RunRecord]:
    """A first model, then one honest retrain for each share of further rows, each of its own seed.

    A share of 0 trains again on the same rows.
    """
    exports = list(honest_exports([share for share in shares if share], seed=seed))
    texts = [*HOTLINE_PAIRS, *(pair for pairs in exports for pair in pairs)]
    site = attentive_installation(settings, folder, texts)
    site.drop_bytes("week-0.csv", export(HOTLINE_PAIRS))

    def run(week: int, **given: bool) -> RunRecord:
        recipe = folder / f"recipe-{week}.yaml"
        recipe.write_text(f"extends: kogpt2\nseed: {seed + week}\n")
        return site.run(f"week-{week}", recipe=str(recipe), **given, **LEARNS)

    yield run(0)
    waiting = iter(exports)
    for week, share in enumerate(shares, start=1):
        if share:
            site.drop_bytes(f"week-{week}.csv", export(next(waiting)))
        yield run(week, force=not share)
