"""Parquet in an object store: S3 and what speaks as it does, Google's, Azure's.

The keys come from the environment and go to DuckDB as a secret that holds for the lake's place
alone. Nothing here is imported by a lake in a folder.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from warehouse.catalog import quoted
from warehouse.errors import LakeError
from warehouse.extensions import load
from warehouse.files import File

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HTTPFS = "duckdb_extension_httpfs"
AWS = "duckdb_extension_aws"
AZURE = "duckdb_extension_azure"

#: The name of the secret that DuckDB has for a lake's store.
_SECRET = "lake_store"
#: Requests at a time: a store removes one object a request.
_AT_ONCE = 16
#: Where Google's store speaks as S3 does.
_GOOGLE = "https://storage.googleapis.com"
#: What httpfs takes from the environment for all of S3, where questions could read it.
_SETTINGS = ("s3_access_key_id", "s3_secret_access_key", "s3_session_token")


def _set(*names: str) -> str | None:
    """The first of the variables that is set."""
    return next((value for name in names if (value := os.environ.get(name))), None)


@dataclass(frozen=True)
class Access:
    """How a store is reached: its address if it is not the usual one, and the keys that are known
    here; without keys the cloud's own ways to find some are tried."""

    endpoint: str | None = None
    region: str | None = None
    key: str | None = field(default=None, repr=False)
    secret: str | None = field(default=None, repr=False)
    session: str | None = field(default=None, repr=False)

    @property
    def host(self) -> str | None:
        """The endpoint without its scheme."""
        return urlsplit(self.endpoint).netloc if self.endpoint else None

    @property
    def encrypted(self) -> bool:
        return not (self.endpoint or "").startswith("http://")


