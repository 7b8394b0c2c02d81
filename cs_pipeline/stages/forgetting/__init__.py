"""Taking data out for good: what goes, from where, and the receipt."""
