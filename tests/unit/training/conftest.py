import csv
import json
import random
from pathlib import Path

import pytest
import torch

from cs_pipeline.files import dataset_sha256
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.training.fine_tune import TrainJob
from cs_pipeline.training.models.base_model import load_model, load_tokenizer
from cs_pipeline.training.models.tiny_base import make_base

TOPICS = ["배송", "환불", "교환", "쿠폰", "포인트", "영수증", "비밀번호", "결제", "예약", "설치"]
QUESTIONS = {
    "{} 언제 되나요?": "{} 건은 영업일 기준 이틀 안에 처리됩니다.",
    "{} 취소해 주세요.": "{} 취소를 접수했습니다.\n처리되면 #@전화번호#로 알려 드리겠습니다.",
    "{} 방법을 알려 주세요.": "마이페이지의 {} 메뉴에서 신청하실 수 있습니다.",
}


def synthetic_rows() -> list[tuple[str, str]]:
    rows = [
        (question.format(topic), answer.format(topic))
        for topic in TOPICS
        for question, answer in QUESTIONS.items()
    ]
    random.Random(1).shuffle(rows)
    return rows


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def rows() -> list[tuple[str, str]]:
    return synthetic_rows()


@pytest.fixture(scope="session")
def base(tmp_path_factory, rows) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    texts = [text for row in rows for text in row]
    return make_base(texts, folder, vocab_size=3072, width=64, heads=2, positions=256)


@pytest.fixture(scope="session")
def tokenizer(base):
    return load_tokenizer(str(base))


@pytest.fixture(scope="session")
def model(base):
    return load_model(str(base), device="cpu")


@pytest.fixture
def make_job(tmp_path, base, rows):
    """A job on CSVs with the given rows; other fields by keyword. Longer rows have a context."""

    def make(
        train=None,
        val=None,
        *,
        out: str = "out",
        recipe: dict | None = None,
        **fields,
    ) -> TrainJob:
        paths = {"train": tmp_path / "train.csv", "val": tmp_path / "val.csv"}
        sides = {"train": rows if train is None else train, "val": rows[:6] if val is None else val}
        for name, content in sides.items():
            with paths[name].open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream)
                before = ["context"] if any(len(row) > 2 for row in content) else []
                writer.writerow(["input", "output", "conversation_id", *before])
                for *context, question, answer in content:
                    cells = [json.dumps(context)] if before else []
                    writer.writerow([question, answer, "c", *cells])
        settings = {"base_model": str(base), "epochs": 1, "learning_rate": 3e-3}
        settings |= {"batch_tokens": 256, "max_example_tokens": 128, **(recipe or {})}
        return TrainJob(
            **{
                "run_id": "run-1",
                "dataset_version": "v1",
                "dataset_sha256": dataset_sha256(paths["train"], paths["val"]),
                "train_uri": str(paths["train"]),
                "val_uri": str(paths["val"]),
                "out_dir": str(tmp_path / out),
                "recipe": Recipe(**settings),
            }
            | fields
        )

    return make
