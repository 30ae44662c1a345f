"""The dates of a column: one order of day and month for all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpuskit.reading.tables.days import DateColumn, Evidence, column_order, epoch_unit

ORDERS = [
    (["03/04/2024", "13/04/2024"], "dmy"),
    (["03/04/2024", "04/13/2024"], "mdy"),
    (["03/04/2024", "05/06/2024"], None),
    (["13/04/2024", "04/13/2024"], None),  # they contradict each other
    (["13.04.2024 10:30", "03-04-2024"], "dmy"),  # one order, whatever the mark
    (["Published: 13/04/2024"], "dmy"),
    (["13/04/24"], "dmy"),
    (["2024-13-04", "1/2/2024", "99/99/2024", "32/01/2024"], None),
    (["yesterday", ""], None),
    ([], None),
]


@pytest.mark.parametrize(("values", "order"), ORDERS)
def test_order_of_a_column(values: list[str], order: str | None) -> None:
    assert column_order(values).order == order


def test_the_evidence_is_the_first_date_of_either_kind() -> None:
    found = column_order(["01/02/2024", "13/04/2024", "14/04/2024", "04/15/2024"])
    assert found == Evidence("13/04/2024", "04/15/2024")


def column(*values: str, given: str | None = None) -> DateColumn:
    return DateColumn(given, values[:3], lambda: iter(values))


def test_one_order_for_the_whole_column_is_told_once() -> None:
    dates = column("03/04/2024", "05/04/2024", "13/04/2024")
    assert [dates.read(text)[0] for text in ("03/04/2024", "05/04/2024", "13/04/2024")] == [
        "2024-04-03",
        "2024-04-05",
        "2024-04-13",
    ]
    assert [found.message("a.csv") for found in dates.found] == [
        "CK-231 a.csv: dates such as '03/04/2024' were read day first, because the column holds "
        "'13/04/2024'. It was loaded. Give date_order='dmy' or 'mdy' if that is wrong."
    ]


def test_without_evidence_the_ambiguous_stay_empty() -> None:
    dates = column("03/04/2024", "05/05/2024")
    value, told = dates.read("03/04/2024")
    assert (value, [found.code for found in told]) == ("", ["CK-131"])
    assert dates.read("05/05/2024") == ("2024-05-05", ())  # the same either way
    assert [found.reason for found in dates.found] == [
        "no date of the column tells day from month, so that dates such as '03/04/2024' were "
        "left empty"
    ]


def test_contradicting_dates_settle_nothing_but_are_read_themselves() -> None:
    dates = column("13/04/2024", "04/14/2024", "03/04/2024")
    assert [dates.read(text)[0] for text in ("13/04/2024", "04/14/2024", "03/04/2024")] == [
        "2024-04-13",
        "2024-04-14",
        "",
    ]
    assert [found.reason for found in dates.found] == [
        "the dates '13/04/2024' and '04/14/2024' of one column contradict each other, so that "
        "dates such as '03/04/2024' were left empty"
    ]


def test_the_column_is_read_through_only_if_a_date_needs_it() -> None:
    def never() -> Iterator[str]:
        raise AssertionError("the column was read")

    dates = DateColumn(None, ["2024-01-01"], never)
    assert dates.read("2024-01-01") == ("2024-01-01", ())
    assert dates.read("13/04/2024") == ("2024-04-13", ())
    assert DateColumn("mdy", [], never).read("03/04/2024") == ("2024-03-04", ())


def test_a_given_order_wins_over_the_column() -> None:
    dates = column("03/04/2024", "13/04/2024", given="mdy")
    assert dates.read("03/04/2024") == ("2024-03-04", ())
    assert [found.code for found in dates.read("13/04/2024")[1]] == ["CK-132"]
    assert dates.found == []


EPOCHS = [
    (["1710115200", "1710115201"], "seconds"),
    (["1710115200000", ""], "milliseconds"),
    (["1710115200", "1710115200000"], ""),  # not both
    (["1710115200", "2024-03-11"], ""),
    (["45292"], ""),  # days of a spreadsheet
    (["0000000001"], ""),  # 1970
    ([], ""),
]


@pytest.mark.parametrize(("values", "unit"), EPOCHS)
def test_unit_of_a_count_since_1970(values: list[str], unit: str) -> None:
    assert epoch_unit(values) == unit


def test_a_column_of_counts_is_universal_time_and_told() -> None:
    dates = column("1710115200", "1710115201")
    assert dates.read("1710115200") == ("2024-03-11T00:00+00:00", ())
    assert dates.read("1710115201") == ("2024-03-11T00:00:01+00:00", ())
    assert dates.read("2024-03-11") == ("2024-03-11", ())
    assert [found.reason for found in dates.found] == [
        "its dates count seconds since 1970; they were read as universal time (+00:00)"
    ]
    assert column("1710115200999").read("1710115200999")[0] == "2024-03-11T00:00+00:00"


def test_a_single_count_among_dates_is_not_guessed() -> None:
    dates = column("2024-03-11", "1710115200000")
    assert [found.code for found in dates.read("1710115200000")[1]] == ["CK-133"]


KEPT = [
    ("2024-03-10T23:30:00-05:00", "2024-03-10T23:30-05:00"),  # the local day stays
    ("2031-05-01", "2031-05-01"),  # no clock says that this is to come
    ("2024-W07-3", "2024-02-14"),
    ("12 févr. 2024", "2024-02-12"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "value"), KEPT)
def test_date_is_kept(text: str, value: str) -> None:
    assert column(text).read(text) == (value, ())


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_placeholder_is_no_date(text: str) -> None:
    value, told = column(text).read(text)
    assert value == ""
    assert (
        told[0].reason
        == f"the date {text!r} lies outside the years 1400 to 2199; it was left empty"
    )


@pytest.mark.parametrize("text", ["yesterday", "2024", "01/02/24", "45292", "x" * 90])
def test_what_names_no_day_is_left_empty(text: str) -> None:
    value, told = column(text).read(text)
    assert (value, [found.code for found in told]) == ("", ["CK-133"])
