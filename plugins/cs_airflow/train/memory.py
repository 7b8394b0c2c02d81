"""Amounts of memory as Kubernetes writes them."""

_MEBIBYTES = {"Mi": 1, "Gi": 1024, "Ti": 1024 * 1024}


def doubled(memory: str, limit: str) -> str | None:
    """Twice as much, no more than `limit`; None where that would not be more.

    Args:
        memory: an amount such as `16Gi`.
        limit: the most that may be asked for.
    """
    if _mebibytes(memory) >= _mebibytes(limit):
        return None
    twice = f"{2 * int(memory[:-2])}{memory[-2:]}"
    return twice if _mebibytes(twice) <= _mebibytes(limit) else limit


def _mebibytes(memory: str) -> int:
    return int(memory[:-2]) * _MEBIBYTES[memory[-2:]]
