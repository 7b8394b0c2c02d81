"""Rows of tables in tests: turns between `|`, with brackets around what the last one tells."""

import re

from cs_pipeline.pii import PiiContext, find_spans


def bracketed(row: str, *, names: bool = False) -> str:
    """The row's last turn with brackets around what is found in it; `names` count if asked for."""
    *preceding, text = re.sub(r"[\[\]]", "", row).split("|")
    context = PiiContext(preceding=preceding) if preceding else None
    for span in reversed(find_spans(text, context=context)):
        if names or span.entity_type != "NAME":
            value = text[span.start : span.end]
            text = f"{text[: span.start]}[{value}]{text[span.end :]}"
    return text
