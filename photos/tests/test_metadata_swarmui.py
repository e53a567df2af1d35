"""Reading what SwarmUI writes."""

import json

from photos.metadata import read_generation
from photos.tests.corpus import SWARMUI


def read(**changes):
    asked = {**SWARMUI["sui_image_params"], **changes}
    return read_generation({"parameters": json.dumps(SWARMUI | {"sui_image_params": asked})})


def test_missing_weights_of_loras_are_unknown():
    """The list of weights may be shorter."""
    assert read(loras=["a", "b"], loraweights=["0.5"]).params["loras"] == [{"name": "a", "weight": 0.5}, {"name": "b"}]


def test_hashes_are_found_by_the_models_name():
    """They stand in a list beside the parameters."""
    assert read().params["model"] == {"name": "m", "file": "dir/m", "hash": "d7a9"}


def test_what_has_no_common_word_is_kept():
    """A page shows it as it is."""
    assert read(aspectratio="2:3", automaticvae=True).params["other"] == {"aspectratio": "2:3", "automaticvae": True}
