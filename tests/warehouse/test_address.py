"""A lake lies in a folder; every other address is refused, and nothing is made of its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import warehouse
from warehouse import AddressError, address
from warehouse.export import export
from warehouse.lake import Lake
from warehouse.migrate import migrate

pytestmark = pytest.mark.usefixtures("empty_folder")

ADDRESSES = (
    "postgres://db.example/news",
    "postgresql://db.example:5432/news",
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
def test_what_is_no_folder_is_refused_at_every_door(given: str, door: str, tmp_path: Path) -> None:
    with pytest.raises(AddressError) as caught:
        DOORS[door](given)
    assert given in str(caught.value)
    assert "name a folder, such as /data/lake" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_was_made_of_one_is_refused_too() -> None:
    """pathlib makes one slash of two."""
    with pytest.raises(AddressError, match=r"in postgres://db\.example/news: a catalog in Pos"):
        address.folder(Path("postgres://db.example/news"))


@pytest.mark.parametrize("password", ["secret", "se:cr@et", ""])
def test_a_password_is_not_shown(password: str) -> None:
    with pytest.raises(AddressError) as caught:
        address.folder(f"postgres://ann:{password}@db.example:5432/news")
    assert "in postgres://ann:***@db.example:5432/news: " in str(caught.value)


def test_the_variable_is_an_address_like_any_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATELINE_LAKE", "s3://news/lake")
    with pytest.raises(AddressError, match="s3://news/lake"):
        warehouse.connect()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path", ["lake", "./lake", "/data/lake", "~/lake", "2025-05-01T12:30/lake", "a:b", "c:/lake"]
)
def test_a_path_is_a_folder(path: str) -> None:
    assert address.is_folder(path)
    assert address.folder(path) == Path(path)
