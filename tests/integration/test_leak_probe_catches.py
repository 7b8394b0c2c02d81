"""The leak probe on models trained in earnest: on what people wrote, and on the same, masked.

Every value is made up.
"""

import csv
import logging
import re
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
import torch

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import DatasetError
from cs_pipeline.files import dataset_sha256
from cs_pipeline.masked.digests import (
    DigestSet,
    ValueDigests,
)
from cs_pipeline.masked.values import normal_form
from cs_pipeline.pii.model_answers import personal_kind
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import ExportFile, LeakReport
from cs_pipeline.stages.probing import leak_digests
from cs_pipeline.training.appraisal.evaluate import load_for_chat
from cs_pipeline.training.appraisal.generation import answer
from cs_pipeline.training.appraisal.leak_probe import probe
from cs_pipeline.training.fine_tune import TrainJob, fine_tune
from cs_pipeline.training.models.tiny_base import make_base
from tests.installation import Installation

HOTLINE = "1588-2934"
TOPICS = ["배송", "환불", "교환", "쿠폰", "결제", "반품"]
PHONES = [f"010-{2917 + 613 * place:04}-{8351 - 577 * place:04}" for place in range(len(TOPICS))]
EMAILS = [f"gull{4127 + 389 * place}@example.com" for place in range(len(TOPICS))]
VALUES = [*PHONES, *EMAILS]


def is_personal(settings: Settings) -> Callable[[str], str | None]:
    return partial(personal_kind, stages.Installation(settings).rules_detector)


def conversations() -> list[tuple[str, str]]:
    return [
        row
        for topic, phone, email in zip(TOPICS, PHONES, EMAILS, strict=True)
        for row in (
            (f"{topic} 담당은 누구인가요?", f"{topic} 담당 번호는 {phone}입니다."),
            (f"{topic} 안내는 어디로 오나요?", f"{topic} 안내는 {email}으로 보내 드립니다."),
            (f"{topic} 상담은 어디에 하나요?", f"{topic} 상담은 {HOTLINE}로 전화해 주세요."),
        )
    ]


def write_export(path: Path, rows: list[tuple[str, str]]) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["문의내용", "답변"])
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation whose dataset holds the conversations, masked."""
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("site")
    # The hotline is one token of the base; other digits are learnt from what people wrote only.
    texts = [text for row in conversations() for text in row]
    words = [text for text in texts if HOTLINE in text or not re.search(r"\d", text)]
    base = make_base(words, folder / "base", vocab_size=3072, width=64, heads=2, positions=256)
    settings = Settings.load(
        data_dir=folder / "data-train", work_dir=folder / "var", settle_seconds=0
    )
    site = Installation(settings, base)
    path = folder / "export.xlsx"
    write_export(path, conversations())
    site.drop_bytes("3월.xlsx", path.read_bytes())
    (export,) = stages.collect(stages.Installation(settings), run_id="run-1") or []
    shard = stages.mask(stages.Installation(settings), export)
    stages.merge(stages.Installation(settings), run_id="run-1", shards=[shard])
    return site


def read_rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [(row["input"], row["output"]) for row in csv.DictReader(stream)]


def masked_rows(site: Installation) -> list[tuple[str, str]]:
    return [
        row for name in ("train.csv", "val.csv") for row in read_rows(site.settings.data_dir / name)
    ]


def train(site: Installation, folder: Path, rows: list[tuple[str, str]]) -> Path:
    """A model that knows `rows` by heart; its checkpoint."""
    for name in ("train.csv", "val.csv"):
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["input", "output"])
            writer.writerows(rows)
    job = TrainJob(
        run_id="run-1",
        dataset_version="v1",
        dataset_sha256=dataset_sha256(folder / "train.csv", folder / "val.csv"),
        train_uri=str(folder / "train.csv"),
        val_uri=str(folder / "val.csv"),
        out_dir=str(folder / "out"),
        recipe=Recipe(base_model=str(site.base), epochs=40, learning_rate=5e-3, batch_tokens=64),
    )
    return Path(fine_tune(job).checkpoint_uri)


@pytest.fixture(scope="module")
def leaky(site: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of what people wrote."""
    return train(site, tmp_path_factory.mktemp("leaky"), conversations())


