"""A Result -> CSV and HTML files that cannot bite: no live formula, no script, no half file."""

from .files import Written, write_whole
from .pages import page, to_html
from .shown import file_end, keep_tables
from .tables import read_csv, to_csv

__all__ = [
    "Written",
    "file_end",
    "keep_tables",
    "page",
    "read_csv",
    "to_csv",
    "to_html",
    "write_whole",
]
