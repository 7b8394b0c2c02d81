"""The gate, the model store and the run history."""
