"""Numbers of a person's documents, contracts, orders, parcels and devices, and licence plates.

The word that names a number decides (`named`), or a shape of its own (`shapes`, `plates`); over the
phone it may come in parts, a turn each (`turns`).

Sources of the formats: passport and driving licence numbers as printed by the Ministry of Foreign
Affairs (M12345678, from 2021 M123A4567) and the National Police Agency (RR-YY-NNNNNN-CC), customs
clearance codes of the Korea Customs Service (P and twelve digits), UPU S10 (EE123456789KR), 3GPP TS
23.003 (IMEI), ITU-T E.118 (ICCID), IEEE 802 (MAC), RFC 9562 (UUID), Apple (UDID).
"""

from collections.abc import Iterator
from itertools import chain

from cs_pipeline.pii.finders.references import further, named, plates, shapes, turns
from cs_pipeline.pii.rules import Found, compiled

# A figure, two number words, or a letter, also by its name: no finding is without one of them.
_TRIGGER = """(?-i:
    [0-9A-Za-z공영빵일이삼사오육륙칠팔구십백큐엠엘엔엑]
    (?: (?<= [0-9A-Za-z큐] ) | [ ]? [0-9공영빵일이삼사오육륙칠팔구십백]
      | (?<= 엑 ) 스 | (?<= [엠엘엔] ) [ ] [큐엠엘엔피티씨알에케제브와더] )
)"""


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    if compiled(_TRIGGER).search(text):
        yield from chain(
            plates.find(text),
            named.NAMED.find(text),
            shapes.find(text),
            further.find(text),
            turns.find(text),
        )
