"""Refuse what would spoil the dataset, and say why."""
