"""Object stores: a local folder or S3 behind one protocol. The only room that imports boto3.

objects     the protocol, and what it speaks of
folder, s3  its two kinds
client      the one place that makes a client of S3
errors      what went wrong, as this library's errors; wording: in words
receiving   downloads that go on where they were cut off
probe       what a store does with conditional writes, found out by trying
registers   small objects that several processes change, on whatever the probe found
"""

from pathlib import Path

from cs_pipeline.config import S3Access, is_s3
from cs_pipeline.storage import wording
from cs_pipeline.storage.folder import FolderStore
from cs_pipeline.storage.objects import Conditions, ObjectStore, StoredObject
from cs_pipeline.storage.registers import Register
from cs_pipeline.storage.s3 import S3Store

__all__ = [
    "Conditions",
    "FolderStore",
    "ObjectStore",
    "Register",
    "S3Store",
    "StoredObject",
    "open_store",
]


def open_store(uri: str, stores: S3Access) -> ObjectStore:
    """The store at `uri`: a folder path or `s3://bucket/prefix`. Nothing is asked of it yet.

    Raises:
        SettingsError: the address is of another kind, or names no bucket.
    """
    if is_s3(uri):
        return S3Store(uri, stores)
    if "://" in uri:
        raise wording.unsupported_address(uri)
    return FolderStore(Path(uri))
