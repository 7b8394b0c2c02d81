"""What people read in Korean stands in modules of words, not among the rules."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("cs_pipeline", "plugins", "dags", "deploy")
# Hangul is also what rules match and what customers say; settings and documents say it in place.
OTHERWISE = {
    "cs_pipeline/config/": "a setting's Korean meaning stands beside its English one",
    "cs_pipeline/ops/labels/": "words of the operator's page",
    "cs_pipeline/intake/refusals.py": "words",
    "cs_pipeline/refused/reasons.py": "words",
    "cs_pipeline/refused/workbook_form.py": "headings, known again when a workbook comes back",
    "cs_pipeline/training/model_card.py": "a document, section by section",
    "cs_pipeline/pii/": "patterns and lists of words",
    "cs_pipeline/intake/": "headings, speakers and times as exports write them",
    "cs_pipeline/masked/": "placeholders and number words",
    "cs_pipeline/particles.py": "particles",
    "cs_pipeline/questions.py": "endings of questions",
    "cs_pipeline/sentence_ends.py": "endings of sentences",
    "cs_pipeline/numbers.py": "units of time",
    "cs_pipeline/quality/figures.py": "endings of sentences",
    "cs_pipeline/samples/": "made-up conversations",
    "cs_pipeline/stages/upload.py": "questions to a model",
    "cs_pipeline/training/": "prompts, and text that a tokenizer must give back",
    "deploy/demo/": "questions to a model, and what the demo says",
    "deploy/compose/compose_demo.py": "the name of a file",
}
# In these, words that people read are apart even so.
NO_SENTENCES = ("cs_pipeline/intake/", "cs_pipeline/training/", "cs_pipeline/stages/")
ENDINGS = ("니다.", "세요.", "니까?", "없음.", "있음.")


def _is_of_words(place: str) -> bool:
    return any("wording" in part for part in place.split("/"))


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module, without docstrings, that hold Hangul; with their line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
        if isinstance(text, str) and any("가" <= character <= "힣" for character in text):
            yield node.lineno, text


def modules() -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            if not _is_of_words(place):
                yield place, path


def test_only_modules_of_words_and_of_language_hold_korean() -> None:
    found = [
        f"{place}:{line}"
        for place, path in modules()
        if not place.startswith(tuple(OTHERWISE))
        for line, _ in texts(path)
    ]
    assert not found, "move these words to the room's wording.py"


def test_rules_of_language_say_nothing_to_people() -> None:
    say_it = ("cs_pipeline/intake/refusals.py", "cs_pipeline/training/model_card.py")
    prompts = ("leak_prompts.py", "base_model.py", "upload.py", "token_cache.py")
    found = [
        f"{place}:{line}"
        for place, path in modules()
        if place.startswith(NO_SENTENCES) and place not in say_it and path.name not in prompts
        for line, text in texts(path)
        if text.rstrip().endswith(ENDINGS)
    ]
    assert not found, "move these words to the room's wording.py"


@pytest.mark.parametrize("place", OTHERWISE)
def test_each_exception_is_there_for_something(place: str) -> None:
    held = [path for name, path in modules() if name.startswith(place)]
    assert any(any(texts(path)) for path in held), "there is no Korean left: remove the exception"
