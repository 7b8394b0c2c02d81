import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from cs_pipeline.errors import SettingsError
from cs_pipeline.recipes import recipe as module
from cs_pipeline.recipes.export_weights import parsed_weights, weight_of
from cs_pipeline.recipes.recipe import (
    DEFAULT_RECIPE,
    LoraRecipe,
    Recipe,
    anchored,
    load_recipe,
    preset_names,
)

SECRET = "tiger-balm-9000"


@pytest.fixture
def write(tmp_path):
    def write(text, name="ours.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def test_the_presets():
    assert preset_names() == ("kogpt2", "kogpt2-fast", "korean-lora", "tiny")
    assert DEFAULT_RECIPE in preset_names()
    assert load_recipe("kogpt2") == Recipe(name="kogpt2", fewest_steps=400, scale_rate=True)
    fast = load_recipe("kogpt2-fast")
    assert (fast.base_model, fast.epochs) == ("skt/kogpt2-base-v2", 3)
    assert (fast.batch_tokens, fast.precision, fast.compile) == (16384, "bf16", False)
    assert (fast.fewest_steps, fast.scale_rate) == (400, True)
    lora = load_recipe("korean-lora")
    assert (lora.template, lora.lora) == ("chat", LoraRecipe(rank=16))
    tiny = load_recipe("tiny")
    assert (tiny.epochs, tiny.learning_rate, tiny.batch_tokens) == (4, 5e-3, 512)


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_says_what_its_numbers_mean(name):
    text = (Path(module.__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith("# ")
    for line in text.splitlines():
        if line.startswith(("epochs:", "learning_rate:", "batch_tokens:", "max_example")):
            assert " # " in line, line
    assert load_recipe(name).name == name


def test_a_file_names_only_what_differs(write):
    recipe = load_recipe(write("extends: kogpt2-fast\nepochs: 5\n"))
    assert recipe == load_recipe("kogpt2-fast").model_copy(update={"name": "ours", "epochs": 5})


def test_a_file_of_its_own_starts_from_the_defaults(write):
    recipe = load_recipe(write("name: 봄\nbatching: length_grouped\nseed: 1\n"))
    assert recipe == Recipe(name="봄", batching="length_grouped", seed=1)


@pytest.mark.parametrize(
    ("given", "planned"),
    [
        ({}, (400, True)),
        ({"epochs": 1}, (400, True)),
        ({"batch_tokens": 512}, (0, True)),
        ({"learning_rate": 1e-4}, (400, False)),
        ({"batch_tokens": 512, "fewest_steps": 100}, (100, True)),
        ({"learning_rate": 1e-4, "scale_rate": True}, (400, True)),
    ],
)
def test_what_is_given_is_not_planned(write, given, planned):
    """By a run's options as by a site's file."""
    lines = "".join(f"{name}: {value}\n" for name, value in given.items())
    for recipe in (load_recipe("kogpt2", given), load_recipe(write("extends: kogpt2\n" + lines))):
        assert (recipe.fewest_steps, recipe.scale_rate) == planned
        assert all(getattr(recipe, name) == value for name, value in given.items())


def test_adapters_are_changed_field_by_field(write):
    recipe = load_recipe(write("extends: korean-lora\nlora: {rank: 8, target_modules: [q_proj]}\n"))
    assert recipe.lora == LoraRecipe(rank=8, target_modules=("q_proj",))
    assert load_recipe(write("extends: korean-lora\nlora: null\n")).lora is None
    assert load_recipe(write("extends: kogpt2\nlora: {}\n")).lora == LoraRecipe()


@pytest.mark.parametrize("number", ["5e-5", "5.0e-5", "0.00005", "'5e-5'"])
def test_numbers_may_be_written_as_people_write_them(write, number):
    assert load_recipe(write(f"learning_rate: {number}\n")).learning_rate == 5e-5


def test_a_byte_order_mark_is_no_field(write):
    assert load_recipe(write("\ufeffepochs: 2\n".encode())).epochs == 2


def test_overrides_win_and_are_checked(write):
    path = write("extends: kogpt2\nepochs: 5\n")
    assert load_recipe(path, {"epochs": 1, "base_model": "b"}).epochs == 1
    with pytest.raises(SettingsError, match="epochs"):
        load_recipe(path, {"epochs": -1})


def test_json_is_a_whole_recipe():
    recipe = Recipe(name="x", epochs=2, lora=LoraRecipe(rank=4))
    assert load_recipe(recipe.model_dump_json()) == recipe
    assert load_recipe(recipe.model_dump_json(), {"epochs": 1}).epochs == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"epohcs: {SECRET}", "epohcs"),
        (f"epochs: {SECRET}", "epochs"),
        ("epochs: 0", "epochs: Input should be greater than 0"),
        ("epochs: .nan", "epochs"),
        ("epochs: yes", "epochs"),
        ("checkpoint_minutes: off", "checkpoint_minutes"),
        ("batch_tokens: 63", "batch_tokens"),
        ("batch_tokens: 512.5", "batch_tokens"),
        (f"template: {SECRET}", "template"),
        ("lora: {rank: 0, size: 1}", "lora.rank"),
        ("lora: {rank: 0, size: 1}", "lora.size"),
        ("lora: [16]", "lora"),
        ("base_model: ''", "base_model"),
        ("1: 2", "1"),
        ("epochs: 1\nseed: 2\nepochs: 3", "line 3"),
        ("extends: korean-lora\nlora:\n  rank: 1\n  rank: 2", "line 4"),
        (f"extends: {SECRET}", "extends"),
        ("extends: [kogpt2]", "extends"),
        ("extends: ours.yaml", "extends"),
        (f"epochs: 1\nseed: [{SECRET}", "line 2"),
        (f"? {{{SECRET}: 1}}\n: 2", "YAML"),
        ("epochs: 2026-13-45", "YAML"),
        ("[" * 3000, "YAML"),
        (b"\xff\xfe\x00", "YAML"),
        (f"- {SECRET}", "field: value"),
        (SECRET, "field: value"),
        ("", "field: value"),
        ("# nothing yet\n", "field: value"),
    ],
)
def test_a_wrong_file_is_named_with_its_field_and_never_quoted(write, text, said):
    path = write(text)
    with pytest.raises(SettingsError) as caught:
        load_recipe(path)
    assert path in caught.value.words.ko
    assert path in caught.value.words.en
    assert said in caught.value.words.en
    assert SECRET not in f"{caught.value.words} {caught.value.words.en}"
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize("source", ["kogpt2.yaml", "kogtp2", "/nowhere/ours.yaml", ".", ""])
def test_an_unknown_recipe_lists_the_presets(monkeypatch, tmp_path, source):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError) as caught:
        load_recipe(source)
    for text in (caught.value.words.ko, caught.value.words.en):
        assert "kogpt2, kogpt2-fast, korean-lora, tiny" in text


