"""The model card beside the weights: `README.md` as the Hugging Face hub reads it.

It says what the model is, how to ask it, what it was trained on and how well it answers, in
figures of the training result; the same result gives the same bytes.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cs_pipeline.files import write_atomic
from cs_pipeline.language import Words
from cs_pipeline.masked.placeholders import ENTITY_NAMES, PLACEHOLDERS
from cs_pipeline.numbers import figure, finite, percent
from cs_pipeline.records import TrainResult

CARD_FILE = "README.md"
BASE_CARD_FILE = "README.base.md"
"""Where the card of the base model goes."""

_TAG = "cs-pipeline"
_MODEL_NAME = "cs-chatbot"
_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[\w.-]+)?")
_LICENCE_ID = re.compile(r"[a-z0-9][a-z0-9.+-]*")
_QUESTION = "배송은 언제 오나요?"

_PROMPTS = {
    "kogpt2": f'tokenizer.encode("<usr>{_QUESTION}<sys>", add_special_tokens=False, '
    'return_tensors="pt")',
    "plain": f'tokenizer.encode("질문: {_QUESTION}\\n답변:", return_tensors="pt")',
    "chat": f'tokenizer.apply_chat_template([{{"role": "user", "content": "{_QUESTION}"}}], '
    'add_generation_prompt=True, return_dict=True, return_tensors="pt")["input_ids"]',
}


def write_model_card(folder: Path, result: TrainResult, *, template: str) -> Path:
    """Write the card into a checkpoint; a card of the base that lies there is kept beside it.

    Writing again replaces the card only.

    Args:
        folder: The checkpoint.
        result: What is known of the training; the checkpoint's sha256s need not be in it yet.
        template: How the model is prompted: `kogpt2`, `plain` or `chat` (`chat-...`).

    Returns:
        The path of the card.
    """
    card = folder / CARD_FILE
    if card.is_file() and not _is_ours(card):
        card.replace(folder / BASE_CARD_FILE)
    write_atomic(card, model_card(result, template=template))
    return card


def model_card(result: TrainResult, *, template: str) -> str:
    """The text of the card: metadata in YAML, then Markdown, first in Korean, then in English.

    It is in both languages, whatever this machine's is: it goes where the model goes.
    """
    from huggingface_hub import ModelCard

    sections = list(_sections(result, template))
    korean = "\n\n".join(section.ko for section in sections)
    english = "\n\n".join(section.en for section in sections)
    body = f"{korean}\n\n---\n\n{english}\n"
    return str(ModelCard(f"---\n{_metadata(result).to_yaml()}\n---\n\n{body}"))


def _is_ours(card: Path) -> bool:
    """Whether a card was written here, for this model or for one that it started from."""
    text = card.read_text(encoding="utf-8", errors="replace")
    front, _, _ = text.partition("\n---\n")
    return text.startswith("---\n") and f"\n- {_TAG}\n" in f"{front}\n"


def _metadata(result: TrainResult) -> Any:
    from huggingface_hub import EvalResult, ModelCardData

    evaluations = [
        EvalResult(
            task_type="text-generation",
            dataset_type="customer-service-conversations",
            dataset_name=f"Customer-service conversations {result.dataset_version}",
            dataset_split="validation",
            dataset_revision=result.dataset_sha256,
            metric_type=kind,
            metric_name=name.en,
            metric_value=round(value, 6),
        )
        for kind, name, value in _metrics(result)
    ]
    return ModelCardData(
        language="ko",
        library_name="transformers",
        pipeline_tag="text-generation",
        tags=[_TAG, "customer-service"],
        base_model=result.base_model if _HUB_NAME.fullmatch(result.base_model) else None,
        model_name=_MODEL_NAME,
        eval_results=evaluations or None,
        metrics=[kind for kind, _, _ in _metrics(result)] or None,
        **_licence_fields(result.licence),
    )


def _licence_fields(licence: str | None) -> dict[str, Any]:
    """The hub knows ids; whatever else is declared is its `other` with a name."""
    if licence is None:
        return {}
    plain = licence.strip().lower()
    if _LICENCE_ID.fullmatch(plain):
        return {"license": plain}
    return {"license": "other", "license_name": plain}


def _metrics(result: TrainResult) -> Iterator[tuple[str, Words, float]]:
    """Kind, name and value of each figure of the model that was measured."""
    score, generation = result.candidate, result.generation
    for kind, ko, en, value in (
        ("loss", "답변 손실 (nats/token)", "Answer loss (nats/token)", score.loss_nats_per_token),
        ("perplexity", "퍼플렉서티", "Perplexity", score.perplexity),
        ("bits_per_character", "글자당 비트", "Bits per character", score.bits_per_character),
        ("chrf", "chrF", "chrF", generation.chrf if generation else None),
    ):
        if (number := finite(value)) is not None:
            yield kind, Words(ko=ko, en=en), number


def _sections(result: TrainResult, template: str) -> Iterator[Words]:
    on_hub = _HUB_NAME.fullmatch(result.base_model)
    base = f"`{result.base_model if on_hub else Path(result.base_model).name}`"
    yield Words(
        ko=f"# 고객 상담 챗봇\n\n{base}을(를) 개인정보를 마스킹한 고객 상담 대화로 미세조정한 "
        "한국어 모델입니다. 고객의 질문 하나를 받아 상담원의 답변을 씁니다.",
        en=f"# Customer-service chatbot\n\n{base}, fine-tuned on Korean customer-service "
        "conversations whose personal data was masked. It reads one question of a customer and "
        "writes an agent's answer.",
    )
    yield _usage(template)
    yield _data(result)
    yield _masking(template)
    yield _results(result)
    yield _limits(result)
    yield _licence(result.licence)


def _usage(template: str) -> Words:
    code = "\n".join(
        (
            "```python",
            "from transformers import AutoModelForCausalLM, AutoTokenizer",
            "",
            'folder = "path/to/this/folder"',
            "tokenizer = AutoTokenizer.from_pretrained(folder)",
            "model = AutoModelForCausalLM.from_pretrained(folder)",
            f"ids = {_PROMPTS[template.partition('-')[0]]}",
            'length = tokenizer.init_kwargs.get("answer_tokens", 64)',
            "answer = model.generate(ids, max_new_tokens=length)[0, ids.shape[1] :]",
            "print(tokenizer.decode(answer))",
            "```",
        )
    )
    return Words(ko=f"## 사용법\n\n{code}", en=f"## How to use it\n\n{code}")


def _data(result: TrainResult) -> Words:
    rows, val_rows = figure(result.train_rows), figure(result.candidate.rows)
    version, sha256 = f"`{result.dataset_version}`", f"`{result.dataset_sha256}`"
    return Words(
        ko=f"## 데이터\n\n- 데이터셋 버전: {version}\n- sha256: {sha256}\n- 학습 {rows}행, 검증 "
        f"{val_rows}행",
        en=f"## Data\n\n- dataset version: {version}\n- sha256: {sha256}\n- {rows} training rows, "
        f"{val_rows} validation rows",
    )


def _masking(template: str) -> Words:
    pairs = [(text, ENTITY_NAMES[kind]) for kind, text in PLACEHOLDERS.items()]
    ko, en = "", ""
    if template == "kogpt2":
        ko = " 토크나이저에서 `<unused0>`은 줄바꿈, `<unused1>`부터는 아래 순서의 자리표시자입니다."
        en = " To the tokenizer `<unused0>` is the newline, `<unused1>` and on are these in order."
    return Words(
        ko="## 개인정보 마스킹\n\n학습하기 전에 개인정보를 종류별 자리표시자로 바꾸었고, 답변에도 "
        f"자리표시자가 나옵니다. 같은 대화의 두 번째 값부터는 번호가 붙습니다(`#@이름2#`).{ko}\n\n"
        + ", ".join(f"`{text}` ({name.ko})" for text, name in pairs),
        en="## Masking\n\nBefore the training, personal data was replaced by a placeholder of its "
        "type; answers hold them too. The second and later values of a conversation carry a "
        f"number (`#@이름2#`).{en}\n\n"
        + ", ".join(f"`{text}` ({name.en})" for text, name in pairs),
    )


def _results(result: TrainResult) -> Words:
    generation, leak = result.generation, result.leak
    rows = [(name.ko, name.en, figure(value, 4)) for _, name, value in _metrics(result)]
    for ko, en, share in (
        ("스스로 끝난 답변", "Answers that end", generation and generation.stop_rate),
        ("되풀이하는 답변", "Repetitive answers", generation and generation.repetition_rate),
        ("빈 답변", "Empty answers", generation and generation.empty_rate),
    ):
        rows += [(ko, en, percent(share))] if finite(share) is not None else []
    if leak:
        found = f"{figure(leak.exact_hits)} / {figure(leak.samples)}"
        rows.append(("마스킹한 값이 나온 답변", "Answers with a masked value", found))
    korean, english = ("\n".join(f"| {row[i]} | {row[2]} |" for row in rows) for i in (0, 1))
    return Words(
        ko="## 평가\n\n검증 데이터의 답변 토큰으로 쟀습니다.\n\n| 측정 | 값 |\n|---|---:|\n"
        + korean,
        en="## Results\n\nMeasured on the answer tokens of the validation rows.\n\n"
        "| Measure | Value |\n|---|---:|\n" + english,
    )


def _limits(result: TrainResult) -> Words:
    longest = result.recipe.get("max_example_tokens")
    ko, en = "이전 대화를 기억하지 않습니다.", "It remembers no earlier turns."
    if turns := result.context_turns:
        ko = f"이전 대화는 질문 앞에 같은 꼴로 붙인 최근 {turns}쌍까지만 압니다."
        en = (
            f"It knows up to {turns} earlier exchange(s), put before the question in the same form."
        )
    ko += f" 질문과 답변을 합쳐 {longest}토큰까지 배웠습니다." if longest else ""
    en += (
        f" It was trained on at most {longest} tokens, question and answer together."
        if longest
        else ""
    )
    return Words(
        ko="## 한계\n\n사실을 지어낼 수 있고, 배송이나 결제 같은 실제 상태를 알지 못합니다. "
        f"{ko} 중요한 답변은 사람이 확인해야 합니다.",
        en="## Limits\n\nIt may make facts up and knows nothing of the real state of a delivery or "
        f"a payment. {en} A person has to check answers that matter.",
    )


def _licence(licence: str | None) -> Words:
    if licence is None:
        return Words(
            ko="## 라이선스\n\n기반 모델에 라이선스 표시가 없습니다. 쓰기 전에 확인하세요.",
            en="## Licence\n\nThe base model declares no licence. Find out before you use it.",
        )
    terms = set(re.split(r"[^a-z0-9]+", licence.lower()))
    ko, en = "", ""
    if "nc" in terms:
        ko += " 상업적으로 이용할 수 없습니다."
        en += " No commercial use."
    if "sa" in terms:
        ko += " 이 모델에서 만든 모델도 같은 라이선스를 따라야 합니다."
        en += " What is made from this model must carry the same licence."
    return Words(
        ko=f"## 라이선스\n\n기반 모델을 따라 `{licence}`입니다.{ko} 기반 모델의 문서가 이 폴더에 "
        f"있으면 함께 읽으세요(`LICENSE*`, `NOTICE*`, `{BASE_CARD_FILE}`).",
        en=f"## Licence\n\nThe base model's: `{licence}`.{en} See its licence files in this "
        f"folder, where there are any (`LICENSE*`, `NOTICE*`, `{BASE_CARD_FILE}`).",
    )
