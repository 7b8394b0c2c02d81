"""What the gate demands, in one record."""

from typing import Self

from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.records import Record


class GateLimits(Record):
    """Every limit of the gate, from the installation's settings and the options of one run."""

    max_eval_loss: float = 4.0
    """Highest accepted answer loss on val, in nats per token."""
    min_improvement: float = 0.0
    """Least sure fall of the answer loss against the live model, in nats per token."""
    auto_promote: bool = True
    """Promote without a person when every rule passes."""
    min_val_rows: int = 20
    """Fewest validation rows to judge on."""
    generation_questions: int = 64
    """Validation questions to be answered; 0: the rules on answers are switched off."""
    min_chrf: float = 0.0
    """Least chrF of the answers, 0 to 100."""
    min_stop_rate: float = 0.5
    """Least share of answers that end by themselves."""
    max_empty_rate: float = 0.2
    """Largest share of empty answers."""
    max_repetition_rate: float = 0.5
    """Largest share of answers that repeat themselves."""
    refused_licences: tuple[str, ...] = ()
    """Licences of base models that must not go live (SPDX-like ids); empty: no policy."""
    max_drift: float = 0.3
    """From this drift of the data on, 0 to 1, warn."""

    @classmethod
    def from_settings(cls, settings: Settings, options: RunOptions) -> Self:
        """The installation's limits; what the run's options name wins."""
        values = {name: getattr(settings, name) for name in cls.model_fields}
        chosen = {name: getattr(options, name) for name in values if hasattr(options, name)}
        return cls(**(values | chosen))
