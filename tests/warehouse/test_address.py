"""What an address means, what is refused, and that no password in one is ever shown."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import warehouse
from warehouse import AddressError, address
from warehouse.address import Address, Database
from warehouse.export import export
from warehouse.lake import Lake
from warehouse.migrate import migrate
from warehouse.reader import lake_address

pytestmark = pytest.mark.usefixtures("empty_folder")

ADDRESSES = (
    "mysql://db.example/news",
    "s3://news/lake",
    "gs://news/lake",
    "file:///data/lake",
    "a-scheme+of.its0wn://x",
    "S3://news",
)

DOORS: dict[str, Callable[[str | Path], object]] = {
    "open": Lake.open,
    "create": lambda path: Lake.open(path, create=True),
    "connect": warehouse.connect,
    "query": lambda path: warehouse.query("SELECT 1", path=path),
    "migrate": migrate,
    "export": lambda path: export(path, Path("out")),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("given", ADDRESSES)
def test_what_is_no_address_is_refused_at_every_door(given: str, door: str, tmp_path: Path) -> None:
    with pytest.raises(AddressError) as caught:
        DOORS[door](given)
    assert given.replace("///", "//") in str(caught.value)
    assert "name a folder, such as /data/lake" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_was_made_of_one_is_the_same() -> None:
    """pathlib makes one slash of two."""
    given = "postgres://db.example/news"
    assert address.read(Path(given)) == address.read(given)
    with pytest.raises(AddressError, match="in s3://news/lake: "):
        address.read(Path("s3://news/lake"))


@pytest.mark.parametrize(
    ("given", "uri"),
    [
        ("postgres://ann@db.example:5432/news", "postgres://ann@db.example:5432/news"),
        ("postgresql://db.example/news", "postgres://db.example/news"),
        ("postgres://?service=news", "postgres://?service=news"),
        ("postgres:///?service=news", "postgres://?service=news"),
        ("postgres:///news?host=/run/pg", "postgres:///news?host=/run/pg"),
        ("postgres://[::1]:5433/news", "postgres://[::1]:5433/news"),
        ("postgres://a:1,b:2/news?target_session_attrs=read-write",
         "postgres://a:1,b:2/news?target_session_attrs=read-write"),
    ],
)  # fmt: skip
def test_a_database_is_named_as_libpq_names_it(given: str, uri: str) -> None:
    found = address.read(given)
    assert found == Address(Path("dateline"), Database(uri))
    assert str(found) == uri
    assert not address.has_password(given)


def test_several_lakes_in_a_database_have_a_schema_each() -> None:
    given = "postgres://db.example/news?sslmode=require&schema=archive"
    found = address.read(given)
    assert found.database == Database("postgres://db.example/news?sslmode=require", "archive")
    assert address.read(str(found)) == found
    assert str(found) == given
    for odd in ("Archive", "a-b", "1a", "", "x" * 56):
        with pytest.raises(AddressError, match="small letters"):
            address.read(f"postgres://db.example/news?schema={odd}")


@pytest.mark.parametrize(
    ("given", "password"),
    [
        ("postgres://ann:secret@db.example/news", "secret"),
        ("postgres://ann:%73e%40cret@db.example/news", "se@cret"),
        ("postgres://ann@db.example/news?password=secret", "secret"),
        ("postgres://:secret@/news", "secret"),
    ],
)
def test_a_password_is_kept_and_not_shown(given: str, password: str) -> None:
    found = address.read(given)
    assert address.has_password(given)
    assert found.database is not None
    assert found.database.password == password
    assert pickle.loads(pickle.dumps(found)) == found
    for shown in (str(found), repr(found), f"{found!r} {found.database}"):
        assert "secret" not in shown
        assert "cret" not in shown
    assert address.read(str(found)) != found


@pytest.mark.parametrize(
    "given",
    [
        "postgres://ann:se:cr@et@db.example/news",
        "postgres://ann:se/cret@db.example/news",
        "postgres://ann:secret@db.example:port/news",
        "postgres://ann:secret@db.example/news/more",
        "postgres://ann@db.example/news?sslpassword=secret",
        "mysql://ann:secret@db.example/news",
        "mysql://db.example/news?password=secret",
    ],
)
def test_a_message_shows_no_password(given: str) -> None:
    assert address.has_password(given)
    with pytest.raises(AddressError) as caught:
        address.read(given)
    said = str(caught.value).replace("?service=", "")
    assert "cret" not in said
    assert "ann:se" not in said


def test_data_and_home_belong_to_a_database(tmp_path: Path) -> None:
    given = "postgres://db.example/news"
    found = address.read(given, "s3://news/lake/", "logs")
    assert (found.data, found.home) == ("s3://news/lake", Path("logs"))
    assert found.absolute().home == tmp_path / "logs"
    assert address.read(given, Path("shared")).data == str(tmp_path / "shared")
    assert address.read(found) is found
    assert address.read(found, home="here").home == Path("here")
    for kind in ({"data": "s3://news"}, {"home": "logs"}):
        with pytest.raises(AddressError, match=f"{next(iter(kind))} cannot be set for the lake in"):
            address.read("lake", **kind)
    with pytest.raises(AddressError, match="data and home cannot be set"):
        address.read(Address(Path("lake")), "s3://news", "logs")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("https://news.example/lake", "cannot lie in"),
        ("s3://", "is no place"),
        ("s3://key:secret@news/lake", "keys are taken from the environment"),
        ("s3://news/lake?s3_secret_access_key=secret", "is no place"),
        ("s3://news//lake", "is no place"),
        ("s3://news/../lake", "is no place"),
    ],
)
def test_a_place_for_data_is_a_folder_or_a_store(given: str, why: str) -> None:
    with pytest.raises(AddressError, match=why) as caught:
        address.data_place(given)
    assert "secret" not in str(caught.value).replace("keys", "")


def test_the_variables_are_an_address_like_any_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATELINE_LAKE", "s3://news/lake")
    with pytest.raises(AddressError, match="s3://news/lake"):
        warehouse.connect()
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("DATELINE_LAKE", "postgres://db.example/news")
    monkeypatch.setenv("DATELINE_DATA", "gs://news")
    monkeypatch.setenv("DATELINE_HOME", "")
    assert lake_address() == address.read("postgres://db.example/news", "gs://news")


@pytest.mark.parametrize(
    "path", ["lake", "./lake", "/data/lake", "~/lake", "2025-05-01T12:30/lake", "a:b", "c:/lake"]
)
def test_a_path_is_a_folder(path: str) -> None:
    assert address.is_folder(path)
    assert not address.has_password(path)
    assert address.read(path) == Address(Path(path))
