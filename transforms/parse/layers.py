"""Layers of thinc's models in NumPy, with fewer passes over the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from thinc.api import Model

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Maxout:
    """A maxout layer with layer normalisation.

    ``weights`` are (inputs, pieces x width), the pieces one after another, so that the greatest of
    each is that of whole blocks; ``bias`` likewise. ``mean`` is one over the width, as often.
    """

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats
    mean: Floats

    @classmethod
    def of(cls, model: Model[Any, Any]) -> Maxout:
        """From thinc's ``maxout>>layernorm``."""
        maxout, norm = model.layers
        weights: Any = maxout.get_param("W")
        bias: Any = maxout.get_param("b")
        scale: Any = norm.get_param("G")
        shift: Any = norm.get_param("b")
        by_piece = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2])
        width = len(weights)
        return cls(
            np.ascontiguousarray(by_piece.T),
            np.ascontiguousarray(bias.T).ravel(),
            scale,
            shift,
            np.full(width, 1 / width, dtype=np.float32),
        )

    @property
    def width(self) -> int:
        return len(self.scale)

    @property
    def pieces(self) -> int:
        return len(self.bias) // self.width

    def normalise(self, products: Floats, out: Floats | None = None) -> Floats:
        """The greatest piece of each product (bias added), normalised."""
        width = self.width
        best = np.maximum(products[:, :width], products[:, width : 2 * width], out=out)
        for start in range(2 * width, products.shape[1], width):
            np.maximum(best, products[:, start : start + width], out=best)
        # row by row: a product of all rows would round each by its place
        best -= np.vecdot(best, self.mean)[:, None]
        spread = np.vecdot(best, best)
        spread *= self.mean[0]
        spread += np.float32(1e-8)
        np.sqrt(spread, out=spread)
        best /= spread[:, None]
        best *= self.scale
        best += self.shift
        return best


class Alone:
    """Products of rows with weights in which no row's result depends on the others, to the bit.

    Rows are multiplied in blocks of one size, filled up with zeros. How a row rounds could still
    depend on its place in the block: that is tried out once, for a library's kernels look at
    shapes and not at values, and where it does each row is a product of its own.
    """

    def __init__(self, weights: Floats, rows: int = 16) -> None:
        self._weights = np.ascontiguousarray(weights)
        self._block = np.zeros((rows, len(weights)), dtype=np.float32)
        if not self._is_even():
            self._block = self._block[:1]

    def __call__(self, rows: Floats) -> Floats:
        size = len(self._block)
        products = np.empty((len(rows), self._weights.shape[1]), dtype=np.float32)
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            self._block[: len(part)] = part
            self._block[len(part) :] = 0
            products[start : start + size] = np.dot(self._block, self._weights)[: len(part)]
        return products

    def _is_even(self) -> bool:
        tried = np.random.default_rng(0).standard_normal(self._block.shape, dtype=np.float32)
        each = np.vstack([self(row[None]) for row in tried])
        return np.array_equal(self(tried), each) and np.array_equal(self(tried[::-1]), each[::-1])


def named(model: Model[Any, Any], name: str) -> list[Model[Any, Any]]:
    """The model's nodes of that name, in the order in which data passes them."""
    return [node for node in model.walk(order="dfs_pre") if node.name == name]
