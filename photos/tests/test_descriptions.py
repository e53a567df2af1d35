"""Reading what people and their programs wrote about a photograph."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from photos.imaging.decoding import examine
from photos.intake.facts import facts_of
from photos.metadata.descriptions import describe
from photos.metadata.xmp import read_xmp
from photos.tests import containers, pictures

PACKET = containers.xmp(
    containers.listed("dc:title", ["Dawn"], "Alt")
    + containers.listed("dc:description", ["The first light, café 日本"], "Alt")
    + containers.listed("dc:subject", ["fox", "snow", "Fox"]),
    'xmp:Rating="4" xmp:CreatorTool="Darkroom 7" xmp:CreateDate="2024-07-01T12:00:00+02:00"',
)
FORMS = {
    "JPEG": containers.file("JPEG", xmp=PACKET),
    "WEBP": containers.file("WEBP", xmp=PACKET),
    "AVIF": containers.file("AVIF", xmp=PACKET),
    "TIFF": containers.file("TIFF", tiffinfo={700: PACKET}),
    "PNG": pictures.png(texts={"XML:com.adobe.xmp": PACKET.decode()}),
}


def examined(content: bytes, tmp_path):
    path = tmp_path / "picture"
    path.write_bytes(content)
    return examine(path)


@pytest.mark.parametrize("form", FORMS)
def test_xmp_is_read_from_every_format(form, tmp_path):
    """Title, description, rating, keywords and the date."""
    found = facts_of(examined(FORMS[form], tmp_path))

    assert (found["title"], found["description"], found["rating"]) == ("Dawn", "The first light, café 日本", 4)
    assert found["metadata"]["keywords"] == ["fox", "snow"]
    assert found["metadata"]["software"] == "Darkroom 7"
    assert found["taken_at"] == datetime(2024, 7, 1, 10, tzinfo=UTC)


def test_a_photographs_packet_is_not_kept_in_its_row(tmp_path):
    """It is long, and all that counts has a place of its own."""
    assert "chunks" not in facts_of(examined(FORMS["JPEG"], tmp_path))["metadata"]


@pytest.mark.parametrize(("charset", "encoding"), [([(1, 90, b"\x1b%G")], "utf-8"), ([], "latin-1")])
def test_iptc_is_read_in_either_encoding(charset, encoding, tmp_path):
    """Old programs wrote Latin letters and did not say so."""
    words = [(2, 5, "Café"), (2, 120, "Über alles"), (2, 25, "fox"), (2, 25, "Schnee grün")]
    records = charset + [(record, dataset, text.encode(encoding)) for record, dataset, text in words]
    found = describe(examined(containers.jpeg_with_iptc(records), tmp_path).chunks)

    assert (found.title, found.description, found.keywords) == ("Café", "Über alles", ["fox", "Schnee grün"])


def test_what_windows_wrote_is_read(tmp_path):
    """Title, keywords and stars, in tags of its own."""
    tags = {0x9C9B: "Dawn\0".encode("utf-16-le"), 0x9C9E: "fox;snow\0".encode("utf-16-le"), 0x4746: 3}
    found = describe(examined(containers.file("JPEG", exif=containers.exif(tags)), tmp_path).chunks)

    assert (found.title, found.keywords, found.rating) == ("Dawn", ["fox", "snow"], 3)


@pytest.mark.parametrize("words", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "  ", "Created with GIMP"])
def test_what_a_camera_says_of_itself_is_no_description(words, tmp_path):
    """It is in every picture it takes."""
    tags = {containers.IMAGE_DESCRIPTION: words}

    assert describe(examined(containers.file("JPEG", exif=containers.exif(tags)), tmp_path).chunks).description == ""


def test_the_cameras_own_date_comes_first(tmp_path):
    """Editors write when the file was made."""
    part = {0x9003: "2020:01:02 03:04:05", 0x9011: "+00:00"}
    content = containers.file("JPEG", exif=containers.exif(part=part), xmp=PACKET)

    assert examined(content, tmp_path).taken_at == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_the_time_of_the_satellites_is_never_the_pictures(tmp_path):
    """It is when they were last heard."""
    exif = pictures.Image.Exif()
    exif.get_ifd(0x8825).update({7: (3.0, 4.0, 5.0), 29: "2020:01:02"})

    assert examined(pictures.save(pictures.image(), "JPEG", exif=exif), tmp_path).taken_at is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-07-01T12:00:00+02:00", datetime(2024, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))),
        ("2024-07-01T12:00:00.25Z", datetime(2024, 7, 1, 12, 0, 0, 250_000, tzinfo=UTC)),
        ("2024-07-01T12:00", datetime(2024, 7, 1, 12)),
        ("2024-07", None),
        ("soon", None),
        ("99999-01-01T00:00:00Z", None),
    ],
)
def test_dates_of_editors_are_read_as_far_as_they_are_whole(written, expected):
    """A month alone is no moment."""
    packet = containers.xmp(attributes=f'xmp:CreateDate="{written}"').decode()

    assert describe({"xmp": packet}).taken_at == expected


@pytest.mark.parametrize(("written", "stars"), [("5", 5), ("3.0", 3), ("-1", 0), ("9", 0), ("many", 0), ("", 0)])
def test_stars_go_from_one_to_five(written, stars):
    """Minus one is an editor's word for rejected."""
    assert describe({"xmp": containers.xmp(attributes=f'xmp:Rating="{written}"').decode()}).rating == stars


def test_a_generators_prompt_is_no_description(tmp_path):
    """It has a place of its own."""
    found = facts_of(examined(pictures.png(texts={"Description": "a fox --ar 2:1 --v 6"}), tmp_path))

    assert found["generation_prompt"] == "a fox"
    assert "description" not in found


def test_properties_of_other_things_in_a_packet_are_not_the_pictures():
    """A history names titles and ratings of earlier versions."""
    nested = '<photoshop:History rdf:parseType="Resource"><dc:title>old</dc:title></photoshop:History>'

    assert "dc:title" not in read_xmp(containers.xmp(nested).decode())


@pytest.mark.parametrize(
    "packet",
    [
        '<!DOCTYPE x [<!ENTITY a "lol">]><x>&a;</x>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "<a>" * 5_000,
        "<a",
        "",
        "no xml",
    ],
)
def test_hostile_packets_say_nothing(packet):
    """Above all no entity is ever expanded."""
    assert read_xmp(packet) == {}
