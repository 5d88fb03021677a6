"""Clauses as frames: who takes part as what, and what is understood from the clauses around."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import pytest

from transforms.dates import read_dates
from transforms.entities import read_entities
from transforms.event_words import event_words, plover
from transforms.events.frame import Frame, Join, Kind, Participant
from transforms.events.scene import Scene
from transforms.figures.view import View
from transforms.model import Article
from transforms.parse import parse
from transforms.reference import reference

PUBLISHED = dt.date(2025, 6, 12)


@dataclass(frozen=True)
class Read:
    """The frames of a text, asked for by what is written."""

    text: str
    scene: Scene
    names: dict[str, str]

    def frames(self) -> list[Frame]:
        return list(self.scene.frames())

    def frame(self, surface: str, ordinal: int = 0) -> Frame:
        return next(
            one
            for one in self.frames()
            if self.text[one.start : one.end] == surface and one.ordinal == ordinal
        )

    def told(self, frame: Frame) -> set[tuple[str, str]]:
        return {(one.role.value, self.written(one)) for one in frame.participants}

    def written(self, one: Participant) -> str:
        return self.text[one.start : one.end]

    def place(self, frame: Frame) -> str | None:
        return None if frame.place is None else self.scene.text(frame.place.phrase)

    def source(self, frame: Frame) -> str | None:
        source = frame.source
        return None if source is None else self.scene.tokens(source.first, source.last)


@cache
def read(text: str) -> Read:
    article = Article("0" * 16, "test", "0" * 64, text, "0" * 16, published_date=PUBLISHED)
    parsed = parse(article)
    mentions, entities = read_entities(parsed)
    scene = Scene(View(parsed), read_dates(parsed), mentions, entities)
    return Read(text, scene, {row["entity_id"]: row["name"] for row in entities})


JOINS: list[tuple[str, str, int, set[tuple[str, str]], set[Join]]] = [
    (
        "Berlin gave Kyiv 18 tanks.", "gave", 0,
        {("agent", "Berlin"), ("recipient", "Kyiv"), ("patient", "18 tanks")}, set(),
    ),
    (
        "Kyiv was given 18 tanks.", "given", 0,
        {("recipient", "Kyiv"), ("patient", "18 tanks")}, set(),
    ),
    (
        "France delivered 20 howitzers to Ukraine.", "delivered", 0,
        {("agent", "France"), ("patient", "20 howitzers")}
        | {("recipient", "Ukraine")}, set(),
    ),
    (
        "The gunners shot down 12 drones with rockets.", "shot down", 0,
        {("agent", "The gunners"), ("patient", "12 drones"), ("instrument", "rockets")}, set(),
    ),
    (
        "Norway and Sweden met with Finland.", "met", 0,
        {("agent", "Norway"), ("agent", "Sweden"), ("partner", "Finland")}, set(),
    ),
    (
        "Twelve miners died in Lota.", "died", 0,
        {("patient", "Twelve miners")}, set(),
    ),
    (
        "Four miners are missing.", "missing", 0,
        {("patient", "Four miners")}, set(),
    ),
    (
        "Sailors were detained by police and later deported.", "deported", 0,
        {("patient", "Sailors")}, {Join.COORDINATED},
    ),
    (
        "Police detained and later released 40 protesters.", "detained", 0,
        {("agent", "Police"), ("patient", "40 protesters")}, {Join.COORDINATED},
    ),
    (
        "Police detained and later released 40 protesters.", "released", 0,
        {("agent", "Police"), ("patient", "40 protesters")}, {Join.COORDINATED},
    ),
    (
        "Protesters were killed and wounded by police.", "killed", 0,
        {("agent", "police"), ("patient", "Protesters")}, {Join.COORDINATED},
    ),
    (
        "Soldiers who were wounded left for Cairo.", "wounded", 0,
        {("patient", "Soldiers")}, {Join.RELATIVE},
    ),
    (
        "The bridge the rebels blew up was old.", "blew up", 0,
        {("agent", "the rebels"), ("patient", "The bridge")}, {Join.RELATIVE},
    ),
    (
        "Villagers displaced by floods returned home.", "displaced", 0,
        {("agent", "floods"), ("patient", "Villagers")}, {Join.REDUCED},
    ),
    (
        "Heavy rain hit Cusco, killing nine.", "killing", 0,
        {("agent", "Heavy rain"), ("patient", "nine")}, {Join.PARTICIPLE},
    ),
    (
        "Having seized the port, the rebels looted the stores.", "seized", 0,
        {("agent", "the rebels"), ("patient", "the port")}, {Join.PARTICIPLE},
    ),
    (
        "The company plans to lay off 400 workers.", "lay off", 0,
        {("agent", "The company"), ("patient", "400 workers")}, {Join.INFINITIVE},
    ),
    (
        "The navy was accused of sinking three boats.", "sinking", 0,
        {("agent", "The navy"), ("patient", "three boats")}, {Join.GERUND},
    ),
    (
        "The army carried out a drone strike on a depot.", "drone strike", 0,
        {("agent", "The army"), ("patient", "a depot")}, {Join.SUPPORT},
    ),
    (
        "Delsol will cut 300 jobs and Farwick 150.", "cut", 1,
        {("agent", "Farwick"), ("patient", "150")}, {Join.ELIDED},
    ),
    (
        "The year saw 71 men jailed.", "saw", 0,
        {("patient", "71 men")}, set(),
    ),
    (
        "The strike left 12 people dead and 30 wounded.", "left", 1,
        {("agent", "The strike"), ("patient", "30")}, {Join.ELIDED},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "surface", "ordinal", "participants", "joined"),
    JOINS,
    ids=[f"{surface}: {text}" for text, surface, *_ in JOINS],
)
def test_who_takes_part_in_a_verb(
    text: str, surface: str, ordinal: int, participants: set[tuple[str, str]], joined: set[Join]
) -> None:
    page = read(text)
    frame = page.frame(surface, ordinal)
    assert frame.kind is Kind.VERB or Join.SUPPORT in joined
    assert page.told(frame) == participants
    assert set(frame.joined) == joined


NOUNS: list[tuple[str, str, set[tuple[str, str]]]] = [
    (
        "Russian shelling of Kupiansk went on.", "shelling",
        {("agent", "Russian"), ("patient", "Kupiansk")},
    ),
    ("The death of the mayor shocked Turin.", "death", {("patient", "the mayor")}),
    ("The retreat of the rebels went on.", "retreat", {("agent", "the rebels")}),
    ("The hostages' release was delayed.", "release", {("patient", "The hostages")}),
    ("The crackdown on smugglers failed.", "crackdown", {("patient", "smugglers")}),
    (
        "The murder of a judge by gunmen shocked Riga.", "murder",
        {("agent", "gunmen"), ("patient", "a judge")},
    ),
    ("Canada's aid to Haiti was doubled.", "aid", {("agent", "Canada"), ("recipient", "Haiti")}),
    ("Talks with Turkey failed.", "Talks", {("partner", "Turkey")}),
    ("The storm moved on.", "storm", set()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "surface", "participants"), NOUNS, ids=[surface for _, surface, _ in NOUNS]
)
def test_who_takes_part_in_what_a_noun_tells_of(
    text: str, surface: str, participants: set[tuple[str, str]]
) -> None:
    page = read(text)
    frame = page.frame(surface)
    assert frame.kind is Kind.NOUN
    assert page.told(frame) == participants


def test_each_of_two_coordinated_numbers_has_its_own_place() -> None:
    page = read("The cyclone killed 60 people in Zambia and 12 in Malawi.")
    assert [page.place(page.frame("killed", n)) for n in (0, 1)] == ["Zambia", "Malawi"]
    assert page.told(page.frame("killed", 1)) == {("agent", "The cyclone"), ("patient", "12")}


def test_two_coordinated_clauses_share_place_day_and_source() -> None:
    page = read("Fourteen were killed and 52 injured in a collapse near Izmir on Tuesday, "
                "the governor said.")  # fmt: skip
    for surface in ("killed", "injured", "collapse"):
        frame = page.frame(surface)
        assert page.place(frame) == "Izmir"
        assert frame.time is not None
        assert frame.time.start == frame.time.end == dt.date(2025, 6, 10)
        assert page.source(frame) == "the governor"


def test_a_participant_named_by_a_mention_has_its_entity() -> None:
    page = read("Berlin gave Kyiv 18 tanks.")
    named = {
        one.role.value: page.names.get(one.entity_id or "")
        for one in page.frame("gave").participants
    }
    assert named == {"agent": "Berlin", "recipient": "Kyiv", "patient": None}


def test_the_scene_of_an_event_holds_for_the_next_sentence() -> None:
    page = read("A fire broke out in Multan on Sunday. At least six workers were killed.")
    frame = page.frame("killed")
    assert page.place(frame) == "Multan"
    assert frame.place is not None
    assert frame.place.rule == "scene"
    assert frame.time is not None
    assert (frame.time.start, frame.time.rule) == (dt.date(2025, 6, 8), "scene")


MODALITIES = [
    ("The company plans to lay off 400 workers.", "lay off", "planned", False),
    ("The troops may attack the village.", "attack", "possible", False),
    ("The minister denied that the troops had attacked the village.", "attacked", "denied", False),
    ("The fire has not killed anyone.", "killed", "denied", True),
    ("The fire has not killed anyone.", "fire", "actual", False),
    ("The strike did not take place.", "strike", "denied", True),
    ("No casualties were reported.", "casualties", "denied", True),
    ("The troops attacked the village.", "attacked", "actual", False),
]


@pytest.mark.parametrize(("text", "surface", "modality", "negated"), MODALITIES)
def test_how_sure_a_frame_is(text: str, surface: str, modality: str, negated: bool) -> None:
    frame = read(text).frame(surface)
    assert (frame.modality, frame.negated) == (modality, negated)


def test_a_frame_has_its_type_and_that_of_plover() -> None:
    page = read("Gunmen shot down a helicopter after Chad and Niger signed a treaty.")
    found = {one.lemma: (one.event_type, one.plover) for one in page.frames()}
    assert found["shoot down"] == ("interception", None)
    assert found["sign"] == ("agreement", "SUPPORT")
    assert found["treaty"] == ("agreement", "SUPPORT")


def test_a_verb_says_only_that_what_its_noun_tells_of_began() -> None:
    assert read("A fire broke out in Multan.").frame("broke out").event_type is None
    assert read("Two convicts broke out in Multan.").frame("broke out").event_type == "escape"


def test_who_says_it_is_no_source_of_the_saying() -> None:
    page = read("The warden told reporters that two prisoners had escaped.")
    assert page.frame("told").source is None
    assert page.source(page.frame("escaped")) == "The warden"


def test_frames_stand_in_the_order_of_the_text_and_are_the_same_again() -> None:
    page = read("Heavy rain hit Cusco on Monday, killing nine. Police held three men there.")
    frames = page.frames()
    assert [one.token for one in frames] == sorted(one.token for one in frames)
    assert frames == page.frames()
    for frame in frames:
        assert page.text[frame.start : frame.end]
        for one in frame.participants:
            assert one.start < one.end
            assert list(frame.of(one.role)).count(one) == 1


def test_every_type_of_the_words_of_events_is_known_to_plover_or_known_not_to_be() -> None:
    known = {row["event_type"]: row["plover"] or None for row in reference("event_types")}
    known[""] = None  # a word that tells of no event by itself
    for part in ("verb", "noun", "adjective"):
        for word in event_words(part).values():
            assert plover(word.event_type) == known[word.event_type]
