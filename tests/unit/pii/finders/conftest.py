import pytest

# The tests that the tables inherit say in full what they compared.
pytest.register_assert_rewrite("tests.unit.pii.finders.finder_contract")
