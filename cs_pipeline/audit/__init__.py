"""A person's review of what the masking left: a sample, its workbook, the verdicts."""
