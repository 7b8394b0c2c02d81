"""The templates of this room, with how figures are written in them."""

import shlex
from functools import cache
from pathlib import Path

from jinja2 import Template

from cs_pipeline import numbers
from cs_pipeline.html_pages import page_environment
from cs_pipeline.masked.placeholders import ENTITY_NAMES
from cs_pipeline.refused.reasons import ROW_REASONS
from cs_pipeline.report import text

SHOWN_SAMPLES = 12
"""So many sample questions go on a page; the others stay in `samples.json`."""


@cache
def page_template(name: str) -> Template:
    """One of the pages beside this file."""
    environment = page_environment(Path(__file__).parent)
    environment.filters |= {
        "figure": numbers.figure,
        "percent": numbers.percent,
        "short": numbers.short,
        "gibibytes": numbers.gibibytes,
        "duration": numbers.duration,
        "quoted": shlex.quote,
        "with_commands": text.with_commands,
        "with_placeholders": text.with_placeholders,
        "points": numbers.percentage_points,
    }
    environment.globals |= {
        "missing": numbers.MISSING,
        "entity_names": ENTITY_NAMES,
        "row_reasons": ROW_REASONS,
        "shown_samples": SHOWN_SAMPLES,
    }
    return environment.get_template(name)
