"""Exports whose texts were corrected, cut, escaped or quoted on the way, and their likes.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from html import unescape
from pathlib import Path

from tests.unit.intake.call_centre_exports import NAMES, Build, Pair, Row, clock, said, workbook
from tests.unit.intake.other_formats import packed, parts_of

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRINGS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_ADDED = "\n자세한 안내는 고객센터 1번을 눌러 주세요."


def _dump(*, quoted: bool) -> Build:
    r"""What a database writes with letters for line breaks (`\n`) and for nothing (`\N`)."""

    def write(path: Path) -> list[Pair]:
        pairs = [(q, a + (_ADDED if n % 4 == 0 else "")) for n, (q, a) in enumerate(said())]
        if quoted:
            pairs = [(q, f'"{a[:3]}"{a[3:]}') for q, a in pairs]
        lines = ["id\tquestion\tanswer\tmemo"]
        for n, (q, a) in enumerate(pairs):
            written = a.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
            lines.append(f"{n}\t{q}\t{written}\t" + ("\\N" if n % 2 else "VIP"))
        path.write_text("\n".join(lines), encoding="utf-8")
        return [(q, " ".join(a.split())) for q, a in pairs]

    return write


def _typed(end: str, within: str, *, last: bool) -> Build:
    """Answers have line breaks of another kind than those of rows, and no quotes around them."""

    def write(path: Path) -> list[Pair]:
        rows, pairs = ["번호\t질문\t답변" + ("" if last else "\t상담사")], []
        for n, (q, a) in enumerate(said()):
            lines = (a, "감사합니다.", "행복한 하루 되세요.")[: 1 + n % 3]
            rows.append(f"{n}\t{q}\t{within.join(lines)}" + ("" if last else f"\t{NAMES[n % 5]}"))
            pairs.append((q, " ".join(lines)))
        path.write_bytes((end.join(rows) + end).encode())
        return pairs

    return write


def rows_of_two_systems(path: Path) -> list[Pair]:
    """Two files were put below each other: all line breaks end rows."""
    rows = [f"{n}\t{q}\t{a}" + ("\r\n" if n < 12 else "\n") for n, (q, a) in enumerate(said())]
    path.write_bytes(("번호\t질문\t답변\r\n" + "".join(rows)).encode())
    return said()


def _printed(below: str) -> Build:
    """A query's rows as a terminal shows them, and how many they are."""

    def write(path: Path) -> list[Pair]:
        lines = [" 번호 | 질문 | 답변 ", "------+------+------"]
        lines += [f" {n:4} | {q} | {a} " for n, (q, a) in enumerate(said())]
        path.write_text("\n".join([*lines, below, ""]), encoding="utf-8")
        return said()

    return write


def _records(moved: Sequence[int], *, blank: Sequence[int] = ()) -> Build:
    """Records of labelled lines; some lines of answers stand in the record below."""

    def write(path: Path) -> list[Pair]:
        records = [
            [f"■ 접수 {n}", f"작성자: {'' if n in blank else NAMES[n % 5]}", f"문의: {q}"]
            for n, (q, _) in enumerate(said())
        ]
        for n, (_, a) in enumerate(said()):
            records[n + 1 if n in moved else n].append(f"답변: {a}\n  감사합니다.")
        path.write_text("\n\n".join(map("\n".join, records)) + "\n", encoding="utf-8")
        gone = {*moved, *(n + 1 for n in moved)}
        return [(q, f"{a} 감사합니다.") for n, (q, a) in enumerate(said()) if n not in gone]

    return write


def paths_in_quotes(path: Path) -> list[Pair]:
    """A CSV that doubles its quotes: a path of Windows keeps its letters."""
    pairs = [(q, rf'{a} 파일은 C:\new\temp 폴더의 "설명서"에 있습니다.') for q, a in said()]
    text = io.StringIO()
    csv.writer(text).writerows([("질문", "답변"), *pairs])
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    return pairs


def _struck(*, shared: bool) -> Build:
    """Some answers hold old words, struck through, before or behind the new ones, or alone."""

    def write(path: Path) -> list[Pair]:
        workbook(path, ("목록", [("질문", "답변"), *said()]))
        runs = {}
        for n, (_, answer) in enumerate(said()):
            old = "<r><rPr><strike/><sz val='10'/></rPr><t>내년에 다시 물어봐 주세요. </t></r>"
            new = f"<r><rPr><strike val='0'/><b/></rPr><t xml:space='preserve'>{answer}</t></r>"
            kept = f"<r><t>{answer}</t></r>"
            runs[answer] = {2: old + new, 5: new + old, 8: old, 11: kept}.get(n, f"<t>{answer}</t>")
        _with_runs(path, runs, shared=shared)
        return [pair for n, pair in enumerate(said()) if n != 8]

    return write


