"""Several processes that train one model: who this one is, and what they tell each other.

`torchrun` starts the processes and says in the environment which is which; Hugging Face's
`TrainingArguments` opens the connections between them. On several machines the output folder must
be one that all of them see.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from torch.distributed import ProcessGroup

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Processes:
    """The processes of a run, seen from number `rank` of `count`, `local_rank` on its machine."""

    rank: int = 0
    count: int = 1
    local_rank: int = 0

    @classmethod
    def from_environment(cls) -> "Processes":
        """As `torchrun` set it up; one process without it."""
        rank, count, local_rank = (
            int(os.environ.get(name, default))
            for name, default in (("RANK", 0), ("WORLD_SIZE", 1), ("LOCAL_RANK", 0))
        )
        return cls(rank, count, local_rank)

    @property
    def is_main(self) -> bool:
        """Whether this is the one process that writes files and tells its progress."""
        return self.rank == 0

    @property
    def device(self) -> str | None:
        """The GPU that is this process's own; None where there is no choice to make."""
        import torch

        if self.count == 1 or not torch.cuda.is_available():
            return None
        return f"cuda:{self.local_rank}"

    def share(self, parts: Sequence[Part]) -> Sequence[Part]:
        """This process's part of what all have."""
        return parts[self.rank :: self.count]

    def sum(self, values: Sequence[float]) -> list[float]:
        """Sums over all processes, each of which has to call this; exact for one process."""
        if self.count == 1:
            return list(values)
        import torch
        from torch import distributed

        total = torch.tensor(values, dtype=torch.float64)
        distributed.all_reduce(total, group=_cpu_group())
        return [float(value) for value in total]

    def from_main(self, text: str | None) -> str | None:
        """What the main process hands over, on every process; each has to call this."""
        if self.count == 1:
            return text
        from torch import distributed

        box = [text]
        distributed.broadcast_object_list(box, src=0, group=_cpu_group())
        return box[0]

    def leave(self) -> None:
        """Close the connections to the others, if they were opened."""
        if self.count == 1:
            return
        from torch import distributed

        if distributed.is_initialized():
            _cpu_group.cache_clear()
            distributed.destroy_process_group()


@cache
def _cpu_group() -> "ProcessGroup | None":
    """A connection beside the GPUs' own, so that a word between processes waits for no kernel."""
    from torch import distributed

    return None if distributed.get_backend() == "gloo" else distributed.new_group(backend="gloo")
