"""What a withdrawal is about: which exports, conversations, rows, versions, runs and models."""

import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from cs_pipeline.errors import NothingFound, SettingsError
from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.records import Exchange
from cs_pipeline.stages.forgetting import wording
from cs_pipeline.stages.installation import Installation

_log = logging.getLogger(__name__)

_LEAST_PREFIX = 8
_DIGEST_CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to be withdrawn, in that person's words. Unmasked: memory only.

    Args:
        exports: sha256, its first characters, or file name.
        conversations: ids as the exports have them.
        digests: of masked values, as `digests_of` gives them.
        later: what is found nowhere now is refused when it comes.
    """

    exports: tuple[str, ...] = field(default=(), repr=False)
    conversations: tuple[str, ...] = field(default=(), repr=False)
    digests: tuple[str, ...] = ()
    later: bool = False


def masker_of(salt: str) -> ConversationMasker:
    """What makes digests of conversations under a salt."""
    return ConversationMasker(salt=salt)


def any_row(conversation_id: str) -> Exchange:
    """A row of a conversation, of which nothing else is known."""
    return Exchange("", "", "", "", "", conversation_id=conversation_id)


class Scope:
    """Finds what a withdrawal is about. Looks only; nothing is changed.

    Raises:
        SettingsError: several exports go by a name; something is not a digest.
        NothingFound: an export, a conversation or a value is nowhere in the data, was not
            withdrawn before, and is not to be refused later.
        DatasetError: a shard or a file of digests is missing or changed.
    """

    def __init__(self, installation: Installation, wanted: Wanted) -> None:
        self._installation = installation
        self.wanted = wanted
        shards = {
            shard.export_sha256: shard
            for manifest in installation.versions.all()
            for shard in manifest.shards
        }
        self.names = {
            refused["sha256"]: refused["name"]
            for refused in installation.quarantine.refused_exports()
        } | {sha256: shard.export_name for sha256, shard in shards.items()}
        self._origins = {sha256: shard.origin_sha256 or sha256 for sha256, shard in shards.items()}
        self.values = frozenset(map(_digest, wanted.digests))
        named = {self._resolve(place, name) for place, name in enumerate(wanted.exports, start=1)}
        self.exports = frozenset(
            sha256 for sha256 in self.names if named & {sha256, self._origins.get(sha256, sha256)}
        )
        self._refuse_unknown()

    @cached_property
    def rows(self) -> dict[str, dict[str, int]]:
        """Rows of the dataset by export and digest of the conversation (`""`: all of it)."""
        from cs_pipeline.dataset.withdraw import rows_to_go

        return rows_to_go(self._installation.versions, self.exports, self.of_export)

    def of_export(self, export_sha256: str) -> Collection[str]:
        """The conversations to take out of an export, as digests that its shard knows.

        The conversations of a correction are those of the export that it corrects.
        """
        found = set(self._digests_by_id(export_sha256))
        if self.values:
            values = self._installation.masked_values
            found |= values.conversations_with(export_sha256, self.values)
        return found

    @cached_property
    def refused(self) -> "dict[Path, set[tuple[str, int, tuple[str, ...]]]]":
        """Lines of workbooks of refused rows, by workbook; those of whole exports left out."""
        from cs_pipeline.stages.refused_lines import RefusedLines

        if not self.wanted.conversations and not self.values:
            return {}
        finder = RefusedLines(self._installation, self)
        found = {path: finder.lines_in(path) for path in finder.workbooks()}
        return {path: lines for path, lines in found.items() if lines}

    @cached_property
    def refused_exports(self) -> set[str]:
        """Exports of which refused rows are to go."""
        from cs_pipeline.quality.refused_workbooks import origin_of

        return {origin for path in self.refused if (origin := origin_of(path))}

    @property
    def originals(self) -> set[str]:
        """Exports whose originals hold what goes and stay: those corrected by others among them."""
        concerned = {*self.rows, *self.refused_exports}
        return (concerned | {self._origins.get(one, one) for one in concerned}) - self.exports

    @cached_property
    def versions(self) -> frozenset[str]:
        """Dataset versions that ever held one of the exports."""
        from cs_pipeline.dataset.withdraw import holding

        return frozenset(holding(self._installation.versions, {*self.rows, *self.exports}))

    def is_wanted(self, export_sha256: str) -> Callable[[Exchange], bool]:
        """Whether a row of an export belongs to a conversation that is to go."""
        digests = frozenset(self.of_export(export_sha256))
        masker = self._masker(export_sha256)
        return lambda exchange: masker.digest(exchange) in digests

    def _masker(self, export_sha256: str) -> ConversationMasker:
        origin = self._origins.get(export_sha256, export_sha256)
        return masker_of(self._installation.secret + origin)

    def _digests_by_id(self, export_sha256: str) -> list[str]:
        masker = self._masker(export_sha256)
        return [masker.digest(any_row(one)) for one in self.wanted.conversations]

    def _refuse_unknown(self) -> None:
        if not self.wanted.later and (missing := list(self._unknown())):
            raise NothingFound.of(wording.not_found(missing))

    def _unknown(self) -> Iterator[str]:
        """Options and their number, such as `--conversation #2`; never what they name."""
        ids, values = self.wanted.conversations, self.wanted.digests
        if not ids and not values:
            return
        forgotten = self._installation.forgotten
        masker, known = masker_of(self._installation.secret), forgotten.conversations()
        cells = {cell for lines in self.refused.values() for *_, row in lines for cell in row}
        for place, conversation in enumerate(ids):
            held = any(self._digests_by_id(sha)[place] in rows for sha, rows in self.rows.items())
            refused = conversation.strip() in cells
            if not held and not refused and masker.digest(any_row(conversation)) not in known:
                yield f"--conversation #{place + 1}"
        for place, digest in enumerate(map(_digest, values)):
            if digest not in forgotten.values() and not self._holds(digest, cells):
                yield f"--contains-digest #{place + 1}"

    def _holds(self, digest: bytes, cells: Collection[str]) -> bool:
        values = self._installation.masked_values
        mentioned = partial(values.mentioned_in, digests={digest})
        return any(values.conversations_with(sha256, {digest}) for sha256 in self.rows) or any(
            map(mentioned, cells)
        )

    def _resolve(self, place: int, wanted: str) -> str:
        lower = wanted.lower()
        found = [
            sha256
            for sha256, name in self.names.items()
            if name == wanted or (len(wanted) >= _LEAST_PREFIX and sha256.startswith(lower))
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            raise NothingFound.of(wording.not_found([f"--export #{place}"]))
        raise SettingsError.of(wording.several_exports(len(found), _LEAST_PREFIX))


def _digest(text: str) -> bytes:
    try:
        digest = bytes.fromhex(text)
    except ValueError:
        digest = b""
    if 2 * len(digest) != _DIGEST_CHARACTERS:
        raise SettingsError.of(wording.no_digest(_DIGEST_CHARACTERS))
    return digest