def _with_runs(path: Path, runs: dict[str, str], *, shared: bool) -> None:
    """Put formatted runs in the place of a workbook's answers; all texts may be `shared`."""
    parts, sheet = parts_of(path.read_bytes()), "xl/worksheets/sheet1.xml"
    rows = unescape(parts[sheet].decode())
    for answer, text in runs.items():
        rows = rows.replace(f"<is><t>{answer}</t></is>", f"<is>{text}</is>")
    if shared:
        texts = re.findall("<is>.*?</is>", rows)
        for number, text in enumerate(texts):
            rows = rows.replace(text, f"<v>{number}</v>", 1)
        rows = rows.replace('t="inlineStr"', 't="s"')
        items = "".join(texts).replace("<is>", "<si>").replace("</is>", "</si>")
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{items}</sst>'.encode()
        relations = "xl/_rels/workbook.xml.rels"
        relation = f'<Relationship Id="t1" Type="{_STRINGS}" Target="sharedStrings.xml"/>'
        told = parts[relations].decode()
        parts[relations] = told.replace("</Relationships>", f"{relation}</Relationships>").encode()
    packed(path, parts | {sheet: rows.encode()})


def _reviewed(head: Row, *, many: bool) -> Build:
    """A column holds answers written anew where the first ones will not do."""

    def write(path: Path) -> list[Pair]:
        rows, pairs = [], []
        for n, (q, a) in enumerate(said()):
            changed = (n % 5 != 0) if many else (n % 6 == 0)
            anew = f"{a} 단, 4월 주문부터입니다." if changed else ("변경 없음" if n % 4 else "")
            rows.append((q, a, "날짜를 적어 주세요" if changed else "", anew))
            pairs.append((q, anew if changed else a))
        workbook(path, ("검토", [head, *rows]))
        return pairs

    return write


def final_answers(path: Path) -> list[Pair]:
    """Where the final answer is empty there is none yet: a draft beside it is no answer."""
    rows = [(q, a, a if n % 4 else "") for n, (q, a) in enumerate(said())]
    workbook(path, ("검토", [("질문", "답변 초안", "최종 답변"), *rows]))
    return [pair for n, pair in enumerate(said()) if n % 4]


def outdated_answers(path: Path) -> list[Pair]:
    """Old answers stand in front of those that hold now."""
    rows = [(f"{a} 작년 {n}월까지 그렇습니다.", q, a) for n, (q, a) in enumerate(said())]
    workbook(path, ("현행", [("구답변(폐기)", "질문", "현재 답변"), *rows]))
    return list(said())


def answers_anew_in_plain_words(path: Path) -> list[Pair]:
    """They end as people speak: `요즘은 닷새 걸려요.`"""
    anew = {n: f"요즘은 {n + 2}일 걸려요." for n in range(0, 24, 3)}
    rows = [(q, a, anew.get(n, "")) for n, (q, a) in enumerate(said())]
    workbook(path, ("검토", [("문의", "답변", "수정답변"), *rows]))
    return [(q, anew.get(n, a)) for n, (q, a) in enumerate(said())]


def _long(n: int, answer: str) -> str:
    return (
        f"{answer} {THINGS_TO_ADD[n % 3]} 그래도 되지 않으면 {n}번 창구로 연락해 주시기 바랍니다."
    )


THINGS_TO_ADD = (
    "먼저 앱에서 주문 상세를 열어 상태를 확인하시고,",
    "댁에 계시기 어려우면 문 앞에 두라고 적어 주시고,",
    "영수증과 함께 가까운 매장으로 가져오셔도 되니",
)


def _cut(length: int, head: Row, *, whole: bool = False) -> Build:
    """Texts longer than a limit are cut there; `whole` where they only have one length."""

    def write(path: Path) -> list[Pair]:
        rows, pairs = [], []
        for n, (q, a) in enumerate(said()):
            answer = _long(n, a) if n % 5 == 0 else a
            kept = answer[:length]
            if whole and n % 5 == 0:
                kept = f"{answer[: length - 7].strip()} 그렇습니다."[:length]
            rows.append((n, q, kept))
            if whole or kept == answer:
                pairs.append((q, kept))
        workbook(path, ("목록", [head, *rows]))
        return pairs

    return write


