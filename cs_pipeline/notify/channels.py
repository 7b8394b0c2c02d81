"""Channels: the only place that knows the library that reaches them, and their addresses."""

import logging
import re
from collections.abc import Iterable
from typing import Self

from cs_pipeline.config import NotifyChannel, NotifyKind
from cs_pipeline.language import Words, current_language
from cs_pipeline.notify import wording
from cs_pipeline.notify.messages import Level

_STATUS = re.compile(r"error=(\d{3})\b")


class Channel:
    """One place that messages go to.

    Args:
        declared: its address and filters.
        number: its place in the setting, from 1.
    """

    def __init__(self, declared: NotifyChannel, number: int) -> None:
        self._declared = declared
        self._number = number

    @property
    def name(self) -> str:
        """Which one it is, without a word of its address but the kind: `2 jsons`."""
        scheme, separator, _ = self._declared.url.get_secret_value().partition("://")
        known = separator and re.fullmatch(r"[a-z0-9]{1,20}", scheme)
        return f"{self._number} {scheme}" if known else f"{self._number} ?"

    def takes(self, kind: NotifyKind) -> bool:
        """Whether messages of this kind go there."""
        return not self._declared.kinds or kind in self._declared.kinds

    def problem(self) -> Words | None:
        """Why its address cannot be used; None: it can. Nothing is sent."""
        import apprise

        with _Quiet():
            usable = apprise.Apprise().add(self._declared.url.get_secret_value())
        return None if usable else wording.unusable_address(self._number)

    def send(self, words: Words, link: str, level: Level) -> Words | None:
        """Send; returns why that failed, None: it did not. Raises nothing."""
        import apprise

        language = self._declared.language or current_language()
        said = words.en if language == "en" else words.ko
        body = f"{said}\n{link}" if link else said
        with _Quiet() as heard:
            try:
                messenger = apprise.Apprise()
                if not messenger.add(self._declared.url.get_secret_value()):
                    return wording.unusable_address(self._number)
                sent = messenger.notify(
                    body=body, notify_type=level, body_format=apprise.NotifyFormat.TEXT
                )
            except Exception as error:  # a library of 130 services; none may end a run
                return wording.no_answer(type(error).__name__)
        return None if sent else _failure(heard.lines)


def channels(declared: Iterable[NotifyChannel]) -> list[Channel]:
    """Those of the setting, in its order."""
    return [Channel(one, number) for number, one in enumerate(declared, start=1)]


def _failure(lines: Iterable[str]) -> Words:
    """What the library said of a failure, as far as that can hold no address."""
    for line in lines:
        if found := _STATUS.search(line):
            return wording.answered_with(int(found[1]))
    return wording.no_answer()


class _Quiet(logging.Handler):
    """Keeps what is logged on the way out of every log: addresses hold tokens.

    What the library itself warned of is in `lines`.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self._library = logging.getLogger("apprise")
        self._transport = logging.getLogger("urllib3.connectionpool")

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def __enter__(self) -> Self:
        self._propagated, self._library.propagate = self._library.propagate, False
        self._library.addHandler(self)
        self._transport.addFilter(_nothing)
        return self

    def __exit__(self, *_: object) -> None:
        self._transport.removeFilter(_nothing)
        self._library.removeHandler(self)
        self._library.propagate = self._propagated


def _nothing(_: logging.LogRecord) -> bool:
    return False
