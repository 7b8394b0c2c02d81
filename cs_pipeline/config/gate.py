"""What the gate demands."""

from typing import Annotated, ClassVar, Literal

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
            "운영 모델보다 이만큼 낮아야 합니다(nats/token). 0이면 같은 데이터일 때만 따집니다.",
            title=Words(ko="최소 개선", en="Least improvement"),
        ),
    )
    """How much lower than the live model's the loss must be (nats per token); 0: asked only of a
    model of the same data."""
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

    approval: Literal["when_held", "required"] = Field(
        default="when_held",
        json_schema_extra=wording(
            "`required`: 판정을 통과한 모델도 사람이 승인해야 운영. `when_held`: 보류된 것만."
        ),
    )
    """`required`: no candidate goes live without a person's approval; `when_held`: those that pass
    do."""
    approval_timeout_hours: int = Field(
        default=72,
        ge=1,
        json_schema_extra=wording(
            "승인을 묻고 기다리는 시간. 지나면 보류로 두고 운영 모델은 그대로(시간)."
        ),
    )
    """How long an answer is waited for, in hours; after that the candidate stays on hold and the
    live model stays."""
    min_val_rows: int = Field(
        default=20, ge=1, json_schema_extra=wording("판정에 필요한 최소 검증 행.")
    )
    """Fewest validation rows to judge on."""
    max_regression: float = Field(
        default=0.02,
        ge=0,
        json_schema_extra=wording(
            "새 데이터로 학습한 모델의 손실이 운영 모델보다 이만큼까지 높아도 됨(nats/token)."
        ),
    )
    """How much higher than the live model's the loss of a model of new data may be (nats per
    token), unless `min_improvement` is set."""
    max_below_best: float = Field(
        default=0.05,
        ge=0,
        json_schema_extra=wording(
            "지금의 검증 행에서 지금까지 가장 좋았던 모델보다 손실이 이만큼까지 높아도 됨"
            "(nats/token)."
        ),
    )
    """How much higher than that of the best model that was ever live the loss on the present
    validation rows may be (nats per token)."""
    max_age_days: int = Field(
        default=60,
        ge=1,
        json_schema_extra=wording("운영 모델이 이보다 오래되면 우연한 차이일 때 사람이 정함(일)."),
    )
    """From this age of the live model on, a person decides where the difference may be chance."""
    promote_first: bool = Field(
        default=False,
        json_schema_extra=wording("비교할 운영 모델이 없는 첫 모델도 자동으로 승격."),
    )
    """On: the first model of all is promoted without a person."""
    max_answer_share: float = Field(
        default=0.5,
        gt=0,
        le=1,
        json_schema_extra=wording("검증 행에서 가장 흔한 답변의 최대 비율."),
    )
    """Largest share of one answer among the validation rows; beyond, a person decides."""
    min_information: float = Field(
        default=0.0,
        json_schema_extra=wording(
            "자기 질문 뒤의 답변이 다른 질문 뒤보다 적어도 이만큼 쉬워야 함(nats/token)."
        ),
    )
    """How much less an answer must surely cost after its own question than after another one (nats
    per token); otherwise a person decides."""
    max_suspicious_rate: float = Field(
        default=0.01,
        ge=0,
        le=1,
        json_schema_extra=wording(
            "유출 검사 답변 가운데 개인정보처럼 보이는 것의 최대 비율(다른 모델의 것을 뺀 뒤)."
        ),
    )
    """Largest share of leak-probe answers that look like personal data, beyond what the base model
    or the live one says to the same prompts; above, a person decides."""
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
        default=0.2, ge=0, le=1, json_schema_extra=wording("되풀이하는 답변의 최대 비율.")
    )
    """Largest share of answers that repeat themselves."""
    min_golden_share: float = Field(
        default=0.8,
        ge=0,
        le=1,
        json_schema_extra=wording("지켜야 하는 골든 질문의 최소 비율."),
    )
    """Least share of the golden questions that must be met."""
    allow_golden_loss: bool = Field(
        default=False,
        json_schema_extra=wording(
            "켜면 운영 모델이 지키는 골든 질문을 잃어도 경고만 함. 끄면 거절."
        ),
    )
    """On: losing a golden question that the live model meets is only warned of; off: it rejects."""
    min_preference: float = Field(
        default=0.0,
        ge=0,
        le=1,
        json_schema_extra=wording(
            "눈가림 비교에서 사람이 후보를 선호한 비율의 구간 아래 끝이 이 값 이상이어야 함. "
            "0이면 요구하지 않음."
        ),
    )
    """What the lower end of the interval must reach of how often a person prefers the candidate's
    answers to the live model's, blind (`cs-pipeline answers`); until then on hold. 0: not asked."""
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
