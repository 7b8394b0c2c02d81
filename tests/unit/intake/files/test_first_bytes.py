import pytest

from cs_pipeline.intake.files.first_bytes import container_of
from cs_pipeline.intake.files.reader_problem import ReaderProblem


@pytest.mark.parametrize(
    ("container", "head"),
    [
        ("zip", b"PK\x03\x04..."),
        ("zip", b"PK\x05\x06" + bytes(18)),
        ("ole", bytes.fromhex("D0CF11E0A1B11AE1") + b"\x00\x01"),
        ("text", b"PK,name\n1,2\n"),
        ("text", b"BMW,GIF8\n1,2\n"),
        ("text", "질문,답변\n<table>이 안 보여요,네\n".encode()),
        ("text", "질문,답변\n".encode("cp949")),
        ("text", "질문\t답변\r\n".encode("utf-16")),
        ("text", "질문\t답변\r\n".encode("utf-16-be")),
        ("text", "SCDSA, 문의\n".encode()),
        ("text", b"<b>q</b>,a\n"),
        ("text", b"from: a,subject: b\n1,2\n"),
        ("web_archive", b"MIME-Version: 1.0\nContent-Type: multipart/related"),
        ("web_archive", b"From: <Saved by Blink>\r\nSubject: a\r\nMIME-Version: 1.0\r\n"),
        ("xml_2003", b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
    ],
)
def test_what_may_hold_a_table(container: str, head: bytes) -> None:
    assert container_of(head) == container


@pytest.mark.parametrize(
    ("explanation", "head"),
    [
        ("drm_protected", b"SCDSA004" + bytes(40)),
        ("drm_protected", b"SCDSA002" + bytes(40)),
        ("drm_protected", b"<## NASCA DRM FILE - VER1.00 ##>"),
        ("drm_protected", b"\x9b DRMONE  This Document is encrypted and protected by Fasoo DRM"),
        ("drm_protected", b"<!-- FasooSecureContainer - Ver 1 -->"),
        ("drm_protected", b"<DOCUMENT SAFER V2.0>"),
        ("archive", b"7z\xbc\xaf\x27\x1c\x00"),
        ("archive", b"Rar!\x1a\x07\x01\x00"),
        ("archive", b"\x1f\x8b\x08\x00"),
        ("archive", b"ALZ\x01\x0a\x00"),
        ("archive", b"EGGA\x00\x01"),
        ("pdf_or_image", b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n"),
        ("pdf_or_image", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("pdf_or_image", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"),
        ("pdf_or_image", b"GIF89a\x01\x00\x02\x00\x80"),
        ("html_page", b"  \r\n<!DOCTYPE html>\n"),
        ("html_page", b"\xef\xbb\xbf<HTML>"),
        ("html_page", "<html><table>".encode("utf-16")),
        ("not_a_workbook", b"\x7fELF\x02\x01\x01\x00\x00\x00"),
        ("not_a_workbook", bytes(64)),
        ("not_a_workbook", b"a,b\n\x01\x02"),
    ],
)
def test_what_is_refused_at_first_sight(explanation: str, head: bytes) -> None:
    with pytest.raises(ReaderProblem) as caught:
        container_of(head)
    assert caught.value.explanation == explanation
