"""The third tab."""

from cs_pipeline.ops.labels.rows import words

WORDS = words(
    ("all_versions", "모델 {n}개", "{n} models"),
    ("model", "모델", "Model"),
    ("version", "버전", "Version"),
    ("state", "상태", "State"),
    ("state_live", "운영 중", "live"),
    ("state_previous", "바로 이전", "the one before"),
    ("state_was_live", "운영했던 모델", "was live"),
    ("state_held", "승인 대기", "waits for approval"),
    ("state_kept", "유지: 차이 없음", "no difference"),
    ("state_rejected", "거절", "rejected"),
    ("state_stored", "보관", "stored"),
    ("state_damaged", "손상", "damaged"),
    ("made", "만든 때", "Made"),
    ("gain", "운영 모델 대비 개선", "Gain over the live one"),
    ("data", "데이터", "Data"),
    ("newer", "더 최근", "Newer"),
    ("older", "더 예전", "Older"),
    ("report", "보고서", "Report"),
    ("open_report", "보고서 새 창으로", "Open the report"),
    ("no_report", "이 실행에는 보고서가 없습니다.", "This run has no report."),
)
