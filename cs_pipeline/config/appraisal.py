"""How much is asked of a trained model before it is judged."""

from typing import ClassVar

from pydantic import Field

from cs_pipeline.config.group import Group, wording
from cs_pipeline.language import Words


class AnsweredQuestions(Group):
    """What both the appraisal and the gate need to know."""

    generation_questions: int = Field(
        default=64,
        ge=0,
        json_schema_extra=wording(
            "새 모델과 운영 모델이 답하는 검증 질문 수. 0이면 답변 규칙을 끔."
        ),
    )
    """Validation questions that candidate and live model answer; 0 switches the rules on answers
    off."""


class AppraisalPlan(AnsweredQuestions):
    """How much is asked of a candidate and its champion; travels in the trainer's job."""

    heading: ClassVar[Words] = Words(ko="평가", en="Appraisal")

    improvement_confidence: float = Field(
        default=0.95,
        gt=0.5,
        lt=1,
        json_schema_extra=wording("개선 구간이 덮는 부트스트랩의 비율."),
    )
    """Share of the bootstrap that the interval of the improvement covers."""
    leak_prompts: int = Field(
        default=128, ge=1, json_schema_extra=wording("유출 검사의 프롬프트 수.")
    )
    """Prompts of the leak probe."""
    leak_samples: int = Field(
        default=4, ge=1, json_schema_extra=wording("유출 검사의 프롬프트마다 뽑는 답변 수.")
    )
    """Answers drawn for each prompt of the leak probe."""
