"""How labels are written down: a row each, its name, Korean, English."""

from cs_pipeline.language import Words


def words(*rows: tuple[str, str, str]) -> dict[str, Words]:
    """The rows by name."""
    return {name: Words(ko=ko, en=en) for name, ko, en in rows}
