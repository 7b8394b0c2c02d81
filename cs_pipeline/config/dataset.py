"""What becomes of masked exchanges."""

from typing import ClassVar, Literal

from pydantic import Field

from cs_pipeline.config.group import Group, wording
from cs_pipeline.language import Words


class DatasetTerms(Group):
    """The terms on which a dataset version is made and kept."""

    heading: ClassVar[Words] = Words(ko="데이터셋", en="Dataset")

    context_turns: int = Field(
        default=0,
        ge=0,
        le=8,
        json_schema_extra=wording("학습 프롬프트 앞에 두는 이전 대화 수(질문·답변 쌍)."),
    )
    """Earlier exchanges of the conversation that a training prompt begins with."""
    val_share: float = Field(
        default=0.1, gt=0, lt=1, json_schema_extra=wording("검증 쪽에 두는 질문의 비율.")
    )
    """Share of questions on the validation side."""
    near_duplicates: Literal["keep", "thin"] = Field(
        default="keep",
        json_schema_extra=wording("거의 같은 질문을 모두 쓸지(`keep`) 첫 번째만 쓸지(`thin`)."),
    )
    """Whether of several questions that are nearly the same all are used or only the first."""
    max_answer_repeats: int = Field(
        default=1000,
        ge=0,
        json_schema_extra=wording("같은 답변을 쓰는 최대 행 수. 0이면 제한 없음."),
    )
    """Most rows with the same answer, such as a canned one; 0: any number."""
    keep_datasets: int = Field(
        default=3,
        ge=1,
        json_schema_extra=wording("CSV를 남겨 둘 데이터셋 버전 수, 더 오래된 버전은 목록만 보관."),
    )
    """Dataset versions whose CSVs stay on disk; older ones keep their manifest only."""
