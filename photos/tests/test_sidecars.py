"""Text files beside a picture."""

import pytest

from photos.choices import TraitKind
from photos.intake.importing import import_file
from photos.intake.moving_in import move_in
from photos.metadata.sidecars import LIMIT, read_sidecar
from photos.metadata.xmp_place import xmp_place
from photos.models import Photo
from photos.rereading import reread
from photos.tests import pictures

WORDS = "a fox\nSteps: 20, Sampler: Euler, Seed: 42"


@pytest.fixture
def picture(tmp_path):
    """A picture that says nothing itself."""
    path = tmp_path / "00001-42.png"
    path.write_bytes(pictures.png(seed=9))
    return path


@pytest.mark.django_db
@pytest.mark.usefixtures("incoming", "nudges")
def test_a_picture_is_known_by_the_text_beside_it(picture):
    """Reading the original again, which the text is no part of, does not forget it."""
    picture.with_suffix(".txt").write_text(WORDS)
    photo = import_file(picture)
    reread(photo.pk)
    again = Photo.objects.get(pk=photo.pk)

    assert photo.generation_prompt == again.generation_prompt == "a fox"
    assert again.metadata["chunks"] == {"sidecar": WORDS}


@pytest.mark.django_db
@pytest.mark.usefixtures("incoming", "nudges")
def test_a_caption_beside_a_photograph_makes_it_no_generated_picture(picture):
    """People keep captions for training there."""
    picture.with_suffix(".txt").write_text("a photo of a fox, snow: deep")
    photo = import_file(picture)

    assert not photo.is_generated
    assert "chunks" not in photo.metadata


def test_only_a_small_text_of_the_same_name_counts(picture):
    """A folder holds other texts too."""
    (picture.parent / "readme.txt").write_text(WORDS)
    picture.with_suffix(".txt").write_bytes(b"x" * (LIMIT + 1))
    picture.with_suffix(".json").mkdir()

    assert read_sidecar(picture) == {}


PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmp:Rating="4" exif:GPSLatitude="48,12.5N" exif:GPSLongitude="16,22,12W"
 exif:DateTimeOriginal="2019-07-14T18:30:00+02:00">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Harbour</rdf:li></rdf:Alt></dc:title>
<dc:subject><rdf:Bag><rdf:li>boats</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"""


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["00001-42.png.xmp", "00001-42.xmp", "00001-42.XMP"])
def test_a_folder_brings_what_editors_wrote_beside_a_picture(picture, name):
    """Title, stars, keywords, date and place; and reading the original again forgets none of it."""
    (picture.parent / name).write_text(PACKET)
    [outcome] = move_in([picture])
    reread(outcome.photo)
    photo = Photo.objects.get(pk=outcome.photo)

    assert (photo.title, photo.rating, photo.taken_at.isoformat()) == ("Harbour", 4, "2019-07-14T16:30:00+00:00")
    assert photo.metadata["place"] == {"latitude": 48.208333, "longitude": -16.37}
    assert [trait.value for trait in photo.traits.filter(kind=TraitKind.TAG)] == ["boats"]


@pytest.mark.django_db
def test_a_folder_brings_the_prompts_beside_its_pictures(picture):
    """Moving in reads what an upload cannot bring."""
    picture.with_suffix(".txt").write_text(WORDS)
    [outcome] = move_in([picture])

    assert Photo.objects.get(pk=outcome.photo).generation_prompt == "a fox"


@pytest.mark.parametrize(
    "packet", [b"", b"<", b"\xff" * 500, b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", PACKET.encode()[:300]]
)
def test_a_broken_packet_says_nothing(picture, packet):
    """A file of strangers must never cost a picture."""
    picture.with_suffix(".xmp").write_bytes(packet)

    assert "sidecar" not in read_sidecar(picture)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("91,0N", "16,0E"), ("48,12.5N", ""), ("48.2", "16.37"), ("48,12.5E", "16,0E")]
)
def test_half_a_place_is_none(latitude, longitude):
    """Both angles, in degrees and minutes, with the right direction."""
    assert xmp_place({"exif:GPSLatitude": [latitude], "exif:GPSLongitude": [longitude]}) == {}


def test_heights_are_fractions_above_or_below_the_sea():
    """As cameras write them; a fraction of nothing is no height."""
    place = {"exif:GPSLatitude": ["48,0N"], "exif:GPSLongitude": ["16,0E"]}

    assert xmp_place({**place, "exif:GPSAltitude": ["305/2"], "exif:GPSAltitudeRef": ["1"]})["altitude"] == -152.5
    assert "altitude" not in xmp_place({**place, "exif:GPSAltitude": ["1/0"]})
