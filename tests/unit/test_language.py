import pytest
from pydantic import ValidationError

from cs_pipeline.language import LANGUAGE_VARIABLE, Words, current_language

WORDS = Words(ko="안녕하세요", en="Hello")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("en", "en"),
        ("EN", "en"),
        (" en ", "en"),
        ("ko", "ko"),
        ("KO", "ko"),
        ("", "ko"),
        ("fr", "ko"),
        ("english", "ko"),
    ],
)
def test_the_variable_chooses_the_language(monkeypatch, value, expected):
    monkeypatch.setenv(LANGUAGE_VARIABLE, value)
    assert current_language() == expected
    assert str(WORDS) == {"ko": "안녕하세요", "en": "Hello"}[expected]


def test_korean_is_the_default(monkeypatch):
    monkeypatch.delenv(LANGUAGE_VARIABLE, raising=False)
    assert str(WORDS) == "안녕하세요"


def test_the_language_is_chosen_when_words_are_shown(monkeypatch):
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")
    assert f"{WORDS}!" == "Hello!"
    monkeypatch.setenv(LANGUAGE_VARIABLE, "ko")
    assert f"{WORDS}!" == "안녕하세요!"


def test_words_travel_in_both_languages():
    assert WORDS.model_dump() == {"ko": "안녕하세요", "en": "Hello"}
    assert Words.model_validate_json(WORDS.model_dump_json()) == WORDS


@pytest.mark.parametrize(
    "parts", [{"ko": "하나"}, {"en": "one"}, {"ko": "가", "en": "a", "fr": "a"}]
)
def test_a_message_is_in_exactly_two_languages(parts):
    with pytest.raises(ValidationError):
        Words(**parts)


def test_words_cannot_be_changed():
    with pytest.raises(ValidationError):
        WORDS.en = "Bye"
