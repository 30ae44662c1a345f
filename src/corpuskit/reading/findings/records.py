"""Findings about tables and their records: CK-2xx."""

from __future__ import annotations

from .code import CHANGED, SKIPPED, Code

RECORDS: dict[str, Code] = {
    # the table as a whole
    "CK-201": Code(
        CHANGED,
        "it is UTF-8 with other bytes in it, which were read as a guess",
        "Check records with odd characters; give the right name as encoding=.",
    ),
    "CK-202": Code(
        SKIPPED,
        "the table has no column that is known to hold the text of articles; it has {columns}",
        "Name the column, for instance columns={'text': 'story'}.",
    ),
    "CK-203": Code(
        SKIPPED,
        "the table lists articles by their addresses and does not hold their text; it has "
        "{columns}",
        "Save the pages at these addresses as .html and read them with this table as metadata=, "
        "or have the database export the full text.",
    ),
    "CK-204": Code(SKIPPED, "the table holds no records", "Check the export."),
    "CK-205": Code(
        SKIPPED, "the {what} is cut off or damaged ({error})", "Fetch or export it again."
    ),
    "CK-206": Code(
        SKIPPED,
        "Parquet tables are read with pyarrow, which is not installed",
        "Install it with pip install 'corpuskit[parquet]', or save the table as .csv.",
    ),
    "CK-207": Code(
        CHANGED,
        "the columns {columns} may all hold the text; {taken!r} was taken",
        "Settle it, for instance with columns={'text': 'body'}.",
    ),
    "CK-208": Code(
        CHANGED,
        "several columns are called {name!r}; the first keeps the name",
        "Rename them if the wrong one was taken.",
    ),
    "CK-209": Code(
        CHANGED,
        "the sheets {names} have no column with texts and were not read",
        "Name the column with columns= if they hold articles.",
    ),
    "CK-210": Code(
        CHANGED,
        "{count} above the header were passed over",
        "Nothing need be done if they are a title.",
    ),
    "CK-211": Code(
        CHANGED,
        "its last record is not followed by the end of the list",
        "The file may be cut off; compare it with its source.",
    ),
    # one record
    "CK-212": Code(
        SKIPPED,
        "the row in line {line} has {cells} where the header has {columns}",
        "Put cells that hold the delimiter or a line break between quotation marks.",
    ),
    "CK-213": Code(
        SKIPPED,
        "a quotation mark that opens in line {line} is not closed",
        "Close it, or double a quotation mark that belongs to the text.",
    ),
    "CK-214": Code(
        CHANGED,
        "it holds quotation marks that are not doubled; they were taken as text",
        "Compare the record with its source.",
    ),
    "CK-215": Code(
        SKIPPED,
        "line {line} is not JSON ({error})",
        "Mend it, or export it again if it is cut off.",
    ),
    "CK-216": Code(
        SKIPPED,
        "line {line} is nested too deep or holds too much for one record",
        "Write each article as one flat object.",
    ),
    "CK-217": Code(
        SKIPPED,
        "the record in line {line} is {what}, not an object with named fields",
        'Write each article as one object, for instance {"text": "…"}.',
    ),
    "CK-218": Code(
        CHANGED,
        "the name {name!r} stands in it twice; the last one was taken",
        "Check which of them is right.",
    ),
    "CK-219": Code(
        CHANGED,
        "its {name} {value!r} is that of record {first}, too; both were kept",
        "Remove one of them if they are the same article.",
    ),
    "CK-220": Code(
        CHANGED,
        "its text holds HTML tags, which were left as they stand",
        "Export plain text, or save each text as .html.",
    ),
    "CK-221": Code(
        CHANGED,
        "its text ends with {mark!r}: it is the beginning of an article only",
        "Fetch the whole article.",
    ),
    "CK-222": Code(
        SKIPPED,
        "its text is an address, not an article",
        "Save the page at that address as .html.",
    ),
    "CK-223": Code(
        CHANGED,
        "its column {name!r} holds bytes that are not UTF-8; they were left out",
        "Store texts as strings.",
    ),
    "CK-224": Code(
        CHANGED,
        "it holds a number of {digits} digits, which was kept as it is written",
        "Check whether it is meant to be one.",
    ),
    # the dates of a column
    "CK-231": Code(
        CHANGED,
        "dates such as {date!r} were read {order} first, because the column holds {evidence!r}",
        "Give date_order='dmy' or 'mdy' if that is wrong.",
    ),
    "CK-232": Code(
        CHANGED,
        "the dates {first!r} and {second!r} of one column contradict each other, so that dates "
        "such as {date!r} were left empty",
        "Give date_order='dmy' or 'mdy' if you know it.",
    ),
    "CK-233": Code(
        CHANGED,
        "no date of the column tells day from month, so that dates such as {date!r} were left "
        "empty",
        "Give date_order='dmy' or 'mdy' if you know it.",
    ),
    "CK-234": Code(
        CHANGED,
        "its dates count {unit} since 1970; they were read as universal time (+00:00)",
        "Check whether the day is the local one.",
    ),
    "CK-235": Code(
        CHANGED,
        "the date {date!r} lies outside the years 1400 to 2199; it was left empty",
        "Correct it in the file.",
    ),
    "CK-236": Code(
        CHANGED,
        "ids were compared in its first {count} records only",
        "Compare the rest yourself if it may hold articles twice.",
    ),
}
