"""Records of XML as programs write them: what an owner expects, or None."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path

from tests.unit.intake.call_centre_exports import NAMES, Build, Pair, clock, said


def _xml(path: Path, lines: Iterable[str], encoding: str = "utf-8") -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    path.write_bytes("\n".join((head, *lines)).encode(encoding))


def records(path: Path) -> list[Pair]:
    """A record a question, in EUC-KR, with markup in CDATA and a field that some leave out."""
    lines = [
        f'<inquiry no="{n}"><writer>{NAMES[n % 5]}</writer><title>문의</title>'
        f"<question>{escape(q)}</question>"
        + (f"<answer><![CDATA[<p>{a}</p><p>감사합니다.</p>]]></answer>" if n % 6 else "")
        + "</inquiry>"
        for n, (q, a) in enumerate(said())
    ]
    _xml(path, ("<inquiries>", *lines, "</inquiries>"), "euc-kr")
    return [(q, f"{a} 감사합니다.") for n, (q, a) in enumerate(said()) if n % 6]


def fields_in_attributes(path: Path) -> list[Pair]:
    """Records without texts, in elements of a namespace."""
    lines = [
        f'<b:row id="{n}" 질문="{escape(q)}" 답변="{escape(a)}"/>'
        for n, (q, a) in enumerate(said())
    ]
    _xml(path, ('<b:rows xmlns:b="urn:board">', *lines, "</b:rows>"))
    return said()


def formatted_answers(path: Path) -> list[Pair]:
    """Elements stand within the words of answers; questions and answers have a letter each."""
    lines = [
        f"<faq><q>{q}</q><a>{a}<br/>전화는 <b>1588</b>, <b>1599</b> 번입니다.</a></faq>"
        for q, a in said()
    ]
    _xml(path, ("<list>", *lines, "</list>"))
    return [(q, f"{a} 전화는 1588, 1599 번입니다.") for q, a in said()]


def messages_of_tickets(path: Path) -> list[Pair]:
    """Each ticket holds its messages, in the order of their times."""
    lines = []
    for n, (q, a) in enumerate(said()):
        lines += [f'<ticket id="{9000 + n}"><subject>문의</subject><messages>']
        lines += [f'<message role="customer" at="{clock(n)}">{q}</message>']
        lines += [f'<message role="agent" at="{clock(n + 1)}">{a}</message>']
        lines += ["</messages></ticket>"]
    _xml(path, ("<tickets>", *lines, "</tickets>"))
    return said()


def _lists(shared: Sequence[int]) -> Build:
    """Questions, and answers that name them; some questions have a number of another one."""

    def write(path: Path) -> list[Pair]:
        own = [f"H{300 + (n - 1 if n in shared else n)}" for n in range(len(said()))]
        asked = [f'<question id="{own[n]}">{q}</question>' for n, (q, _) in enumerate(said())]
        told = [f'<answer ref="{own[n]}">{a}</answer>' for n, (_, a) in enumerate(said())]
        _xml(path, ("<qna><questions>", *asked, "</questions>", *reversed(told), "</qna>"))
        gone = {*shared, *(n - 1 for n in shared)}
        return [pair for n, pair in enumerate(said()) if n not in gone]

    return write


def _with_lists(write_list: Callable[[int], str]) -> Build:
    """Tickets with their question and answer, and a list of what else belongs to some."""

    def write(path: Path) -> list[Pair]:
        lines = [
            f"<ticket><no>{n}</no><q>{q}</q><a>{a}</a>{write_list(n)}</ticket>"
            for n, (q, a) in enumerate(said())
        ]
        _xml(path, ("<tickets>", *lines, "</tickets>"))
        return said()

    return write


def _files(n: int) -> str:
    """One ticket has two files, and some have one."""
    return f"<file>{n}.png</file>" * (2 if n == 3 else n % 2)


def _named_files(n: int) -> str:
    return f'<file name="{n}.png"/>' * (2 if n == 3 else n % 2)


def _log(_: int) -> str:
    steps = ("접수 확인", "처리 완료")
    logs = "".join(f'<log by="kim"><did>{step}</did></log>' for step in steps)
    return f"<history>{logs}</history>"


def settings_of_a_program(path: Path) -> None:
    """XML that holds no conversation at all."""
    _xml(path, ("<config>", *(f'<item key="k{n}">{n}</item>' for n in range(20)), "</config>"))


XML: dict[str, tuple[Build, str]] = {
    "records": (records, "a.xml"),
    "fields in attributes": (fields_in_attributes, "a.xml"),
    "formatted answers": (formatted_answers, "a.xml"),
    "messages of tickets": (messages_of_tickets, "a.xml"),
    "two lists": (_lists(()), "a.xml"),
    "two lists, numbers shared": (_lists((5, 14)), "a.xml"),
    "files": (_with_lists(_files), "a.xml"),
    "files with attributes": (_with_lists(_named_files), "a.xml"),
    "logs of tickets": (_with_lists(_log), "a.xml"),
    "empty logs of tickets": (_with_lists(lambda _: "<history><log/><log/></history>"), "a.xml"),
    "settings": (settings_of_a_program, "a.xml"),
}