def _of_template(template: str, names: Sequence[str]) -> Build:
    """The longest answers are those of a template, alike but for a word, and end without a sign."""

    def write(path: Path) -> list[Pair]:
        pairs = [
            (q, template.format(names[n // 5]) if n % 5 == 0 else a)
            for n, (q, a) in enumerate(said())
        ]
        workbook(path, ("목록", [("번호", "문의내용", "답변내용"), *((1, *one) for one in pairs)]))
        return pairs

    return write


def cut_messages(path: Path) -> list[Pair]:
    """A log that keeps 30 characters of each message."""
    rows: list[Row] = [("상담번호", "일시", "화자", "내용")]
    pairs = []
    for n, (q, a) in enumerate(said()):
        answer = _long(n, a) if n % 4 == 0 else a
        rows += [(n, clock(n), "고객", q[:45]), (n, clock(n + 1), "상담사", answer[:45])]
        pairs += [(q, a)] if answer == a else []
    workbook(path, ("대화", rows))
    return pairs


def _quoting(moved: Sequence[int], quote: Callable[[int, str], str]) -> Build:
    """Replies by mail quote the mail that they answer; some stand in the row of another one."""

    def write(path: Path) -> list[Pair]:
        replies = [f"{a}\n\n{quote(n, q)}" for n, (q, a) in enumerate(said())]
        order = list(range(len(replies)))
        for one, other in zip(moved, [*moved[1:], *moved[:1]], strict=True):
            order[one] = other
        rows = [(clock(n), NAMES[n % 5], q, replies[order[n]]) for n, (q, _) in enumerate(said())]
        workbook(path, ("메일", [("받은일시", "보낸사람", "문의내용", "회신내용"), *rows]))
        return [pair for n, pair in enumerate(said()) if n not in moved]

    return write


def _original(n: int, question: str) -> str:
    return f"-----원본 메시지-----\n보낸 사람: {NAMES[n % 5]}\n> {question}"


def _wrote(n: int, question: str) -> str:
    return f"2026년 3월 {n + 1}일 (월) 오전 9:00, 고객님이 작성:\n> {question}"


def _thread(n: int, question: str) -> str:
    """The customer's mail, and below it another one that many have got."""
    return f"{_original(n, question)}\n>> 주문해 주셔서 감사합니다."


ALTERED: dict[str, tuple[Build, str]] = {
    "a dump with escaped quotes": (_dump(quoted=True), "dump.txt"),
    "a dump with empty cells": (_dump(quoted=False), "dump.tsv"),
    "lines typed into a form": (_typed("\n", "\r\n", last=False), "list.txt"),
    "lines of another system": (_typed("\r\n", "\n", last=True), "list.tsv"),
    "rows of two systems": (rows_of_two_systems, "list.tsv"),
    "a query's rows": (_printed("(24 rows)"), "psql.txt"),
    "a query's rows in Korean": (_printed("(24개 행)"), "psql.txt"),
    "a query's time": (_printed("24 rows in set (0.02 sec)"), "query.txt"),
    "answers in the record below": (_records((4, 12)), "records.txt"),
    "answers in a record with a gap": (_records((4, 12), blank=(5, 7)), "records.txt"),
    "records": (_records(()), "records.txt"),
    "paths of Windows": (paths_in_quotes, "list.csv"),
    "struck runs": (_struck(shared=True), "list.xlsx"),
    "struck runs in their cells": (_struck(shared=False), "list.xlsx"),
    "some written anew": (
        _reviewed(("질문", "답변", "검토의견", "수정답변"), many=False),
        "review.xlsx",
    ),
    "most written anew": (
        _reviewed(("문의내용", "답변내용", "비고", "답변 수정본"), many=True),
        "review.xlsx",
    ),
    "final answers": (final_answers, "final.xlsx"),
    "outdated answers": (outdated_answers, "now.xlsx"),
    "written anew in plain words": (answers_anew_in_plain_words, "review.xlsx"),
    "cut answers": (_cut(45, ("번호", "문의내용", "답변내용")), "list.xlsx"),
    "answers of one length": (_cut(45, ("번호", "문의내용", "답변내용"), whole=True), "list.xlsx"),
    "accounts in answers": (
        _of_template("{} 고객님, 배송비는 국민은행 412-01-77 예금주 한빛상사", NAMES),
        "list.xlsx",
    ),
    "addresses in answers": (
        _of_template(
            "설명서는 여기에서 내려받으실 수 있습니다. https://han.kr/{}",
            ("aXk", "Qbc", "zzT", "mNo", "pLe"),
        ),
        "list.xlsx",
    ),
    "agents below answers": (
        _of_template("문의하신 내용을 확인하여 처리해 드렸습니다. 상담사 {}", NAMES),
        "list.xlsx",
    ),
    "cut messages": (cut_messages, "log.xlsx"),
    "replies in other rows": (_quoting((3, 9, 14), _original), "mails.xlsx"),
    "replies in other rows, as Gmail quotes": (_quoting((2, 6), _wrote), "mails.xlsx"),
    "replies in their rows": (_quoting((), _thread), "mails.xlsx"),
}
