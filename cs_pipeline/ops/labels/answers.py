"""Asking models and judging their answers."""

from cs_pipeline.ops.labels.rows import words

WORDS = words(
    ("ask", "물어보기", "Ask it"),
    (
        "ask_note",
        "고객처럼 물어보세요. 질문과 답은 저장하지 않습니다. 답하는 데 30초쯤 걸립니다.",
        "Ask like a customer. Nothing is kept. An answer takes some 30 seconds.",
    ),
    ("question", "질문", "Question"),
    ("answering", "답하는 중입니다.", "It is answering."),
    ("no_words", "(빈 답변)", "(an empty answer)"),
    ("ask_both", "나란히 물어보기", "Ask both"),
    (
        "ask_both_note",
        "같은 질문을 운영 모델과 이 후보에게 묻습니다. 질문과 답은 저장하지 않습니다. 1분쯤 "
        "걸립니다.",
        "The same question goes to the live model and to this candidate. Nothing is kept. It takes "
        "about a minute.",
    ),
    ("candidate", "후보", "Candidate"),
    ("compare_answers", "답변 비교", "Compare answers"),
    (
        "compare_note",
        "같은 질문에 대한 두 모델의 답변을 어느 쪽이 새 모델인지 모른 채 고릅니다. 개인정보는 "
        "가려져 있고, 엑셀(cs-pipeline answers)로 판정한 것과 똑같이 셉니다.",
        "Choose between the two models' answers to the same questions without knowing which is the "
        "new one. Personal data is masked, and it counts as in the workbook (cs-pipeline answers).",
    ),
    ("no_draw", "아직 뽑은 답변이 없습니다.", "No answers were drawn yet."),
    ("draw_now", "답변 뽑기", "Draw answers"),
    ("draw_again", "다시 뽑기", "Draw again"),
    (
        "drawing",
        "두 모델이 질문 30개에 답하는 중입니다. 몇 분 걸리며, 창을 닫아도 계속합니다.",
        "Both models answer 30 questions. It takes minutes and goes on if you close this.",
    ),
    (
        "draw_outdated",
        "답변을 뽑은 뒤에 운영 모델이나 후보가 바뀌었습니다. 다시 뽑으세요.",
        "The live model or the candidate changed since. Draw again.",
    ),
    ("pair_of", "{n} / {all}", "{n} of {all}"),
    ("judged_of", "판정 {n} / {all}", "{n} of {all} judged"),
    ("said_before", "이전 대화", "Said before"),
    ("real_answer", "실제 상담 답변", "What an agent answered"),
    ("answer_a", "답변 A", "Answer A"),
    ("answer_b", "답변 B", "Answer B"),
    ("verdict_a", "A가 나음", "A is better"),
    ("verdict_b", "B가 나음", "B is better"),
    ("verdict_alike", "비슷함", "Alike"),
    ("verdict_both_bad", "둘 다 나쁨", "Both bad"),
    ("back", "이전", "Back"),
    ("forth", "다음", "Next"),
    ("count_now", "판정 마치기", "Finish"),
    (
        "count_note",
        "{n}개부터 마칠 수 있습니다. 마치면 어느 쪽이 새 모델인지 보이고, 이 비교에는 더 판정할 수 "
        "없습니다.",
        "From {n} on you may finish. Then you see which is the new model, and no verdict can be "
        "added.",
    ),
    (
        "people_prefer",
        "사람의 비교: 후보를 선호 {share} ({low} ~ {high}).",
        "People's choice: the candidate in {share} ({low} to {high}).",
    ),
    ("prefers", "후보를 선호", "Candidate preferred"),
    ("ours_better", "후보가 나음", "Candidate better"),
    ("live_better", "운영 모델이 나음", "Live model better"),
    ("judged_by", "판정한 사람", "Judged by"),
    ("judged_at", "마친 때", "Finished"),
)
