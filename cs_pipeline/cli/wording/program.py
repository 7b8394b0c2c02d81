"""What the program says around its commands."""

from cs_pipeline.language import Words

SUMMARY = Words(
    ko="상담 엑셀에서 검증된 챗봇 모델까지: 검사, 마스킹, 학습, 판정, 승격.",
    en="From call-centre exports to a promoted chatbot model.",
)

ERROR = Words(ko="오류", en="Error")

DISK_FULL = Words(
    ko="오류: 디스크가 가득 찼습니다. 자리를 비운 뒤 다시 실행하세요.",
    en="Error: The disk is full. Make room and run again.",
)
