"""Fixtures of the messages' tests."""

from collections.abc import Iterator

import pytest

from tests.unit.notify.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one
