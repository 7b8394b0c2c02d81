"""What an optimisation loop did so far: losses, tokens, padding, time. Survives in checkpoints."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from cs_pipeline.training.loop.distributed import Processes


class NatsSum:
    """Nats over scored tokens since the last reset, kept on the device that they come from.

    Each process adds the nats of its own rows and the scored tokens of all.
    """

    def __init__(self, device: torch.device) -> None:
        self._nats = torch.zeros((), dtype=torch.float64, device=device)
        self.scored_tokens = 0

    def add(self, nats: torch.Tensor, scored_tokens: int) -> None:
        """Add a step."""
        self._nats += nats
        self.scored_tokens += scored_tokens

    def reset(self, nats: float = 0.0, scored_tokens: int = 0) -> None:
        """Start from these sums."""
        self._nats.fill_(nats)
        self.scored_tokens = scored_tokens

    def nats(self, processes: Processes) -> float:
        """The sum over all processes, each of which has to call this."""
        return processes.sum([float(self._nats)])[0]

    def mean(self, processes: Processes) -> float | None:
        """Nats per scored token; each process has to call this."""
        nats = self.nats(processes)
        return nats / self.scored_tokens if self.scored_tokens else None


class Meter:
    """Figures of a loop, over all its processes and all the times that it was resumed.

    `window` runs since the last point of the curve, `epoch` since the epoch began. `seconds` is
    the loop itself: it stands still while the run is evaluated or saved.
    """

    def __init__(self, device: torch.device, processes: Processes) -> None:
        self._device = device
        self._processes = processes
        self.window = NatsSum(device)
        self.epoch = NatsSum(device)
        self.tokens = 0
        self._padding = 0
        self._padding_before = 0.0
        self._seconds = 0.0
        self._since: float | None = None
        self._last_point = (0, 0.0)

    def add(self, nats: torch.Tensor, *, scored_tokens: int, tokens: int, padding: int) -> None:
        """Add a step: nats and padding of this process, tokens of all."""
        for total in (self.window, self.epoch):
            total.add(nats, scored_tokens)
        self.tokens += tokens
        self._padding += padding

    @property
    def seconds(self) -> float:
        """Time in the loop so far."""
        running = time.monotonic() - self._since if self._since is not None else 0.0
        return self._seconds + running

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time inside."""
        self._since = time.monotonic()
        try:
            yield
            self._finish_kernels()
        finally:
            self._stop()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not count the time inside."""
        self._finish_kernels()
        self._stop()
        try:
            yield
        finally:
            self._since = time.monotonic()

    def speed(self) -> float:
        """Tokens per second since this was last asked."""
        tokens, seconds = self._last_point
        self._last_point = (self.tokens, self.seconds)
        return (self.tokens - tokens) / max(self.seconds - seconds, 1e-9)

    def padding_share(self) -> float:
        """Padding over all tokens that went through the model; each process has to call this."""
        padding = self._all_padding()
        total = self.tokens + padding
        return padding / total if total else 0.0

    def state(self) -> dict[str, Any]:
        """What `restore` needs; each process has to call this."""
        sums = {"window": self.window, "epoch": self.epoch}
        return {
            **{name: [one.nats(self._processes), one.scored_tokens] for name, one in sums.items()},
            "tokens": self.tokens,
            "padding": self._all_padding(),
            "seconds": self.seconds,
            "last_point": list(self._last_point),
        }

    def restore(self, path: Path) -> None:
        """Go on from a `state` that was written to `path` as JSON."""
        state = json.loads(path.read_text(encoding="utf-8"))
        for name, total in (("window", self.window), ("epoch", self.epoch)):
            nats, scored_tokens = state[name]
            total.reset(nats if self._processes.is_main else 0.0, scored_tokens)
        self.tokens = state["tokens"]
        self._padding_before = state["padding"] if self._processes.is_main else 0.0
        self._seconds = state["seconds"]
        tokens, seconds = state["last_point"]
        self._last_point = (tokens, seconds)

    def _all_padding(self) -> float:
        return self._processes.sum([self._padding_before + self._padding])[0]

    def _stop(self) -> None:
        self._seconds = self.seconds
        self._since = None

    def _finish_kernels(self) -> None:
        """A GPU works behind the program: what it has not done yet belongs to the time so far."""
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)
