"""Answers by mail: what somebody wrote, without the mail that it answers, quoted below."""

import re

_LINE = r"(?:\A|\n)[ \t]*"
_INTRODUCED = re.compile(
    rf"{_LINE}(?:On [^\n]{{6,160}}(?:\n[^\n]{{0,80}})?wrote"
    r"|\d{4}\s*[년./-][^\n]{6,160}(?:작성|썼습니다|쓰셨습니다))\s*[:：]?[ \t]*(?=\n|\Z)",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"-{2,}\s*(?:original\s+message|forwarded\s+message|원본\s*(?:메시지|메일)|원문\s*(?:메시지|메일)?"
    r"|전달된\s*(?:메시지|메일))\s*-{2,}"
    rf"|{_LINE}(?:from|보낸\s*(?:사람|이))\s*[:：](?:[^\n]*\n){{1,3}}?"
    r"[ \t]*(?:sent|date|보낸\s*(?:날짜|일시)|날짜)\s*[:：]",
    re.IGNORECASE,
)
_QUOTED = re.compile(rf"{_LINE}>[^\n]*")
_SIGNS = re.compile(r"(?:>\s*)+")


def own_words(text: str) -> str:
    """The text as far as a mail that is quoted in it.

    Where the answer stands below what it quotes (lines that begin with `>`), it is what is left. A
    text that is nothing but somebody else's mail stays as it is.
    """
    if "\n" not in text and "--" not in text:  # quick, since every cell asks
        return text
    plain = text.replace("_x000D_", "").replace("\r\n", "\n")
    began = _beginning(plain)
    if began is None:
        return text
    above = plain[:began].strip()
    if above:
        return above
    below = _QUOTED.sub("", _INTRODUCED.sub("", plain, count=1)).strip()
    return below if below != plain.strip() and not _BEGINS.search(below) else text


def quoted_lines(text: str) -> list[str]:
    """The lines of the mail that a text quotes, without the signs in front of them; [] for none."""
    plain = text.replace("_x000D_", "").replace("\r\n", "\n")
    began = _beginning(plain)
    if began is None:
        return []
    quoted = [line.strip() for line in plain[began:].split("\n")]
    return [_SIGNS.sub("", line, count=1) for line in quoted if line.startswith(">")] or quoted


def _beginning(plain: str) -> int | None:
    """Where the mail that is quoted begins."""
    found = (_BEGINS.search(plain), _INTRODUCED.search(plain))
    return min((match.start() for match in found if match), default=None)
