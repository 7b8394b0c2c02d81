"""What the commands of `cli/inspect.py` say."""

from cs_pipeline.language import Words

FILE = Words(ko="살펴볼 파일", en="File to look into")

ROWS_SHOWN = Words(ko="표마다 보여 줄 행 수", en="Rows to show of each table")


def file(name: str) -> Words:
    """Which file was looked into."""
    return Words(ko=f"파일: {name}", en=f"File: {name}")


def warning(about: Words) -> Words:
    """A finding that does not refuse the file."""
    return Words(ko=f"경고: {about.ko}", en=f"Warning: {about.en}")


SHEET = Words(ko="시트", en="Sheet")

LAYOUT = Words(ko="형식", en="Layout")

HEADER_ROW = Words(ko="머리글 행", en="Header row")

ROWS = Words(ko="행", en="Rows")

EXCHANGES = Words(ko="대화", en="Exchanges")

REFUSED = Words(ko="거절", en="Refused")

NOTE = Words(ko="알림", en="Note")

CELLS = Words(ko="셀", en="Cells")

QUESTION_MASKED = Words(ko="질문 (가린 뒤)", en="Question (masked)")

ANSWER_MASKED = Words(ko="답변 (가린 뒤)", en="Answer (masked)")


SENTENCES = Words(ko="문장", en="sentences")


def masked_as(kind: Words) -> Words:
    """A column whose values are masked."""
    return Words(ko=f"{kind.ko} (가릴 값)", en=f"{kind.en} (to be masked)")


LAYOUTS = {
    "qa": Words(ko="질문·답변", en="question, answer"),
    "turns": Words(ko="발화별 행", en="one utterance per row"),
    "transcript": Words(ko="한 칸에 대화 전체", en="one conversation per cell"),
    "unread": Words(ko="읽지 않음", en="not read"),
}
"""How a table is laid out."""


USES = {
    "question": Words(ko="질문", en="question"),
    "answer": Words(ko="답변", en="answer"),
    "speaker": Words(ko="발화자", en="speaker"),
    "text": Words(ko="내용", en="text"),
    "conversation": Words(ko="대화 구분", en="conversation"),
    "person": Words(ko="말한 사람 ID", en="who speaks"),
    "time": Words(ko="시각", en="time"),
    "order": Words(ko="순번", en="order"),
    "private": Words(ko="내부 메모·자동 메시지 표시", en="mark of notes and automatic messages"),
    "unsent": Words(ko="보내지 않은 말의 표시", en="mark of what was never sent"),
    "transcript": Words(ko="대화 전체", en="whole conversation"),
}
"""What a column is read for."""

HELP = {
    "inspect": "엑셀이 어떻게 읽힐지 보여 줍니다. 첫 행은 가려서 보여 주고, 거절될 파일이면 종료 "
    "코드 3입니다.",
}
"""Korean help of each command; the English is its docstring."""
