"""What people decide about models: promote, hold, discard, go back, compare again."""
