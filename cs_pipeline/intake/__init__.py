"""Find and claim exports, and read them into exchanges."""
