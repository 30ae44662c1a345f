"""Run the course on any corpus, write its report, keep its committed outputs true."""

from .job import Report, run
from .outputs import refresh

__all__ = ["Report", "refresh", "run"]
