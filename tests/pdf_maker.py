"""Minimal PDF documents, written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Show = tuple[float, float, float, str, str]  # left, base, size, font (F1 plain, F2 bold), text


def pdf(
    pages: Sequence[bytes | Iterable[Show]],
    *,
    info: str = "",
    catalog: str = "",
    fonts: str = "",
    filters: str = "",
) -> bytes:
    """Return a document with these pages: content streams, or texts with their places."""
    objects: dict[int, bytes] = {}
    kids = []
    for at, page in enumerate(pages):
        stream = page if isinstance(page, bytes) else content(page)
        number = 10 + 2 * at
        kids.append(f"{number} 0 R")
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {number + 1} 0 R"
            f"/Resources<</Font<</F1 3 0 R/F2 4 0 R {fonts}>>>>>>"
        ).encode()
        head = f"<</Length {len(stream)}{filters}>>".encode()
        objects[number + 1] = head + b"\nstream\n" + stream + b"\nendstream"
    objects[1] = f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode()
    objects[2] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    for number, name in ((3, "Helvetica"), (4, "Helvetica-Bold")):
        font = f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>"
        objects[number] = font.encode()
    objects[5] = f"<<{info}>>".encode()
    return assembled(objects)


def assembled(objects: dict[int, bytes]) -> bytes:
    """Return the objects as a document with its list of places."""
    data = b"%PDF-1.4\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(data)
    size = max(objects) + 1
    data += f"xref\n0 {size}\n".encode()
    for number in range(size):
        place = places.get(number)
        data += f"{place:010} 00000 n \n".encode() if place else b"0000000000 65535 f \n"
    data += f"trailer\n<</Size {size}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return data


def content(shows: Iterable[Show]) -> bytes:
    """Return the content of a page that shows these texts."""
    lines = []
    for left, base, size, font, text in shows:
        raw = (
            text.encode("cp1252")
            .replace(b"\\", b"\\\\")
            .replace(b"(", b"\\(")
            .replace(b")", b"\\)")
        )
        lines.append(f"BT /{font} {size} Tf {left} {base} Td (".encode() + raw + b") Tj ET")
    return b"\n".join(lines)


def column(
    lines: Iterable[str], left: float = 60, top: float = 700, *, size: float = 10, font: str = "F1"
) -> list[Show]:
    """Return the texts of a column, line by line; "" leaves a line free."""
    return [
        (left, top - 1.3 * size * at, size, font, line) for at, line in enumerate(lines) if line
    ]
