"""What the gate demands."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from cs_pipeline.config.appraisal import AnsweredQuestions
from cs_pipeline.config.group import Group, from_json, wording
from cs_pipeline.language import Words


class GateChoice(Group):
    """The limits that a person may set for one run."""

    max_eval_loss: float = Field(
        default=4.0,
        gt=0,
        json_schema_extra=wording(
            "검증 답변의 토큰당 nats.", title=Words(ko="평가 손실 한도", en="Highest eval loss")
        ),
    )
    """Answer loss on val, in nats per token."""
    min_improvement: float = Field(
        default=0.0,
        json_schema_extra=wording(
            "운영 모델보다 이만큼 낮아야 합니다(nats/token).",
            title=Words(ko="최소 개선", en="Least improvement"),
        ),
    )
    """How much lower than the live model the loss must be (nats per token)."""
    auto_promote: bool = Field(
        default=True,
        json_schema_extra=wording(
            "끄면 판정을 통과해도 사람의 승인을 기다립니다.",
            title=Words(ko="자동 승격", en="Promote by itself"),
        ),
    )
    """Off: a candidate that passes waits for a person."""


class GateLimits(GateChoice, AnsweredQuestions):
    """Every limit of the gate."""

    heading: ClassVar[Words] = Words(ko="판정", en="Gate")

    min_val_rows: int = Field(
        default=20, ge=1, json_schema_extra=wording("판정에 필요한 최소 검증 행.")
    )
    """Fewest validation rows to judge on."""
    min_chrf: float = Field(
        default=0.0, ge=0, le=100, json_schema_extra=wording("검증 질문에 대한 답변의 최소 chrF.")
    )
    """Least chrF of the answers to validation questions."""
    min_stop_rate: float = Field(
        default=0.5, ge=0, le=1, json_schema_extra=wording("스스로 끝나는 답변의 최소 비율.")
    )
    """Least share of answers that end by themselves."""
    max_empty_rate: float = Field(
        default=0.2, ge=0, le=1, json_schema_extra=wording("빈 답변의 최대 비율.")
    )
    """Largest share of empty answers."""
    max_repetition_rate: float = Field(
        default=0.5, ge=0, le=1, json_schema_extra=wording("되풀이하는 답변의 최대 비율.")
    )
    """Largest share of answers that repeat themselves."""
    refused_licences: Annotated[tuple[str, ...], BeforeValidator(from_json)] = Field(
        default=(),
        json_schema_extra=wording(
            '운영할 수 없는 기반 모델 라이선스의 JSON 목록, 예: `["cc-by-nc-sa-4.0"]`.'
        ),
    )
    """Licences of base models that must not go live: a JSON list of SPDX-like ids, such as
    `["cc-by-nc-sa-4.0"]`."""
    max_drift: float = Field(
        default=0.3,
        ge=0,
        le=1,
        json_schema_extra=wording("운영 모델의 데이터와 비교한 데이터 변화가 이 값 이상이면 경고."),
    )
    """From this drift of the data against the live model's on, warn."""
