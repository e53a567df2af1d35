"""Every generator in every format it writes: what comes out is what went in."""

import json

import pytest

from photos.imaging.decoding import examine
from photos.intake.facts import facts_of
from photos.tests.corpus import Sample, samples

SAMPLES = {sample.name: sample for sample in samples()}


def facts(sample: Sample, tmp_path):
    path = tmp_path / "picture"
    path.write_bytes(sample.content)
    return facts_of(examine(path))


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_generator_wrote_is_read(name, tmp_path):
    """Generator, both prompts, the model and the numbers."""
    sample = SAMPLES[name]
    found = facts(sample, tmp_path)
    params = found["generation_params"]

    assert found["is_generated"]
    assert params["generator"] == sample.generator
    assert (found["generation_prompt"] or "", found["generation_negative_prompt"] or "") == (
        sample.prompt,
        sample.negative,
    )
    assert found["model_name"] == sample.model
    assert {key: params.get(key) for key in sample.params} == sample.params


@pytest.mark.parametrize("name", SAMPLES)
def test_the_raw_texts_are_kept_beside_what_was_read(name, tmp_path):
    """A better parser can read them again; both databases take them."""
    metadata = facts(SAMPLES[name], tmp_path)["metadata"]

    assert metadata["chunks"]
    assert json.dumps(metadata, allow_nan=False)
