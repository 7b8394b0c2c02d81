"""Stores: in reach, with the needed rights, keeping to conditions, with the same time of day."""

import secrets
from collections.abc import Iterator

from cs_pipeline.doctor import wording
from cs_pipeline.doctor.diagnosis import Diagnosis
from cs_pipeline.errors import CsPipelineError, StoreDenied
from cs_pipeline.storage import ObjectStore, S3Store
from cs_pipeline.storage.probe import PROBES

CLOCK_WARNING_SECONDS = 60
CLOCK_PROBLEM_SECONDS = 600
"""Stores refuse requests whose time is off by 900 s."""


def look_at_store(store: ObjectStore) -> Iterator[Diagnosis]:
    """What can be found out about a store that is written to; what is tried leaves no trace.

    The outcome of the conditional writes is kept in its marker.
    """
    if not isinstance(store, S3Store):
        return
    try:
        yield _clock(store)
    except CsPipelineError as error:  # without this one, no other question makes sense
        yield Diagnosis.of_error("store.reach", error)
        return
    for check, look in (("store.rights", _rights), ("store.conditions", _conditions)):
        try:
            yield look(store)
        except CsPipelineError as error:
            asked = store.asks_for_encryption and not isinstance(error, StoreDenied)
            words = wording.perhaps_encryption(error.words) if asked else error.words
            yield Diagnosis.problem(check, words)
            return


def look_at_inbox(store: ObjectStore) -> Iterator[Diagnosis]:
    """The same for a store that exports are fetched from; nothing is written to it."""
    try:
        if isinstance(store, S3Store):
            yield _clock(store)
        store.list_objects()
    except CsPipelineError as error:
        yield Diagnosis.of_error("inbox.reach", error)
    else:
        yield Diagnosis.ok("inbox.rights", wording.store_listed(store.uri))


def _clock(store: S3Store) -> Diagnosis:
    ahead = store.clock_difference_seconds()
    if ahead is not None and abs(ahead) > CLOCK_WARNING_SECONDS:
        words = wording.clocks_apart(store.uri, ahead)
        if abs(ahead) > CLOCK_PROBLEM_SECONDS:
            return Diagnosis.problem("store.clock", words)
        return Diagnosis.warning("store.clock", words)
    return Diagnosis.ok("store.reach", wording.store_reachable(store.uri, ahead))


def _conditions(store: S3Store) -> Diagnosis:
    return Diagnosis.ok("store.conditions", wording.store_conditions(store.uri, store.probe()))


def _rights(store: S3Store) -> Diagnosis:
    key, data = f"{PROBES}doctor-{secrets.token_hex(8)}", secrets.token_bytes(64)
    store.list_objects(PROBES)
    store.write_if(key, data, expected_etag=None)
    try:
        came_back = store.read(key)[0] == data
    finally:
        store.delete(key)
    if not came_back:
        return Diagnosis.problem("store.rights", wording.store_damages(store.uri))
    return Diagnosis.ok("store.rights", wording.store_rights(store.uri))
