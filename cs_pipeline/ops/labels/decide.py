"""The windows by which a person decides."""

from cs_pipeline.ops.labels.rows import words

WORDS = words(
    ("roll_back", "되돌리기", "Roll back"),
    ("roll_back_now", "되돌리기", "Roll back now"),
    ("roll_back_to_this", "이 모델로 되돌리기", "Roll back to this one"),
    (
        "roll_back_note",
        "챗봇은 몇 초 안에 들어오는 모델로 답합니다. 언제든 다시 바꿀 수 있습니다.",
        "Within seconds the chatbot answers by the model that comes. It can be changed again.",
    ),
    ("rolled_back", "되돌렸습니다.", "Rolled back."),
    ("goes", "나가는 모델", "Goes"),
    ("comes", "들어오는 모델", "Comes"),
    ("decide", "결정하기", "Decide"),
    ("decided", "결정을 기록했습니다.", "Your decision was recorded."),
    ("promote", "승격", "Promote"),
    ("keep_back", "보류", "Keep back"),
    ("against", "걸리는 점", "What stands against it"),
    (
        "compare_again",
        "판정 뒤에 운영 모델이 바뀌었습니다. 같은 행으로 다시 비교하고 결정하세요. 몇 분 걸립니다.",
        "The live model changed since the verdict. Compare the two again on the same rows before "
        "you decide. It takes some minutes.",
    ),
    ("compare_now", "다시 비교", "Compare again"),
    (
        "barred",
        "이 후보는 누구도 승격할 수 없습니다. 다시 학습하세요.",
        "Nobody may promote this candidate. Train again.",
    ),
    ("all_the_same", "걸리는 점을 알고도 진행합니다", "Go ahead anyway"),
    ("why_needed", "이유", "Why"),
    ("why_optional", "이유 (없어도 됨)", "Why (optional)"),
    ("no_customer_data", "고객 정보를 적지 마세요", "No customer data, please"),
    ("train", "학습 시작", "Train"),
    ("train_now", "시작", "Start"),
    ("train_force", "새 파일이 없어도 학습", "Train even without a new file"),
    ("epochs", "에폭 수(데이터를 도는 횟수)", "Epochs"),
    ("base_model", "기반 모델", "Base model"),
    ("as_usual", "평소대로", "as usual"),
    ("more_options", "다른 항목도 정하기", "More options"),
    ("started", "시작했습니다. 지금 탭에서 볼 수 있습니다.", "Started. See the first tab."),
    ("pause", "자동 승격 멈추기", "Pause automatic promotion"),
    ("start_again", "자동 승격 다시 켜기", "Resume automatic promotion"),
    ("for_days", "며칠 동안", "For how many days"),
    ("switched", "바꿨습니다.", "Changed."),
    (
        "automatic_on",
        "규칙을 통과한 모델은 자동으로 운영에 반영됩니다.",
        "A model that passes all rules goes live by itself.",
    ),
)
