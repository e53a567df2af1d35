"""What a picture looks like, in 64 bits."""

import random
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from photos.duplicates.fingerprints import BITS, MOST_APART, distance, fingerprint_of, near, pieces


def drawing(seed: int, width: int = 480, height: int = 320) -> Image.Image:
    """Return a picture of some shapes; another seed is another picture."""
    chance = random.Random(seed)
    image = Image.new("RGB", (width, height), chance.choice(["navy", "olive", "maroon", "teal"]))
    pen = ImageDraw.Draw(image)
    for _ in range(14):
        left, top = chance.randrange(width), chance.randrange(height)
        colour = tuple(chance.randrange(256) for _ in range(3))
        pen.ellipse((left, top, left + chance.randrange(40, 260), top + chance.randrange(40, 260)), fill=colour)
    return image


def saved(image: Image.Image, form: str, **options: int) -> Image.Image:
    """Return the picture as it comes back from a file."""
    out = BytesIO()
    image.save(out, form, **options)
    return Image.open(out)


def apart(one: Image.Image, other: Image.Image) -> int:
    """Return how far apart two pictures are."""
    first, second = fingerprint_of(one), fingerprint_of(other)
    assert first is not None
    assert second is not None
    return distance(first, second)


@pytest.mark.parametrize("seed", range(5))
def test_a_picture_is_known_again_when_it_was_scaled_or_saved_anew(seed: int) -> None:
    """As a phone, a messenger or a website does it."""
    picture = drawing(seed)
    changed = [picture.resize((240, 160)), saved(picture, "JPEG", quality=40), saved(picture, "WEBP", quality=30)]

    assert all(apart(picture, other) <= MOST_APART for other in changed)


def test_other_pictures_are_far_apart() -> None:
    """None of two hundred pairs comes near."""
    pictures = [drawing(seed) for seed in range(20)]

    assert min(apart(one, other) for one in pictures for other in pictures if one is not other) > MOST_APART + 2


def test_a_plain_picture_has_no_fingerprint() -> None:
    """All of one colour are alike, and mean nothing."""
    assert fingerprint_of(Image.new("RGB", (64, 64), "grey")) is None


def test_a_fingerprint_fits_a_signed_column() -> None:
    """Half of them are negative, and that does not change a distance."""
    prints = [fingerprint_of(drawing(seed)) or 0 for seed in range(20)]

    assert all(-(1 << 63) <= bits < 1 << 63 for bits in prints)
    assert {bits < 0 for bits in prints} == {True, False}
    assert distance(-1, 0) == BITS


def test_whatever_differs_in_seven_bits_shares_a_piece_but_for_one_bit() -> None:
    """So look-ups of the pieces find all that is near enough."""
    chance = random.Random(7)
    for _ in range(500):
        bits = chance.getrandbits(BITS)
        other = bits
        for place in chance.sample(range(BITS), 7):
            other ^= 1 << place

        assert any(theirs in near(mine) for mine, theirs in zip(pieces(bits), pieces(other), strict=True))
