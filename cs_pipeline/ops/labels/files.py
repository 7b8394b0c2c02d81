"""The second tab: files that come in, rows to correct."""

from cs_pipeline.ops.labels.rows import words

WORDS = words(
    ("drop_here", "엑셀 파일을 여기에 끌어 놓으세요", "Drop spreadsheets here"),
    (
        "drop_note",
        "먼저 어떻게 읽히는지 보여 주고, [넣기]를 누르면 들어갑니다.",
        "You first see how they are read; nothing is taken in before you say so.",
    ),
    ("choose_file", "파일 고르기", "Choose files"),
    ("look_at", "미리 보기: {name}", "Look at {name}"),
    ("looking", "읽어 보는 중입니다. 보통 20초쯤 걸립니다.", "Reading it; mostly some 20 seconds."),
    ("leave_it", "넣지 않기", "Leave it"),
    ("put_in", "넣기", "Put it in"),
    ("dropped", "인박스에 넣었습니다: {name}", "Put into the inbox: {name}"),
    (
        "would_read",
        "{rows}행에서 대화 {exchanges}건을 읽습니다.",
        "{exchanges} exchanges would be read from {rows} rows.",
    ),
    ("layout_qa", "질문·답변", "question, answer"),
    ("layout_turns", "발화별 행", "one utterance per row"),
    ("layout_transcript", "한 칸에 대화 전체", "one conversation per cell"),
    ("layout_unread", "읽지 않음", "not read"),
    ("use_question", "질문", "Question"),
    ("use_answer", "답변", "Answer"),
    ("to_correct", "고칠 행", "Rows to correct"),
    (
        "to_correct_note",
        "내려받아 색칠된 칸을 고친 뒤, 그 파일을 그대로 다시 올리세요.",
        "Download them, correct the coloured cells and send the same file back.",
    ),
    ("take_out", "고칠 행 내려받기", "Download"),
    ("bring_back", "고친 파일 올리기", "Send it back"),
    (
        "raw_text_note",
        "이 파일에는 가리지 않은 상담 내용이 있습니다. 내려받은 사람과 시각을 기록합니다. 다 쓴 뒤 "
        "지우세요.",
        "The file holds conversations that are not masked. Who downloads it, and when, is noted. "
        "Delete it when you are done.",
    ),
    ("downloaded", "내려받았습니다.", "Downloaded."),
    ("rows_n", "{n}행", "{n} rows"),
    ("rows_used", "{n}행 사용", "{n} rows used"),
    ("all_files", "들어온 파일", "Files"),
    ("no_files", "아직 들어온 파일이 없습니다.", "No file came yet."),
    ("file", "파일", "File"),
    ("what_of_it", "내용", "What became of it"),
    ("quality", "검사 결과", "Checks"),
    ("take_away", "빼기", "Withdraw"),
    ("file_pending", "대기", "waiting"),
    ("file_settling", "복사 중", "being copied"),
    ("file_processing", "처리 중", "in work"),
    ("file_processed", "사용함", "used"),
    ("file_refused", "거절", "refused"),
    ("file_lock_file", "엑셀이 열어 둠", "open in Excel"),
    ("file_hidden", "숨김 파일", "hidden"),
    ("file_unfinished", "다운로드 중", "unfinished"),
    ("file_folder", "폴더", "folder"),
    ("file_not_a_file", "파일이 아님", "not a file"),
    ("file_unreadable", "읽을 수 없음", "unreadable"),
)
