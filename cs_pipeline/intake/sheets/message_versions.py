"""Messages that were edited after they were sent: a log's rows of each version of them."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.speakers import is_yes

_IDS = re.compile(
    "(?:메시지|메세지|발화|댓글|message|msg|comment|utterance|event|reply)"
    "(?:id|아이디|번호|no|key|seq|number)"
)
_VERSIONS = re.compile(
    "(?:메시지|수정|편집|개정|message|msg|edit)?(?:버전|version|ver|revision|rev)(?:번호|no|number)?"
    "|(?:수정|편집)(?:차수|횟수|회차)|edit(?:no|count|number)"
)
_EDITS = re.compile(
    "(?:is|was)?(?:edited|modified)(?:yn|flag|at|on|date|time)?"
    "|(?:수정|편집)(?:됨|여부|유무|yn|일시|일자|시각|시간)?"
)
_NOT_EDITED = frozenset(("", "null", "none", "-"))
_VERSION = re.compile(r"v?(\d{1,4})(?:\.0)?", re.IGNORECASE)


class MessageVersions(NamedTuple):
    """The columns of a message's id and of the number of its version.

    Where it `says_edited`, that one tells by a yes or a time that a row is a later version.
    """

    identity: int
    version: int
    says_edited: bool = False

    def of(self, row: tuple[str, ...]) -> tuple[str, int]:
        """The message's id and the number of its version in the row, -1 where it has none."""
        cell = cell_at(row, self.version).strip()
        if self.says_edited:
            is_edited = is_yes(cell) is not False and cell.casefold() not in _NOT_EDITED
            return cell_at(row, self.identity).strip(), int(is_edited)
        found = _VERSION.fullmatch(cell)
        return cell_at(row, self.identity).strip(), int(found[1]) if found else -1


def message_versions(
    headings: Sequence[Heading], body: Body, taken: set[int], speaker: int
) -> MessageVersions | None:
    """The columns that tell versions of one message; None where there are none.

    Each row has both, no version of a message comes twice, one says all of them (in the column
    `speaker`), and some messages have several, but most have one.
    """
    told = [(version, False) for version in _named(headings, _VERSIONS.fullmatch, taken)]
    told += [(version, True) for version in _named(headings, _EDITS.fullmatch, taken)]
    for version, says_edited in told:
        for identity in _named(headings, _IDS.fullmatch, taken | {version}):
            found = MessageVersions(identity, version, says_edited)
            if _tell_versions(found, [row for row in body.rows if any(row)], speaker):
                return found
    return None


def _tell_versions(columns: MessageVersions, rows: Sequence[tuple[str, ...]], speaker: int) -> bool:
    versions: dict[str, list[int]] = defaultdict(list)
    speakers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        identity, version = columns.of(row)
        again = version in versions[identity] and not (columns.says_edited and version)
        if not identity or version < 0 or again:
            return False
        versions[identity].append(version)
        speakers[identity].add(cell_at(row, speaker).strip())
    several = [identity for identity, found in versions.items() if len(found) > 1]
    return 0 < 2 * len(several) <= len(versions) and all(
        len(speakers[identity]) == 1 for identity in several
    )


def _named(
    headings: Sequence[Heading], names: Callable[[str], object], taken: set[int]
) -> list[int]:
    return [
        column
        for column, heading in enumerate(headings)
        if column not in taken and any(map(names, heading))
    ]
