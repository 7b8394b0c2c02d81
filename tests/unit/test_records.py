import json
import math

import pytest
from pydantic import ValidationError

from cs_pipeline.language import Words
from cs_pipeline.records import (
    Exchange,
    ExportFile,
    KnownValue,
    MaskedExchanges,
    RefusedRow,
    RunRecord,
    Score,
    TrainResult,
)
from tests.records import dataset, export, result, score


def test_a_result_survives_json() -> None:
    made = result(candidate=score(2.0))
    text = made.model_dump_json()
    assert TrainResult.model_validate_json(text) == made
    assert '"loss_nats_per_token":2.0' in text


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_a_loss_that_is_no_number_survives_strict_json(loss: float) -> None:
    text = result(candidate=score(loss)).model_dump_json()
    json.loads(text, parse_constant=pytest.fail)
    again = TrainResult.model_validate_json(text).candidate.loss_nats_per_token
    assert again is not None
    assert not math.isfinite(again)


def test_records_are_frozen_and_closed() -> None:
    with pytest.raises(ValidationError):
        export().name = "other.xlsx"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        ExportFile(**export().model_dump(), surprise=1)


def test_a_score_speaks_per_token_and_per_character() -> None:
    measured = Score(rows=1, nats=math.log(2) * 30, scored_tokens=15, characters=10)
    assert measured.loss_nats_per_token == pytest.approx(2 * math.log(2))
    assert measured.bits_per_character == pytest.approx(3.0)


def test_nothing_scored_has_no_mean() -> None:
    empty = Score(rows=0, nats=0.0, scored_tokens=0, characters=0)
    assert empty.loss_nats_per_token is None
    assert empty.bits_per_character is None


def test_what_holds_customer_text_does_not_show_it() -> None:
    secret = "비밀 문장"
    held = [
        Exchange("시트", "A1", "B1", secret, secret, secret, 0, (secret,)),
        RefusedRow("시트", "A1", "empty_answer", Words(ko="빈 답변", en="empty"), (secret,)),
        MaskedExchanges((secret,), (secret,), (secret,), (0,), ((),), {}, {}),
        KnownValue("NAME", secret),
    ]
    assert secret not in repr(held)


def test_a_run_record_survives_json() -> None:
    run = RunRecord(
        run_id="r",
        status="failed",
        finished_at="2026-11-22T00:00:00Z",
        dataset=dataset(),
        result=result(),
    )
    assert RunRecord.model_validate_json(run.model_dump_json()) == run
