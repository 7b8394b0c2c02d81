"""What base and live model say to the leak probe, each prompted as it would be asked."""

from pathlib import Path

import pytest

from cs_pipeline.config import AppraisalPlan
from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import DataProfile, LeakReport
from cs_pipeline.training.appraisal import appraisal, leak_probe
from cs_pipeline.training.models.base_model import load_model, load_tokenizer
from cs_pipeline.training.models.tiny_base import make_base
from cs_pipeline.training.rows.prompt_template import prompting_of

CANDIDATE = {"prompt_template": "plain", "context_turns": 2, "answer_tokens": 11}
LIVE = {"context_turns": 1, "answer_tokens": 7}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = ["배송은 언제 오나요?", "환불을 접수했습니다."]
    folder = tmp_path_factory.mktemp("base")
    return make_base(texts, folder, vocab_size=2816, width=16, heads=2, positions=64)


def test_each_model_is_prompted_as_it_would_be_asked(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    suspicious = iter((3, 5))

    def probe(model, tokenizer, rows, **given) -> LeakReport:
        asked.append(prompting_of(tokenizer))
        said = next(suspicious)
        return LeakReport(prompts=1, samples=1, digests=0, exact_hits=0, suspicious=said, seed=0)

    monkeypatch.setattr(leak_probe, "probe", probe)
    live, tokenizer = tmp_path / "live", load_tokenizer(str(base))
    load_model(str(base)).save_pretrained(live)
    tokenizer.init_kwargs |= LIVE
    tokenizer.save_pretrained(live)
    safeguards = appraisal.Safeguards(
        mask_text=str,
        is_personal=lambda text: None,
        masked_values=DigestSet.load([], key="k"),
        profile=lambda rows: DataProfile(),
    )
    candidate = load_tokenizer(str(base))
    candidate.init_kwargs |= CANDIDATE
    prober = appraisal._Prober(
        [("질문", "답")], AppraisalPlan(), Recipe(name="x", base_model=str(base)), safeguards
    )
    ours = LeakReport(prompts=1, samples=1, digests=0, exact_hits=0, suspicious=9, seed=0)

    told = prober.against(ours, base=str(base), like=candidate, live=live)

    assert asked == [CANDIDATE, LIVE]
    assert (told.suspicious, told.baseline) == (9, 5)
    gone = prober.against(ours, base=str(tmp_path / "nowhere"), like=candidate, live=None)
    assert gone.baseline is None
