"""Masked rows for audits, made up."""

from cs_pipeline.audit.estimate import AuditPlan
from cs_pipeline.audit.sample import AuditRow, draw
from cs_pipeline.masked.placeholders import PLACEHOLDERS


def row(number: int, *types: str, rules: tuple[str, ...] = (), text: str = "문의") -> AuditRow:
    question = " ".join([text, *(PLACEHOLDERS[kind] for kind in types)])
    return AuditRow(f"aa-{number}", ("e" * 64, f"c{number}", 0), rules, question, "네, 확인했어요.")


def rows(**counts: int) -> list[AuditRow]:
    """So many rows of each type; `none` for rows without any, `A_B` for rows with A and B."""
    kinds = [
        [] if name == "none" else name.split("_")
        for name, count in counts.items()
        for _ in range(count)
    ]
    return [row(number, *types) for number, types in enumerate(kinds)]


def drawn(
    source: list[AuditRow], *, size: int = 200, seed: int = 7
) -> tuple[AuditPlan, list[AuditRow]]:
    return draw(source, size=size, seed=seed, dataset_version="d0001-aaaa", dataset_sha256="a" * 64)
