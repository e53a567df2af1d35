"""Finding photos by words, on whichever database the tests run."""

import pytest
from django.db import connection, models
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from photos.models import Photo
from photos.querying import read
from photos.searching import search
from photos.searching.words import words_in
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def add(prompt="", **facts):
    photo = PhotoFactory(generation_prompt=prompt, **facts)
    search.index([photo.pk])
    return photo


def found(words):
    return set(matching(words))


def matching(words):
    return search.matching(Photo.objects.visible(), words_in(read(words)))


def test_all_words_must_be_there():
    """In any order."""
    fox = add("A red fox in the snow")
    add("A red house")

    assert found("snow red ") == {fox}


def test_other_forms_of_a_word_are_found():
    """English endings do not matter."""
    photo = add("castles floating over mountains")

    assert found("castle mountain ") == {photo}


def test_the_last_word_may_be_its_beginning():
    """Results appear while the owner types; quotes end the word."""
    photo = add("a small axolotl")

    assert found("axol") == found("small axol") == {photo}
    assert found('"axol"') == found("axol small") == set()


def test_quoted_words_stand_in_a_row():
    """Otherwise in any order."""
    row = add("a blue house by a lake")
    add("a house with a blue door")

    assert found('"blue house"') == {row}


def test_a_minus_takes_away():
    """What holds the word is left out."""
    add("fox in snow")
    kept = add("fox in grass")

    assert found("fox -snow") == {kept}


def test_names_are_found_too():
    """Photographs have no prompt."""
    photo = add(original_name="IMG_2071.jpg", title="Harbour at dawn")

    assert found("2071") == found("img_2071.jpg") == found("harbour") == {photo}


def test_case_does_not_matter():
    """Nobody types capitals into a search box."""
    photo = add("a fox")

    assert found("FOX") == {photo}


def test_no_words_keep_everything():
    """An empty box is no question."""
    photo = add("a fox")

    assert found("  ") == {photo}


def test_changed_words_are_found_and_the_old_ones_are_not():
    """Indexing again replaces."""
    photo = add("a fox")
    Photo.objects.update(generation_prompt="a heron")
    search.index([photo.pk])

    assert (found("heron"), found("fox")) == ({photo}, set())


@pytest.mark.parametrize(("fewest", "few"), [(1000, 4000), (0, 4000), (0, 0)])
def test_a_common_word_is_found_as_a_rare_one_is(monkeypatch, fewest, few):
    """Each way of looking gives the same pictures in the same order."""
    monkeypatch.setattr(search, "FEWEST", fewest)
    monkeypatch.setattr(search, "FEW", few)
    fox, other = add("A red fox"), add("A grey fox")
    add("A fox in the snow"), add("A red house")

    assert list(matching("fox -snow ").order_by("-pk")) == sorted([fox, other], key=lambda one: one.pk.hex)[::-1]
    assert found("grey fox") == {other}
    assert found("-fox -house ") == set()
    assert search.matching(Photo.objects.visible(), words_in(read("fox -snow ")), is_whole=True).count() == 2


def test_what_was_looked_up_leaves_the_connection_as_it_was():
    """On PostgreSQL a rare word is counted with a setting of its own, also inside a transaction."""
    add("A red fox")
    assert len(found("fox")) == 1

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('enable_seqscan'), current_setting('enable_indexscan')")
            assert cursor.fetchone() == ("on", "on")


def test_the_search_keeps_the_order_and_the_filters():
    """It is one more condition."""
    first, second = add("fox"), add("fox")
    add("fox", trashed=True)

    assert list(matching("fox").order_by("-taken_at")) == [second, first]


def test_everything_can_be_indexed_anew():
    """After a restore."""
    photo = PhotoFactory(generation_prompt="a fox")

    assert search.index_everything() == 1
    assert found("fox") == {photo}


@pytest.mark.django_db(transaction=True)
def test_the_search_survives_a_remade_table():
    """SQLite remakes a table to alter it: triggers would be lost, row ids would move."""
    photos = [add(f"a fox, number {number}") for number in ("one", "two", "three")]
    photos[0].delete()
    old = Photo._meta.get_field("title")
    new = models.CharField(max_length=500, default="")
    new.set_attributes_from_name("title")
    with connection.schema_editor() as editor:
        editor.alter_field(Photo, old, new)
    try:
        assert found("three") == {photos[2]}
        assert found("fox") == set(photos[1:])
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Photo, new, old)


class HostileWords(TestCase):
    """Nothing that can be typed breaks the query."""

    @settings(max_examples=200)
    @given(
        st.text(
            alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("\"'*-():^ AND OR NOT NEAR\\<>&|!%\0"))
        )
    )
    def test_every_text_is_allowed(self, words):
        """It finds something or nothing."""
        list(matching(words))


@pytest.mark.parametrize(
    "words", ['"', '""', "'", "a'b", "fox AND", "NEAR(a b)", "prompt:fox", "a*", "%s", "\\", "²", "-", '-"', "-fox"]
)
def test_the_languages_of_the_databases_mean_nothing(words):
    """They are only letters and signs here."""
    add("a fox")

    list(matching(words))
