"""Dates of birth."""
