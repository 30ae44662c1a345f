"""Parquet tables, read group by group with pyarrow, which is an extra."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import Any

from ..article import Options
from ..findings.told import Finding, finding, skip
from .records import Basis, Opener, Record, unique
from .values import cells_of_object

ROWS = 500  # rows of a batch
SAMPLE = 200  # rows that tell the names of columns inside others


class ParquetTable(Basis):
    """The rows of a Parquet table."""

    def __init__(self, opener: Opener, options: Options) -> None:
        super().__init__(opener, "parquet")
        with _opened(opener) as file:
            self._columns, twice = unique([str(name) for name in file.schema_arrow.names])
        self.findings = tuple(finding("CK-208", name=name) for name in twice)

    def names(self) -> tuple[str, ...]:
        """Return the names of the columns, those inside others among them."""
        records = islice(self.records(), SAMPLE)
        inner = tuple(dict.fromkeys(name for record in records for name in record.cells))
        return inner or tuple(self._columns)

    def records(self) -> Iterator[Record]:
        """Yield the rows as records."""
        number = 0
        with _opened(self.open) as file:
            for batch in _batches(file):
                columns = [_values(column) for column in batch.columns]
                for values in zip(*columns, strict=True):
                    number += 1
                    yield _record(number, dict(zip(self._columns, values, strict=True)))


def _batches(file: Any) -> Iterator[Any]:
    """Yield the batches of a table; raise Skipped where it is damaged."""
    pa = import_module("pyarrow")

    batches = file.iter_batches(batch_size=ROWS, use_threads=False)
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise skip("CK-205", what="Parquet table", error=type(error).__name__) from error
        if batch is None:
            return
        yield batch


def _values(column: Any) -> list[Any]:
    """Return the values of a column; strings that are not UTF-8, as damage makes them, as bytes."""
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        pass
    pa = import_module("pyarrow")
    try:
        return list(column.cast(pa.large_binary()).to_pylist())
    except (pa.ArrowException, ValueError) as error:
        raise skip("CK-205", what="Parquet table", error=type(error).__name__) from error


@contextmanager
def _opened(opener: Opener) -> Iterator[Any]:
    """Open a Parquet table."""
    try:
        pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise skip("CK-206") from error
    with opener() as file:
        try:
            table = parquet.ParquetFile(file, memory_map=False, pre_buffer=False)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise skip("CK-205", what="Parquet table", error=type(error).__name__) from error
        yield table


def _record(number: int, values: dict[str, Any]) -> Record:
    """Return a row as a record; bytes are text if they are UTF-8, and left out if not."""
    told: list[Finding] = []
    for name, value in values.items():
        if isinstance(value, bytes):
            try:
                values[name] = value.decode()
            except UnicodeDecodeError:
                values[name] = ""
                told.append(finding("CK-223", name=name))
    return Record(number, cells_of_object(values), tuple(told))
