"""Where a lake lies, as a person writes it: the one place that knows which addresses there are.

A lake's address is a folder, or a database of PostgreSQL (``postgres://user@host/news``, as libpq
writes it) with the place of its Parquet files and a folder on this machine. A password in it is
kept, and shown by nothing here. Other kinds are known by their scheme and refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode

from warehouse.errors import AddressError

#: A scheme of two letters or more (one is a drive) and a slash: pathlib makes one of two slashes.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://?")
_HOST = r"(?:\[[0-9A-Fa-f:.%]+\]|[^@:/?#,\[\]]*)(?::\d*)?"
#: User and password, hosts with ports, and the name of a database, as libpq reads them.
_DATABASE = re.compile(
    r"(?:(?P<user>[^@:/?#]*)(?::(?P<password>[^@/?#]*))?@)?"
    rf"(?P<hosts>{_HOST}(?:,{_HOST})*)"
    r"(?:/(?P<name>[^/?#]*))?(?:\?(?P<query>[^#]*))?"
)
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,51}")

POSTGRES = ("postgres", "postgresql")
#: The object stores that a lake's Parquet may lie in.
STORES = ("s3", "gs", "az")
#: The schema that a lake's catalog is in, unless the address names one (``?schema=``).
SCHEMA = "dateline"
#: The folder on this machine of a lake in a database, unless one is named.
HOME = Path("dateline")

#: Parameters of libpq that are secret.
_SECRET = ("password", "sslpassword")
_MASK = "***"
_IN_A_STORE = "the catalog lies in a folder or in PostgreSQL, and only the data may lie in a store"
#: Why there can be no lake at an address of a scheme that is known.
_WHY = {
    "mysql": "a catalog in MySQL is not supported",
    **dict.fromkeys(("s3", "gs", "gcs", "r2", "az", "azure", "abfss"), _IN_A_STORE),
    **dict.fromkeys(("http", "https"), "a lake is not read over the web"),
    "file": "a folder is written without file://",
}


@dataclass(frozen=True)
class Database:
    """A database of PostgreSQL and the schema in it that the catalog of a lake is in.

    ``uri`` is what libpq takes, without a password; as text it has the schema too, and is what a
    person may give again.
    """

    uri: str
    schema: str = SCHEMA
    password: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        if self.schema == SCHEMA:
            return self.uri
        return f"{self.uri}{'&' if '?' in self.uri else '?'}schema={self.schema}"


@dataclass(frozen=True)
class Address:
    """Where a lake lies: a folder, or a database with what belongs to it.

    ``home`` is a folder on this machine: the lake's own, or that for the logs, reports and spills
    of a lake in a database. ``data`` is where the Parquet of such a lake is to lie: a folder, or
    ``s3://bucket/prefix`` and the like; None if its catalog says so. As text an address is what a
    person wrote, without a password.
    """

    home: Path
    database: Database | None = None
    data: str | None = None

    def __str__(self) -> str:
        return str(self.home if self.database is None else self.database)

    def absolute(self) -> Address:
        """The address, right in any working directory."""
        return replace(self, home=self.home.expanduser().absolute())


def is_folder(address: str | Path) -> bool:
    """Whether an address is a path, and not one with a scheme such as ``postgres://``."""
    return _SCHEME.match(str(address)) is None


def has_password(address: str | Path) -> bool:
    """Whether there is a secret in an address: it may be in no list of processes."""
    if is_folder(address):
        return False
    _, _, rest = str(address).partition(":/")
    named = {name.lower() for name, _ in parse_qsl(rest.partition("?")[2], keep_blank_values=True)}
    return ":" in rest.rpartition("@")[0] or not named.isdisjoint(_SECRET)


