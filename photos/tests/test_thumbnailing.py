"""Making the small pictures."""

import io

import pytest
from django.core.files.storage import storages
from PIL import Image, ImageCms

from photos.files import renditions
from photos.files.renditions import GRID, LARGE
from photos.imaging import thumbnailing
from photos.models import Photo
from photos.querysets import THUMBNAIL_ATTEMPTS
from photos.tests import pictures
from photos.tests.factories import PhotoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("originals", "thumbnails", "nudges")]
EVERY_FORMAT = pictures.every_format()
RED, GREEN = (200, 30, 30), (30, 200, 30)


def opened(path):
    return Image.open(storages["thumbnails"].open(path))


def rendered(tmp_path, picture, form="PNG", size=GRID, **options):
    """The rendition of a picture, as a browser decodes it."""
    path = tmp_path / "original"
    path.write_bytes(pictures.save(picture, form, **options))
    return Image.open(io.BytesIO(thumbnailing.encode(thumbnailing.render(path, size))))


def is_near(colour, wanted, by=12):
    return all(abs(one - other) <= by for one, other in zip(colour, wanted, strict=False))


@pytest.mark.parametrize("form", EVERY_FORMAT)
def test_every_format_gets_its_thumbnail_and_placeholder(form):
    """A WebP, and a tiny one in the row itself."""
    photo = PhotoFactory(content=EVERY_FORMAT[form])
    made = thumbnailing.make_thumbnails(photo.pk)
    photo.refresh_from_db()

    assert (made, opened(photo.local_thumbnail_path).format) == (True, "WEBP")
    assert photo.placeholder.startswith("data:image/webp;base64,")
    assert "/pictures/grid/" in photo.grid_url


@pytest.mark.parametrize(("size", "shape"), [(GRID, (512, 256)), (LARGE, (1600, 800))])
def test_the_longest_side_is_the_size(tmp_path, size, shape):
    """And the shape stays."""
    assert rendered(tmp_path, pictures.image(2400, 1200), "JPEG", size).size == shape


def test_a_small_picture_is_not_enlarged(tmp_path):
    """Browsers do that better."""
    assert rendered(tmp_path, pictures.image(30, 20)).size == (30, 20)


def test_a_sliver_keeps_a_pixel(tmp_path):
    """A panorama a thousand times as wide as high."""
    assert rendered(tmp_path, pictures.image(4000, 3)).size == (512, 1)


def test_a_picture_taken_sideways_stands_upright(tmp_path):
    """Red was at the left; turned clockwise it is at the top."""
    picture = Image.new("RGB", (1200, 800), GREEN)
    picture.paste(RED, (0, 0, 600, 800))
    exif = Image.Exif()
    exif[pictures.ORIENTATION] = 6
    small = rendered(tmp_path, picture, "JPEG", exif=exif)

    assert small.size == (341, 512)
    assert (is_near(small.getpixel((170, 40)), RED), is_near(small.getpixel((170, 480)), GREEN)) == (True, True)


def test_nothing_but_pixels_is_in_a_rendition(tmp_path):
    """No place, no prompt, no camera."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (1.0, 2.0, 3.0), 3: "E", 4: (1.0, 2.0, 3.0)})
    small = rendered(tmp_path, pictures.image(), "JPEG", exif=exif, comment=b"secret")

    assert {"exif", "xmp", "icc_profile", "comment"}.isdisjoint(small.info)


def test_transparency_stays(tmp_path):
    """Pages show it on their own ground."""
    small = rendered(tmp_path, Image.new("RGBA", (40, 40), (*RED, 0)))

    assert (small.mode, small.getpixel((5, 5))[3]) == ("RGBA", 0)


@pytest.mark.parametrize(
    ("mode", "colour", "form"),
    [
        ("L", 100, "PNG"), ("LA", (100, 255), "PNG"), ("1", 1, "PNG"), ("P", 5, "GIF"), ("I;16", 100 * 256, "PNG"),
        ("I;16", 100 * 256, "TIFF"), ("CMYK", (0, 0, 0, 155), "JPEG"), ("F", 0.5, "TIFF"), ("I", 7, "TIFF"),
        ("LAB", (100, 0, 0), "TIFF"), ("YCbCr", (100, 128, 128), "JPEG"),
    ],
)  # fmt: skip
def test_pictures_of_every_mode_are_shown(tmp_path, mode, colour, form):
    """Greys, palettes, print colours and measurements."""
    assert rendered(tmp_path, Image.new(mode, (20, 20), colour), form).mode in {"RGB", "RGBA"}


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bits_are_not_clipped(tmp_path, form):
    """A middle grey stays one."""
    small = rendered(tmp_path, Image.new("I;16", (20, 20), 100 * 256), form)

    assert is_near(small.getpixel((5, 5)), (100, 100, 100), by=2)


def test_a_transparent_palette_colour_stays_transparent(tmp_path):
    """As in old web graphics."""
    picture = Image.new("P", (20, 20), 1)
    picture.putpalette([0, 0, 0, *RED])
    small = rendered(tmp_path, picture, transparency=1)

    assert small.getpixel((5, 5))[3] == 0


def swapped_profile():
    """A profile in which red and blue have changed places, under another name."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace("sRGB".encode("utf-16-be"), "xRGB".encode("utf-16-be"))
    return profile.replace(b"rXYZ", b"____").replace(b"bXYZ", b"rXYZ").replace(b"____", b"bXYZ")


