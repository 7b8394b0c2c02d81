"""Digests of masked values on their way to a trainer: AES-256-GCM, bound to run and dataset.

A sealed file is `CSD1`, a nonce of 12 bytes and the encrypted digests. They can only be compared
with what a model says by somebody who has the installation's secret; it is inside.
"""

import base64
import binascii
import os

from pydantic import SecretStr

from cs_pipeline.handover.wording import digests_sealed, no_key
from cs_pipeline.masked.digests import DigestSet

_MARK, _NONCE_BYTES, _KEY_BYTES = b"CSD1", 12, 32


def sealing_key(secret: SecretStr | None) -> bytes:
    """The key that a setting holds.

    Raises:
        SettingsError: it is missing, or not 32 bytes in base64.
    """
    text = secret.get_secret_value() if secret else ""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise no_key()
    return key


def seal(digests: DigestSet, key: bytes, *, run_id: str, dataset_sha256: str) -> bytes:
    """The digests, readable only with the key and for this run and dataset."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    bound = _MARK + _bound(run_id, dataset_sha256)
    return _MARK + nonce + AESGCM(key).encrypt(nonce, digests.to_bytes(), bound)


def unseal(data: bytes, key: bytes, *, run_id: str, dataset_sha256: str) -> DigestSet:
    """What `seal` made.

    Raises:
        DamagedObject: another key, another run or dataset, or damaged.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(_MARK)
    nonce, rest = data[start : start + _NONCE_BYTES], data[start + _NONCE_BYTES :]
    bound = data[:start] + _bound(run_id, dataset_sha256)
    try:
        plain = AESGCM(key).decrypt(nonce, rest, bound)
    except (InvalidTag, ValueError):
        raise digests_sealed() from None
    return DigestSet.from_bytes(plain)


def _bound(run_id: str, dataset_sha256: str) -> bytes:
    return f"{run_id}\0{dataset_sha256}".encode()
