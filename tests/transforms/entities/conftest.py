from __future__ import annotations

from collections.abc import Callable

import pytest

from transforms.entities import EntityStudy, read_entities, study_entities
from transforms.model import Article, Parsed
from transforms.parse import parse
from warehouse.tables import Row

Read = Callable[..., "Reading"]


class Reading:
    """The rows of a text, asked for as a test needs them."""

    def __init__(self, text: str, mentions: list[Row], entities: list[Row]) -> None:
        self.text = text
        self.mentions = mentions
        self.entities = entities

    @property
    def kinds(self) -> dict[str, str]:
        """Surface -> kind."""
        return {row["surface"]: row["entity_type"] for row in self.mentions}

    def of(self, surface: str) -> Row:
        """The entity that the first mention with that surface names."""
        ids = [row["entity_id"] for row in self.mentions if row["surface"] == surface]
        assert ids, f"no mention {surface!r} among {sorted(self.kinds)}"
        return next(row for row in self.entities if row["entity_id"] == ids[0])

    def surfaces(self, name: str) -> list[str]:
        """How the entity of that canonical name is written, in text order."""
        ids = {row["entity_id"] for row in self.entities if row["name"] == name}
        return [row["surface"] for row in self.mentions if row["entity_id"] in ids]


def parsed_text(text: str, **fields: object) -> Parsed:
    article = Article("a" * 16, "test.txt", "0" * 64, text, "b" * 16, **fields)  # type: ignore[arg-type]
    return parse(article)


def read_text(text: str, **fields: object) -> Reading:
    return Reading(text, *read_entities(parsed_text(text, **fields)))


def study_text(text: str, **fields: object) -> EntityStudy:
    return study_entities(parsed_text(text, **fields))


@pytest.fixture(scope="session")
def read() -> Read:
    return read_text


@pytest.fixture(scope="session")
def study() -> Callable[..., EntityStudy]:
    return study_text
