"""What stands around the tabs."""

from cs_pipeline.ops.labels.rows import words

WORDS = words(
    ("title", "상담 챗봇", "Support chatbot"),
    ("tab_now", "지금", "Now"),
    ("tab_files", "파일", "Files"),
    ("tab_models", "모델", "Models"),
    ("tab_runs", "실행", "Runs"),
    ("close", "닫기", "Close"),
    ("choices", "할 수 있는 일", "What can be done"),
    ("as_table", "표로", "Table"),
    ("as_chart", "그림으로", "Chart"),
    ("more", "더 보기", "More"),
    ("none", "없음", "none"),
    ("details", "자세히", "Details"),
    ("not_known", "모름", "not known"),
    (
        "plain_note",
        "간단한 페이지입니다. 바꾸는 일은 전체 페이지에서 하세요.",
        "This is the plain page. To change something, use the full one.",
    ),
)
