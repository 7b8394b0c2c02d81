"""Addresses of stores: a folder or `s3://bucket/prefix`."""

from typing import Annotated

from pydantic import AfterValidator

_S3 = "s3://"


def is_s3(uri: str) -> bool:
    """True for `s3://bucket/prefix`."""
    return uri.startswith(_S3)


def _checked(uri: str) -> str:
    if is_s3(uri) and not uri.removeprefix(_S3).partition("/")[0]:
        raise ValueError("the address names no bucket, write s3://bucket/prefix")
    if "://" in uri and not is_s3(uri):
        raise ValueError("only folders and s3://bucket/prefix are supported")
    return uri


StoreAddress = Annotated[str, AfterValidator(_checked)]
"""A folder, `s3://bucket/prefix`, or empty."""
