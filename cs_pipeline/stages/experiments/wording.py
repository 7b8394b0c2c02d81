"""What people read about several models side by side, and about judging their answers."""

from cs_pipeline.language import Words

TWO_RUNS_AT_LEAST = Words(
    ko="비교하려면 서로 다른 실행 ID를 둘 이상 지정하세요.",
    en="Name two or more different run ids to compare.",
)
NOT_ONE_TRAINED = Words(
    ko="어느 모델의 학습도 끝나지 않았습니다. 위의 이유나 train 작업들의 로그를 확인하세요.",
    en="None of the trainings finished. See why above, or in the logs of the train tasks.",
)
NOTHING_LIVE = Words(
    ko="비교할 운영 모델이 없습니다. 첫 모델은 `cs-pipeline chat`으로 직접 물어보세요.",
    en="No model is live to compare with. Ask the first one yourself with `cs-pipeline chat`.",
)
NO_RATE_LED_ANYWHERE = Words(
    ko="어느 학습률로도 손실이 유한한 수가 되지 않았습니다. 더 낮은 학습률(--rate)로 다시 "
    "실행하세요.",
    en="No learning rate gave a finite loss. Run again with lower ones (--rate).",
)
NO_RATE = Words(
    ko="학습률(--rate)은 0보다 크고 1보다 작아야 합니다.",
    en="A learning rate (--rate) must be above 0 and below 1.",
)

NO_SUCH_PAIR = Words(
    ko="이 답변 비교를 찾을 수 없습니다. 페이지를 새로 고치거나 다시 뽑으세요.",
    en="This comparison of answers is not known. Reload the page, or draw again.",
)
COUNTED_ALREADY = Words(
    ko="이미 세어 결과를 기록한 비교입니다. 더 판정하려면 다시 뽑으세요.",
    en="This comparison was counted already. Draw again to judge more.",
)
DRAW_OUTDATED = Words(
    ko="답변을 뽑은 뒤에 운영 모델이나 후보가 바뀌었습니다. 다시 뽑으세요.",
    en="The live model or the candidate changed since these answers were drawn. Draw again.",
)


def no_experiment(experiment_id: str) -> Words:
    """There is none of that name."""
    return Words(
        ko=f"실험 {experiment_id}이(가) 없습니다.",
        en=f"There is no experiment {experiment_id}.",
    )


def no_dataset(dataset_version: str) -> Words:
    """The version that an experiment was trained on is gone."""
    return Words(
        ko=f"데이터셋 {dataset_version}이(가) 없습니다. 실험을 다시 실행하세요.",
        en=f"There is no dataset {dataset_version}. Run the experiment again.",
    )


def wrong_number(members: int, most: int) -> Words:
    """Too few or too many models for one experiment."""
    return Words(
        ko=f"비교할 모델이 {members}개입니다. 레시피와 기반 모델을 합쳐 2~{most}개의 "
        "서로 다른 모델이 되게 하세요.",
        en=f"{members} models are to be compared. Choose recipes and base models that make 2 "
        f"to {most} different ones.",
    )


def not_of_an_experiment(run_id: str) -> Words:
    """A run that was no model of an experiment."""
    return Words(
        ko=f"실행 {run_id}은(는) 실험의 모델이 아닙니다. 재학습한 후보는 "
        "`cs-pipeline promote`로 승격합니다.",
        en=f"Run {run_id} is not a model of an experiment. `cs-pipeline promote` promotes a "
        "retrained candidate.",
    )


def all_answers_alike(questions: int) -> Words:
    """Two models that say the same to every question."""
    return Words(
        ko=f"검증 질문 {questions:,}개에 대한 두 모델의 답이 모두 같아 비교할 것이 없습니다. "
        "질문을 늘리거나(--questions) 데이터셋을 확인하세요.",
        en=f"Both models answer all {questions:,} validation questions alike: nothing to compare. "
        "Ask more (--questions), or check the dataset.",
    )


def unknown_draw(workbook: str) -> Words:
    """A workbook whose draw is not known here."""
    return Words(
        ko=f"{workbook}에 담긴 추출을 이 설치에서 찾을 수 없습니다. 엑셀을 만든 설치에서 "
        "읽거나, `cs-pipeline answers draw`로 다시 만드세요.",
        en=f"What was drawn into {workbook} is not known here. Read it where it was made, or "
        "make it again with `cs-pipeline answers draw`.",
    )


def not_a_new_file(out: object) -> Words:
    """Where a recipe file may not be written."""
    return Words(
        ko=f"--out {out}: 아직 없는 .yaml 파일의 이름이어야 합니다.",
        en=f"--out {out}: it must be the name of a .yaml file that is not there yet.",
    )
