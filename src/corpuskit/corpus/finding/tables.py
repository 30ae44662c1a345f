"""Columns -> a table, without what the usual way to a table tries out on every column."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.internals import (  # type: ignore[import-not-found]
    create_dataframe_from_blocks,
)

_PLACES = tuple(np.array([n]) for n in range(16))


def table_of(columns: Mapping[str, NDArray[Any]]) -> pd.DataFrame:
    """Return fresh columns of one length as a table; each keeps its kind, and is not copied."""
    size = len(next(iter(columns.values())))
    places = zip(columns.values(), _PLACES[: len(columns)], strict=True)
    blocks = [(column[np.newaxis], place) for column, place in places]
    names = _names(tuple(columns)).view()  # of its own: whoever gets the table may name it
    table: pd.DataFrame = create_dataframe_from_blocks(blocks, pd.RangeIndex(size), names)
    return table


@lru_cache
def _names(names: tuple[str, ...]) -> pd.Index[str]:
    return pd.Index(names)
