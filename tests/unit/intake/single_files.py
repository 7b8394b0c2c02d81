"""Exports in one XML file (Excel 2003) and web pages in one file (.mht), as programs save them."""

from collections.abc import Sequence
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape
from pathlib import Path

from tests.unit.intake.call_centre_exports import NAMES, Pair, clock, said

_BOOK = (
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"\n'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"\n'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"\n'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"\n'
    ' xmlns:html="http://www.w3.org/TR/REC-html40">\n'
    '<Styles><Style ss:ID="Default" ss:Name="Normal"><Font ss:FontName="맑은 고딕"/></Style>'
    "</Styles>"
)


def _cell(text: object, about: str = "", kind: str = "String") -> str:
    return f'<Cell {about}><Data ss:Type="{kind}">{escape(str(text))}</Data></Cell>'


def _sheet(name: str, rows: Sequence[str], *, hidden: bool = False) -> str:
    visible = "<Visible>SheetHidden</Visible>" if hidden else ""
    options = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
    return (
        f'<Worksheet ss:Name="{name}"><Table ss:ExpandedColumnCount="6"><Column ss:Width="80"/>'
        f"{''.join(rows)}</Table>{options}{visible}</WorksheetOptions></Worksheet>"
    )


def _xml(path: Path, sheets: Sequence[str], encoding: str = "utf-8") -> None:
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    head = f'{declaration}<?mso-application progid="Excel.Sheet"?>\n{_BOOK}'
    text = f"{head}{''.join(sheets)}</Workbook>"
    path.write_bytes(text.encode("cp949" if encoding == "euc-kr" else encoding))


def saved_by_excel_2003(path: Path) -> list[Pair]:
    """A merged title, blank rows, times as dates, bold words in a cell, notes, a hidden sheet."""
    title = _cell("3월 상담 내역", 'ss:MergeAcross="4" ss:StyleID="s62"')
    head = "".join(map(_cell, ("번호", "접수일시", "문의내용", "답변", "상담사")))
    rows = [f"<Row>{title}</Row>", f'<Row ss:Index="4" ss:Height="20">{head}</Row>']
    for n, (q, a) in enumerate(said()):
        words = (
            '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">'
            f"<B>{q[:2]}</B><Font html:Color='#FF0000'>{q[2:]}</Font></ss:Data><Comment "
            "ss:Author='민지'><ss:Data>다시 확인해 주세요.</ss:Data></Comment></Cell>"
        )
        cells = (
            _cell(n + 1, kind="Number"),
            _cell(clock(n).isoformat() + ".000", 'ss:StyleID="s63"', "DateTime"),
            words,
            _cell(a),
            _cell(NAMES[n % 5]),
        )
        rows.append(f"<Row>{''.join(cells)}</Row>")
    _xml(path, [_sheet("3월", rows), _sheet("메모", [f"<Row>{_cell('끝')}</Row>"], hidden=True)])
    return said()


def written_by_a_korean_framework(path: Path) -> list[Pair]:
    """EUC-KR, a log by speaker, the conversation merged over its rows, cells left out."""
    rows = [f"<Row>{''.join(map(_cell, ('상담번호', '구분', '내용', '시각')))}</Row>"]
    for n, (q, a) in enumerate(said()):
        call = _cell(f"T{n:03}", 'ss:MergeDown="1"')
        rows.append(f"<Row>{call}{_cell('고객')}{_cell(q)}{_cell(clock(n))}</Row>")
        agent = _cell("상담사", 'ss:Index="2"')
        rows.append(f"<Row>{agent}{_cell(a)}{_cell(clock(n, 8))}</Row>")
    _xml(path, [_sheet("상담", rows)], "euc-kr")
    return said()


def errors_and_open_formulas(path: Path) -> list[Pair]:
    """Every fifth answer is an error, every seventh a formula without a result."""
    rows = [f"<Row>{_cell('질문')}{_cell('답변')}</Row>"]
    kept = []
    for n, pair in enumerate(said()):
        answer = _cell(pair[1])
        if n % 5 == 0:
            answer = _cell("#REF!", 'ss:Formula="=Sheet9!A1"', "Error")
        elif n % 7 == 0:
            answer = '<Cell ss:Formula="=B2"/>'
        else:
            kept.append(pair)
        rows.append(f"<Row>{_cell(pair[0])}{answer}</Row>")
    _xml(path, [_sheet("상담", rows)])
    return kept


def _page(rows: str) -> str:
    return (
        "<html><head><meta http-equiv='Content-Type' content='text/html; charset=utf-8'>"
        "<script src='https://example.invalid/a.js'>document.write('<td>아니요</td>')</script>"
        f"</head><body><img src='cid:logo'><table border=1>{rows}</table></body></html>"
    )


def _table(head: str, rows: Sequence[Sequence[object]]) -> str:
    heading = "".join(f"<th>{name}</th>" for name in head.split())
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<tr>{heading}</tr>{body}"


def _archive(path: Path, pages: Sequence[str], charset: str, head: str = "") -> None:
    archive = MIMEMultipart("related", type="text/html")
    for number, page in enumerate(pages):
        part = MIMEText(page, "html", charset)
        part["Content-Location"] = f"https://board.example.invalid/{number}.html"
        archive.attach(part)
    archive.attach(MIMEApplication(b"\x89PNG\r\n", "octet-stream"))
    path.write_bytes(head.encode() + archive.as_bytes())


def board_saved_by_a_browser(path: Path) -> list[Pair]:
    """Chrome's .mhtml: the list of the board, and a frame with nothing in it."""
    rows = [(n, q, a, NAMES[n % 5]) for n, (q, a) in enumerate(said())]
    page = _page(_table("번호 문의내용 답변내용 담당자", rows))
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://board.example.invalid/list\r\n"
        "Subject: =?utf-8?Q?1:1=20=EB=AC=B8=EC=9D=98?=\r\n"
    )
    _archive(path, [page, "<html><body>광고</body></html>"], "utf-8", head)
    return said()


def saved_by_excel_as_one_page(path: Path) -> list[Pair]:
    """Excel's .mht in CP949: a frame for the tabs, a page for each of two sheets."""
    pairs = said()
    halves = (pairs[:12], pairs[12:])
    pages = ["<html><frameset rows='*,39'><frame src='sheet001.htm'></frameset></html>"]
    pages += [
        _page(_table("질문 답변", half)).replace("utf-8", "ks_c_5601-1987") for half in halves
    ]
    _archive(path, pages, "cp949")
    return pairs
