"""A token classifier that finds personal data, trained on masked text."""
