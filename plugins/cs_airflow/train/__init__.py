"""Where the trainer runs: in a process of this machine, or in a pod."""
