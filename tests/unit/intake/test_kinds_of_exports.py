"""What their owners expect of exports of many kinds, compared whole: nothing wrong is accepted."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.document_exports import DOCUMENTS
from tests.unit.intake.event_exports import EVENTS
from tests.unit.intake.form_exports import FORMS
from tests.unit.intake.heading_exports import HEADINGS
from tests.unit.intake.paged_exports import PAGED
from tests.unit.intake.plain_exports import PLAIN
from tests.unit.intake.product_exports import PRODUCTS
from tests.unit.intake.register_rows_exports import REGISTER_ROWS
from tests.unit.intake.reply_exports import REPLIES
from tests.unit.intake.test_call_centre_exports import assert_as_expected

KINDS = (
    *DOCUMENTS,
    *EVENTS,
    *FORMS,
    *HEADINGS,
    *PAGED,
    *PLAIN,
    *PRODUCTS,
    *REGISTER_ROWS,
    *REPLIES,
)


@pytest.mark.parametrize(("build", "name"), KINDS, ids=[one.__name__ for one, _ in KINDS])
def test_an_export_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)
