import math
import re
import subprocess
import sys

import pytest
import yaml
from huggingface_hub import ModelCard

from cs_pipeline.training.model_card import model_card, write_model_card
from cs_pipeline.training.models.base_files import declared_licence
from cs_pipeline.training.models.base_model import save_model
from tests.unit.report.report_runs import SHA, full_result, generation, result, score


def metadata(text: str) -> dict:
    return ModelCard(text).data.to_dict()


def test_what_the_hub_reads():
    data = metadata(model_card(full_result(), template="kogpt2"))
    assert data["language"] == "ko"
    assert data["license"] == "cc-by-nc-sa-4.0"
    assert data["base_model"] == "skt/kogpt2-base-v2"
    assert data["library_name"] == "transformers"
    assert data["pipeline_tag"] == "text-generation"
    assert data["metrics"] == ["loss", "perplexity", "bits_per_character", "chrf"]
    (evaluated,) = data["model-index"][0]["results"]
    assert evaluated["dataset"]["revision"] == SHA
    figures = {metric["type"]: metric["value"] for metric in evaluated["metrics"]}
    assert figures == pytest.approx(
        {"loss": 3.1215, "perplexity": 22.680375, "bits_per_character": 2.729317, "chrf": 24.3}
    )


@pytest.mark.parametrize(
    "shown",
    [
        "20260302-ab12ab12", SHA, "10,643", "1,180", "| Answer loss (nats/token) | 3.1215 |",
        "| 답변 손실 (nats/token) | 3.1215 |", "| chrF | 24.3000 |", "| Empty answers | 0.0% |",
        "| Answers with a masked value | 0 / 960 |", "`#@전화번호#` (전화번호)", "512 tokens",
        "No commercial use.", "상업적으로 이용할 수 없습니다.", "must carry the same licence",
        "README.base.md",
    ],
)  # fmt: skip
def test_what_a_reader_is_told(shown):
    assert shown in model_card(full_result(), template="kogpt2")


@pytest.mark.parametrize(
    ("turns", "told", "untold"),
    [
        (0, ("remembers no earlier turns", "이전 대화를 기억하지 않습니다"), ("up to", "까지만")),
        (2, ("up to 2 earlier", "최근 2쌍까지만"), ("remembers no", "기억하지 않습니다")),
    ],
)
def test_what_it_knows_of_earlier_turns(turns, told, untold):
    text = model_card(full_result(context_turns=turns), template="kogpt2")
    assert all(words in text for words in told)
    assert not any(words in text for words in untold)


def test_the_same_result_gives_the_same_bytes(monkeypatch):
    cards = set()
    for language in ("ko", "en"):
        monkeypatch.setenv("CS_PIPELINE_LANG", language)
        cards.add(model_card(full_result(), template="chat-0123abcd"))
    assert len(cards) == 1


def test_figures_that_were_not_measured_are_left_out():
    bare = result(candidate=score(math.nan), licence=None)
    text = model_card(bare, template="plain")
    assert not re.search(r"\b(nan|None|inf)\b", text, re.IGNORECASE)
    data = metadata(text)
    assert "license" not in data
    assert "metrics" not in data
    assert "model-index" not in data
    assert "declares no licence" in text
    assert "<unused" not in text


def test_a_rate_that_is_no_number_is_left_out():
    odd = full_result(generation=generation(stop_rate=math.nan))
    assert "Answers that end" not in model_card(odd, template="plain")
    assert "Answers that end" in model_card(full_result(), template="plain")


@pytest.mark.parametrize(
    ("licence", "fields"),
    [
        ("apache-2.0", {"license": "apache-2.0"}),
        ("MIT", {"license": "mit"}),
        (
            "mit AND cc-by-nc-4.0",
            {"license": "other", "license_name": "mit and cc-by-nc-4.0"},
        ),
        ("회사 내부용", {"license": "other", "license_name": "회사 내부용"}),
    ],
)
def test_licences_as_the_hub_knows_them(licence, fields, tmp_path):
    text = model_card(full_result(licence=licence), template="plain")
    data = metadata(text)
    assert {name: data[name] for name in fields} == fields
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    assert declared_licence(tmp_path / "README.md") == licence.lower()


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("apache-2.0", (False, False)),
        ("cc-by-sa-4.0", (False, True)),
        ("cc-by-nc-4.0", (True, False)),
    ],
)
def test_what_a_licence_forbids(licence, told):
    text = model_card(full_result(licence=licence), template="plain")
    assert ("No commercial use" in text, "must carry the same licence" in text) == told


def test_a_folder_as_base_shows_its_name_only():
    text = model_card(full_result(base_model="/srv/secret/models/kogpt2"), template="kogpt2")
    assert "secret" not in text
    assert "`kogpt2`" in text
    assert "base_model" not in metadata(text)


def test_the_base_s_own_card_is_kept(tmp_path):
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n# Base", encoding="utf-8")
    path = write_model_card(tmp_path, full_result(), template="kogpt2")
    first = path.read_bytes()
    assert (tmp_path / "README.base.md").read_text(encoding="utf-8").endswith("# Base")
    write_model_card(tmp_path, full_result(), template="kogpt2")
    assert path.read_bytes() == first
    assert (tmp_path / "README.base.md").read_text(encoding="utf-8").endswith("# Base")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["README.base.md", "README.md"]


def test_a_model_trained_from_one_of_ours_keeps_the_first_base_s_card(tmp_path):
    (tmp_path / "README.base.md").write_text("# Base", encoding="utf-8")
    (tmp_path / "README.md").write_text(
        model_card(full_result(run_id="earlier", train_rows=5), template="kogpt2"),
        encoding="utf-8",
    )
    write_model_card(tmp_path, full_result(), template="kogpt2")
    assert (tmp_path / "README.base.md").read_text(encoding="utf-8") == "# Base"
    assert "10,643" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_a_card_that_only_speaks_of_us_is_not_ours(tmp_path):
    (tmp_path / "README.md").write_bytes(b"\xff# Base\n- cs-pipeline\n")
    write_model_card(tmp_path, full_result(), template="kogpt2")
    assert (tmp_path / "README.base.md").read_bytes().startswith(b"\xff# Base")


def test_without_a_base_card_there_is_none(tmp_path):
    write_model_card(tmp_path, full_result(), template="plain")
    assert [file.name for file in tmp_path.iterdir()] == ["README.md"]


@pytest.mark.parametrize("template", ["kogpt2", "plain", "chat-0123abcd"])
def test_the_code_of_the_card_runs(template, tmp_path, model, tokenizer, capsys, monkeypatch):
    save_model(model, tokenizer, tmp_path)
    if template.startswith("chat"):
        chat = "{% for m in messages %}<usr>{{ m.content }}{% endfor %}<sys>"
        (tmp_path / "chat_template.jinja").write_text(chat, encoding="utf-8")
    path = write_model_card(tmp_path, full_result(), template=template)
    code = re.search("```python\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)[1]
    shorter = code.replace("max_new_tokens=length", "max_new_tokens=3")
    exec(shorter.replace("path/to/this/folder", str(tmp_path)), {})
    assert capsys.readouterr().out.strip()


def test_yaml_of_odd_names_stays_yaml():
    odd = full_result(dataset_version="d1: {x}\n- y", licence="a: b")
    front = model_card(odd, template="plain").split("---")[1]
    assert yaml.safe_load(front)["license_name"] == "a: b"


def test_import_needs_no_torch():
    code = (
        "import sys, cs_pipeline.training.model_card;"
        "assert not {'torch', 'transformers', 'huggingface_hub'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