def read(
    given: str | Path | Address,
    data: str | Path | None = None,
    home: str | Path | None = None,
) -> Address:
    """The address that a person gave; raises ``AddressError`` for one that there can be no lake at,
    and for ``data`` or ``home`` of a lake in a folder."""
    if isinstance(given, Address):
        if given.database is None or (data is None and home is None):
            return _folder(given.home, data, home) if given.database is None else given
        place = given.data if data is None else data_place(data)
        return Address(given.home if home is None else Path(home), given.database, place)
    schemed = _SCHEME.match(str(given))
    if schemed is None:
        return _folder(Path(given), data, home)
    scheme, rest = schemed[1].lower(), str(given)[schemed.end() :].lstrip("/")
    if scheme not in POSTGRES:
        why = _WHY.get(scheme, f"{schemed[1]}:// is not supported")
        raise AddressError(
            f"there can be no lake in {_masked(schemed[1], rest)}: {why}; name a folder, such as "
            "/data/lake, or a database, such as postgres://user@host/news"
        )
    if str(given)[schemed.end() :].startswith("/"):
        rest = f"/{rest}"  # no host, as in postgres:///news
    place = None if data is None else data_place(data)
    return Address(HOME if home is None else Path(home), _database(schemed[1], rest), place)


def data_place(given: str | Path) -> str:
    """Where Parquet is to lie, as a person wrote it: a folder, absolute, or the address of a
    store without a slash at its end. Raises ``AddressError`` for another address."""
    text = str(given)
    schemed = _SCHEME.match(text)
    if schemed is None:
        return str(Path(text).expanduser().resolve())
    scheme, rest = schemed[1].lower(), text[schemed.end() :].strip("/")
    if scheme not in STORES:
        raise AddressError(
            f"the data of a lake cannot lie in {_masked(schemed[1], rest)}: name a folder that all "
            f"who use the lake see, or a store: {', '.join(f'{one}://...' for one in STORES)}"
        )
    if not rest or set(rest) & set("@?#*[]") or any(part in ("", "..") for part in rest.split("/")):
        raise AddressError(
            f"{_masked(schemed[1], rest)} is no place for the data of a lake: write it like "
            f"{scheme}://bucket/prefix; keys are taken from the environment"
        )
    return f"{scheme}://{rest}"


def _folder(home: Path, data: str | Path | None, home_too: str | Path | None) -> Address:
    odd = [name for name, value in (("data", data), ("home", home_too)) if value is not None]
    if odd:
        raise AddressError(
            f"{' and '.join(odd)} cannot be set for the lake in {home}: a lake in a folder has "
            "everything there. They belong to a lake in a database, such as postgres://user@host/"
            "news"
        )
    return Address(home)


def _database(scheme: str, rest: str) -> Database:
    """Raises ``AddressError``, whose message quotes nothing that could be a password's part."""
    match = _DATABASE.fullmatch(rest)
    if match is None:
        raise AddressError(
            f"{_masked(scheme, rest)} is no address of a database: write it like postgres://"
            "user@host:5432/news or postgres://?service=news; in a name or a password @ : / ? # "
            "and % are written %40 %3A %2F %3F %23 %25"
        )
    pairs = dict(parse_qsl(match["query"] or "", keep_blank_values=True))
    schema = pairs.pop("schema", SCHEMA)
    if not _SCHEMA.fullmatch(schema):
        raise AddressError(
            "the schema of a lake is named with small letters, digits and _, at most 52 of them: "
            f"{schema!r} is not"
        )
    password = unquote(match["password"]) if match["password"] else pairs.pop("password", None)
    if "sslpassword" in pairs:
        raise AddressError("sslpassword cannot stand in the address of a lake: name a key without")
    user = f"{match['user']}@" if match["user"] else ""
    name = f"/{match['name']}" if match["name"] else ""
    query = f"?{urlencode(pairs, quote_via=quote, safe='/,')}" if pairs else ""
    return Database(f"postgres://{user}{match['hosts']}{name}{query}", schema, password or None)


def _masked(scheme: str, rest: str) -> str:
    """An address with nothing of what may be secret in it."""
    head, at, tail = rest.partition("?")[0].rpartition("@")
    return f"{scheme}://{head.partition(':')[0] + ':' + _MASK if ':' in head else head}{at}{tail}"
