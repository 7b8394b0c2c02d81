"""Exports of products and databases: read whole, or refused."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.product_exports import PRODUCTS
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), PRODUCTS, ids=[one.__name__ for one, _ in PRODUCTS])
def test_a_product_export_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)
