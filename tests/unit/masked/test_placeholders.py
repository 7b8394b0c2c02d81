import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import SettingsError
from cs_pipeline.masked.placeholders import (
    ENTITY_NAMES,
    PLACEHOLDER,
    PLACEHOLDERS,
    PlaceholderForm,
    placeholder,
)

FIRST_EIGHT = ["PHONE", "RRN", "FRN", "BRN", "CARD", "ACCOUNT", "EMAIL", "NAME"]


def test_the_order_is_a_contract_with_trained_models() -> None:
    assert list(PLACEHOLDERS)[:8] == FIRST_EIGHT
    assert len(PLACEHOLDERS) == len(set(PLACEHOLDERS.values())) == 24
    assert set(ENTITY_NAMES) == set(PLACEHOLDERS)


@pytest.mark.parametrize("entity_type", PLACEHOLDERS)
def test_every_placeholder_is_known_again(entity_type: str) -> None:
    for index in (1, 2, 9, 10, 123):
        written = placeholder(entity_type, index)
        assert PLACEHOLDER.fullmatch(written)["index"] == (str(index) if index > 1 else None)


@pytest.mark.parametrize("text", ["#@이름0#", "#@이름1#", "#@이름", "@이름#", "#@성함#", "#이름#"])
def test_other_text_is_no_placeholder(text: str) -> None:
    assert not PLACEHOLDER.search(text)


@pytest.mark.parametrize("form", ["#@{}#", "[{}]", "<<{}>>", "(가림:{})", "__{}__"])
def test_a_form_is_read_back(form: str) -> None:
    text = "#@이름#님 #@전화번호2#로, [이름] #이름# (가림)"
    own = PlaceholderForm(form)
    written = own.write(text)
    assert form.format("전화번호2") in written
    assert own.read(written).replace("#@이름#", "[이름]") == text.replace("#@이름#", "[이름]")


@pytest.mark.parametrize(
    "form", ["", "{}", "이름", "a{}b", " {} ", "[{}", "{}]", "[{}{}]", "{{}}", "[{x}]"]
)
def test_a_form_that_could_be_mistaken_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match="must hold"):
        PlaceholderForm(form)
    with pytest.raises(SettingsError, match="PLACEHOLDER_FORM"):
        Settings.load(placeholder_form=form)
