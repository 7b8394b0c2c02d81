"""How far a training is, in the log: every ten seconds, and at each new phase."""

import logging
import time
from collections.abc import Callable

from cs_pipeline.language import Words
from cs_pipeline.records import Progress

_log = logging.getLogger(__name__)

SECONDS = 10.0
_PHASES = {
    "preparing": Words(ko="학습을 준비합니다.", en="Preparing the training."),
    "training": Words(ko="학습을 시작합니다.", en="Training."),
    "appraising": Words(
        ko="후보를 평가합니다(손실, 답변 생성, 유출 검사).",
        en="Appraising the candidate (loss, answers, leak probe).",
    ),
    "uploading": Words(
        ko="후보를 올리고 새로 불러와 질문합니다.",
        en="Uploading the candidate, loading it back and asking it.",
    ),
    "done": Words(ko="학습이 끝났습니다.", en="The training is done."),
    "failed": Words(ko="학습이 실패했습니다.", en="The training failed."),
}


class ProgressLog:
    """Told of each step; says only what is new for a person.

    Args:
        clock: seconds that only go up.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._phase: str | None = None
        self._said = 0.0

    def tell(self, progress: Progress) -> None:
        """Take in how far the training is."""
        now = self._clock()
        if progress.phase != self._phase:
            self._phase, self._said = progress.phase, now
            _log.info("%s", _PHASES[progress.phase])
        elif progress.step is not None and now - self._said >= SECONDS:
            self._said = now
            _log.info("%s", _words(progress))


def _words(progress: Progress) -> Words:
    steps = f"{progress.steps:,}" if progress.steps else "?"
    loss = progress.loss_nats_per_token
    shown = "-" if loss is None else f"{loss:.4f}"
    ko = f"{progress.step:,}/{steps}스텝, 손실 {shown}"
    en = f"step {progress.step:,} of {steps}, loss {shown}"
    if progress.eta_seconds is not None:
        ko += f", 남은 시간 약 {progress.eta_seconds:,.0f}초"
        en += f", about {progress.eta_seconds:,.0f} s left"
    return Words(ko=ko, en=en)
