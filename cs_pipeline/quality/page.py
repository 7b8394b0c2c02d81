"""A page for each export: what was read of it, what was refused and why, what to do next.

One self-contained HTML file of figures and masked names; no value of a cell is on it.
"""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.files import write_atomic
from cs_pipeline.html_pages import page_environment
from cs_pipeline.language import Words, current_language
from cs_pipeline.quality import wording_page
from cs_pipeline.quality.comparison import LEAST_ROWS, Comparison
from cs_pipeline.quality.wording import shown_figure
from cs_pipeline.records import ExportFile, Finding, ValidationReport
from cs_pipeline.refused.reasons import ROW_REASONS

if TYPE_CHECKING:
    from jinja2 import Template


class Pages:
    """Keeper of the folder of pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, export: ExportFile) -> Path:
        """Where the page of `export` is written: `quality/<stem>-<sha8>.html`."""
        return self.folder / f"{Path(export.name).stem}-{export.sha256[:8]}.html"

    def page_of(self, sha256: str) -> Path | None:
        """The page of the export with this sha256, None where there is none."""
        return next(iter(sorted(self.folder.glob(f"*-{sha256[:8]}.html"))), None)

    def forget(self, sha256: str) -> None:
        """Delete the page of an export that is withdrawn; none is fine."""
        for path in self.folder.glob(f"*-{sha256[:8]}.html"):
            path.unlink(missing_ok=True)

    def write(
        self, report: ValidationReport, comparison: Comparison | None = None
    ) -> ValidationReport:
        """Write the export's page, replacing one from before in one step.

        The page is in the language of `CS_PIPELINE_LANG`.

        Args:
            report: what became of the export; its names are masked.
            comparison: how the export looks beside those before it; None: it was not compared.

        Returns:
            The report with the page's path in it.
        """
        path = self.path_of(report.export)
        write_atomic(path, _page(report, comparison).lstrip())
        return report.model_copy(update={"page_uri": str(path)})


def _page(report: ValidationReport, comparison: Comparison | None) -> str:
    return _template().render(
        lang=current_language(),
        report=report,
        checked_at=datetime.now(UTC),
        refused=_refused(report),
        findings=[(finding, *_outcome(finding)) for finding in _failed_first(report)],
        warnings=[item for item in report.findings if not item.passed and not _is_of_rows(item)],
        comparison=comparison,
        least_rows=LEAST_ROWS,
    )


def _failed_first(report: ValidationReport) -> list[Finding]:
    """What stops the export, then what warns, then the rows left out, then what passed."""
    return sorted(
        report.findings,
        key=lambda item: (item.passed, item.severity != "critical", _is_of_rows(item)),
    )


def _is_of_rows(finding: Finding) -> bool:
    """True for a rule that refuses rows one by one."""
    return finding.figure == "is_refused" and finding.limit_words is None


def _outcome(finding: Finding) -> tuple[str, Words]:
    """Tone and words of a finding's outcome."""
    if finding.passed:
        return "good", wording_page.PASSED
    if finding.severity == "critical":
        return "bad", wording_page.FILE_REFUSED
    if _is_of_rows(finding):
        return "calm", wording_page.ROWS_LEFT_OUT
    return "wait", wording_page.WARNING


def _refused(report: ValidationReport) -> list[tuple[str, int]]:
    """Why rows were refused, in words, and how many; the most frequent reason first.

    A site's own reason is worded by its finding, which tells the number too.
    """
    own = {item.expectation: str(item.words).rpartition(":")[0] for item in report.findings}
    return [
        (str(ROW_REASONS.get(reason) or own.get(reason) or reason), count)
        for reason, count in sorted(report.refused.items(), key=lambda item: (-item[1], item[0]))
    ]


@cache
def _template() -> "Template":
    environment = page_environment(Path(__file__).parent)
    environment.filters |= {
        "figure": lambda number: f"{number:,}",
        "kilobytes": lambda size: f"{size / 1024:,.0f} KB" if size >= 1024 else f"{size:,} B",
        "shown": lambda value, figure: str(shown_figure(figure, value)),
        "file_name": lambda uri: Path(uri).name,
    }
    return environment.get_template("page.html.j2")
