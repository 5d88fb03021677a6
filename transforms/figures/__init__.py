"""Quantities: every number that counts or measures something, and what the text says of it."""

from transforms.figures.read import read_figures, study_figures

__all__ = ["read_figures", "study_figures"]
