"""What is particular about some formats: telephones' pictures, pages, films, and colours wider than a screen's."""

import io
import struct

import pytest
from PIL import Image, ImageCms

from photos.files import renditions
from photos.imaging import thumbnailing
from photos.imaging.decoding import Refused, examine
from photos.models import Photo
from photos.tests import pictures
from photos.tests.factories import PhotoFactory

# Red, green and blue of wider colour spaces as their profiles give them: under D50, in XYZ.
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))


def kept(tmp_path, content):
    path = tmp_path / "picture"
    path.write_bytes(content)
    return path


def profile(colours):
    """A profile with these primaries, made of sRGB's under another name."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made = bytearray(bytes(made).replace("sRGB".encode("utf-16-be"), "wRGB".encode("utf-16-be")))
    for name, colour in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colours, strict=True):
        entry = made.index(name)
        offset = struct.unpack(">I", made[entry + 4 : entry + 8])[0]
        made[offset + 8 : offset + 20] = struct.pack(">3i", *(round(part * 65536) for part in colour))
    return bytes(made)


def colour_shown(tmp_path, picture, form="PNG", **options):
    """The colour in the middle of a rendition, as a browser decodes it."""
    path = kept(tmp_path, pictures.save(picture, form, **options))
    shown = thumbnailing.render(path, renditions.GRID)
    with Image.open(io.BytesIO(thumbnailing.encode(shown))) as small:
        return small.convert("RGB").getpixel((small.width // 2, small.height // 2))


def assert_near(colour, wanted, by=8):
    assert all(abs(one - other) <= by for one, other in zip(colour, wanted, strict=True)), colour


@pytest.mark.parametrize(
    ("name", "colours", "written", "seen"),
    [
        ("Display P3", DISPLAY_P3, (234, 51, 35), (255, 0, 0)),
        ("Display P3", DISPLAY_P3, (117, 251, 76), (0, 255, 0)),
        ("Display P3", DISPLAY_P3, (128, 128, 128), (128, 128, 128)),
        ("Adobe RGB", ADOBE_RGB, (160, 90, 70), (185, 88, 66)),
    ],
)
def test_wide_colours_look_right_on_any_screen(tmp_path, name, colours, written, seen):
    """A telephone's red is written with smaller numbers than a screen's: shown as they are, all would look pale."""
    assert_near(colour_shown(tmp_path, Image.new("RGB", (40, 40), written), icc_profile=profile(colours)), seen)


def test_wide_colours_look_right_in_a_heic(tmp_path):
    """Where most of them come from."""
    picture = Image.new("RGB", (64, 64), (234, 51, 35))

    assert_near(
        colour_shown(tmp_path, picture, "HEIF", icc_profile=profile(DISPLAY_P3), quality=95), (255, 0, 0), by=16
    )


@pytest.mark.parametrize(
    ("ink", "seen"),
    [((0, 0, 0, 0), (255, 255, 255)), ((255, 0, 0, 0), (0, 255, 255)), ((0, 0, 0, 255), (0, 0, 0))],
)
def test_print_colours_are_not_turned_into_their_opposite(tmp_path, ink, seen):
    """Programs write ink upside down."""
    assert_near(colour_shown(tmp_path, Image.new("CMYK", (40, 40), ink), "JPEG", quality=95), seen)


def test_a_heic_is_taken_in_upright(tmp_path):
    """Its file says itself how it is turned."""
    exif = Image.Exif()
    exif[pictures.ORIENTATION] = 6
    examined = examine(kept(tmp_path, pictures.save(pictures.image(120, 80), "HEIF", exif=exif.tobytes())))

    assert (examined.mime_type, examined.extension) == ("image/heic", "heic")
    assert (examined.width, examined.height) == (80, 120)


def test_a_heic_brings_its_capture_date(tmp_path):
    """As any photograph."""
    exif = Image.Exif()
    exif.get_ifd(pictures.EXIF_IFD).update({0x9003: "2024:05:06 07:08:09", 0x9011: "+00:00"})
    examined = examine(kept(tmp_path, pictures.save(pictures.image(), "HEIF", exif=exif.tobytes())))

    assert examined.taken_at is not None
    assert examined.taken_at.isoformat() == "2024-05-06T07:08:09+00:00"


@pytest.mark.parametrize("cut", [0.3, 0.7])
def test_a_cut_off_heic_is_refused(tmp_path, cut):
    """With a sentence."""
    content = pictures.heic(200, 200)

    with pytest.raises(Refused):
        examine(kept(tmp_path, content[: int(len(content) * cut)]))


def test_of_many_pages_the_first_is_shown(tmp_path):
    """A scan of many pages is no film."""
    first, second = Image.new("RGB", (40, 40), (200, 30, 30)), Image.new("RGB", (40, 40), (30, 200, 30))
    options = {"save_all": True, "append_images": [second]}

    assert not examine(kept(tmp_path, pictures.save(first, "TIFF", **options))).is_animated
    assert_near(colour_shown(tmp_path, first, "TIFF", **options), (200, 30, 30))


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_see_through_parts_stay_so(tmp_path, mode):
    """In every mode that has them."""
    picture = Image.new("RGBA", (40, 40), (200, 30, 30, 0)).convert(mode)
    shown = thumbnailing.render(kept(tmp_path, pictures.save(picture, "PNG")), renditions.GRID)

    assert shown.mode == "RGBA"
    assert shown.getpixel((20, 20))[3] == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mime_type", "extension", "is_original"), [("image/heic", "heic", False), ("image/tiff", "tif", False)]
)
def test_what_browsers_cannot_show_is_shown_as_a_rendition(mime_type, extension, is_original):
    """Also when it is small; the download is the original."""
    photo = PhotoFactory(mime_type=mime_type, extension=extension)

    assert ("/pictures/large/" in photo.large_url, photo.large_url == photo.original_url) == (True, is_original)
    assert photo.download_url.endswith(f".{extension}?download")


@pytest.mark.django_db
def test_a_film_plays_in_the_viewer_whatever_its_size():
    """Its rendition would stand still."""
    film = PhotoFactory(mime_type="image/gif", extension="gif", width=3000, height=2000, metadata={"is_animated": True})
    picture = PhotoFactory(mime_type="image/gif", extension="gif", width=3000, height=2000)

    assert film.large_url == film.original_url
    assert picture.large_url != picture.original_url


@pytest.mark.django_db
def test_a_grid_reads_no_more_for_films(django_assert_num_queries):
    """Whether one moves is not asked there."""
    PhotoFactory.create_batch(3, mime_type="image/gif", extension="gif")

    with django_assert_num_queries(1):
        assert all(photo.grid_url for photo in Photo.objects.for_grid())
