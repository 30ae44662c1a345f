"""The further measures that a call asks for, by their names."""

from __future__ import annotations

from collections.abc import Iterable

from ...errors import one_of, refuse

ALL = "all"


def requested(
    measures: str | Iterable[str], known: Iterable[str], there: Iterable[str]
) -> list[str]:
    """Return the names of the columns to add: in the order asked for, each once.

    Parameters
    ----------
    measures
        A name, several names, or "all".
    known
        The measures that can be added.
    there
        The measures that the table has anyway; asking for one adds nothing.
    """
    options, given = list(known), list(there)
    if measures == ALL:
        return options
    if isinstance(measures, str):
        measures = [measures]
    if not isinstance(measures, Iterable):
        remedy = f"Give for instance measures=({options[0]!r},)."
        refuse("measures", "names of measures, or 'all'", measures, remedy)
    names = [one_of("measures", name, [*options, *given, ALL]) for name in measures]
    if ALL in names:
        return options
    return [name for name in dict.fromkeys(names) if name not in given]
