"""Cells of an .xlsx whose text is struck through: which styles do so, and where they are used."""

import re
import zipfile

_STYLES, _MOST_BYTES = "xl/styles.xml", 8 * 1024**2
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|(?<!/)>.*?</(?:\w+:)?font>)", re.DOTALL)
STRIKE = re.compile(rb"<(?:\w+:)?strike\b(?![^>]*\bval\s*=\s*[\"'](?:0|false)[\"'])")
_STYLES_OF_CELLS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_FONT_OF = re.compile(rb"\bfontId\s*=\s*[\"'](\d+)[\"']")


def struck_cells(archive: zipfile.ZipFile) -> re.Pattern[bytes] | None:
    """What finds the letters and the row of each struck cell in a sheet's XML; None: none is."""
    if _STYLES not in archive.namelist() or archive.getinfo(_STYLES).file_size > _MOST_BYTES:
        return None
    xml = archive.read(_STYLES)
    fonts, styles = _FONTS.search(xml), _STYLES_OF_CELLS.search(xml)
    if fonts is None or styles is None or STRIKE.search(fonts[0]) is None:
        return None
    struck = {number for number, font in enumerate(_FONT.findall(fonts[0])) if STRIKE.search(font)}
    numbers = [
        b"%d" % number
        for number, style in enumerate(_STYLE.findall(styles[0]))
        if (font_of := _FONT_OF.search(style)) and int(font_of[1]) in struck
    ]
    if not numbers:
        return None
    return re.compile(
        rb"<(?:\w+:)?c\s(?=[^>]*\bs\s*=\s*[\"'](?:" + b"|".join(numbers) + rb")[\"'])"
        rb"[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>"
    )
