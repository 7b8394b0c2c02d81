"""What the report says of the course of a training."""

from cs_pipeline.language import Words
from cs_pipeline.numbers import figure, percent

CHECK_RATE_AND_ROWS = Words(
    ko="학습률과 학습 데이터를 확인하세요.",
    en="Check the learning rate and the training rows.",
)
NO_PLATEAU = Words(
    ko="학습 손실은 끝까지 줄고 있었고 정체 구간이 없습니다.",
    en="The train loss was still falling at the end; there is no plateau.",
)
FEWER_EPOCHS = Words(ko="에폭을 줄여 보세요.", en="Try fewer epochs.")
MORE_EPOCHS = Words(
    ko="에폭을 늘리면 더 나아질 수 있습니다.",
    en="More epochs may improve it further.",
)
NEW_CONVERSATIONS = Words(
    ko="나아지려면 에폭보다 새 대화가 필요합니다.",
    en="New conversations would help more than more epochs.",
)
LOWER_RATE = Words(
    ko="학습률을 낮추거나 워밍업을 늘리세요.",
    en="Lower the learning rate or lengthen the warm-up.",
)
NOT_CLIPPED = Words(ko="", en="")
CLOSE_TO_ZERO = Words(ko="0에 가까웠습니다", en="close to 0")


def loss_did_not_fall(steps: str, way: str) -> Words:
    """Over so many steps, from first to last."""
    return Words(
        ko=f"학습 손실이 {steps}스텝 동안 줄지 않았습니다({way} nats/token).",
        en=f"Over {steps} steps the train loss did not fall ({way} nats/token).",
    )


def loss_fell(steps: str, way: str, fall: float, share: str, half: float) -> Words:
    """By how much, on which way, and by which step half of it."""
    return Words(
        ko=f"학습 손실은 {steps}스텝 동안 {figure(fall, 4)} 줄었습니다({way} "
        f"nats/token, {share} 감소). 그 절반은 {figure(half)}스텝까지 줄었습니다.",
        en=f"Over {steps} steps the train loss fell by {figure(fall, 4)} ({way} "
        f"nats/token, {share} less); half of that by step {figure(half)}.",
    )


def plateau_from(arrived: float, share: float) -> Words:
    """The step from which on the loss moved by less than a share of its fall."""
    return Words(
        ko=f"{figure(arrived)}스텝부터는 학습 손실이 거의 줄지 않았습니다"
        f"(전체 감소의 {percent(share, 0)} 이내).",
        en=f"From step {figure(arrived)} on the train loss hardly moved (within "
        f"{percent(share, 0)} of its whole fall).",
    )


def eval_loss_rose_again(best_step: float, best: float, last: str) -> Words:
    """After its lowest point."""
    return Words(
        ko=f"평가 손실이 {figure(best_step)}스텝에서 가장 낮았다가({figure(best, 4)}) 다시 "
        f"올랐습니다({last}). 과적합의 신호입니다.",
        en=f"The eval loss was lowest at step {figure(best_step)} ({figure(best, 4)}) and "
        f"rose again ({last}): a sign of overfitting.",
    )


def eval_loss_still_fell(first: str, last: str) -> Words:
    """At the end."""
    return Words(
        ko=f"평가 손실은 끝까지 줄고 있었습니다({first} → {last}).",
        en=f"The eval loss was still falling at the end ({first} → {last}).",
    )


def eval_loss_levelled_off(first: str, last: str) -> Words:
    """It stopped falling."""
    return Words(
        ko=f"평가 손실은 더 줄지 않고 멈추었습니다({first} → {last}).",
        en=f"The eval loss has levelled off ({first} → {last}).",
    )


def norms(middle: float, highest: float) -> Words:
    """Middle and highest gradient norm."""
    return Words(
        ko=f"중앙값 {figure(middle, 2)}, 최대 {figure(highest, 2)}",
        en=f"median {figure(middle, 2)}, highest {figure(highest, 2)}",
    )


def gradient_was_stable(figures: Words, clipped: Words) -> Words:
    """No step stands out."""
    return Words(
        ko=f"기울기 크기는 안정적이었습니다({figures.ko}).{clipped.ko}",
        en=f"The gradient norm was stable ({figures.en}).{clipped.en}",
    )


def gradient_spiked(count: int, first: float, figures: Words, clipped: Words) -> Words:
    """So often, at first at a step."""
    return Words(
        ko=f"기울기가 {count}번 크게 튀었습니다(처음은 {figure(first)}스텝, "
        f"{figures.ko}).{clipped.ko}",
        en=f"The gradient norm spiked {count}x (first at step {figure(first)}, "
        f"{figures.en}).{clipped.en}",
    )


def clipped(share: str, bound: str) -> Words:
    """Gradients, at a share of the steps."""
    return Words(
        ko=f" 기록된 스텝의 {share}에서 상한 {bound}(으)로 잘렸습니다.",
        en=f" It was clipped to {bound} at {share} of the logged steps.",
    )


def rate_ended_at(low: str) -> Words:
    """Above zero."""
    return Words(ko=f"{low}였습니다", en=f"at {low}")


def rate_peaked(step: float, shown: str, ended: Words) -> Words:
    """Where, how high, and how it ended."""
    return Words(
        ko=f"학습률은 {figure(step)}스텝에서 가장 높았고({shown}) 끝에는 {ended.ko}.",
        en=f"The learning rate peaked at step {figure(step)} ({shown}) and ended {ended.en}.",
    )
