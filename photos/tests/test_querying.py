"""The language of the search box."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from photos.querying import FILTERS, Query, Term, read, say, write
from photos.querying.values import Days, Numbers, Shape, Value

PIECES = st.sampled_from(
    [
        '"',
        "-",
        ":",
        "\\",
        " ",
        "\0",
        "“",
        "..",
        ">=",
        "2024-03",
        "is:",
        "model:",
        "date:",
        "size:",
        "nope:",
        "a",
        "é",
        "_",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join))


def value_of(text: str) -> Value | None:
    (term,) = read(text).terms

    return term.value


@given(TEXTS)
@example('"\\')
@example('-"')
@example('a"b"c:"d')
def test_every_text_can_be_read_and_its_query_reads_the_same_again(text: str) -> None:
    """A chip is removed by writing the query back, so writing must not change what is asked."""
    query = read(text)

    assert read(query.text) == query


@given(TEXTS)
def test_every_part_can_be_taken_out_alone(text: str) -> None:
    """The parts that stay are the very same, whatever stood beside them."""
    query = read(text)
    terms = query.terms

    for term in terms:
        assert term not in query.without(term).parts


@given(st.text(min_size=1, max_size=40).filter(lambda name: name.strip() and "\0" not in name))
def test_every_name_can_be_asked_for(name: str) -> None:
    """Models are called what they like: blanks, quotes and backslashes included."""
    assert value_of(write("model", name)) == name.strip()


def test_words_and_words_in_a_row_are_told_apart() -> None:
    """Quotes keep words together; so do the signs inside a word."""
    query = read('red "wooden boat" sun-set -"oil painting" -ugly')

    assert [(term.words, term.is_not) for term in query.terms] == [
        (("red",), False),
        (("wooden", "boat"), False),
        (("sun", "set"), False),
        (("oil", "painting"), True),
        (("ugly",), True),
    ]


def test_curly_quotes_are_quotes_too() -> None:
    """Phones write no others."""
    query = read("“wooden boat” „alte Mühle“ «ciel bleu» model:“Dream Shaper”")

    assert [term.words or term.value for term in query.terms] == [
        ("wooden", "boat"),
        ("alte", "Mühle"),
        ("ciel", "bleu"),
        "Dream Shaper",
    ]


def test_a_filter_has_a_name_and_a_value() -> None:
    """Names are read in any case, values may stand in quotes, and each may be turned round."""
    query = read('fox MODEL:"Dream Shaper" -camera:leica')

    assert query.filters == (
        Term('MODEL:"Dream Shaper"', filter="model", value="Dream Shaper"),
        Term("-camera:leica", is_not=True, filter="camera", value="leica"),
    )
    assert query.words_text == "fox"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("date:2024", Days(date(2024, 1, 1), date(2024, 12, 31))),
        ("date:2024-02", Days(date(2024, 2, 1), date(2024, 2, 29))),
        ("date:2024-03-05", Days(date(2024, 3, 5), date(2024, 3, 5))),
        ("date:2024-03..2024-06", Days(date(2024, 3, 1), date(2024, 6, 30))),
        ("date:2024-03..", Days(date(2024, 3, 1), None)),
        ("date:..2023", Days(None, date(2023, 12, 31))),
        ("date:>=2024-03", Days(date(2024, 3, 1), None)),
        ("date:>2023", Days(date(2024, 1, 1), None)),
        ("date:<2024", Days(None, date(2023, 12, 31))),
        ("size:>=1024", Numbers(1024, None)),
        ("size:1024x768", Shape(1024, 768)),
        ("width:<500", Numbers(None, 499)),
        ("rating:>=3", Numbers(3, None)),
        ("rating:2..4", Numbers(2, 4)),
        ("rating:5", Numbers(5, 5)),
        ("seed:007", "7"),
        ("seed:18446744073709551615", "18446744073709551615"),
        ("is:favorite", "favourite"),
        ("IS:Favourite", "favourite"),
        ("orientation:portrait", "portrait"),
    ],
)
def test_values_are_read(text: str, value: Value) -> None:
    """Each filter reads its own kind of value."""
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("date:2024-13", "date: “2024-13” is no day of the calendar."),
        ("date:0000", "date: “0000” is no day of the calendar."),
        ("date:soon", "date: “soon” is no date. Write 2024, 2024-03 or 2024-03-05, and .. between two."),
        ("date:2024..2023", "date: “2024..2023” ends before it begins."),
        ("date:..", "date: “..” has neither beginning nor end."),
        ("date:>9999", "date: “>9999” is no day of the calendar."),
        ("date:<0001", "date: “<0001” is no day of the calendar."),
        ("rating:6", "rating: “6” is no rating. Stars go from 0 to 5."),
        ("rating:>5", "rating: “>5” is no rating. Stars go from 0 to 5."),
        ("rating:many", "rating: “many” is no number. Write 3, >=3, <3 or 2..4."),
        ("seed:-1", "seed: “-1” is no seed. A seed is a whole number."),
        ("is:nice", "is: “nice” is none of generated, photo, favourite, chosen, untagged."),
        ("colour:red", "There is no filter called “colour”. For the words themselves use quotes."),
    ],
)
def test_what_means_nothing_is_told_and_the_rest_applies(text: str, sentence: str) -> None:
    """A wrong value is a sentence beside the box, never an error page."""
    query = read(f"fox {text}")

    assert [problem.sentence for problem in query.problems] == [sentence]
    assert [term.text for term in query.terms] == ["fox"]


@pytest.mark.parametrize(
    ("text", "may_go_on"), [("fox model:", True), ("fox -", True), ("fox %", True), ("model: fox", False)]
)
def test_what_is_still_being_typed_may_go_on(text: str, *, may_go_on: bool) -> None:
    """The last part may be a bare name, a quote or a minus; with more behind it, it is a mistake."""
    assert [problem.may_go_on for problem in read(text).problems] == [may_go_on]


def test_only_so_many_parts_are_used() -> None:
    """A pasted page must not become a query of a thousand conditions."""
    query = read("a " * 1000)

    assert len(query.terms) == 40
    assert len({problem.sentence for problem in query.problems}) == 1


def test_a_filter_can_be_found_and_taken_out() -> None:
    """What a chip needs: is it on, and what would the text be without it."""
    query = read("fox is:generated boat")
    found = query.find("is", "generated")

    assert found
    assert query.without(found).text == "fox boat"
    assert query.find("is", "photo") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rating:>=3", "Rated 3 and up"),
        ("rating:0..2", "Rated 0 to 2"),
        ("size:<=512", "Size up to 512"),
        ("size:1024x768", "Size 1024 × 768"),
        ("is:generated", "Generated"),
        ("-is:generated", "Not generated"),
        ('model:"Dream Shaper"', "Model: Dream Shaper"),
        ("-lora:detail", "Not: LoRA: detail"),
        ("date:2024", "2024"),
        ("date:2024-03", "March 2024"),
        ("date:2024-03..2024-06", "March 2024 to June 2024"),
        ("date:2024-03-05", "5 March 2024"),
        ("date:2024-03-05..2024-03-07", "5 March 2024 to 7 March 2024"),
        ("date:2024-03..", "Since 1 March 2024"),
        ("date:..2023", "Until 31 December 2023"),
        ("date:..9999", "Until 31 December 9999"),
    ],
)
def test_a_filter_is_said_in_words(text: str, said: str) -> None:
    """Chips speak plainly."""
    (term,) = read(text).terms

    assert say(term) == said


def test_every_closed_word_is_understood_and_said() -> None:
    """No filter offers a word that it does not read."""
    offered = [f"{kind.name}:{word}" for kind in FILTERS.values() for word in kind.words]

    for text in offered:
        (term,) = read(text).terms
        assert ":" not in say(term)


def test_a_query_for_nothing_asks_nothing() -> None:
    """Blanks alone are no query."""
    assert read(" \0 ") == Query()
