"""What people read where the optimisation loop cannot go on."""

from cs_pipeline.language import Words

NO_ROW_IS_SEEN = Words(
    ko="레시피의 export_weights대로 하면 학습할 행이 남지 않습니다. 가중치를 높인 뒤 다시 "
    "실행하세요.",
    en="With the recipe's export_weights no row is left to train on. Raise a weight and run again.",
)
NO_BF16 = Words(
    ko="이 GPU는 bf16을 지원하지 않습니다. 레시피의 precision을 auto 또는 fp32로 "
    "바꾼 뒤 다시 실행하세요.",
    en="This GPU does not support bf16. Set the recipe's precision to auto or fp32 and run again.",
)
STOPPED = Words(
    ko="요청에 따라 학습을 멈추었습니다. 같은 명령을 다시 실행하면 마지막 체크포인트부터 "
    "이어서 학습합니다.",
    en="Training stopped on request. Run the same command again to go on from the last checkpoint.",
)


def lost_loss(step: int) -> Words:
    """The loss is not a finite number any more."""
    return Words(
        ko=f"{step}스텝에서 학습 손실이 유한한 수가 아니게 되었습니다. 학습률을 낮추거나 기반 "
        "모델 파일을 확인한 뒤 다시 실행하세요.",
        en=f"The training loss stopped being a finite number at step {step}. Lower the learning "
        "rate or check the base model's files, and run again.",
    )
