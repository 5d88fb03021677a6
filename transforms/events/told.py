"""A frame as it is told to a person or a program: JSON's own types, by the words of the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from transforms.events.frame import Frame
from transforms.events.scene import Scene

Told = dict[str, Any]


def told(frame: Frame, scene: Scene, text: str, name: Callable[[str | None], str | None]) -> Told:
    """What a frame of ``scene`` says; ``name`` gives the name of an entity by its id."""
    place, time, source = frame.place, frame.time, frame.source
    return {
        "lemma": frame.lemma,
        "ordinal": frame.ordinal,
        "start": frame.start,
        "end": frame.end,
        "surface": text[frame.start : frame.end],
        "kind": frame.kind.value,
        "event_type": frame.event_type,
        "plover": frame.plover,
        "participants": [
            {
                "role": one.role.value,
                "start": one.start,
                "end": one.end,
                "surface": text[one.start : one.end],
                "entity_id": one.entity_id,
                "name": name(one.entity_id),
                "joined": one.join.value or None,
            }
            for one in frame.participants
        ],
        "place": None
        if place is None
        else {
            "surface": scene.text(place.phrase),
            "entity_id": place.phrase.entity_id,
            "country": place.phrase.country,
            "rule": place.rule,
        },
        "time": None
        if time is None
        else {
            "start": time.start.isoformat(),
            "end": time.end.isoformat(),
            "date_id": time.date_id,
            "rule": time.rule,
        },
        "modality": frame.modality,
        "negated": frame.negated,
        "source": None
        if source is None
        else {
            "surface": scene.tokens(source.first, source.last),
            "entity_id": frame.source_entity_id,
            "rule": source.rule,
        },
        "joined": [join.value for join in frame.joined],
    }
