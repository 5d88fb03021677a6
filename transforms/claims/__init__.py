"""Reported statements: who says what, and where it is written."""

from transforms.claims.read import read_claims

__all__ = ["read_claims"]
