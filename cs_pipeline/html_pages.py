"""How the pages for people are made: Jinja templates in two languages, every value escaped."""

from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.language import Words
from cs_pipeline.moments import shown_moment

if TYPE_CHECKING:
    from jinja2 import Environment


def page_environment(folder: Path) -> "Environment":
    """The templates of a folder.

    In them `t(ko, en)` is the text in the reader's language and `shown_moment(moment)` a moment in
    the schedule's zone. A name that is not given is an error.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,  # chosen by file name it would be off: the names end in .j2
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["shown_moment"] = shown_moment
    environment.globals["t"] = lambda ko, en: str(Words(ko=ko, en=en))
    return environment
