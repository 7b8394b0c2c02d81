"""The trigger form of `cs_retrain`: one field an option, in Korean and English."""

from airflow.sdk import Param

from cs_pipeline.config import RunOptions


def retrain_params(defaults: RunOptions) -> dict[str, Param]:
    """Every field has a default, so that scheduled and event-driven runs need no form."""
    return {
        "force": Param(
            False,
            type="boolean",
            title="새 파일이 없어도 학습 · Train without a new export",
            description="지금 데이터셋으로 다시 학습합니다. Trains again on the present dataset.",
        ),
        "base_model": Param(
            defaults.base_model,
            type="string",
            minLength=1,
            title="기반 모델 · Base model",
            description="허브 이름 또는 폴더. A hub name or a folder.",
        ),
        "epochs": Param(
            defaults.epochs,
            type="number",
            exclusiveMinimum=0,
            maximum=100,
            title="에폭 수 · Epochs",
            description="학습 데이터를 도는 횟수. Passes over the training rows.",
        ),
        "learning_rate": Param(
            defaults.learning_rate,
            type="number",
            exclusiveMinimum=0,
            exclusiveMaximum=1,
            title="학습률 · Learning rate",
            description="AdamW 최고 학습률. Peak AdamW learning rate.",
        ),
        "max_eval_loss": Param(
            defaults.max_eval_loss,
            type="number",
            exclusiveMinimum=0,
            title="평가 손실 한도 · Highest eval loss",
            description="검증 답변의 토큰당 nats. Answer loss on val, in nats per token.",
        ),
        "min_improvement": Param(
            defaults.min_improvement,
            type="number",
            title="최소 개선 · Least improvement",
            description="운영 모델보다 이만큼 낮아야 합니다(nats/token). "
            "How much lower than the live model the loss must be.",
        ),
        "auto_promote": Param(
            defaults.auto_promote,
            type="boolean",
            title="자동 승격 · Promote by itself",
            description="끄면 판정을 통과해도 사람의 승인을 기다립니다. "
            "Off: a candidate that passes waits for a person.",
        ),
        "note": Param(
            "",
            type=["string", "null"],
            maxLength=500,
            title="메모 · Note",
            description="실행 기록에 남길 말. 고객 정보를 적지 마세요. "
            "Words for the run history. No customer data, please.",
        ),
    }
