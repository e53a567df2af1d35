"""What else is known of a picture, on its page."""

import json

from photos.about.details import place
from photos.about.parameters import more_parameters, raw_texts
from photos.tests.factories import PhotoFactory


def rows(**params):
    """Return the further rows of a picture made with these."""
    return {fact.name: fact.value for fact in more_parameters(PhotoFactory.build(generation_params=params))}


def test_what_has_a_row_already_is_not_told_again():
    """The further settings begin where the first rows end."""
    told = {"steps": 20, "seed": 1, "width": 512, "loras": [{"name": "soft"}], "prompt": "a fox", "generator": "Forge"}

    assert rows(**told, other={"Hires upscaler": "Latent", "ENSD": 31337}) == {
        "Hires upscaler": "Latent",
        "ENSD": "31337",
    }


def test_names_and_values_are_written_for_people():
    """Snake and camel case become words; no, nothing and what changes nothing are left out."""
    params = {"cfg_rescale_multiplier": 0.0, "seamless_x": False, "rand_device": "cpu", "t5_encoder": {"name": "XXL"}}

    assert rows(**params, other={"hrfMethod": ["a", "b"], "tiled": True}) == {
        "Rand device": "cpu",
        "T5 encoder": "XXL",
        "HRF method": "a, b",
        "Tiled": "Yes",
    }


def test_a_models_hash_is_there_to_be_copied():
    """Whoever looks for a lost checkpoint looks for its hash."""
    photo = PhotoFactory.build(generation_params={"model": {"name": "SDXL", "key": "k", "hash": "0123456789" * 6}})
    [row] = more_parameters(photo)

    assert (row.name, row.value) == ("Model hash", "0123456789012345678…")
    assert row.copied == "0123456789" * 6


def test_raw_texts_are_laid_out_and_kept_as_they_are():
    """JSON gets its lines; what is copied is the text of the file."""
    photo = PhotoFactory.build(metadata={"chunks": {"invokeai_metadata": '{"seed":9007199254740993}', "xmp": "<x"}})
    xmp, found = raw_texts(photo)

    assert (xmp.name, xmp.shown) == ("XMP", "<x")
    assert found.raw == '{"seed":9007199254740993}'
    assert found.shown == '{\n  "seed": 9007199254740993\n}'


def test_a_place_is_read_by_people_and_copied_for_maps():
    """Degrees with their directions are shown; plain numbers are copied."""
    where = {"latitude": -33.856789, "longitude": 151.215, "altitude": 12.4}
    position, altitude = place(PhotoFactory.build(metadata={"place": where}))

    assert position.value == "33.85679° S, 151.21500° E"
    assert position.copied == "-33.85679, 151.21500"
    assert altitude.value == "12 m above the sea"


def test_the_page_offers_all_of_it(owner_client):
    """Flash, place and software have their rows, and the texts an address of their own."""
    photo = PhotoFactory(
        generated=True,
        metadata={
            "chunks": {"parameters": "a <fox>"},
            "camera": {"flash": True},
            "place": {"latitude": 48.2, "longitude": 16.37},
            "software": "Retoucher 3",
        },
    )
    page = owner_client.get(photo.get_absolute_url()).content.decode()
    texts = owner_client.get(f"{photo.get_absolute_url()}texts/").content.decode()

    assert all(words in page for words in ("Fired", "48.20000, 16.37000", "Retoucher 3", "texts/"))
    assert "a &lt;fox&gt;" in texts


def test_texts_too_nested_to_lay_out_are_shown_as_they_are():
    """A hostile file breaks no page."""
    text = "[" * 100_000
    photo = PhotoFactory.build(metadata={"chunks": {"parameters": text, "prompt": json.dumps({"a": 1})}})

    assert raw_texts(photo)[-1].shown == text
