"""Files of other programs come in, and ours go out to them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.models import PromptTemplate, WordList
from generation.tests.factories import TemplateFactory
from generation.words import importing, style_files
from generation.words.style_files import UnreadableFile, read, write_csv, write_json

WEB_UI = (
    "\ufeffname,prompt,negative_prompt\r\n"
    'Cinema,"cinematic still {prompt} . emotional, ""harmonious""","anime, cartoon"\r\n'
    "Plain,soft light,\r\n"
)
INVOKEAI = [
    {"name": "Cinema", "prompt": "cinematic still {prompt}", "negative_prompt": "anime"},
    {"name": "Other", "positive_prompt": "oil on canvas", "negative_prompt": ""},
    {"name": "Kept", "preset_data": {"positive_prompt": "ink", "negative_prompt": "colour"}, "type": "user"},
]


def test_the_style_file_of_the_web_ui_is_read() -> None:
    """With its byte order mark, quotes and commas."""
    rows = read(WEB_UI.encode()).rows

    assert [(row.name, row.prompt, row.negative_prompt) for row in rows] == [
        ("Cinema", 'cinematic still {prompt} . emotional, "harmonious"', "anime, cartoon"),
        ("Plain", "soft light", ""),
    ]


def test_old_files_of_the_web_ui_call_the_prompt_text() -> None:
    """As it reads them itself."""
    assert [row.prompt for row in read(b"name,text\nA,old words\n").rows] == ["old words"]


def test_the_styles_of_invokeai_are_read() -> None:
    """As a file of it, and as its interface answers."""
    rows = read(json.dumps(INVOKEAI).encode()).rows

    assert [(row.name, row.prompt, row.negative_prompt) for row in rows] == [
        ("Cinema", "cinematic still {prompt}", "anime"),
        ("Other", "oil on canvas", ""),
        ("Kept", "ink", "colour"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no column"),
        (b"one,two\n1,2\n", "no column"),
        (b"name,prompt\n", "no templates"),
        (b"[]", "no templates"),
        (b'{"something": 1}', "no templates"),
        (b"[" * 100_000, "no templates|cannot be read"),
        (b'[{"name": "A",', "line 1"),
        (b"\x89PNG\r\n\x00\x00", "not text"),
        (b"x" * (style_files.LARGEST_FILE + 1), "larger"),
    ],
)
def test_what_is_no_file_of_templates_is_said(content: bytes, sentence: str) -> None:
    """In a sentence, whatever it is."""
    with pytest.raises(UnreadableFile, match=sentence):
        read(content)


def test_a_row_that_cannot_be_taken_says_why() -> None:
    """The others are taken all the same."""
    rows = read(b'name,prompt\n,words\nNothing,\nLong,"' + b"x" * 20_001 + b'"\nGood,words\n').rows

    assert [(row.number, row.fault) for row in rows] == [
        (1, "It has no name."),
        (2, "It has neither a prompt nor a negative prompt."),
        (3, "One of its texts is longer than 20,000 characters."),
        (4, ""),
    ]


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    """Rows or a sentence, nothing else."""
    try:
        rows = read(content).rows
    except UnreadableFile:
        return
    assert rows


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda text: text == text.strip() and "\ufeff" not in text
)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5))
def test_what_goes_out_comes_in_again(texts: list[tuple[str, str, str]]) -> None:
    """Both as CSV and as JSON, to the last sign."""
    templates = [PromptTemplate(name=n, prompt_text=p, negative_prompt=q) for n, p, q in texts]
    wanted = [(" ".join(n.split()), p, q) for n, p, q in texts]

    for content in (write_csv(templates), write_json(templates, [])):
        assert [(row.name, row.prompt, row.negative_prompt) for row in read(content.encode()).rows] == wanted


@pytest.mark.django_db
def test_a_plan_says_what_would_be_added_and_what_is_skipped() -> None:
    """What is there is skipped, what has another's name gets one of its own, and nothing is written yet."""
    TemplateFactory(name="Cinema", prompt_text="cinematic still {prompt}", negative_prompt="anime")
    TemplateFactory(name="other", prompt_text="something else")
    plan = importing.plan(read(json.dumps([*INVOKEAI, {"name": ""}]).encode()))

    assert [(line.row.name, line.fate) for line in plan.lines] == [
        ("Cinema", "same"), ("Other 2", "new"), ("Kept", "new"), ("", "faulty"),
    ]  # fmt: skip
    assert PromptTemplate.objects.count() == 2


@pytest.mark.django_db
def test_taking_a_file_in_twice_adds_nothing_more() -> None:
    """Also where names were taken."""
    TemplateFactory(name="Other", prompt_text="something else")
    content = json.dumps({"templates": INVOKEAI, "lists": [{"name": "Colour", "entries": "red\nblue"}]}).encode()
    importing.take_in(read(content))
    again = importing.take_in(read(content))

    assert not again.brings_something
    assert PromptTemplate.objects.count() == 4
    assert WordList.objects.get().name == "colour"


@pytest.mark.django_db
def test_our_own_file_brings_back_everything() -> None:
    """Favourites, categories, descriptions and lists."""
    TemplateFactory(name="A", category="Light", is_favorite=True, description="soft")
    content = write_json(PromptTemplate.objects.all(), []).encode()
    PromptTemplate.objects.all().delete()
    importing.take_in(read(content))

    back = PromptTemplate.objects.get()
    assert (back.name, back.category, back.is_favorite, back.description) == ("A", "Light", True, "soft")
