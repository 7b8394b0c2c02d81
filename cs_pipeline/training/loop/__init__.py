"""The training loop: steps, checkpoints, curves, and several processes."""
