"""What is said of the names that were considered: evidence, reasons, places on the map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from benchmarks.entities_gold import passages
from benchmarks.entities_rules import examples
from transforms.entities import EntityStudy, read_entities, study_entities
from transforms.entities.manual import EVIDENCE, MAP_EVIDENCE, VERDICTS
from transforms.entities.study import NameConsidered
from transforms.parse import parse

Study = Callable[..., EntityStudy]

CUP = (
    "Harrow Rovers scored twice in the last six minutes to beat Tyne Athletic 3-2 in the cup "
    "final. Trailing 2-1, Rovers had managed only two shots when the striker scored."
)
#: Texts with a piece of evidence in each, and the name and kind that it is told of.
TOLD: list[tuple[str, str, str, str]] = [
    ("tagger", "Anna Berg opened the school.", "Anna Berg", "PERSON"),
    ("title", "Colonel Traore fled.", "Traore", "PERSON"),
    ("last_word", "Rangers closed the road along the Okavango River.", "Okavango River", "LOC"),
    ("inner_head", "The Chess Federation of Malta met.", "Chess Federation of Malta", "ORG"),
    ("branch", "Greenpeace Germany sued the firm.", "Greenpeace Germany", "ORG"),
    ("initials", "They met K P Devadasan in Kochi.", "K P Devadasan", "PERSON"),
    ("part_of_place", "Farms in Northern Nigeria were flooded.", "Northern Nigeria", "LOC"),
    (
        "surname",
        "Nedbank recently appointed Dumisani Hlophe as head of sales. Hlophe holds a degree.",
        "Dumisani Hlophe",
        "PERSON",
    ),
    ("described", "They wrote to Zorvex, a Danish charity.", "Zorvex", "ORG"),
    ("quoted", 'The drama "Ted Lesso," won.', "Ted Lesso", "PERSON"),
    ("ampersand", "Workers at Marlow & Finch sang.", "Marlow & Finch", "ORG"),
    ("according_to", "Rain will fall, according to Zeeland Water.", "Zeeland Water", "ORG"),
    ("line_opening", "KAMPALA: Rain is expected.", "KAMPALA", "GPE"),
    ("group_or_region", "Baltic ministers met in Riga.", "Baltic", "NORP"),
    ("told", "Herder Batbayar found the wolves.", "Batbayar", "PERSON"),
    ("phrase_after", "The cost of the Crane Creek nuclear plant doubled.", "Crane Creek", "FAC"),
    ("hyphened", "The Nairobi-based firm sold it.", "Nairobi", "GPE"),
    (
        "no_article",
        "Sudan closed roads in Gedaref and River Nile, and Sudan sent aid.",
        "River Nile",
        "GPE",
    ),
    ("company", "Heron Bay Mines Ltd found gold. Heron Bay shares rose.", "Heron Bay", "ORG"),
    ("club", CUP, "Rovers", "ORG"),
    ("lone_person", "Mukwevho left. Mukwevho was calm.", "Mukwevho", "PERSON"),
]
PLACES = {
    "chosen": "Paris, Texas, will get a new water tower.",
    "runner_up": "The fair in Springfield was closed.",
    "building": "Guests walked through Hyde Park to the gate.",
    "feature": "Barges on the Red River in Louisiana were held up by low water.",
    "great_city": "A box from Rotterdam to New York was lost. "
    "The American port of New York said so.",
}
GIVEN = "Rain is expected.\nHan Seo-jun, Sori Daily."


def considered(found: EntityStudy, text: str) -> NameConsidered:
    return next(one for one in found.considered if one.text == text)


@pytest.mark.parametrize(("name", "text", "surface", "kind"), TOLD, ids=lambda value: value[:15])
def test_evidence_is_named(study: Study, name: str, text: str, surface: str, kind: str) -> None:
    one = considered(study(text), surface)
    assert (name, kind) in {(told.name, told.kind) for told in (*one.evidence, *one.together)}


def test_the_word_that_was_seen_is_told(study: Study) -> None:
    one = considered(study("They drove through Zomba province."), "Zomba province")
    assert ("last_word", "province") not in {(told.name, told.seen) for told in one.together}
    one = considered(study("Hassan, the mayor of Zomba, said so."), "Zomba")
    assert any(told.name == "word_before" and told.seen == "of" for told in one.evidence)


def test_what_the_page_gives_is_evidence(study: Study) -> None:
    found = study(GIVEN, authors=("Han Seo-jun",), publisher="Sori Daily")
    for surface, kind in (("Han Seo-jun", "PERSON"), ("Sori Daily", "ORG")):
        told = {(piece.name, piece.kind) for piece in considered(found, surface).together}
        assert ("given", kind) in told


def test_places_are_told_with_the_one_that_won(study: Study) -> None:
    one = considered(study(PLACES["chosen"]), "Paris")
    best, *others = one.places
    assert (best.name, best.country, best.level, best.verdict) == ("Paris", "USA", "city", "chosen")
    assert best.evidence["region_after"] > 0
    france = next(place for place in others if place.country == "FRA" and place.level == "city")
    assert france.verdict == "less"
    assert france.evidence["capital"] > 0 > france.evidence["region_after"]


@pytest.mark.parametrize(
    ("verdict", "surface"),
    [("runner_up", "Springfield"), ("building", "Hyde Park"), ("feature", "Red River")],
)
def test_what_became_of_a_place(study: Study, verdict: str, surface: str) -> None:
    found = study(PLACES[verdict])
    assert verdict in {place.verdict for place in considered(found, surface).places}
    entity = next(row for row in found.entities if row["name"] == surface)
    assert (entity["link_status"] == "ambiguous") == (verdict == "runner_up")


def test_a_great_city_is_told(study: Study) -> None:
    one = considered(study(PLACES["great_city"]), "Rotterdam")
    assert one.places[0].country == "NLD"
    assert one.places[0].evidence["great_city"] > 0


def everything(study: Study) -> Iterator[EntityStudy]:
    """The studies of our gold, of the examples and of the texts above."""
    for passage in passages():
        yield study_entities(parse(passage.article))
    for column in ("rule", "reason"):
        for example in examples(column).values():
            yield study(example.text)
    for _, text, _, _ in TOLD:
        yield study(text)
    for text in PLACES.values():
        yield study(text)
    yield study(GIVEN, authors=("Han Seo-jun",), publisher="Sori Daily")


def test_all_that_is_declared_is_said_somewhere_and_adds_up(study: Study) -> None:
    evidence: set[str] = set()
    on_map: set[str] = set()
    verdicts: set[str] = set()
    for found in everything(study):
        rows = {(row["char_start"], row["char_end"]): row["entity_id"] for row in found.mentions}
        taken = {(one.start, one.end): one.entity_id for one in found.considered if one.entity_id}
        assert taken == rows
        for one in found.considered:
            assert (one.entity_id is None) == (one.left_out is not None)
            evidence |= {told.name for told in (*one.evidence, *one.together)}
            sums: dict[str, float] = defaultdict(float)
            for told in one.together:
                sums[told.kind] += told.weight
            assert sums == pytest.approx(dict(one.scores))
            for place in one.places:
                on_map |= set(place.evidence)
                verdicts.add(place.verdict)
                assert sum(place.evidence.values()) == pytest.approx(place.score)
    assert evidence == set(EVIDENCE)
    assert on_map == set(MAP_EVIDENCE)
    assert verdicts == set(VERDICTS)


def test_asking_changes_no_row() -> None:
    for passage in passages()[:20]:
        parsed = parse(passage.article)
        found = study_entities(parsed)
        assert (found.mentions, found.entities) == read_entities(parsed)


def test_the_text_is_told_in_order(study: Any) -> None:
    found = study("Kursk fell. Troops entered the Kursk region on Friday, Mr Petrov said.")
    starts = [one.start for one in found.considered]
    assert starts == sorted(starts)
    replaced = next(one for one in found.left_out if one.reason == "replaced")
    assert replaced.detail == "Kursk region (typed)"
