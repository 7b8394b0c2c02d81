"""What the commands of `cli/data.py` say."""

from cs_pipeline.language import Words


def ready(inbox: str) -> Words:
    """Where exports are dropped."""
    return Words(ko=f"준비되었습니다. 인박스: {inbox}", en=f"Ready. Inbox: {inbox}")


OUT = Words(ko="만들 엑셀 파일", en="Workbook to write")

EXCHANGES = Words(ko="대화 수", en="Exchanges")

LAYOUT = Words(ko="질문/답변 열 또는 발화별 행", en="Columns, or one utterance per row")

TRUTH = Words(ko="심어 둔 개인정보 목록 (JSONL)", en="Planted personal data (JSONL)")


def written(out: object, rows: int) -> Words:
    """What the sample holds."""
    return Words(ko=f"{out}: 대화 {rows:,}건", en=f"{out}: {rows:,} exchanges")


HELP = {
    "init": "폴더를 만듭니다. 원문이 담기는 폴더는 본인만 볼 수 있습니다.",
    "mask": "표준 입력의 각 줄을 마스킹해 출력합니다.",
    "sample_export": "가상의 개인정보가 담긴 한국어 상담 예시 엑셀을 만듭니다.",
}
"""Korean help of each command; the English is its docstring."""
