"""Masked shards, dataset versions and the two CSVs."""
