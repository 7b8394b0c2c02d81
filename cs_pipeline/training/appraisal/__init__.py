"""How good a candidate is: losses, answers, leaks, and the comparison with the live model."""
