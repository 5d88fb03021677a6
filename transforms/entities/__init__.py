"""Names of people, organisations, places and other things: their kind, identity and links."""

from transforms.entities.read import read_entities
from transforms.entities.study import EntityStudy, study_entities

__all__ = ["EntityStudy", "read_entities", "study_entities"]
