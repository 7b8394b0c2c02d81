"""Reads a site's golden questions.

```yaml
questions:
  - question: 환불은 며칠 걸리나요?
    must_contain: [영업일]
    must_not_contain: [전액 보장]
    context: [카드로 결제했어요., 확인했습니다.]    # what was said before, oldest first
```
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from cs_pipeline.checked_yaml import Entry, read_yaml
from cs_pipeline.golden import wording
from cs_pipeline.records import GoldenQuestion

MOST_QUESTIONS = 1000
_KIND, _EXAMPLE = wording.KIND, "docs/golden-questions.example.yaml"
_KEYS = ("question", "must_contain", "must_not_contain", "context")


def load_golden_questions(
    path: Path, mask_text: Callable[[str], str]
) -> tuple[GoldenQuestion, ...]:
    """The questions of a file, in its order; question and context come masked.

    Raises:
        SettingsError: the file cannot be read, or an entry is wrong; says the line and what to do.
    """
    top = read_yaml(path, kind=_KIND, example=_EXAMPLE)
    listed = top.mapping(("questions",), required=("questions",))["questions"]
    items = listed.items()
    if len(items) > MOST_QUESTIONS:
        raise listed.refusal(wording.too_many(len(items), MOST_QUESTIONS))
    return tuple(_question(item, mask_text) for item in items)


def questions_sha256(questions: Sequence[GoldenQuestion]) -> str:
    """The sum by which a result says what it was asked."""
    told = [question.model_dump(mode="json") for question in questions]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _question(item: Entry, mask_text: Callable[[str], str]) -> GoldenQuestion:
    keys = item.mapping(_KEYS, required=("question",))
    context = tuple(mask_text(text) for text in _texts(keys, "context"))
    if len(context) % 2:
        raise keys["context"].refusal(wording.ODD_CONTEXT)
    question = GoldenQuestion(
        question=mask_text(keys["question"].text().strip()),
        must_contain=_texts(keys, "must_contain"),
        must_not_contain=_texts(keys, "must_not_contain"),
        context=context,
    )
    if not question.must_contain and not question.must_not_contain:
        raise item.refusal(wording.NOTHING_DEMANDED)
    return question


def _texts(keys: dict[str, Entry], name: str) -> tuple[str, ...]:
    return tuple(one.text().strip() for one in keys[name].items()) if name in keys else ()
