"""Choices, lists and variables become plain words: always the same ones for a seed, whatever was written."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.tests.factories import make_recipe
from generation.words.drawing import LONGEST, Draw, Lists
from generation.words.filling import TemplateText, Wording, fill, words_of_each
from generation.words.parsing import DEEPEST, Choice, WordsError, escaped, parse, variables_in

SIGNS = st.text(alphabet="{}|\\_=:,2 abc", max_size=60)
ANYTHING = st.one_of(SIGNS, st.text(max_size=60))
COLOURS = Lists({"colour": "red\ngreen\n# not this one\n\nblue"})


def draw(text: str, seed: str = "1", lists: Lists = COLOURS) -> str:
    return Draw(seed, lists).words(parse(text), about="prompt")


def framed(prompt: str, template: str, **values: str) -> str:
    wording = Wording(prompt, template=TemplateText("", "", template), values=values)
    return words_of_each(wording, 1, COLOURS)[0][0]


@given(ANYTHING)
def test_what_is_escaped_comes_back_as_it_was(text: str) -> None:
    """So a prompt that was resolved once can be used again."""
    assert draw(escaped(text)) == text


@given(ANYTHING)
def test_text_without_signs_is_left_alone(text: str) -> None:
    """Nothing but what has a meaning is touched, backslashes included."""
    plain = text.replace("{", "").replace("}", "").replace("|", "").replace("__", "")

    assert draw(plain) == plain
    assert escaped(plain) == plain


@given(ANYTHING, ANYTHING, st.text(max_size=20))
def test_the_same_seed_draws_the_same_words(prompt: str, template: str, seed: str) -> None:
    """And nothing that can be written breaks it: it is resolved, or refused with a sentence."""
    texts = [resolved(prompt, template, seed) for _ in range(2)]

    assert texts[0] == texts[1]


def resolved(prompt: str, template: str, seed: str) -> str:
    frame = parse(template, variables=True)
    values = {name: parse(prompt) for name in variables_in(frame)}
    try:
        return Draw(seed, COLOURS, values).words(frame, about="prompt")
    except WordsError as fault:
        return str(fault)


@given(st.lists(st.text(alphabet="abc ", min_size=1, max_size=5), min_size=2, max_size=6), st.integers())
def test_a_choice_is_one_of_its_options(options: list[str], seed: int) -> None:
    """Spaces count."""
    assert draw("{" + "|".join(options) + "}", str(seed)) in options


def test_every_option_is_drawn_as_often_as_it_weighs() -> None:
    """Three to one, within what chance allows."""
    drawn = Counter(draw("{3::red|blue}", str(seed)) for seed in range(2000))

    assert set(drawn) == {"red", "blue"}
    assert 0.70 < drawn["red"] / 2000 < 0.80


def test_choices_stand_in_choices() -> None:
    """Each is drawn by itself."""
    drawn = {draw("a {small {cat|dog}|bird}", str(seed)) for seed in range(60)}

    assert drawn == {"a small cat", "a small dog", "a bird"}


def test_a_list_gives_one_of_its_lines() -> None:
    """Remarks and empty lines are none; capitals in the name do not matter; a line may hold a choice or a list."""
    lists = Lists({"colour": "red\n# no\n{pale|dark} blue", "thing": "a __colour__ box"})

    assert {draw("__Thing__", str(seed), lists) for seed in range(60)} == {
        "a red box", "a pale blue box", "a dark blue box",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("an __unknown__ list", "an __unknown__ list"),
        ("{masterpiece, best quality}", "{masterpiece, best quality}"),
        ("{masterpiece}", "{masterpiece}"),
        ("{a|b", "{a|b"),
        ("a|b}", "a|b}"),
        ("{}", "{}"),
        (r"\{a|b\} \(soft\)", r"{a|b} \(soft\)"),
        (r"\__colour__", "__colour__"),
        (r"a \\{x|x}", r"a \x"),
        ("<lora:thing:0.8> snake_case", "<lora:thing:0.8> snake_case"),
    ],
)
def test_what_means_nothing_in_a_prompt_stays_as_it_is_written(written: str, words: str) -> None:
    """A prompt has no variables, and braces without a partner are braces."""
    assert draw(written) == words


@pytest.mark.parametrize(
    ("prompt", "template", "words"),
    [
        ("a cat", "photo of {prompt}, soft light", "photo of a cat, soft light"),
        ("a cat", "soft light", "a cat, soft light"),
        ("", "{prompt}, soft light", "soft light"),
        ("", "{prompt=a dog}, soft light", "a dog, soft light"),
        ("a cat", "{Prompt}", "a cat"),
        ("a {b|b} cat", "{prompt} and {prompt}", "a b cat and a b cat"),
        ("{subject}", "{prompt}", "{subject}"),
        ("a cat", "{best quality}, {prompt}", "{best quality}, a cat"),
        ("a cat", r"\{prompt\}: {prompt}", "{prompt}: a cat"),
        ("a cat", "{{prompt}|{prompt}}, x", "a cat, x"),
    ],
)
def test_a_template_is_put_around_the_prompt(prompt: str, template: str, words: str) -> None:
    """Where it has no place for it, it follows, as other programs do it."""
    assert framed(prompt, template) == words


def test_a_variable_takes_its_value_its_default_or_is_asked_for() -> None:
    """A value may hold choices, but no variables."""
    assert framed("", "a {animal=cat} in {place}", place="{snow|snow}") == "a cat in snow"
    assert framed("", "a {animal=cat}", animal="{place}") == "a {place}"
    with pytest.raises(WordsError, match="Fill in “place”"):
        framed("", "a {animal=cat} in {place}")


def test_a_variable_is_the_same_wherever_it_is_used() -> None:
    """In one picture, in both prompts; the next picture draws anew."""
    template = TemplateText("", "", "a {hue={red|green|blue}} box, {hue}", "no {hue} lid")
    each = words_of_each(Wording("", template=template, seed=5), 30, Lists())

    hues = [prompt.removeprefix("a ").partition(" ")[0] for prompt, _ in each]
    assert [(f"a {hue} box, {hue}", f"no {hue} lid") for hue in hues] == each
    assert set(hues) == {"red", "green", "blue"}


def test_a_choice_stays_as_it_is_when_the_template_around_it_changes() -> None:
    """What is drawn for one thing does not depend on what is drawn for another."""
    one = [words for words, _ in words_of_each(Wording("{a|b|c}", seed=3), 8, Lists())]
    other = words_of_each(Wording("{a|b|c}", template=TemplateText("", "", "{x|y} {prompt}"), seed=3), 8, Lists())

    assert [words[-1] for words, _ in other] == one


@pytest.mark.parametrize(
    ("text", "lists", "sentence"),
    [
        ("{a|" * (DEEPEST + 1) + "}" * (DEEPEST + 1), {}, "deep"),
        ("__a__", {"a": "__a__"}, "leads back to itself"),
        ("__a__", {"a": "x __b__", "b": "__a__"}, "leads back to itself"),
        ("__l0__", {f"l{n}": f"__l{n + 1}__ __l{n + 1}__" for n in range(30)}, "deep|without end"),
        ("__l0__", {f"l{n}": f"__l{n + 1}__ " * 50 for n in range(9)} | {"l9": "x"}, "without end"),
        ("__long__ __long__", {"long": "x" * (LONGEST - 1)}, "longer than"),
    ],
)
def test_what_would_grow_without_end_is_refused(text: str, lists: dict[str, str], sentence: str) -> None:
    """With a sentence that says what to look at, and at once."""
    with pytest.raises(WordsError, match=sentence):
        draw(text, lists=Lists(lists))


@pytest.mark.parametrize(
    "text", ["{" * 20_000, "{|" * 10_000, "__" * 10_000, "\\" * 20_000, "\\" * 19_999 + "{", "}{" * 10_000]
)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    """Braces without partners are text, however many there are."""
    assert draw(escaped(text)) == text


def test_weights_may_all_be_nothing() -> None:
    """Then all options are alike."""
    (choice,) = parse("{0::a|0::b}")

    assert isinstance(choice, Choice)
    assert {draw("{0::a|0::b}", str(seed)) for seed in range(40)} == {"a", "b"}


def test_a_recipe_keeps_how_its_words_came_about() -> None:
    """Template, its text, values and seed; and each picture its own words."""
    template = TemplateText("7", "Photo", "photo of {prompt}, {mood=calm}", "blurry")
    wording = Wording("a {cat|dog}", "", template, {"mood": "wild"}, seed=1)
    recipe = fill(make_recipe(seeds=(1, 2, 3, 4, 5, 6)), wording, Lists())

    assert set(recipe.prompts) == {"photo of a cat, wild", "photo of a dog, wild"}
    assert recipe.prompt == recipe.prompts[0]
    assert (recipe.negative_prompt, recipe.negative_prompts) == ("blurry", ())
    assert (recipe.template_name, recipe.template, recipe.written) == ("Photo", template.prompt, "a {cat|dog}")
    assert (recipe.template_values, recipe.wildcard_seed) == ({"mood": "wild"}, 1)


def test_plain_words_leave_a_recipe_as_it_was() -> None:
    """Nothing is noted where nothing was resolved."""
    recipe = make_recipe()

    assert fill(recipe, Wording(recipe.prompt, recipe.negative_prompt, seed=3), Lists()) == recipe
