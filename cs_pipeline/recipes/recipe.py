"""How a model is fine-tuned: a typed recipe, from a preset, a YAML file or JSON.

Presets are the YAML files in `cs_pipeline/recipes`; a site's own file may start from one of them
with `extends: kogpt2` and name only what differs.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from cs_pipeline.errors import SettingsError
from cs_pipeline.language import Words
from cs_pipeline.recipes import wording
from cs_pipeline.recipes.export_weights import MOST_TIMES, parsed_weights
from cs_pipeline.records import Record

DEFAULT_BASE_MODEL = "skt/kogpt2-base-v2"
DEFAULT_RECIPE = "kogpt2"
STORED_BASE = "store:"
"""In front of the name of a base model that lies in the store of the hand-over."""
_PRESETS = Path(__file__).parent


class LoraRecipe(Record):
    """Low-rank adapters instead of all weights; merged into the base when the run ends."""

    rank: int = Field(default=16, ge=1, le=512)
    """Rank of each adapter."""
    alpha: int = Field(default=32, ge=1)
    """Scale of the adapters, over `rank`."""
    dropout: float = Field(default=0.05, ge=0, lt=1)
    """Dropout in front of the adapters."""
    target_modules: tuple[str, ...] = ()
    """Names of the layers that get one; empty: all linear layers but the head."""


class Recipe(Record):
    """How a model is fine-tuned. Travels beside the weights as `recipe.json`."""

    name: str = Field(default="", max_length=100)
    """Preset or file that it comes from; empty: made in code."""
    base_model: str = Field(default=DEFAULT_BASE_MODEL, min_length=1)
    """Hub name or folder of the base model, or `store:name`."""
    epochs: float = Field(default=3.0, gt=0, le=100)
    """Passes over the training rows."""
    learning_rate: float = Field(default=5e-5, gt=0, lt=1)
    """Peak AdamW learning rate, per optimiser step."""
    warmup_share: float = Field(default=0.05, ge=0, lt=1)
    """Share of the steps in which the learning rate rises linearly from 0."""
    fewest_steps: int = Field(default=0, ge=0)
    """Fewer tokens per step for few rows, so that a run has about so many steps; 0: never. Goes
    where `batch_tokens` is given without it."""
    scale_rate: bool = False
    """`learning_rate` is meant for two rows per step and grows with the root of the rows in one.
    Goes where `learning_rate` is given without it."""
    weight_decay: float = Field(default=0.01, ge=0, lt=1)
    """AdamW weight decay."""
    max_gradient_norm: float = Field(default=1.0, gt=0)
    """Gradients are clipped to this L2 norm."""
    max_example_tokens: int = Field(default=512, ge=16, le=8192)
    """Longest example (prompt and answer), in tokens; the question is cut first, on its left."""
    batch_tokens: int = Field(default=4096, ge=64)
    """Tokens of one optimiser step, over all examples in it and all processes."""
    batching: Literal["packed", "length_grouped"] = "packed"
    """Fill rows with whole examples, or batch examples of about the same length."""
    template: Literal["auto", "kogpt2", "plain", "chat"] = "auto"
    """Prompt: KoGPT2's tokens, plain words, or the tokenizer's own chat template."""
    precision: Literal["auto", "bf16", "fp32"] = "auto"
    """Arithmetic of the training; auto: bf16 on a GPU that has it, else fp32."""
    compile: bool = False
    """Compile the model with torch.compile; its cache is kept between runs."""
    checkpoint_minutes: float = Field(default=10.0, ge=0)
    """Minutes between two checkpoints to resume from; 0: at each step."""
    keep_best: bool = True
    """Keep the weights of the epoch with the lowest answer loss on the validation rows, not the
    last ones."""
    patience: int = Field(default=0, ge=0, le=100)
    """End after so many epochs in a row without a lower answer loss, and keep the best; 0: never
    before the last epoch."""
    new_export_weight: float = Field(default=1.0, ge=1, le=MOST_TIMES)
    """Rows of exports that the live model was not trained on are seen so many times per epoch."""
    export_weights: str = Field(default="", max_length=1000)
    """Times per epoch by file name, such as `2025-*.xlsx = 0.5, kakao-* = 2`; the first name that
    fits counts, others are seen once."""
    lora: LoraRecipe | None = None
    """Adapters instead of all weights; None: full fine-tuning."""
    seed: int = Field(default=20260301, ge=0)
    """Seed of the data order and of dropout."""

    @field_validator("export_weights")
    @classmethod
    def _weights_of_names(cls, value: str) -> str:
        parsed_weights(value)
        return value

    @field_validator("*", mode="before")
    @classmethod
    def _no_switch(cls, value: Any, info: ValidationInfo) -> Any:
        """YAML reads `off` as false, and pydantic false as 0: `checkpoint_minutes: off`."""
        if isinstance(value, bool) and info.field_name not in {
            "compile",
            "scale_rate",
            "keep_best",
        }:
            raise PydanticCustomError(
                "switch", "Input should be no true, false, yes, no, on or off"
            )
        return value


def preset_names() -> tuple[str, ...]:
    """Names of the recipes that come with the package."""
    return tuple(sorted(path.stem for path in _PRESETS.glob("*.yaml")))


def load_recipe(source: str, overrides: Mapping[str, Any] | None = None) -> Recipe:
    """The recipe that `source` names, with `overrides` in the place of its own values.

    Args:
        source: A preset's name, the path of a YAML file, or a whole recipe as a JSON object.
        overrides: Field names and values that win.

    Raises:
        SettingsError: no such preset or file, not YAML, or a field or value that is not allowed;
            names the file, the field and the rule, never the value.
    """
    try:
        if source.lstrip().startswith("{"):
            recipe = Recipe.model_validate_json(source)
        else:
            recipe = Recipe.model_validate(_values(source))
        return recipe.model_validate(recipe.model_dump() | _explicit(overrides or {}))
    except ValidationError as error:
        raise _not_allowed(source, error) from None


def anchored(source: str) -> str:
    """`source` with the path of a file made absolute; a preset's name stays."""
    if source in preset_names() or not source.endswith((".yaml", ".yml")):
        return source
    return str(Path(source).expanduser().resolve())


