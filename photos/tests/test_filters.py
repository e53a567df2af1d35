"""What the address of the timeline says is wanted."""

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from photos.searching.filters import PhotoFilter, chips, choices
from photos.templatetags.searching import marked


def wanted(text):
    return PhotoFilter.from_query({"q": text})


def test_older_addresses_are_read_into_the_same_text():
    """Bookmarks keep working."""
    query = {"q": "fox", "source": "generated", "favourites": "1", "model": "Dream Shaper"}

    assert PhotoFilter.from_query(query).q == 'fox is:generated is:favourite model:"Dream Shaper"'


def test_words_and_chips_of_the_form_become_one_text():
    """Each part once."""
    assert PhotoFilter.from_query({"q": "fox is:photo", "f": "rating:>=3 is:photo"}).q == "fox is:photo rating:>=3"


def test_a_choice_switches_one_filter_and_keeps_the_rest():
    """A picture is either a photograph or generated, so that one choice replaces the other."""
    photographs, generated, favourites = choices(wanted("fox is:generated"))

    assert (generated.is_on, generated.query) == (True, "?q=fox")
    assert (photographs.is_on, photographs.query) == (False, "?q=fox+is%3Aphoto")
    assert favourites.query == "?q=fox+is%3Agenerated+is%3Afavourite"


def test_chips_say_the_other_filters_and_take_themselves_out():
    """One by one."""
    shown = chips(wanted("fox rating:>=3 is:generated -camera:leica"))

    assert [(chip.label, chip.query) for chip in shown] == [
        ("Rated 3 and up", "?q=fox+is%3Agenerated+-camera%3Aleica"),
        ("Not: Camera: leica", "?q=fox+rating%3A%3E%3D3+is%3Agenerated"),
    ]


@given(st.text(max_size=60))
def test_the_query_of_an_address_asks_the_same_again(text):
    """Whatever was typed."""
    first = wanted(text)

    assert wanted(first.q) == first


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("A red fox", "fox", "A red <mark>fox</mark>"),
        ("Foxes and boats", "foxes boat", "<mark>Foxes</mark> and <mark>boats</mark>"),
        ("a castle", "cas", "a <mark>castle</mark>"),
        ("Café noir", "cafe noi", "<mark>Café</mark> <mark>noir</mark>"),
        ("a fox", "-fox is:photo", "a fox"),
        ("<b>fox</b>", "fox", "&lt;b&gt;<mark>fox</mark>&lt;/b&gt;"),
    ],
)
def test_what_was_looked_for_is_marked(text, words, shown):
    """In the text as it stands, and safely."""
    assert marked(text, wanted(words)) == shown


@given(st.text(max_size=60), st.text(max_size=20))
def test_marking_changes_nothing_but_the_marks(text, words):
    """Whatever the prompt holds."""
    shown = marked(text, wanted(words))

    assert shown.replace("<mark>", "").replace("</mark>", "") == escape(text)
