"""Messages that a product stores as JSON: the words in them, without buttons and pictures."""

import json
from collections.abc import Iterator
from typing import Any

from cs_pipeline.intake.sheets.layouts import Template


def template_text(cell: str, template: Template) -> str | None:
    """The words of a message: the cell itself, unless it holds a JSON object or list of objects.

    Returns:
        The texts in their order, joined by a space; None for JSON that breaks off.
    """
    if not cell.lstrip().startswith(("{", "[{")):
        return cell
    try:
        message = json.loads(cell)
    except (ValueError, RecursionError):
        # Braces that a person typed are words: only what begins as an object's first key is JSON.
        return None if cell.lstrip().lstrip("[").lstrip("{ \r\n\t").startswith('"') else cell
    return " ".join(_texts(message, template))


def _texts(value: Any, template: Template) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item, template)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in template.drop:
                continue
            if isinstance(item, str):
                if key in template.text and item.strip():
                    yield item
            else:
                yield from _texts(item, template)
