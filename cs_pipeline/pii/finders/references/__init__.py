"""Numbers of a person's documents, contracts, orders, parcels and devices, and licence plates.

The word that names a number decides (`named`), or a shape of its own (`shapes`, `plates`); over the
phone it may come in parts, a turn each (`turns`).

Sources of the formats: passport and driving licence numbers as printed by the Ministry of Foreign
Affairs (M12345678, from 2021 M123A4567) and the National Police Agency (RR-YY-NNNNNN-CC), customs
clearance codes of the Korea Customs Service (P and twelve digits), UPU S10 (EE123456789KR), 3GPP TS
23.003 (IMEI), ITU-T E.118 (ICCID), IEEE 802 (MAC), RFC 9562 (UUID), Apple (UDID).
"""

import re
from collections.abc import Iterator
from itertools import chain

from cs_pipeline.pii.finders.references import further, named, plates, shapes, turns
from cs_pipeline.pii.rules import Found, compiled

_LISTED = frozenset({"ORDER", "TRACKING", "MEMBER_NO"})
_LEAST_LISTED = 8
_GAP = re.compile(r"[^\d#\n]{1,12}(?=\d)")
_FIGURE = re.compile(r"\d")
_GOES_ON = re.compile(r"[\dA-Za-z]|[-.,]\d|\s?[원개]")
# A figure, two number words, or a letter, also by its name: no finding is without one of them.
_TRIGGER = """(?-i:
    [0-9A-Za-z공영빵일이삼사오육륙칠팔구십백큐엠엘엔엑]
    (?: (?<= [0-9A-Za-z큐] ) | [ ]? [0-9공영빵일이삼사오육륙칠팔구십백]
      | (?<= 엑 ) 스 | (?<= [엠엘엔] ) [ ] [큐엠엘엔피티씨알에케제브와더] )
)"""


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    if not compiled(_TRIGGER).search(text):
        return
    for one in chain(
        plates.find(text),
        named.NAMED.find(text),
        shapes.find(text),
        further.find(text),
        turns.find(text),
    ):
        yield one
        if one.entity_type in _LISTED:
            yield from _beside(text, one)


def _beside(text: str, one: Found) -> Iterator[Found]:
    """A number of the same form right behind one that was found: `3100048271936이랑 3100048271944`."""
    value = text[one.start : one.end]
    if sum(map(str.isdigit, value)) < _LEAST_LISTED:
        return
    gap = _GAP.match(text, one.end)
    start, end = (gap.end(), gap.end() + len(value)) if gap else (0, 0)
    follows = text[start:end]
    alike = follows and _FIGURE.sub("0", follows) == _FIGURE.sub("0", value)
    if alike and not _GOES_ON.match(text, end):
        yield Found(start, end, one.entity_type, 0.6, f"{one.entity_type.lower()}.listed")
