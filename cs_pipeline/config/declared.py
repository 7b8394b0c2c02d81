"""How a setting is declared, read from the JSON schema: what forms, options and pages show."""

from dataclasses import dataclass
from typing import Any, Self

from pydantic import BaseModel

from cs_pipeline.config.wording import LENGTHS
from cs_pipeline.language import Words

_MARKS = {"exclusiveMinimum": ">", "minimum": "≥", "exclusiveMaximum": "<", "maximum": "≤"}
_NOT_LIMITS = {
    "title",
    "description",
    "default",
    "type",
    "format",
    "writeOnly",
    "items",
    "additionalProperties",
    "wording",
}


@dataclass(frozen=True)
class Declared:
    """One field: its type, default, limits and words.

    `kind` is the JSON type, `form` its format (`path`, `password`; empty: none), of the items where
    the field is a list. `limits` are JSON schema keywords.
    """

    name: str
    kind: str
    form: str
    optional: bool
    default: Any
    limits: dict[str, Any]
    meaning: Words
    title: Words | None
    unset: Words | None

    @classmethod
    def of(cls, name: str, schema: dict[str, Any]) -> Self:
        """Read the schema of one property, `X | None` as X that is optional."""
        (value, *absent) = schema.get("anyOf", [{}])
        schema = schema | value
        words = schema["wording"]
        hidden = _NOT_LIMITS | {"anyOf"}
        return cls(
            name=name,
            kind=schema["type"],
            form=schema.get("items", schema).get("format", ""),
            optional=bool(absent),
            default=schema["default"],
            limits={key: limit for key, limit in schema.items() if key not in hidden},
            meaning=Words(ko=words["ko"], en=" ".join(schema["description"].split())),
            title=Words(**words["title"]) if "title" in words else None,
            unset=Words(**words["unset"]) if "unset" in words else None,
        )

    @property
    def described(self) -> Words:
        """Title and meaning in one."""
        if self.title is None:
            return self.meaning
        return Words(
            ko=f"{self.title.ko}. {self.meaning.ko}", en=f"{self.title.en}. {self.meaning.en}"
        )

    @property
    def allowed(self) -> Words:
        """The limits in words, such as `> 0, ≤ 100`; empty where there are none."""
        limits = self.limits
        values = limits.get("enum", [limits["const"]] if "const" in limits else [])
        plain = [", ".join(f"`{value}`" for value in values)] if values else []
        plain += [f"{mark} {limits[key]:g}" for key, mark in _MARKS.items() if key in limits]
        plain += [f"`{limits['pattern']}`"] if "pattern" in limits else []
        lengths = [(words, limits[key]) for key, words in LENGTHS.items() if key in limits]
        return Words(
            ko=", ".join(plain + [words.ko.format(length) for words, length in lengths]),
            en=", ".join(plain + [words.en.format(length) for words, length in lengths]),
        )


def declared(kind: type[BaseModel]) -> tuple[Declared, ...]:
    """The fields of settings, of a group or of the run options, in their order."""
    properties = kind.model_json_schema()["properties"]
    return tuple(Declared.of(name, schema) for name, schema in properties.items())
