"""Why an export is refused whole: the identifiers and what the data owner reads.

`{file}` is the export's masked name, `{line}` and `{cell}` are places. No text here ever holds a
cell's value.
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
    "not_a_file": (
        "{file}: 파일이 아니라 폴더입니다. 폴더 안의 파일을 꺼내 다시 올려 주세요.",
        "{file}: this is a folder, not a file. Take the files out of it and drop those.",
    ),
    "not_a_workbook": (
        "{file}: 엑셀 통합 문서(.xlsx, .xlsm, .xlsb, .xls), .ods나 CSV 표가 아닙니다. 엑셀에서 "
        "열어 '다른 이름으로 저장 > Excel 통합 문서(.xlsx)'로 저장한 뒤 다시 올려 주세요.",
        "{file}: this is no Excel workbook (.xlsx, .xlsm, .xlsb, .xls), .ods or CSV table. Save "
        "it from Excel as 'Excel Workbook (.xlsx)' and drop it again.",
    ),
    "archive": (
        "{file}: 압축 파일입니다. 압축을 풀고 안에 든 엑셀 파일을 하나씩 올려 주세요.",
        "{file}: this is a compressed archive. Unpack it and drop the workbooks one by one.",
    ),
    "archive_without_workbook": (
        "{file}: 압축 파일인데 안에 엑셀 파일이나 CSV가 없습니다. 대화가 든 엑셀 파일을 골라 "
        "그것을 올려 주세요.",
        "{file}: this is a compressed archive without any workbook or CSV in it. Find the "
        "workbook with the conversations and drop that.",
    ),
    "apple_numbers": (
        "{file}: Apple Numbers 같은 iWork 문서입니다. Numbers에서 '파일 > 다음으로 내보내기 > "
        "Excel'로 .xlsx를 만들어 올려 주세요.",
        "{file}: this is a document of Apple's Numbers or its kin. Export it from Numbers with "
        "'File > Export To > Excel' as .xlsx and drop that.",
    ),
    "pdf_or_image": (
        "{file}: PDF나 그림 파일이어서 대화를 읽을 수 없습니다. 상담 시스템에서 엑셀이나 CSV로 "
        "내보내 다시 올려 주세요.",
        "{file}: this is a PDF or an image, which holds no rows to read. Export the conversations "
        "from your system as Excel or CSV and drop that.",
    ),
    "html_page": (
        "{file}: 이름과 달리 내용은 웹 페이지(HTML)입니다. 엑셀에서 열어 "
        "'Excel 통합 문서(.xlsx)'로 저장한 뒤 다시 올려 주세요.",
        "{file}: whatever its name says, this is a web page (HTML). Open it in Excel, save it as "
        "'Excel Workbook (.xlsx)' and drop it again.",
    ),
    "unknown_encoding": (
        "{file}: {line}번째 줄의 글자를 읽을 수 없습니다. UTF-8, UTF-16, CP949(ANSI) 가운데 어느 "
        "것도 아닙니다. 'CSV UTF-8'이나 .xlsx로 다시 저장해 올려 주세요.",
        "{file}: line {line} cannot be read as UTF-8, UTF-16 or CP949. Save the file again as "
        "'CSV UTF-8' or .xlsx and drop it again.",
    ),
    "unreadable_csv": (
        "{file}: {line}번째 줄에서 시작하는 행의 따옴표가 맞지 않습니다. 따옴표를 고치거나 "
        ".xlsx로 다시 저장해 올려 주세요.",
        "{file}: the quotes of the row that begins on line {line} do not match. Correct them, or "
        "save the file as .xlsx, and drop it again.",
    ),
    "long_cell": (
        "{file}: {line}번째 줄에서 시작하는 행에 131,072자보다 긴 칸이 있습니다. 칸을 닫는 "
        "따옴표가 빠지지 않았는지 확인하고, 정말 긴 글이면 나누거나 그 행을 지우고 다시 올려 "
        "주세요.",
        "{file}: the row that begins on line {line} has a cell of more than 131,072 characters. "
        "Check whether the quote that ends it is missing; if the text really is that long, split "
        "it or remove the row, and drop the file again.",
    ),
    "unreadable_json": (
        "{file}: {line}번째 줄이 올바른 JSON 개체가 아닙니다. 한 줄에 개체 하나씩 적은 JSON "
        "Lines(.jsonl)"
        "로 다시 내보내 올려 주세요.",
        "{file}: line {line} is not a JSON object. Export the data as JSON Lines, one object per "
        "line, and drop it again.",
    ),
    "empty_workbook": (
        "{file}: 값이 있는 시트가 없습니다(빈 시트나 차트, 오류나 결과 없는 수식뿐입니다). "
        "대화가 든 시트를 내보내 다시 올려 주세요.",
        "{file}: no sheet holds a value (they are empty, or show charts, errors or formulas "
        "without a result alone). Export the sheet with the conversations and drop it again.",
    ),
    "damaged_workbook": (
        "{file}: 파일 내용이 손상되었습니다. 엑셀에서 열리는지 확인하고 다시 내보내 주세요.",
        "{file}: what the file holds is damaged. Check that it opens in Excel and export it again.",
    ),
    "unreadable_workbook": (
        "{file}: 이 통합 문서는 여기서 읽을 수 없습니다. 엑셀에서 열리면 'Excel 통합 문서(.xlsx)' "
        "형식으로 새로 저장해 올려 주세요. 열리지 않으면 손상된 것이니 다시 내보내 주세요.",
        "{file}: this workbook cannot be read here. If it opens in Excel, save it anew as 'Excel "
        "Workbook (.xlsx)' and drop that; if it does not, it is damaged: export it again.",
    ),
    "incomplete_workbook": (
        "{file}: 파일이 중간에 잘렸습니다. 내려받기와 복사가 끝났는지 확인하고 다시 올려 주세요.",
        "{file}: the file breaks off before its end. Check that the download and the copy were "
        "complete and drop it again.",
    ),
    "zip_bomb": (
        "{file}: 압축을 풀면 크기가 비정상적으로 커져서 열지 않았습니다. 표만 새 통합 문서에 "
        "복사해 다시 올려 주세요.",
        "{file}: not opened, because it unpacks to an abnormal size. Copy the table alone into a "
        "new workbook and drop that.",
    ),
    "xml_entities": (
        "{file}: 통합 문서에 없어야 할 XML 엔터티 정의가 있어 열지 않았습니다. 엑셀에서 새 "
        "통합 문서로 다시 저장하고, 파일의 출처를 보안 담당자에게 확인해 주세요.",
        "{file}: not opened, because it defines XML entities, which no workbook needs. Save it "
        "from Excel as a new workbook, and have your security team check where it came from.",
    ),
    "password_protected": (
        "{file}: 암호가 걸려 있는데 설정된 암호가 없습니다. 관리자에게 이 암호를 "
        "CS_PIPELINE_EXPORT_PASSWORDS에 넣어 달라고 하거나, 엑셀의 '파일 > 정보 > 통합 문서 보호 > "
        "암호 설정'에서 암호를 지우고 다시 올려 주세요.",
        "{file}: the workbook is encrypted and no password is set. Have it added to "
        "CS_PIPELINE_EXPORT_PASSWORDS, or clear it in Excel under 'File > Info > Protect Workbook "
        "> Encrypt with Password', and drop the file again.",
    ),
    "wrong_password": (
        "{file}: 설정된 암호 가운데 맞는 것이 없습니다. 관리자에게 이 파일의 암호를 "
        "CS_PIPELINE_EXPORT_PASSWORDS에 더해 달라고 하거나, 엑셀에서 암호를 지우고 다시 올려 "
        "주세요.",
        "{file}: none of the passwords that are set opens this workbook. Have its password added "
        "to CS_PIPELINE_EXPORT_PASSWORDS, or clear it in Excel, and drop the file again.",
    ),
    "unsupported_encryption": (
        "{file}: 여기서 열 수 없는 방식으로 암호화되어 있습니다. 암호를 지우고 .xlsx로 저장해 다시 "
        "올려 주세요.",
        "{file}: encrypted in a way that cannot be opened here. Clear the password, save it as "
        ".xlsx and drop it again.",
    ),
    "drm_protected": (
        "{file}: 문서 보안(DRM)이 걸려 있습니다. 보안 담당자에게 해제를 요청하거나 해제된 "
        "사본을 올려 주세요.",
        "{file}: the file is wrapped by document security (DRM). Ask your security team to lift "
        "it, or drop an unprotected copy.",
    ),
    "far_cell": (
        "{file}: 표에서 멀리 떨어진 곳({cell}까지)에 값이 있어 읽을 수 없습니다. 시트마다 "
        "Ctrl+End로 확인해 표 밖의 행과 열을 삭제하고 다시 올려 주세요.",
        "{file}: cells far from the table (as far as {cell}) make it too wide to read. Press "
        "Ctrl+End in each sheet, delete the rows and columns beyond the table and drop it again.",
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
    "formula_without_value": (
        "{file}: 모든 행의 수식({cell}부터)에 저장된 결과가 없습니다. 엑셀에서 열어 저장하면 "
        "결과도 함께 저장됩니다. 그렇게 저장한 파일을 다시 올려 주세요.",
        "{file}: in every row a formula (from {cell} on) has no stored result. Open the file in "
        "Excel and save it, which stores the results, and drop it again.",
    ),
    "error_cells": (
        "{file}: 모든 행의 질문이나 답변 셀({cell}부터)에 #N/A나 #REF! 같은 오류만 있습니다. "
        "수식이 가리키는 파일이나 시트가 빠졌는지 확인하고, 값으로 바꾸어 저장한 뒤 다시 "
        "올려 주세요.",
        "{file}: in every row the question or the answer (from {cell} on) is an error such as #N/A "
        "or #REF!. Check whether a file or sheet that the formulas point to is missing, save the "
        "cells as values and drop the file again.",
    ),
    "headings_without_rows": (
        "{file}: 머리글 행만 있고 그 아래에 행이 없습니다. 내보낼 때 고른 기간과 조건을 확인하고 "
        "다시 내보내 주세요.",
        "{file}: there are headings, but no row below them. Check the period and the filters of "
        "the export and export it again.",
    ),
    "no_conversation_sheet": (
        "{file}: 대화가 있는 시트를 찾지 못했습니다. 각 시트의 처음 20행 안에 '질문'과 '답변' "
        "열(문의, 고객 문의, 질의 / 응답, 회신, 상담사 답변도 됩니다) 또는 '발화자'와 '내용' "
        "열(화자, 작성자, 구분 / 메시지, 대화내용도 됩니다)의 머리글을 적어 다시 올려 주세요.",
        "{file}: no sheet with conversations was found. Within the first 20 rows, name the "
        "columns 'question' and 'answer' (also: input, customer question / output, reply) or "
        "'speaker' and 'text' (also: role, sender / message, content), and drop it again.",
    ),
    "correction_without_origin": (
        "{file}: 거절된 행의 파일 같지만 어느 엑셀의 것인지 알 수 없습니다. 행을 새 파일로 "
        "옮기거나 CSV로 저장하면 그렇게 됩니다. 격리 폴더의 '-refused.xlsx' 파일을 직접 고쳐 .xlsx"
        "로 저장한 뒤 그대로 올려 주세요.",
        "{file}: this looks like a workbook of refused rows, but does not say of which export. "
        "That happens when rows are copied into a new file or saved as CSV. Correct the "
        "'-refused.xlsx' file from the quarantine itself, save it as .xlsx and drop it as it is.",
    ),
    "correction_headings": (
        "{file}: 거절된 행의 파일인데 머리글 행이 바뀌었거나 없습니다. 머리글 '시트', '셀', '원본 "
        "A열', '원본 "
        "B열' …을 처음 받은 대로 되돌려 다시 올려 주세요.",
        "{file}: this is a workbook of refused rows whose headings were changed or removed. Put "
        "back the headings 'Sheet', 'Cell', 'Original column A', 'Original column B' ... as they "
        "came and drop it again.",
    ),
    "nothing_corrected": (
        "{file}: 고친 칸이 없는 거절된 행의 파일입니다. '원본 ...열' 아래의 칸을 고쳐 다시 올려 "
        "주세요. 머리글 행과 '시트', '셀' 칸은 그대로 두어야 합니다.",
        "{file}: no cell of this workbook of refused rows was corrected. Correct the cells under "
        "'Original column ...' and drop it again; leave the headings and the columns 'Sheet' and "
        "'Cell' as they are.",
    ),
    "origin_missing": (
        "{file}: 고친 행이 들어 있던 원본 엑셀이 없습니다. 지웠거나 데이터에서 뺀 파일입니다. "
        "고친 행을 원본과 같은 머리글의 새 엑셀에 옮겨 올리거나, 원본을 고쳐 다시 올려 주세요.",
        "{file}: the export that these corrected rows belong to is gone; it was deleted or "
        "withdrawn. Put the rows into a new workbook with the export's own headings, or correct "
        "the export itself, and drop that.",
    ),
    "too_many_corrections": (
        "{file}: 거절된 행의 파일을 고쳐 올리기를 너무 여러 번 되풀이했습니다. 남은 행을 원본과 "
        "같은 머리글의 새 엑셀에 옮겨 올려 주세요.",
        "{file}: rows were corrected and refused too many times in a row. Put those that are left "
        "into a new workbook with the export's own headings and drop that.",
    ),
}

# Explanations that share an identifier: only what the owner has to do differs.
_REASONS = {"incomplete_workbook": "damaged_workbook"}


def refusal(explanation: str, file: str, **details: str | int) -> ExportError:
    """The error for one of the explanations above, about the export named `file`.

    `details` fill the other gaps of its text, such as `{line}` and `{cell}`.
    """
    ko, en = _TEXTS[explanation]
    reason = _REASONS.get(explanation, explanation)
    return ExportError(
        reason, ko=ko.format(file=file, **details), en=en.format(file=file, **details)
    )
