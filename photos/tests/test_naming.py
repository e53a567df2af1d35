"""What files are called, and what their names say is inside."""

from dataclasses import replace
from pathlib import Path

import pytest

from photos.imaging.decoding import Refused, examine
from photos.intake.naming import readable_name, refuse_misnamed, spelled
from photos.tests import pictures


@pytest.fixture
def png(tmp_path):
    """What a PNG proves to be."""
    path = tmp_path / "a.png"
    path.write_bytes(pictures.png())
    return examine(path)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a/b/../IMG 1.png", "IMG 1.png"),
        ("C:\\x\\y.jpg", "y.jpg"),
        ("a\0b\n.png", "ab.png"),
        ("", "picture"),
        ("caf\udce9.png", "café.png"),
        ("\ud800.png", ".png"),
    ],
)
def test_only_the_readable_last_part_of_a_name_is_kept(name, shown):
    """Names come from strangers' machines."""
    assert readable_name(name) == shown


@pytest.mark.parametrize(
    ("path", "text"), [("/a/café.png", "/a/café.png"), ("/a/caf\udce9\n\x1b[2J.png", "/a/caf\\xe9\\n\\x1b[2J.png")]
)
def test_any_path_can_be_written_down(path, text):
    """Also where its bytes are no letters, or would tell a terminal what to do."""
    assert spelled(Path(path)) == text


@pytest.mark.parametrize("name", ["a.jpg", "a.HEIC", "a.b.tiff"])
def test_a_picture_that_is_not_what_its_name_says_is_refused(png, name):
    """Other programs would stumble over it; the sentence tells what to do."""
    with pytest.raises(Refused, match=r"but it is a PNG\. Rename it to “a(\.b)?\.png” and import it again\."):
        refuse_misnamed(name, png)


@pytest.mark.parametrize("name", ["a.png", "a.PNG", "a", "a.dat", "picture"])
def test_a_name_that_says_nothing_else_is_fine(png, name):
    """Most pictures of the web have none at all."""
    refuse_misnamed(name, png)


@pytest.mark.parametrize("name", ["a.avif", "a.heif"])
def test_what_is_called_either_way_is_fine(png, name):
    """HEIF is the container of both."""
    refuse_misnamed(name, replace(png, mime_type="image/avif"))
    refuse_misnamed(name, replace(png, mime_type="image/heic"))
