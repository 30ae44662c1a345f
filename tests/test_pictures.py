"""Pictures of the course in fewer bytes: every pixel stays as it was."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from corpuskit.course.pictures import smaller


def png(pixels: np.ndarray) -> str:
    data = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode("ascii")


def pixels(picture: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGBA"))


def chart(colours: int) -> np.ndarray:
    """Return a picture, twice as wide as high, of so many opaque colours in disorder."""
    number = np.random.default_rng(1).permutation(np.arange(40 * 80) % colours).reshape(40, 80)
    channels = [number % 256, 255 - number % 256, number // 256 * 99, np.full_like(number, 255)]
    return np.stack(channels, axis=2)


@pytest.mark.parametrize("colours", [1, 2, 17, 256])
def test_no_pixel_changes(colours):
    before = png(chart(colours))
    after = smaller(before)
    assert len(after) < len(before)
    assert (pixels(after) == pixels(before)).all()
    assert smaller(before) == after
    assert (pixels(smaller(after)) == pixels(before)).all()


def test_a_picture_of_many_colours_comes_back_as_it_is():
    picture = png(chart(257))
    assert smaller(picture) == picture


def test_a_picture_with_see_through_colours_comes_back_as_it_is():
    glass = chart(2)
    glass[0, 0, 3] = 0
    assert smaller(png(glass)) == png(glass)


def test_a_chart_of_the_package_takes_half_the_bytes_or_less():
    import corpuskit as ck

    corpus = ck.Corpus.from_frame([{"outlet": o, "text": "A pact is a pact."} for o in "ABCDE"])
    ax = ck.plot.rates(ck.rates(corpus.find("pact"), by="outlet", draws=10))
    data = io.BytesIO()
    ax.figure.savefig(data, format="png")
    picture = base64.b64encode(data.getvalue()).decode("ascii")
    assert len(smaller(picture)) < len(picture) / 2
    assert (pixels(smaller(picture)) == pixels(picture)).all()


def test_a_cloud_of_dots_fits_a_palette():
    """Dots that shine through each other make many shades; all of them are shades of grey."""
    import corpuskit as ck

    texts = [f"A pact is {'good ' * n}news. The pact is bad." for n in range(12)]
    corpus = ck.Corpus.from_frame([{"outlet": o, "text": t} for o in "ABCDE" for t in texts])
    ax = ck.plot.sentiment(ck.sentiment_around(corpus.find("pact"), draws=10))
    data = io.BytesIO()
    ax.figure.savefig(data, format="png")
    picture = base64.b64encode(data.getvalue()).decode("ascii")
    assert len(smaller(picture)) < len(picture) / 2
