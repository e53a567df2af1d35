"""Whatever a stranger's file holds: reading it neither fails nor stalls, and no database refuses what comes out."""

import gzip
import json
import re
import signal
import sys
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from photos.imaging.decoding import Refused, examine
from photos.intake.facts import facts_of
from photos.metadata import PARSERS, read_generation
from photos.metadata.descriptions import describe
from photos.metadata.exif_texts import user_comment
from photos.metadata.iptc import read_iptc
from photos.tests import corpus, pictures

# What a pattern that goes back and forth over two megabytes takes for ever: no parser comes near it.
SECONDS_OF_PROCESSOR = 60
MEGABYTE = 1024 * 1024
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
KEYS = (
    "parameters", "prompt", "workflow", "invokeai_metadata", "sd-metadata", "Dream", "fooocus_scheme", "Software",
    "Comment", "Description", "Source", "negative_prompt", "num_inference_steps", "exif:UserComment", "exif:Model",
    "exif:ImageDescription", "comment", "sidecar", "xmp", "iptc:keywords", "c2pa",
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SAMPLES = [sample for sample in corpus.samples() if sample.content[:4] == b"\x89PNG"]


def is_fit_for_a_row(found) -> bool:
    """Both databases take text without NUL and lone surrogates, and JSON without NaN."""
    written = json.dumps(found, allow_nan=False, ensure_ascii=False, default=str)
    return not NUL.search(written) and bool(written.encode())


def read(chunks):
    found, described = read_generation(chunks), describe(chunks)
    parts = [found.prompt, found.negative_prompt, found.model_name, found.params] if found else []
    return [*parts, described.title, described.description, described.keywords]


def counted(act: Callable[[], object]) -> tuple[object, int]:
    """Return what comes out and how many functions of Python were called: the work, however busy the machine is."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += 1

    before = sys.gettrace()
    sys.settrace(count)
    try:
        return act(), calls
    finally:
        sys.settrace(before)


@contextmanager
def unless_it_stalls() -> Iterator[None]:
    """End what no function call would tell of, such as a pattern without end."""
    before = signal.signal(signal.SIGPROF, _stalled)
    signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_PROCESSOR)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stalled(number, frame):
    raise TimeoutError("a parser stalls")


@QUICK
@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=200), max_size=5))
def test_any_texts_can_be_read(chunks):
    """Under the very keys that parsers look for."""
    assert is_fit_for_a_row(read(chunks))


@QUICK
@given(st.sampled_from(KEYS), JSON)
def test_any_json_can_be_read(key, value):
    """Of whatever types where others are expected."""
    assert is_fit_for_a_row(read({key: json.dumps(value)}))


@QUICK
@given(st.sampled_from([corpus.COMFYUI, corpus.EDITOR, corpus.FOOOCUS, corpus.SWARMUI, corpus.INVOKEAI]), st.data())
def test_a_value_of_the_wrong_kind_costs_only_itself(template, data):
    """One value of a real object is replaced by anything at all."""
    found = json.loads(json.dumps(template))
    place = found
    while isinstance(place, dict | list) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            place[key] = data.draw(JSON)
            break
        place = place[key]
    written = json.dumps(found)

    assert is_fit_for_a_row([read({name: written}) for name in ("prompt", "workflow", "parameters")])


@QUICK
@given(st.binary(max_size=300))
def test_any_bytes_are_some_comment(content):
    """Marked as any encoding, or as none."""
    marks = (b"", b"UNICODE\0", b"ASCII\0\0\0", bytes(8))
    comments = [user_comment(mark + content) for mark in marks]

    assert all(isinstance(comment, str) for comment in comments)
    assert all(isinstance(text, str) for text in read_iptc(b"\x1c\x02" + content).values())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sample=st.sampled_from(corpus.samples()), data=st.data())
def test_a_damaged_file_is_read_or_refused(tmp_path, sample, data):
    """Cut off anywhere, or with any few bytes changed."""
    content = bytearray(sample.content)
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content)

    with suppress(Refused):
        assert is_fit_for_a_row(facts_of(examine(path)))


SLOW = {
    "deep": '{"a":' * 300_000, "deep list": "[" * 1_000_000, "long word": "a" * 2_000_000,
    "spaces": " " * 2_000_000,
    "colons": "a: " * 600_000, "keys": "ab: 1, " * 280_000, "quotes": 'ab: "' * 400_000,
    "escapes": 'ab: "\\"' * 280_000,
    "lists": "ab: [" * 400_000, "objects": 'ab: {"a": ' * 200_000, "loras": "<lora:" * 330_000,
    "dashes": "-" * 2_000_000,
    "flags": "--a " * 500_000, "job": "Job ID: " * 250_000, "lines": "Steps: 1\n" * 220_000, "brackets": "[" * 20_000,
    "negatives": "Negative prompt: a\n" * 100_000, "labels": "Prompt: a\n" * 200_000, "digits": "9" * 2_000_000,
    "big number": '{"sui_image_params": {"seed": ' + "9" * 4_000 + "}}", "elements": "<a>" * 300_000,
    "attributes": "<a " + "b='c' " * 300_000, "links": json.dumps({
        str(n): {"class_type": "KSampler", "inputs": {"positive": [str(n + 1), 0], "model": [str(n + 2), 0],
                                                      "latent_image": [str((n * 7) % 6_000), 0]}}
        for n in range(6_000)}),
    "fan": json.dumps({
        str(n): {"class_type": "KSampler", "inputs": {f"text_{m}": [str(n + m), 0] for m in range(1, 9)} | {
            "positive": [str(n + 1), 0]}} for n in range(1_500)}),
    "wide": json.dumps({"invokeai": ["x"] * 400_000}),
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_no_text_of_two_megabytes_stalls(name):
    """By any parser, under any key: calls grow no faster than the text, after what the shortest may cost."""
    text = SLOW[name][:2_000_000]
    for key in ("parameters", "prompt", "workflow", "Description", "sidecar", "xmp", "Dream", "exif:UserComment"):
        with unless_it_stalls():
            found, calls = counted(lambda key=key: read({key: text}))
        assert is_fit_for_a_row(found), key
        assert 0 < calls < len(text) + 30_000, key


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt"])
def test_a_compressed_bomb_is_not_unpacked(kind, tmp_path):
    """But for what is safe of its fifty megabytes."""
    packed = zlib.compress(b"x" * 50_000_000, 9)
    head = {b"zTXt": b"parameters\0\0", b"iTXt": b"parameters\0\1\0\0\0"}[kind]
    path = tmp_path / "bomb.png"
    path.write_bytes(pictures.with_chunk(pictures.png(), kind, head + packed))
    tracemalloc.start()
    with pytest.raises(Refused, match="more than is safe"):
        examine(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 20 * MEGABYTE


def test_a_long_workflow_is_no_bomb(tmp_path):
    """Some are longer than what Pillow would allow."""
    graph = corpus.COMFYUI | {"99": {"class_type": "Note", "inputs": {"text": "x" * 1_500_000}}}
    content = b"prompt\0\0" + zlib.compress(json.dumps(graph).encode())
    path = tmp_path / "long.png"
    path.write_bytes(pictures.with_chunk(pictures.png(), b"zTXt", content))

    assert facts_of(examine(path))["generation_prompt"] == corpus.PROMPT


def test_a_bomb_in_the_pixels_is_not_unpacked(tmp_path):
    """The hidden text of an alpha channel has a limit too."""
    path = tmp_path / "bomb.png"
    path.write_bytes(corpus.stealthy(gzip.compress(b" " * 900_000, 9)))

    assert len("".join(examine(path).chunks.values())) <= 2_000_000


def test_many_texts_are_cut_to_some(tmp_path):
    """A row is no archive."""
    path = tmp_path / "many.png"
    path.write_bytes(pictures.png(texts={f"key {number}": "x" for number in range(500)}))

    assert len(examine(path).chunks) < 100


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.__name__)
def test_no_parser_claims_a_file_without_texts(parser):
    """Most files are photographs."""
    assert not parser.recognises({})


def test_a_parser_that_breaks_says_nothing_of_the_text(monkeypatch, caplog):
    """Prompts never reach a log; the other parsers still have their turn."""
    monkeypatch.setattr(PARSERS[5], "parse", lambda chunks: 1 / 0)
    found = read_generation({"parameters": corpus.A1111, "prompt": json.dumps(corpus.COMFYUI)})

    assert found.generator == "ComfyUI"
    assert "fox" not in caplog.text
    assert "ZeroDivisionError" in caplog.text