def _values(source: str) -> dict[str, Any]:
    """What a preset or file says, over what it extends."""
    preset = source in preset_names()
    path = _PRESETS / f"{source}.yaml" if preset else Path(source).expanduser()
    if not path.is_file():
        raise SettingsError.of(wording.no_such_recipe(source, _listed()))
    given = _read(path)
    parent = given.pop("extends", None)
    if parent is None:
        values: dict[str, Any] = {}
    elif parent in preset_names():
        values = _values(parent)
    else:
        raise _refused(path, wording.extends_no_preset(_listed()))
    own, over = values.get("lora"), given.get("lora")
    if isinstance(own, dict) and isinstance(over, dict):
        given["lora"] = own | over
    return {**values, "name": path.stem, **_explicit(given)}


def _explicit(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, and that nothing is to be planned in its place."""
    planned = {}
    if "batch_tokens" in given:
        planned["fewest_steps"] = 0
    if "learning_rate" in given:
        planned["scale_rate"] = False
    return {**planned, **given}


def _read(path: Path) -> dict[str, Any]:
    """The fields that stand in a recipe file."""
    import yaml  # type: ignore[import-untyped]

    try:
        text = path.read_bytes().decode("utf-8-sig")
        values = yaml.safe_load(text)
        repeated = _repeated_key(yaml.compose(text, Loader=yaml.SafeLoader))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise _refused(path, wording.NO_YAML, line=line) from None
    if not isinstance(values, dict):
        raise _refused(path, wording.NO_FIELDS)
    if repeated is not None:
        raise _refused(path, wording.FIELD_TWICE, line=repeated)
    return values


def _repeated_key(node: Any) -> int | None:
    """Line of the first key that its map has twice; YAML itself would take the last one."""
    seen: set[str] = set()
    for key, value in node.value if node is not None and node.id == "mapping" else ():
        if key.value in seen:
            return int(key.start_mark.line) + 1
        seen.add(key.value)
        if (line := _repeated_key(value)) is not None:
            return line
    return None


def _listed() -> str:
    return ", ".join(preset_names())


def _refused(path: Path, why: Words, *, line: int | None = None) -> SettingsError:
    return SettingsError.of(wording.refused(path, why, line))


def _not_allowed(source: str, error: ValidationError) -> SettingsError:
    """Name each wrong field and the rule it breaks, never the value."""
    where = "JSON" if source.lstrip().startswith("{") else source
    problems = "; ".join(
        f"{'.'.join(map(str, item['loc']))}: {item['msg']}"
        for item in error.errors(include_url=False, include_input=False, include_context=False)
    )
    fields = ", ".join(Recipe.model_fields)
    return SettingsError.of(wording.not_allowed(where, problems, fields))