def test_colours_are_moved_into_srgb(tmp_path):
    """The one colour space every screen knows."""
    small = rendered(tmp_path, Image.new("RGB", (20, 20), RED), icc_profile=swapped_profile())

    assert is_near(small.getpixel((5, 5)), RED[::-1])


def test_a_broken_profile_costs_no_thumbnail(tmp_path):
    """The numbers are shown as they are."""
    small = rendered(tmp_path, Image.new("RGB", (20, 20), RED), icc_profile=b"rubbish")

    assert is_near(small.getpixel((5, 5)), RED)


@pytest.mark.parametrize(("size", "decoded"), [(GRID, (1344, 896)), (LARGE, (2688, 1792))])
def test_a_big_jpeg_is_decoded_at_a_fraction(tmp_path, monkeypatch, size, decoded):
    """What would be thrown away is not decoded, and the filter still has enough to work on."""
    path = tmp_path / "big.jpg"
    path.write_bytes(pictures.jpeg(5376, 3584))
    sizes, resize = [], Image.Image.resize
    monkeypatch.setattr(
        Image.Image, "resize", lambda self, *rest, **more: sizes.append(self.size) or resize(self, *rest, **more)
    )
    thumbnailing.render(path, size)

    assert sizes == [decoded]


def test_a_lost_original_is_told_to_the_owner():
    """And not to the queue."""
    photo = PhotoFactory()

    assert not thumbnailing.make_thumbnails(photo.pk)
    assert Photo.objects.get().thumbnail_error == thumbnailing.LOST


def test_a_picture_that_cannot_be_shrunk_is_left_alone_in_the_end():
    """The reason is kept, and the owner may ask again."""
    photo = PhotoFactory(content=b"rubbish")
    for _ in range(THUMBNAIL_ATTEMPTS + 1):
        thumbnailing.make_thumbnails(photo.pk)
    given_up = not Photo.objects.needing_thumbnails()
    thumbnailing.remake([photo.pk])

    assert given_up
    assert Photo.objects.needing_thumbnails().get().thumbnail_error == ""


def test_a_big_picture_asks_for_its_large_rendition(nudges):
    """A small original fills the screen itself."""
    big, small = PhotoFactory(with_file=True, width=1700, height=20), PhotoFactory(with_file=True)
    for photo in (big, small):
        thumbnailing.make_thumbnails(photo.pk)

    assert nudges == [("make_large", str(big.pk))]


def test_the_large_rendition_is_made_once():
    """A second nudge finds it there."""
    photo = PhotoFactory(with_file=True, width=1700, height=20)

    assert [thumbnailing.make_large(photo.pk) for _ in range(2)] == [True, True]
    assert opened(renditions.path(photo.pk, photo.checksum, LARGE)).size[0] == 1600


def test_a_photo_that_is_gone_is_passed_over():
    """Nudges may come late."""
    gone = PhotoFactory.build().pk

    assert (thumbnailing.make_thumbnails(gone), thumbnailing.make_large(gone)) == (False, False)
