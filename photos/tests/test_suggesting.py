"""What is offered while something is typed into the search box."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from photos.models import SavedSearch
from photos.searching import search
from photos.searching.suggesting import COUNT_AT_MOST, counted, offers
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def made_with(model, **facts):
    photo = PhotoFactory(generated=True, model_name=model, **facts)
    search.index([photo.pk])
    return photo


def labels(text, caret=None):
    return [offer.label for offer in offers(text, len(text) if caret is None else caret)]


def test_an_empty_box_offers_saved_searches_and_the_names_of_filters():
    """It teaches the language."""
    SavedSearch.objects.create(name="Best foxes", query="fox rating:5")

    first, second, *_ = offers("", 0)

    assert (first.label, first.text, first.is_done) == ("Best foxes", "fox rating:5 ", True)
    assert (second.label, second.text, second.is_done) == ("model:", "model:", False)


def test_the_beginning_of_a_filter_offers_it():
    """The rest of the text stays, and the caret goes behind the colon."""
    (offer,) = offers("fox cam boat", 7)

    assert (offer.label, offer.text, offer.caret) == ("camera:", "fox camera:boat", 11)


def test_values_are_offered_with_what_they_keep():
    """The most frequent first; what is in the trash does not count."""
    made_with("Dream 1")
    made_with("Dream 2")
    made_with("Dream 2")
    made_with("Dream 3", trashed=True)
    made_with("Other")

    found = offers("model:dream", 11)

    assert [(offer.label, offer.note) for offer in found] == [("Dream 2", "2"), ("Dream 1", "1")]
    assert found[0].text == 'model:"Dream 2" '


def test_a_plain_word_may_be_the_name_of_something():
    """One need not know that it is a model."""
    made_with("Dream")

    (offer,) = offers("drea", 4)

    assert (offer.label, offer.text) == ("model: Dream", "model:Dream ")


def test_a_minus_stays():
    """What is offered is left out as well."""
    made_with("Dream")

    assert offers("-model:d", 8)[0].text == "-model:Dream "
    assert offers("-is:gen", 7)[0].text == "-is:generated "


def test_the_words_of_a_closed_filter_are_offered():
    """All of them, or those that begin so."""
    assert labels("orientation:") == ["Portrait", "Landscape", "Square"]
    assert labels("has:p") == ["Parent", "Prompt"]


def test_words_in_quotes_and_finished_words_offer_nothing():
    """The owner knows what to say."""
    made_with("Dream")

    assert labels('"dream') == labels("dream ") == labels("nope:x") == []


def test_a_large_number_is_not_counted_to_its_end():
    """Half the library has the same camera."""
    assert (counted(COUNT_AT_MOST), counted(COUNT_AT_MOST + 1)) == ("1,000", "over 1,000")


def test_a_long_list_costs_as_many_questions_as_a_short_one():
    """However many models there are."""
    made_with("Dream 0")
    with CaptureQueriesContext(connection) as few:
        offers("model:dream", 11)
    for number in range(1, 20):
        made_with(f"Dream {number}")
    with CaptureQueriesContext(connection) as many:
        assert len(offers("model:dream", 11)) == 8

    assert len(few) == len(many)


class AnyText(TestCase):
    """Whatever is typed, wherever the caret stands."""

    @given(st.text(max_size=30), st.integers(0, 40))
    def test_offers_never_fail(self, text, caret):
        """And each caret lies in its text."""
        assert all(0 <= offer.caret <= len(offer.text) for offer in offers(text, min(caret, len(text))))
