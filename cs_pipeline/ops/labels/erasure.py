"""A request for erasure."""

from cs_pipeline.ops.labels.rows import words

WORDS = words(
    ("erasure", "삭제 요청", "Erasure request"),
    (
        "erasure_note",
        "고객이 삭제를 요청한 상담이나 값을 찾아, 거기서 나온 것까지 지웁니다.",
        "Finds what a customer wants erased, and erases it with all that was made of it.",
    ),
    ("erase", "찾아서 지우기", "Find and erase"),
    ("erase_conversations", "상담 ID", "Conversation ids"),
    ("erase_values", "값 (전화번호, 이메일 등)", "Values (phone numbers, e-mail addresses)"),
    ("erase_exports", "파일", "Files"),
    ("one_a_line", "한 줄에 하나씩", "one per line"),
    (
        "values_note",
        "한 줄에 하나씩. 적은 값은 저장하지도 기록하지도 않습니다.",
        "One a line. What you type is neither stored nor logged.",
    ),
    ("exports_note", "파일 이름 또는 sha256, 한 줄에 하나씩", "name or sha256, one per line"),
    (
        "erase_later",
        "지금 없어도, 앞으로 들어오면 빼기",
        "Refuse it later too, if it is not there now",
    ),
    ("find", "찾기", "Find"),
    ("found", "찾은 것", "What was found"),
    (
        "found_nothing",
        "지금 데이터에는 없습니다. 앞으로 들어오면 뺍니다.",
        "Nothing of it is there now. It is refused when it comes.",
    ),
    ("and_original", "원본까지", "with the original"),
    ("found_refused", "거절된 행 {n}개", "{n} refused rows"),
    (
        "found_models",
        "이 데이터로 배운 모델 {n}개(표시함)",
        "{n} models that learnt from it, to be marked",
    ),
    ("found_runs", "체크포인트를 지울 실행 {n}건", "{n} runs that lose their checkpoints"),
    ("cannot_be_undone", "되돌릴 수 없습니다.", "This cannot be undone."),
    ("erase_now", "지우기", "Erase now"),
    (
        "erasing",
        "지우는 중입니다. 데이터가 많으면 몇 분 걸리며, 창을 닫아도 끝까지 지웁니다.",
        "Erasing. With much data it takes minutes, and goes on to the end if you close this.",
    ),
    (
        "erased",
        "{n}행을 지웠습니다. 확인서를 인쇄해 보관하세요.",
        "{n} rows were erased. Print the receipt and keep it.",
    ),
    ("open_receipt", "확인서 열기", "Open the receipt"),
)
