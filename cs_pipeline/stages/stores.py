"""Whether the stores can be relied on, asked before work is begun that needs them."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from cs_pipeline.config import is_s3
from cs_pipeline.stages.installation import Installation
from cs_pipeline.storage import ObjectStore
from cs_pipeline.storage.probe import PROBES

_LAST_CHECKED = f"{PROBES}last-checked"


def check_stores(installation: Installation) -> None:
    """Make sure that the stores of this installation are there, writable, and keep to conditions.

    The first look at an endpoint tries its conditional writes. A folder needs no look.

    Raises:
        SettingsError: an address or a file of the settings cannot be used.
        StorageError: a store is out of reach, refuses the key, or ignores conditions.
    """
    settings = installation.settings
    for uri in sorted({settings.store, settings.model_store_uri, settings.checkpoint_store}):
        if is_s3(uri):
            store = installation.open_store(uri)
            store.conditions()
            overwrite(store, _LAST_CHECKED, f"{datetime.now(UTC).isoformat()}\n".encode())


def overwrite(store: ObjectStore, key: str, data: bytes) -> None:
    """Store these bytes, replacing what is there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data"
        path.write_bytes(data)
        store.upload(path, key)