def access(scheme: str) -> Access:
    """What the environment says of S3 (``s3``) or of Google's store (``gs``, with its HMAC keys).

    Raises ``LakeError`` for an endpoint that is no address of the web.
    """
    if scheme == "gs":
        found = Access(
            _set("STORAGE_EMULATOR_HOST"),
            None,
            _set("GCS_HMAC_KEY_ID"),
            _set("GCS_HMAC_SECRET"),
        )
    else:
        found = Access(
            _set("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
            _set("AWS_REGION", "AWS_DEFAULT_REGION"),
            _set("AWS_ACCESS_KEY_ID"),
            _set("AWS_SECRET_ACCESS_KEY"),
            _set("AWS_SESSION_TOKEN"),
        )
    if found.endpoint and not found.endpoint.startswith(("http://", "https://")):
        raise LakeError(
            f"the endpoint of the store is {found.endpoint!r}: write it with https:// or http://"
        )
    return found


def admit(connection: DuckDBPyConnection, place: str) -> None:
    """Let a DuckDB read and write in the store that a lake's data lie in.

    Raises ``VersionError`` saying what to install, and ``LakeError``.
    """
    import duckdb

    scheme = place.partition("://")[0]
    try:
        if scheme == "az":
            load(connection, AZURE)
            options = _azure()
        else:
            load(connection, HTTPFS)
            for name in _SETTINGS:
                connection.execute(f"RESET {name}")
                connection.execute(f"SET {name} = ''")
            found = access(scheme)
            if found.key is None:
                load(connection, AWS)
            options = _s3(found, "gcs" if scheme == "gs" else "s3")
        told = ", ".join([*options, f"SCOPE {quoted(f'{place}/')}"])
        connection.execute(f"CREATE OR REPLACE TEMPORARY SECRET {_SECRET} ({told})")
    except duckdb.Error as error:
        # its text may quote the statement, and so the keys
        raise LakeError(
            f"the store of {place} cannot be used: {type(error).__name__}; look at the variables "
            "that hold its keys and endpoint (docs/architecture-storage.md)"
        ) from None


def _s3(found: Access, kind: str) -> list[str]:
    options = [f"TYPE {kind}"]
    if found.key is not None:
        options += [f"KEY_ID {quoted(found.key)}", f"SECRET {quoted(found.secret or '')}"]
        if found.session:
            options.append(f"SESSION_TOKEN {quoted(found.session)}")
    else:
        options.append("PROVIDER credential_chain")
    if found.region:
        options.append(f"REGION {quoted(found.region)}")
    if found.host:
        options += [
            f"ENDPOINT {quoted(found.host)}",
            "URL_STYLE 'path'",
            f"USE_SSL {str(found.encrypted).lower()}",
        ]
    return options


def _azure() -> list[str]:
    given = _set("AZURE_STORAGE_CONNECTION_STRING")
    if given:
        return ["TYPE azure", f"CONNECTION_STRING {quoted(given)}"]
    options = ["TYPE azure", "PROVIDER credential_chain"]
    if account := _set("AZURE_STORAGE_ACCOUNT"):
        options.append(f"ACCOUNT_NAME {quoted(account)}")
    return options


@dataclass(frozen=True)
class Store:
    """The files below an address of a store: :class:`warehouse.files.Files`."""

    place: str

    @cached_property
    def _system(self) -> Any:
        from pyarrow import fs

        scheme = self.place.partition("://")[0]
        if scheme == "az":
            return fs.AzureFileSystem(**_azure_account())
        found = access(scheme)
        endpoint = found.endpoint or (_GOOGLE if scheme == "gs" else None)
        return fs.S3FileSystem(
            access_key=found.key,
            secret_key=found.secret,
            session_token=found.session,
            # one that is named may be anywhere; AWS is asked where its bucket is by the SDK
            region=found.region or ("us-east-1" if endpoint else None),
            endpoint_override=urlsplit(endpoint).netloc if endpoint else None,
            scheme="https" if found.encrypted else "http",
        )

    @property
    def _root(self) -> str:
        return self.place.partition("://")[2]

    def prepare(self) -> None:
        """A bucket is made by who pays for it, and a prefix by its first object."""

    def parquet(self, under: str = "") -> list[File]:
        from pyarrow import fs

        base = f"{self._root}/{under}".rstrip("/")
        try:
            listed = self._system.get_file_info(
                fs.FileSelector(base, allow_not_found=True, recursive=True)
            )
        except OSError as error:
            raise self._unreachable(error) from error
        return sorted(
            File(info.path.removeprefix(f"{self._root}/"), info.size, info.mtime.timestamp())
            for info in listed
            if info.type == fs.FileType.File and info.path.endswith(".parquet")
        )

    def remove(self, paths: Iterable[str]) -> None:
        def one(path: str) -> None:
            with contextlib.suppress(FileNotFoundError):
                self._system.delete_file(f"{self._root}/{path}")

        try:
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                list(pool.map(one, paths))
        except OSError as error:
            raise self._unreachable(error) from error

    def read(self, path: str) -> AbstractContextManager[BinaryIO]:
        stream: AbstractContextManager[BinaryIO] = self._system.open_input_file(
            f"{self._root}/{path}"
        )
        return stream

    def write(self, path: str, stream: BinaryIO) -> None:
        # all of it first: a stream to a store that fails halfway leaves half an object
        content = stream.read()
        with self._system.open_output_stream(f"{self._root}/{path}") as written:
            written.write(content)

    def _unreachable(self, error: OSError) -> LakeError:
        return LakeError(f"the store of {self.place} cannot be used: {error}")


def _azure_account() -> dict[str, str]:
    """The account, and its key if there is one, as pyarrow takes them. Raises ``LakeError``."""
    given = _set("AZURE_STORAGE_CONNECTION_STRING") or ""
    parts = dict(part.partition("=")[::2] for part in given.split(";") if part)
    account = parts.get("AccountName") or _set("AZURE_STORAGE_ACCOUNT")
    if not account:
        raise LakeError(
            "a lake in Azure takes AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_ACCOUNT and "
            "a way to sign in"
        )
    found = {"account_name": account}
    if key := parts.get("AccountKey"):
        found["account_key"] = key
    if (endpoint := parts.get("BlobEndpoint")) and (address := urlsplit(endpoint)).netloc:
        found |= {"blob_storage_authority": address.netloc, "blob_storage_scheme": address.scheme}
    return found
