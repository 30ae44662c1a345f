"""The 2x2 contingency table, in the notation of Evert (2008): O observed, E expected.

::

                 column 1   column 2
        row 1      O11        O12      R1
        row 2      O21        O22      R2
                   C1         C2       N

For key words column 1 is the target corpus and column 2 the reference corpus; for collocates
column 1 is the windows round the node and column 2 the rest of the corpus. Row 1 is the word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import refuse

Floats = NDArray[np.float64]

EXACT = 3.0e9  # products of two counts below this fit into 64 bits


def over(numerator: ArrayLike, denominator: ArrayLike, undefined: float = 0.0) -> Floats:
    """Return numerator / denominator, and `undefined` where the denominator is 0."""
    top, bottom = np.broadcast_arrays(np.asarray(numerator, float), np.asarray(denominator, float))
    out = np.full(top.shape, undefined)
    np.divide(top, bottom, out=out, where=bottom != 0)
    return plain(out)


def pick(condition: ArrayLike, yes: ArrayLike, no: ArrayLike) -> Floats:
    """Return `yes` where the condition holds and `no` elsewhere."""
    return plain(np.where(condition, yes, no))


def half(counts: ArrayLike) -> Floats:
    """Return the counts with 0.5 in place of every zero, and only of the zeros."""
    values = np.asarray(counts, float)
    return pick(values == 0, 0.5, values)


def log2_ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Return log2(numerator / denominator), and 0 where either is 0."""
    known = (numerator > 0) & (denominator > 0)
    return np.log2(pick(known, numerator, 1.0)) - np.log2(pick(known, denominator, 1.0))


def plain(values: NDArray[Any]) -> Floats:
    """Return an array as it is, and an array without dimensions as a number."""
    number: Floats = values[()]
    return number


@dataclass(frozen=True, eq=False)
class Table:
    """One 2x2 table, or many at once: each cell is a number or an array of numbers (counts).

    Make one with `Table.of` (four cells), `Table.from_sizes` (two counts, two corpus sizes) or
    `Table.from_marginals` (one cell, two marginals, the total).

    Examples
    --------
    >>> table = Table.from_sizes(12, 3, 10_000, 10_000)
    >>> float(table.R1), float(table.E11), float(table.N)
    (15.0, 7.5, 20000.0)
    """

    O11: Floats
    O12: Floats
    O21: Floats
    O22: Floats

    @classmethod
    def of(cls, O11: ArrayLike, O12: ArrayLike, O21: ArrayLike, O22: ArrayLike) -> Self:
        """Return the table of four cells (counts of 0 or more); arrays are broadcast."""
        cells = np.broadcast_arrays(*(np.asarray(cell, float) for cell in (O11, O12, O21, O22)))
        for name, cell in zip(("O11", "O12", "O21", "O22"), cells, strict=True):
            wrong = ~(np.isfinite(cell) & (cell >= 0))
            if wrong.any():
                rule = "a count of 0 or more, in every cell"
                remedy = "Check that no count is larger than its row, its column or the total."
                refuse(name, rule, float(cell[wrong].flat[0]), remedy)
        return cls(*(plain(cell) for cell in cells))

    @classmethod
    def from_sizes(cls, O11: ArrayLike, O12: ArrayLike, C1: ArrayLike, C2: ArrayLike) -> Self:
        """Return the table of a word's count in two corpora and the sizes of the two corpora."""
        first, second = np.asarray(O11, float), np.asarray(O12, float)
        return cls.of(first, second, np.asarray(C1, float) - first, np.asarray(C2, float) - second)

    @classmethod
    def from_marginals(cls, O11: ArrayLike, R1: ArrayLike, C1: ArrayLike, N: ArrayLike) -> Self:
        """Return the table of a joint count, its row total, its column total and the total."""
        joint, row = np.asarray(O11, float), np.asarray(R1, float)
        column, total = np.asarray(C1, float), np.asarray(N, float)
        return cls.of(joint, row - joint, column - joint, total - row - column + joint)

    @cached_property
    def R1(self) -> Floats:
        """Total of row 1: the word."""
        return self.O11 + self.O12

    @cached_property
    def R2(self) -> Floats:
        """Total of row 2: all other words."""
        return self.O21 + self.O22

    @cached_property
    def C1(self) -> Floats:
        """Total of column 1: the target, or the windows."""
        return self.O11 + self.O21

    @cached_property
    def C2(self) -> Floats:
        """Total of column 2: the reference, or everything outside the windows."""
        return self.O12 + self.O22

    @cached_property
    def N(self) -> Floats:
        """Total of the table."""
        return self.R1 + self.R2

    @cached_property
    def E11(self) -> Floats:
        """Expected count R1 C1 / N; 0 in an empty table."""
        return over(self.R1 * self.C1, self.N)

    @cached_property
    def E12(self) -> Floats:
        """Expected count R1 C2 / N; 0 in an empty table."""
        return over(self.R1 * self.C2, self.N)

    @cached_property
    def E21(self) -> Floats:
        """Expected count R2 C1 / N; 0 in an empty table."""
        return over(self.R2 * self.C1, self.N)

    @cached_property
    def E22(self) -> Floats:
        """Expected count R2 C2 / N; 0 in an empty table."""
        return over(self.R2 * self.C2, self.N)

    @cached_property
    def determinant(self) -> Floats:
        """O11 O22 - O12 O21, in whole numbers where they fit, so that no digit is lost."""
        cells = (self.O11, self.O12, self.O21, self.O22)
        if all(np.all((cell == np.rint(cell)) & (cell < EXACT)) for cell in cells):
            a, b, c, d = (np.asarray(cell).astype(np.int64) for cell in cells)
            return plain(np.asarray(a * d - b * c, float))
        return self.O11 * self.O22 - self.O12 * self.O21

    @cached_property
    def deviation(self) -> Floats:
        """O11 - E11, which is also O22 - E22, E12 - O12 and E21 - O21."""
        return over(self.determinant, self.N)
