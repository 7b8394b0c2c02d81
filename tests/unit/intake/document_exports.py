"""Calls, captions and cases as text documents: what an owner expects, or None."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import NAMES, Build, Pair, said

_PAGE = ("", " " * 30 + "- {} -", "")


def _write(path: Path, lines: Iterable[str], encoding: str = "utf-8-sig") -> None:
    path.write_bytes("\r\n".join(lines).encode(encoding))


def _wrapped(label: str, text: str) -> list[str]:
    """An utterance on two lines, the second one below the words of the first."""
    words = text.split(" ")
    return [f"{label} : {' '.join(words[:3])}", f"{' ' * 9}{' '.join(words[3:])}"]


def counted_calls(path: Path) -> list[Pair]:
    """Labels are as wide as each other, and pages end within calls and between them."""
    lines, pairs = ["통화 녹취 기록 (3월)", ""], said()
    for call in range(0, len(pairs), 2):
        lines += [f"■ 통화 {call // 2 + 1}", "일시: 2026-03-02   상담원: 한상우", ""]
        lines += ["상담원 : 무엇을 도와드릴까요?"]
        for place, (question, answer) in enumerate(pairs[call : call + 2]):
            lines += _wrapped("고  객", question)
            if place == call % 4 // 2:
                lines += [line.format(call) for line in _PAGE]
            lines += _wrapped("상담원", answer)
        lines += [line.format(call + 1) for line in _PAGE] if call % 3 else [""]
    _write(path, lines)
    return pairs


def _printed(lines: Sequence[str], above: Sequence[str], below: Sequence[str]) -> list[str]:
    """The lines on pages of 23, each with further lines on top and at its end."""
    pages = [lines[start : start + 23] for start in range(0, len(lines), 23)]
    return [
        line.format(number)
        for number, page in enumerate(pages, start=1)
        for line in (*above, *page, *below)
    ]


def _calls_to_print() -> list[str]:
    lines: list[str] = []
    for number, (question, answer) in enumerate(said(), start=1):
        lines += [f"[{number}번째 통화]", "", *_wrapped("고객", question)]
        lines += [*_wrapped("상담사", answer), ""]
    return lines


def calls_on_pages_with_titles(path: Path) -> list[Pair]:
    above = ("한빛콜센터 통화 녹취록        출력일 2026-03-{:02}", "대외비", "")
    _write(path, _printed(_calls_to_print(), above, _PAGE))
    return said()


def calls_on_pages_with_titles_below(path: Path) -> list[Pair]:
    below = ("", "한빛콜센터 통화 녹취록", *_PAGE)
    _write(path, _printed(_calls_to_print(), (), below))
    return said()


def calls_in_english(path: Path) -> list[Pair]:
    lines: list[str] = []
    for number, (question, answer) in enumerate(said(), start=1):
        lines += [f"[Call {number}] 2026-03-02", "Duration 00:31", ""]
        lines += [f"customer: {question}", f"agent: {answer}", ""]
    _write(path, lines, "utf-8")
    return said()


def calls_with_people_on_top(path: Path) -> list[Pair]:
    lines: list[str] = []
    for number, (question, answer) in enumerate(said(), start=1):
        lines += [f"□ 상담 {number}", f"고객: {NAMES[number % 5]} (010-****-1234)"]
        lines += ["상담원: 한상우", "", f"고객: {question}", f"상담원: {answer}", ""]
    _write(path, lines)
    return said()


def calls_that_end_with_a_question(path: Path) -> list[Pair]:
    """A page ends, too, and the next call begins with the agent: nobody answered."""
    lines: list[str] = []
    for number, (question, answer) in enumerate(said(), start=1):
        lines += [f"■ 통화 {number}", "", "상담원: 안녕하세요. 상담사 한상우입니다."]
        more = "고객: 네, 감사합니다." if number % 3 else "고객: 하나 더 있는데요?"
        lines += [f"고객: {question}", f"상담원: {answer}", more]
        lines += [line.format(number) for line in _PAGE]
    _write(path, lines)
    return said()


def steps_in_an_answer(path: Path) -> list[Pair]:
    """What is counted within an answer is no call of its own."""
    lines, pairs = [], []
    for number, (question, answer) in enumerate(said(), start=1):
        lines += [f"고객: {question}", f"상담사: {answer}"]
        if number == 1:
            lines += ["■ 1 전원을 끄세요.", "■ 2 다시 켜세요."]
            answer += " ■ 1 전원을 끄세요. ■ 2 다시 켜세요."  # noqa: PLW2901 - told further
        pairs.append((question, answer))
    _write(path, lines)
    return pairs


def _cue(step: int, *lines: str, comma: bool = False) -> list[str]:
    dot = "," if comma else "."
    begin, end = (f"00:{at // 60:02}:{at % 60:02}{dot}054" for at in (3 * step, 3 * step + 2))
    return [f"{begin} --> {end}", *lines, ""]


def captions_with_voices(path: Path) -> list[Pair]:
    """Each call has a beginning of its own, and an utterance goes over two cues."""
    lines: list[str] = []
    for number, (question, answer) in enumerate(said()):
        first, _, rest = answer.partition(" ")
        lines += ["WEBVTT", "", f"NOTE 녹취 call_{number}.wav", ""]
        lines += _cue(0, "<v 상담사 임서연>무엇을 도와드릴까요?</v>")
        lines += _cue(1, f"<v 고객>{question}</v>")
        lines += _cue(2, f"<v 상담사 임서연>{first}</v>")
        lines += _cue(3, f"<v 상담사 임서연>{rest}</v>")
    _write(path, lines, "utf-8")
    return said()


def subtitles_with_labels(path: Path) -> list[Pair]:
    """A second line, or a cue without a label, goes on with what was said."""
    lines: list[str] = []
    for number, (question, answer) in enumerate(said()):
        asked, _, more = question.partition(" ")
        first, _, rest = answer.partition(" ")
        lines += ["1", *_cue(0, f"고객: {asked}", more, comma=True)]
        lines += ["2", *_cue(1, f"상담사: {first}", comma=True)]
        lines += ["3", *_cue(2, rest, comma=True)]
        if number % 2:  # a question that nobody answers before the next call begins
            lines += ["4", *_cue(3, "고객: 여보세요, 안 들려요?", comma=True)]
    _write(path, lines)
    return said()


def cues_without_blank_lines(path: Path) -> list[Pair]:
    lines: list[str] = []
    for step, text in enumerate(text for pair in said() for text in pair):
        who = ("고객", "상담사")[step % 2]
        lines += [str(step + 1), *_cue(step, f"{who}: {text}", comma=True)[:-1]]
    _write(path, lines)
    return said()


def captions_of_a_film(path: Path) -> None:
    lines: list[str] = []
    for step, (question, answer) in enumerate(said()):
        lines += _cue(2 * step, question) + _cue(2 * step + 1, answer)
    _write(path, ["WEBVTT", "", *lines])


def book_of_cases(path: Path) -> list[Pair]:
    lines = ["2026 상담 사례집", "", "제1장 배송 ······ 3", "", "제1장 배송", ""]
    for number, (question, answer) in enumerate(said(), start=1):
        lines += [f"사례 {number}", "【질문】", *question.split(" ", 2), "【답변】", answer, ""]
        lines += [f"- {number} -", "", "제2장 설치", ""] if number % 6 == 0 else []
    _write(path, lines, "cp949")
    return said()


def questions_by_letter(path: Path) -> list[Pair]:
    """An answer may say where to ask further."""
    lines, pairs = [], []
    for number, (question, answer) in enumerate(said(), start=1):
        lines += [f"Q{number}. {question}", f"A{number}. {answer}", "문의: 1588-0000", ""]
        pairs.append((question, f"{answer} 문의: 1588-0000"))
    _write(path, lines)
    return pairs


def cases_in_english(path: Path) -> list[Pair]:
    lines: list[str] = []
    for number, (question, answer) in enumerate(said(), start=1):
        lines += [f"Case {number}", f"[Question] {question}", f"[Answer] {answer}", "----------"]
    _write(path, lines)
    return said()


def marks_above_blank_lines(path: Path) -> list[Pair]:
    lines: list[str] = []
    for question, answer in said():
        lines += ["질문 :", "", question, "", "답변 :", "", answer, ""]
    _write(path, lines)
    return said()


def cases_below_titles(path: Path) -> None:
    """A title without a number may as well be the last words of the answer above it."""
    lines: list[str] = []
    for question, answer in said():
        lines += ["[질문]", question, "[답변]", answer, "", "배송과 설치", ""]
    _write(path, lines)


def questions_above_a_note(path: Path) -> list[Pair]:
    """It may be on all answers or on the last one."""
    lines = ["자주 하시는 질문", "작성: 점장", ""]
    for question, answer in said():
        lines += [f"Q. {question}", f"A. {answer}", ""]
    _write(path, [*lines, "* 요금은 예고 없이 달라질 수 있음"], "cp949")
    return said()[:-1]


def questions_above_a_remark(path: Path) -> None:
    """What an interview ends with is no note on answers."""
    lines: list[str] = []
    for question, answer in said():
        lines += [f"Q. {question}", f"A. {answer}", ""]
    _write(path, [*lines, "작성자 소견: 다음 달에 한 번 더 만나기로 함.", ""])


def questions_above_a_list(path: Path) -> list[Pair]:
    """What stands below the last answer may be the list that this announces."""
    lines: list[str] = []
    for question, answer in said():
        lines += [f"Q. {question}", f"A. {answer}", ""]
    _write(path, [*lines[:-1], "아래 서류를 보내 주세요.", "", "* 신분증 사본"])
    return said()[:-1]


def questions_above_two_notes(path: Path) -> list[Pair]:
    lines: list[str] = []
    for question, answer in said():
        lines += [f"Q. {question}", f"A. {answer}", ""]
    _write(path, [*lines, "* 신분증 사본", "* 통장 사본"])
    return said()[:-1]


def two_answers_to_each(path: Path) -> None:
    lines: list[str] = []
    for question, answer in said():
        lines += ["[질문]", question, "[답변]", "확인 중입니다.", "[답변]", answer, ""]
    _write(path, lines)


def marks_in_cells(path: Path) -> list[Pair]:
    """A table: what stands behind the commas is no part of a question or an answer."""
    lines: list[str] = []
    for number, (question, answer) in enumerate(said(), start=1):
        lines += [
            f"Q{number}. {question},2026-03-02,홈페이지",
            f"A{number}. {answer},2026-03-03,앱",
        ]
    _write(path, lines)
    return said()


def labels_below_messages(path: Path) -> list[Pair]:
    """One conversation of them lost its last label: nobody says who wrote what in it."""
    lines: list[str] = []
    for number, (question, answer) in enumerate(said()):
        lines += [f"======== 상담 {number + 1} (2026-03-02) ========"]
        lines += [question, f"고객 · 09:{number:02}", *answer.split(" ", 2)[::2]]
        lines += [] if number == 5 else [f"상담사 · 09:{number + 20:02}"]
    _write(path, lines)
    return [
        (question, " ".join(answer.split(" ", 2)[::2]))
        for number, (question, answer) in enumerate(said())
        if number != 5
    ]


def labels_on_either_side(path: Path) -> list[Pair]:
    """A title on top of each conversation: labels may stand above or below."""
    lines: list[str] = []
    for number, (question, answer) in enumerate(said()):
        lines += ["-----", f"{number}번 상담", "고객 · 09:03", question, "상담사 · 09:05", answer]
    _write(path, lines)
    return []


DOCUMENTS: Sequence[tuple[Build, str]] = (
    (counted_calls, "a.txt"),
    (calls_on_pages_with_titles, "a.txt"),
    (calls_on_pages_with_titles_below, "a.txt"),
    (labels_below_messages, "a.txt"),
    (labels_on_either_side, "a.txt"),
    (calls_in_english, "a.txt"),
    (calls_with_people_on_top, "a.txt"),
    (calls_that_end_with_a_question, "a.txt"),
    (steps_in_an_answer, "a.txt"),
    (captions_with_voices, "a.vtt"),
    (subtitles_with_labels, "a.srt"),
    (cues_without_blank_lines, "a.srt"),
    (captions_of_a_film, "a.vtt"),
    (book_of_cases, "a.txt"),
    (questions_by_letter, "a.txt"),
    (cases_in_english, "a.txt"),
    (marks_above_blank_lines, "a.txt"),
    (cases_below_titles, "a.txt"),
    (questions_above_a_note, "a.txt"),
    (questions_above_a_remark, "a.txt"),
    (questions_above_a_list, "a.txt"),
    (questions_above_two_notes, "a.txt"),
    (two_answers_to_each, "a.txt"),
    (marks_in_cells, "a.csv"),
)
"""Builders and names of files."""
