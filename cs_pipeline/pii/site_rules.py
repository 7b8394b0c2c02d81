"""What a site adds to the rules: allow list, deny list and patterns, as YAML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cs_pipeline.pii.rules import Found, Rule


@dataclass(frozen=True, slots=True)
class SiteRules:
    """A site's own lists and patterns."""

    rules: tuple[Rule, ...] = ()

    def find(self, text: str) -> Iterator[Found]:
        """Findings of the deny list and the patterns in normalised text."""
        for rule in self.rules:
            yield from rule.find(text)

    def allowed(self, text: str) -> Sequence[tuple[int, int]]:
        """Stretches of normalised text that stay as they are."""
        return ()
