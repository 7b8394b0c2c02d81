"""Why an export is refused whole: the identifiers and what the data owner reads.

`{file}` is the export's masked name. No text here ever holds a cell's value.
"""

from cs_pipeline.errors import ExportError

_TEXTS: dict[str, tuple[str, str]] = {
    "empty_file": (
        "{file}: 빈 파일(0바이트)입니다. 내려받기가 끝났는지 확인하고 다시 올려 주세요.",
        "{file}: the file is empty (0 bytes). Check that the download finished, then drop it "
        "again.",
    ),
    "too_large": (
        "{file}: 파일이 너무 큽니다. 기간을 나누어 여러 파일로 내보내 주세요.",
        "{file}: the file is too large. Export shorter periods as several files.",
    ),
    "not_a_workbook": (
        "{file}: 엑셀 통합 문서(.xlsx, .xlsm, .xls)나 CSV가 아닙니다. 엑셀에서 열어 "
        "'다른 이름으로 저장 > Excel 통합 문서(.xlsx)'로 저장한 뒤 다시 올려 주세요.",
        "{file}: this is neither an Excel workbook (.xlsx, .xlsm, .xls) nor a CSV file. Save it "
        "from Excel as 'Excel Workbook (.xlsx)' and drop it again.",
    ),
    "html_page": (
        "{file}: 이름은 엑셀이지만 내용은 웹 페이지(HTML)입니다. 엑셀에서 열어 "
        "'Excel 통합 문서(.xlsx)'로 저장한 뒤 다시 올려 주세요.",
        "{file}: named like a workbook, but it is a web page (HTML). Open it in Excel, save it "
        "as 'Excel Workbook (.xlsx)' and drop it again.",
    ),
    "text_as_workbook": (
        "{file}: 이름은 엑셀이지만 내용은 일반 텍스트입니다. 엑셀에서 열어 "
        "'Excel 통합 문서(.xlsx)'로 저장하거나 확장자를 .csv로 바꾸어 다시 올려 주세요.",
        "{file}: named like a workbook, but it is plain text. Open it in Excel and save it as "
        "'Excel Workbook (.xlsx)', or name it .csv, and drop it again.",
    ),
    "unreadable_csv": (
        "{file}: CSV의 글자나 따옴표를 읽을 수 없습니다. UTF-8 CSV나 .xlsx로 다시 저장해 주세요.",
        "{file}: the characters or quotes of this CSV cannot be read. Save it again as UTF-8 CSV "
        "or .xlsx.",
    ),
    "damaged_workbook": (
        "{file}: 파일이 손상되었거나 일부만 올라왔습니다. 엑셀에서 열리는지 확인하고 다시 "
        "내보내 주세요.",
        "{file}: the workbook is damaged or incomplete. Check that it opens in Excel and export "
        "it again.",
    ),
    "password_protected": (
        "{file}: 암호가 걸려 있습니다. 엑셀에서 '파일 > 정보 > 통합 문서 보호 > 암호 설정'의 "
        "암호를 지우고 저장한 뒤 다시 올려 주세요.",
        "{file}: the workbook is protected by a password. In Excel, clear it under 'File > Info "
        "> Protect Workbook > Encrypt with Password', save and drop it again.",
    ),
    "drm_protected": (
        "{file}: 문서 보안(DRM)이 걸려 있습니다. 보안 담당자에게 해제를 요청하거나 해제된 "
        "사본을 올려 주세요.",
        "{file}: the file is wrapped by document security (DRM). Ask your security team to lift "
        "it, or drop an unprotected copy.",
    ),
    "reader_crashed": (
        "{file}: 파일을 읽다가 메모리 한도를 넘었습니다. 표에서 멀리 떨어진 셀에 남은 값이 "
        "없는지 확인하고(Ctrl+End), 표만 새 통합 문서에 복사해 다시 올려 주세요.",
        "{file}: reading the file went beyond its memory limit. Look for stray values far from "
        "the table (Ctrl+End), copy the table alone into a new workbook and drop that.",
    ),
    "reader_timeout": (
        "{file}: 제한 시간 안에 파일을 읽지 못했습니다. 기간을 나누어 여러 파일로 내보내 주세요.",
        "{file}: the file could not be read within the time limit. Export shorter periods as "
        "several files.",
    ),
    "no_conversation_sheet": (
        "{file}: 대화가 있는 시트를 찾지 못했습니다. 각 시트의 처음 20행 안에 '질문'과 '답변' "
        "열(문의, 고객 문의, 질의 / 응답, 회신, 상담사 답변도 됩니다) 또는 '발화자'와 '내용' "
        "열(화자, 작성자, 구분 / 메시지, 대화내용도 됩니다)의 제목을 적어 다시 올려 주세요.",
        "{file}: no sheet with conversations was found. Within the first 20 rows, name the "
        "columns 'question' and 'answer' (also: input, customer question / output, reply) or "
        "'speaker' and 'text' (also: role, sender / message, content), and drop it again.",
    ),
}

# Explanations that share an identifier: only what the owner has to do differs.
_REASONS = {
    "html_page": "not_a_workbook",
    "text_as_workbook": "not_a_workbook",
    "unreadable_csv": "not_a_workbook",
}


def refusal(explanation: str, file: str) -> ExportError:
    """The error for one of the explanations above, about the export named `file`."""
    ko, en = _TEXTS[explanation]
    reason = _REASONS.get(explanation, explanation)
    return ExportError(reason, ko=ko.format(file=file), en=en.format(file=file))
