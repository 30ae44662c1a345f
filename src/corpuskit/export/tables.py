"""A Result -> CSV without live formulas, and the exact way back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from ..errors import DataError
from ..result import Result, counted
from .files import Written, write_whole

# What a spreadsheet takes for the beginning of a formula; full-width twins included.
FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
SPREADSHEET_CHARS = 32_767
FIELD = re.compile(r'("(?:[^"]++|"")*+"|(?!")[^,\r\n]*)(,|\r?\n|\Z)')
KINDS = (
    (re.compile("True|False"), lambda field: field == "True"),
    (re.compile(r"-?\d+"), int),
    (re.compile(r"-?\d+\.?\d*(e[+-]?\d+)?|-?inf|"), lambda field: float(field or "nan")),
)


def to_csv(result: Result | pd.DataFrame, path: str | Path, *, bom: bool = False) -> Written:
    """Write every row of `result` as CSV (UTF-8) and return what was written.

    Parameters
    ----------
    result
        A result, or any DataFrame. The index is not written.
    path
        The file; an older one is replaced whole, or not at all.
    bom
        Begin with a byte order mark, which Excel needs to see that the file is UTF-8.

    Returns
    -------
    Written
        The path, the number of rows, the number of prefixed cells and the notes.

    Raises
    ------
    DataError
        A cell holds half a surrogate pair, which no UTF-8 file can hold.

    Notes
    -----
    Text is always quoted and numbers never are, so that "007", "NA" and an empty text stay what
    they are; an empty cell without quotes is a missing value. Text that begins with = + - @, a
    tab or a line break (also behind apostrophes) gets one apostrophe in front, and `notes` says
    how often. `read_csv` takes it off again.

    Examples
    --------
    >>> import tempfile
    >>> frame = pd.DataFrame({"word": ["=1+1", "NA"], "count": [2, 1]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = to_csv(frame, Path(folder) / "words.csv")
    ...     read_csv(written.path).equals(frame), written.prefixed
    (True, 1)
    """
    frame = result.frame if isinstance(result, Result) else result
    write_whole(path, (b"\xef\xbb\xbf" if bom else b"") + csv_bytes(frame))
    prefixed, long = _remarkable(frame)
    return Written(Path(path), len(frame), prefixed, _notes(prefixed, long))


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as the bytes of the CSV file that `to_csv` writes."""
    columns = [_cells(frame, i) for i in range(frame.shape[1])]
    heads = [_quoted(str(name)) for name in frame.columns]
    lines = [",".join(row) for row in [heads, *_rows(columns, len(frame))]]
    return ("\n".join(lines) + "\n").encode()


def read_csv(path: str | Path) -> pd.DataFrame:
    """Return the table of a CSV file written by `to_csv`, equal to the one that was written.

    Parameters
    ----------
    path
        The file. Files of spreadsheet programs are read as well, with or without quotes.

    Returns
    -------
    DataFrame
        The columns of the file: text where any cell is quoted, otherwise whole numbers, numbers
        or yes/no values where all cells are; missing where a cell is empty and not quoted.

    Raises
    ------
    DataError
        The file is not UTF-8, a quote is never closed, or a row is too long or too short.
    """
    return table_in(Path(path).read_bytes(), path)


def table_in(data: bytes, path: str | Path) -> pd.DataFrame:
    """Return the table of the bytes of a CSV file; `path` is its name for messages."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path}: the file is not UTF-8 (byte {error.start}). Nothing was read. "
            "Save it as CSV UTF-8."
        ) from error
    heads, *rows = list(_records(text, path)) or [[]]
    if heads in ([], [""]):
        return pd.DataFrame(index=range(len(rows)))
    for number, row in enumerate(rows, start=1):
        if len(row) != len(heads):
            raise DataError(
                f"{path}: row {number} has {len(row)} cells; the heading has {len(heads)}. "
                "Nothing was read. Export the table again."
            )
    columns = [_column([row[i] for row in rows]) for i in range(len(heads))]
    frame = pd.concat(columns, axis=1)
    frame.columns = [_unquoted(head) for head in heads]
    return frame


def _rows(columns: Sequence[Sequence[str]], height: int) -> Iterable[Sequence[str]]:
    """Return the rows of `columns`, also where there are no columns."""
    return zip(*columns, strict=True) if columns else [[]] * height


def _cells(frame: pd.DataFrame, i: int) -> list[str]:
    """Return column `i` as it stands in the file: text quoted, numbers not, missing empty."""
    values = frame.iloc[:, i]
    try:
        cells = [_cell(value) for value in values.tolist()]
        "\n".join([str(frame.columns[i]), *cells]).encode("utf-8")
    except UnicodeEncodeError as error:
        raise DataError(
            f"Column {str(frame.columns[i])!r} holds half a surrogate pair "
            f"({error.object[error.start]!r}), which UTF-8 cannot hold. Nothing was written. "
            "Replace it, for instance with text.encode('utf-8', 'replace').decode()."
        ) from None
    return cells


def _cell(value: object) -> str:
    """Return one cell as it stands in the file."""
    if isinstance(value, str):
        return _quoted(value)
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return ""
    if isinstance(value, bool | int | float):
        return repr(value)
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """Return `text` in quotes, with an apostrophe before what a spreadsheet would run."""
    safe = f"'{text}" if FORMULA.match(text) else text
    return '"' + safe.replace('"', '""') + '"'


def _unquoted(field: str) -> str:
    """Return the text of a field: the way back from `_quoted`."""
    text = field[1:-1].replace('""', '"') if field.startswith('"') else field
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _remarkable(frame: pd.DataFrame) -> tuple[int, int]:
    """Return how many text cells need an apostrophe, and how many are too long for a sheet."""
    texts = [t for i in range(frame.shape[1]) for t in frame.iloc[:, i] if isinstance(t, str)]
    texts += [str(name) for name in frame.columns]
    return sum(bool(FORMULA.match(t)) for t in texts), sum(
        len(t) > SPREADSHEET_CHARS for t in texts
    )


def _notes(prefixed: int, long: int) -> tuple[str, ...]:
    """Return what a reader of a CSV file must know, in sentences."""
    notes = []
    if prefixed:
        notes.append(
            f"{counted(prefixed, 'text cell')} that a spreadsheet would run as a formula "
            f"{'begins' if prefixed == 1 else 'begin'} with an apostrophe; export.read_csv() takes "
            "it off."
        )
    if long:
        notes.append(
            f"Spreadsheet programs cut {counted(long, 'cell')} of more than "
            f"{SPREADSHEET_CHARS:,} characters; the file holds all of it."
        )
    return tuple(notes)


def _records(text: str, path: str | Path) -> Iterator[list[str]]:
    """Yield the rows of a CSV text as raw fields, quotes kept."""
    at, row = 0, list[str]()
    while at < len(text):
        field = FIELD.match(text, at)
        if field is None:
            line = text.count("\n", 0, at) + 1
            raise DataError(
                f"{path}:{line}: a quotation mark is out of place or never closed. "
                "Nothing was read. Export the table again."
            )
        row.append(field[1])
        at = field.end()
        if field[2] != ",":
            yield row
            row = []
        elif at == len(text):
            yield [*row, ""]


def _column(fields: list[str]) -> pd.Series:
    """Return the values of one column; its kind is read off the quotes and the digits."""
    if not any(field.startswith('"') for field in fields):
        for pattern, make in KINDS:
            if all(pattern.fullmatch(field) for field in fields):
                return pd.Series([make(field) for field in fields])
    return pd.Series([_unquoted(field) if field else None for field in fields])