@pytest.mark.parametrize("text", ["{", '{"epochs": 0}', '{"epohcs": 1}', '{"epochs": NaN}', "{}}"])
def test_wrong_json_is_refused(text):
    with pytest.raises(SettingsError, match="JSON"):
        load_recipe(text)


def test_a_preset_wins_over_a_file_of_its_name(monkeypatch, tmp_path):
    (tmp_path / "tiny").write_text("epochs: 50", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_recipe("tiny").epochs == 4


def test_only_paths_of_files_are_anchored(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert anchored("tiny") == "tiny"
    assert anchored("kogtp2") == "kogtp2"
    assert anchored("ours.yaml") == str(tmp_path.resolve() / "ours.yaml")
    assert anchored("~/ours.yml") == str(Path("~/ours.yml").expanduser().resolve())


@pytest.mark.parametrize("wrong", [{"epochs": True}, {"alpha": 1}, {"learning_rate": "fast"}])
def test_a_recipe_is_checked_on_construction(wrong):
    with pytest.raises(ValidationError):
        Recipe(**wrong)


def test_yaml_of_a_recipe_is_a_recipe_file(write):
    recipe = Recipe(name="x", epochs=2, lora=LoraRecipe(rank=4, target_modules=("q_proj",)))
    assert load_recipe(write(yaml.safe_dump(recipe.model_dump(mode="json")))) == recipe


def test_the_module_is_light():
    code = "import sys, cs_pipeline.recipes.recipe; assert not {'yaml', 'torch'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_weights_are_read_by_file_name_and_the_first_that_fits_counts(write):
    recipe = load_recipe(write("extends: tiny\nexport_weights: 2025-*.xlsx = 0.5, *.xlsx=2,\n"))
    weights = parsed_weights(recipe.export_weights)
    assert [weight_of(name, weights) for name in ("2025-03.xlsx", "b.xlsx", "b.csv")] == [0.5, 2, 1]
    assert parsed_weights("") == ()


@pytest.mark.parametrize(
    "wrong",
    ["a.xlsx", "= 2", "a = -1", "a = 21", "a = nan", "a = x, b = 2", "a = inf"],
)
def test_weights_that_say_nothing_are_refused_without_being_told(write, wrong):
    with pytest.raises(SettingsError, match="export_weights") as caught:
        load_recipe(write(f"extends: tiny\nexport_weights: '{SECRET}.csv = 1, {wrong}'\n"))
    assert SECRET not in f"{caught.value.words.en}{caught.value.words.ko}"


@pytest.mark.parametrize("wrong", [0.5, 21, "on"])
def test_new_exports_weigh_no_less_than_others(write, wrong):
    with pytest.raises(SettingsError, match="new_export_weight"):
        load_recipe(write(f"new_export_weight: {wrong}\n"))
