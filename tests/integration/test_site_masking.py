"""What a site sets about masking reaches its shards, its CSVs and its run records."""

from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from cs_pipeline import stages
from cs_pipeline.errors import SettingsError
from cs_pipeline.records import MaskedShard
from tests.installation import Installation

RULES = """
allow: ["02-000-1234"]
deny: {NAME: ["가람별"]}
patterns:
  - {name: claim, type: ORDER, pattern: 'KX-\\d{4}'}
"""


def export(*pairs: tuple[str, str]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["대화ID", "질문", "답변"])
    for question, answer in pairs:
        sheet.append(["c1", question, answer])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def masked(installation: Installation, *pairs: tuple[str, str]) -> tuple[MaskedShard, list[str]]:
    filler = [(f"{number}번 상품 있나요?", f"{number}번 상품은 있어요.") for number in range(30)]
    installation.drop_bytes("a.xlsx", export(*pairs, *filler))
    settings = installation.settings
    (claimed,) = stages.collect(stages.Installation(settings), run_id="r")
    stages.validate(stages.Installation(settings), claimed)
    shard = stages.mask(stages.Installation(settings), claimed)
    table = pq.read_table(shard.uri).slice(0, len(pairs)).to_pylist()
    return shard, [text for row in table for text in (row["input"], row["output"])]


def test_the_sites_rules_are_at_work(installation: Installation, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES, encoding="utf-8")
    site = installation.configured(pii_rules=rules)
    shard, texts = masked(site, ("가람별 KX-1234 건이요", "02-000-1234로 전화해 주세요"))
    assert texts == ["#@이름# #@주문번호# 건이요", "02-000-1234로 전화해 주세요"]
    assert shard.rule_counts == {"site.claim": 1, "site.deny": 1}
    assert shard.entity_counts == {"NAME": 1, "ORDER": 1}


def test_wrong_rules_stop_the_step_and_name_the_line(
    installation: Installation, tmp_path: Path
) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("allow: []\ndenied: {}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="2"):
        masked(installation.configured(pii_rules=rules), ("네", "네 감사합니다"))


def test_values_are_numbered_and_the_csvs_have_the_chosen_form(installation: Installation) -> None:
    site = installation.configured(number_placeholders=True, placeholder_form="[{}]")
    shard, texts = masked(site, ("010-3829-4756이랑 010-2222-4756", "3829 4756은 맞아요"))
    assert texts == ["#@전화번호#이랑 #@전화번호2#", "#@전화번호#은 맞아요"]
    dataset = stages.merge(stages.Installation(site.settings), run_id="r", shards=[shard])
    csvs = "".join(Path(uri).read_text("utf-8") for uri in (dataset.train_uri, dataset.val_uri))
    assert "[전화번호]이랑 [전화번호2]" in csvs
    assert "#@" not in csvs
