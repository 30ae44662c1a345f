"""A Result -> CSV and HTML files that cannot bite: no live formula, no script, no half file."""

from .files import Written, write_whole
from .pages import page, to_html
from .sharing.share import to_share
from .sharing.shared import Share, open_share
from .shown import file_end, keep_tables
from .tables import read_csv, to_csv

__all__ = [
    "Share",
    "Written",
    "file_end",
    "keep_tables",
    "open_share",
    "page",
    "read_csv",
    "to_csv",
    "to_html",
    "to_share",
    "write_whole",
]
