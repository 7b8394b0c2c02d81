"""What the log says while a training goes on."""

import logging
from typing import Any

import pytest

from cs_pipeline.records import Progress
from cs_pipeline.stages.progress_log import SECONDS, ProgressLog


def test_steps_are_said_every_ten_seconds_and_phases_at_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CS_PIPELINE_LANG", "en")
    caplog.set_level(logging.INFO, logger="cs_pipeline")
    now = 0.0
    log = ProgressLog(clock=lambda: now)

    def tell(phase: Any, at: float, **more: Any) -> None:
        nonlocal now
        now = at
        log.tell(Progress(phase=phase, **more))

    tell("training", 0)
    for second in range(1, 25):
        tell("training", second, step=second, steps=100, loss_nats_per_token=2.5, eta_seconds=76)
    tell("appraising", 25)
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "Training.",
        f"step {int(SECONDS)} of 100, loss 2.5000, about 76 s left",
        f"step {2 * int(SECONDS)} of 100, loss 2.5000, about 76 s left",
        "Appraising the candidate (loss, answers, leak probe).",
    ]


def test_the_loss_that_was_known_last_is_said(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a few steps know their loss; the others are told as often as not."""
    monkeypatch.setenv("CS_PIPELINE_LANG", "en")
    caplog.set_level(logging.INFO, logger="cs_pipeline")
    moments = iter((0.0, 1.0, 12.0))
    log = ProgressLog(clock=lambda: next(moments))
    log.tell(Progress(phase="training"))
    log.tell(Progress(phase="training", step=1, steps=9, loss_nats_per_token=2.5))
    log.tell(Progress(phase="training", step=2, steps=9))
    assert caplog.records[-1].getMessage() == "step 2 of 9, loss 2.5000"
