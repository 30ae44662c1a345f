"""Columns -> a table, without what the usual way to a table tries out on every column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.internals import (  # type: ignore[import-not-found]
    create_dataframe_from_blocks,
)

SMALL = 4_096  # rows up to which copying columns is cheaper than keeping each apart


def table_of(columns: Mapping[str, NDArray[Any]]) -> pd.DataFrame:
    """Return fresh columns of one length as a table; each keeps its kind."""
    arrays = list(columns.values())
    size = len(arrays[0])
    names = _names(tuple(columns)).view()  # of its own: whoever gets the table may name it
    blocks = [
        (np.array([arrays[n] for n in at]) if at[1:] else arrays[at[0]][np.newaxis], np.array(at))
        for at in _together(arrays)
    ]
    table: pd.DataFrame = create_dataframe_from_blocks(blocks, pd.RangeIndex(size), names)
    return table


def _together(arrays: Sequence[NDArray[Any]]) -> list[list[int]]:
    """Return the numbers of the columns that are kept in one array."""
    kinds: dict[object, list[int]] = {}
    few = len(arrays[0]) <= SMALL
    for n, array in enumerate(arrays):
        kinds.setdefault(array.dtype if few else n, []).append(n)
    return list(kinds.values())


@lru_cache
def _names(names: tuple[str, ...]) -> pd.Index[str]:
    return pd.Index(names)
