"""From the labels of a token-classification model to entity types.

If the model's `config.json` holds a `pii_label_map` such as `{"PS": "NAME", "LC": "ADDRESS"}`, that
map decides alone. Else labels that are the name of an entity type count, and those of `SYNONYMS`.
All other labels are ignored.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cs_pipeline.errors import SettingsError
from cs_pipeline.masked.placeholders import PLACEHOLDERS
from cs_pipeline.training.tagger import wording

SYNONYMS = {
    # KLUE and other general models; a place (LC, LOC) is not an address and is not among them.
    "PS": "NAME",
    "PER": "NAME",
    "PERSON": "NAME",
    # English PII models
    "PHONE_NUM": "PHONE",
    "PHONE_NUMBER": "PHONE",
    "EMAIL_ADDRESS": "EMAIL",
    "CREDIT_CARD": "CARD",
    "CREDIT_CARD_NUMBER": "CARD",
    "BANK_ACCOUNT": "ACCOUNT",
    "ACCOUNT_NUM": "ACCOUNT",
    "STREET_ADDRESS": "ADDRESS",
    "DATE_OF_BIRTH": "DOB",
    "IP_ADDRESS": "IP",
    "USERNAME": "LOGIN_ID",
    # KDPII, the Korean dialogic PII dataset
    "PS_NAME": "NAME",
    "LC_ADDRESS": "ADDRESS",
    "QT_MOBILE": "PHONE",
    "QT_PHONE": "PHONE",
    "QT_RESIDENT_NUMBER": "RRN",
    "QT_ALIEN_NUMBER": "FRN",
    "QT_CARD_NUMBER": "CARD",
    "QT_ACCOUNT_NUMBER": "ACCOUNT",
    "QT_PASSPORT_NUMBER": "PASSPORT",
    "QT_DRIVER_NUMBER": "DRIVER",
    "QT_PLATE_NUMBER": "PLATE",
    "TMI_EMAIL": "EMAIL",
    "DT_BIRTH": "DOB",
}
"""Label without its position -> entity type, letter case aside."""

# B-PS, I-PS, E-PS, S-PS, U-PS, L-PS; PS-B, PS-I; PS
_LABEL = re.compile(r"(?:(?P<before>[BILESU])-)?(?P<name>.+?)(?:-(?P<after>[BILESU]))?")
_STARTS = frozenset("BSU")


class Label(NamedTuple):
    """A label without its position, its entity type, and whether it begins a span."""

    name: str
    entity_type: str
    starts: bool


def read_labels(folder: Path, config: Any) -> list[Label | None]:
    """The labels of a model by number; None for those that are no entity type.

    Raises:
        SettingsError: `pii_label_map` is wrong, or no label is an entity type.
    """
    given = getattr(config, "pii_label_map", None)
    if given is None:
        known = {name: name for name in PLACEHOLDERS} | SYNONYMS
    elif isinstance(given, dict) and all(value in [*PLACEHOLDERS] for value in given.values()):
        known = {name.upper(): entity_type for name, entity_type in given.items()}
    else:
        raise _wrong_map(folder)
    labels = [_label(config.id2label[number], known) for number in range(config.num_labels)]
    if not any(labels):
        raise _no_labels(folder)
    return labels


def _label(label: str, known: Mapping[str, str]) -> Label | None:
    parts = _LABEL.fullmatch(label)
    entity_type = known.get(parts["name"].upper()) if parts else None
    if parts is None or entity_type is None:
        return None
    return Label(parts["name"], entity_type, (parts["before"] or parts["after"]) in _STARTS)


def _wrong_map(folder: Path) -> SettingsError:
    types = ", ".join(PLACEHOLDERS)
    return wording.wrong_label_map(folder, types)


def _no_labels(folder: Path) -> SettingsError:
    return wording.unknown_labels(folder)
