"""Names of people, organisations, places and other things: their kind, identity and links."""

from transforms.entities.read import read_entities

__all__ = ["read_entities"]
