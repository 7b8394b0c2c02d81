"""What became of a run, for a person: one page, `report.html`, and its figures, `report.json`."""

from cs_pipeline.report.page import write_report

__all__ = ["write_report"]
