"""From CSV rows to token ids: prompts, spelling, encoding, packing."""