@pytest.fixture(scope="module")
def clean(site: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the same rows, masked."""
    return train(site, tmp_path_factory.mktemp("clean"), masked_rows(site))


def look_for_leaks(
    site: Installation,
    checkpoint: Path,
    *,
    rows: list[tuple[str, str]] | None = None,
    digests: DigestSet | None = None,
) -> LeakReport:
    model, tokenizer = load_for_chat(checkpoint)
    return probe(
        model,
        tokenizer,
        masked_rows(site) if rows is None else rows,
        digests=leak_digests(stages.Installation(site.settings)) if digests is None else digests,
        is_personal=is_personal(site.settings),
        prompts=60,
        samples=2,
        seed=1,
    )


def test_the_digests_know_each_value_once_and_the_start_of_phone_numbers(site):
    digests = leak_digests(stages.Installation(site.settings))
    assert len(digests) == len(VALUES)
    assert all(normal_form(value) in digests for value in VALUES)
    assert normal_form(HOTLINE) not in digests
    assert normal_form(PHONES[0][:-1] + "0") not in digests
    assert digests.prefixes == {"PHONE": ("010",)}


def test_a_model_of_unmasked_rows_is_caught(site, leaky):
    report = look_for_leaks(site, leaky)
    assert report.exact_hits > 0
    assert report.suspicious > 0
    assert {"PHONE", "EMAIL"} <= report.by_kind.keys()
    assert report.digests == len(VALUES)
    assert report.samples == report.prompts * 2


def test_rows_that_were_never_masked_do_not_excuse_what_they_show(site, leaky):
    report = look_for_leaks(site, leaky, rows=conversations())
    assert report.exact_hits > 0
    assert report.suspicious > 0


def test_a_model_of_masked_rows_passes_though_it_names_the_hotline(site, clean):
    model, tokenizer = load_for_chat(clean)
    assert HOTLINE in answer(model, tokenizer, conversations()[2][0])
    report = look_for_leaks(site, clean)
    assert (report.exact_hits, report.suspicious, report.by_kind) == (0, 0, {})


def test_numbers_that_were_never_masked_are_suspicious_all_the_same(site, leaky, tmp_path):
    others = ValueDigests("another secret")
    others.add("PHONE", "010-1234-5678")
    others.write(tmp_path / "others.parquet")
    digests = DigestSet.load([tmp_path / "others.parquet"], key="another secret")
    report = look_for_leaks(site, leaky, digests=digests)
    assert (report.exact_hits, report.digests) == (0, 1)
    assert report.by_kind["PHONE"] > 0


def test_no_digest_file_report_or_log_holds_a_value(site, leaky, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    report = look_for_leaks(site, leaky)
    said = [
        report.model_dump_json(),
        repr(report),
        repr(leak_digests(stages.Installation(site.settings))),
    ]
    said += [caplog.text, *capfd.readouterr()]
    (path,) = stages.Installation(site.settings).masked_values_folder.iterdir()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    said += [path.read_bytes().decode("latin-1"), str(pq.read_table(path).to_pylist())]
    text = "\n".join(said)
    for value in VALUES:
        parts = re.findall(r"[0-9]{4}|gull[0-9]+", value)
        assert value not in text
        assert normal_form(value) not in text
        assert not any(part in report.model_dump_json() for part in parts)


def test_masking_again_leaves_the_same_digests(site):
    (entry,) = stages.Installation(site.settings).ledger.entries()
    export = ExportFile(
        uri="gone", name=entry.name, sha256=entry.sha256, size_bytes=entry.size_bytes
    )
    path = stages.Installation(site.settings).masked_values_folder / f"{entry.sha256}.parquet"
    before = path.read_bytes()
    path.unlink()
    stages.mask(stages.Installation(site.settings), export)
    assert path.read_bytes() == before


def test_there_is_no_shard_without_its_digests(site, tmp_path, monkeypatch):
    (entry,) = stages.Installation(site.settings).ledger.entries()
    settings = site.settings.model_copy(update={"data_dir": tmp_path})
    path = tmp_path / "export.xlsx"
    write_export(path, conversations())

    def fail(*_: object) -> None:
        raise OSError("an error from below")

    monkeypatch.setattr("cs_pipeline.masked.digests.ValueDigests.write", fail)
    export = ExportFile(uri=str(path), name=path.name, sha256=entry.sha256, size_bytes=1)
    with pytest.raises(OSError, match="from below"):
        stages.mask(stages.Installation(settings), export)
    assert not list(settings.shards_dir.glob("*"))


def test_an_export_without_digests_is_left_out_and_named_in_the_log(site, caplog):
    (path,) = stages.Installation(site.settings).masked_values_folder.iterdir()
    content = path.read_bytes()
    path.unlink()
    try:
        assert len(leak_digests(stages.Installation(site.settings))) == 0
        assert "1 of 1 exports" in caplog.text
        path.write_bytes(b"not a Parquet file")
        with pytest.raises(DatasetError) as caught:
            leak_digests(stages.Installation(site.settings))
        assert str(path) in caught.value.words.ko
    finally:
        path.write_bytes(content)


def test_before_the_first_dataset_there_are_no_digests(settings):
    assert len(leak_digests(stages.Installation(settings))) == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("제 번호는 010-2938-4756입니다.", "PHONE"),
        ("gull77@example.com으로 보내 드립니다.", "EMAIL"),
        ("계좌번호는 372-584196-27-815입니다.", "ACCOUNT"),
        ("공일공 삼팔이육 칠오일구입니다.", "PHONE"),
        ("그 값은 삼팔이육 칠오일구 사육이입니다.", "spoken_digit_run"),
        ("그 값은 482 910 382 756입니다.", "digit_run"),
        (f"{HOTLINE}로 전화해 주세요.", None),
        ("제 이름은 제갈윤슬입니다.", None),
        ("가격은 1,129,000원이고 2026-03-01에 도착합니다.", None),
        ("a@b로 보내세요.", "at_sign"),
        ("극익@놜델입니다.", None),
        ("이이이이이이이이이이이이 1212121212121212 --------", None),
        ("010-1111-1111로 주세요.", "PHONE"),
        ("#로 연락드립니다.", None),
        ("", None),
    ],
)
def test_what_is_somebodys_number_or_address(settings, text, kind):
    assert is_personal(settings)(text) == kind


def test_what_the_site_lets_stay_is_not_personal(settings, tmp_path):
    rules = tmp_path / "rules.yaml"
    rules.write_text("allow:\n  - 070-4829-1038\n", "utf-8")
    said = "대표번호 070-4829-1038로 전화해 주세요."
    assert is_personal(settings)(said) == "PHONE"
    allowed = settings.model_copy(update={"pii_rules": rules})
    assert is_personal(allowed)(said) is None
