"""Values to compare become cells: what is written is read, and everything else stays the same."""

import pytest

from generation.asking.varying import Axis, cells_of, numbers, with_value
from generation.recipes.recipe import LoraChoice, ModelChoice
from generation.tests.factories import SDXL, make_recipe


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20, 30, 40", (20, 30, 40)),
        ("20 30;40", (20, 30, 40)),
        ("20-40:10", (20, 30, 40)),
        ("0.2 – 0.6 : 0.2", (0.2, 0.4, 0.6)),
        ("0.1-0.3:0.1, 1", (0.1, 0.2, 0.3, 1)),
        ("-1 to 1 by 0.5", (-1, -0.5, 0, 0.5, 1)),
        ("5, 5.0", (5,)),
        ("", ()),
    ],
)
def test_numbers_are_read(text: str, expected: tuple[float, ...]) -> None:
    """Exactly, and each once."""
    assert numbers(text) == expected


@pytest.mark.parametrize("text", ["many", "20-10:5", "1-2:0", "1..2", "1,,x"])
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    """The form says how to write them."""
    assert numbers(text) is None


def test_a_vast_range_is_not_counted_out() -> None:
    """One more than allowed is enough to refuse it."""
    found = numbers("0-100000000:0.001")

    assert found is not None
    assert len(found) < 20


def test_every_combination_is_there_row_by_row_with_the_same_seeds() -> None:
    """What differs is what was asked to, so the pictures can be compared."""
    axes = [Axis("steps", (10, 20), ("10", "20")), Axis("scheduler", ("ddim", "lcm"), ("DDIM", "LCM"))]
    cells = cells_of(make_recipe(seeds=(7, 8)), axes)

    assert [cell.labels for cell in cells] == [("10", "DDIM"), ("20", "DDIM"), ("10", "LCM"), ("20", "LCM")]
    assert [(cell.recipe.steps, cell.recipe.scheduler) for cell in cells][2] == (10, "lcm")
    assert {cell.recipe.seeds for cell in cells} == {(7, 8)}


def test_a_step_remembers_its_place() -> None:
    """The table is drawn from it."""
    cell = cells_of(make_recipe(), [Axis("cfg_scale", (5.0, 7.0), ("5", "7"))])[1]

    assert cell.as_json() == {"axes": [{"name": "cfg_scale", "title": "CFG scale", "value": "7"}]}


def test_another_model_comes_before_another_value_of_its_own() -> None:
    """Else the model's own steps would cover those that are compared."""
    other = make_recipe(model=SDXL, width=1024, height=1024, steps=40, seeds=(1,))
    axes = [Axis("steps", (10, 20), ("10", "20")), Axis("model", (make_recipe(), other), ("Plain", "Grand"))]
    last = cells_of(make_recipe(prompt="an owl"), axes)[-1].recipe

    assert (last.model, last.width, last.steps, last.prompt) == (SDXL, 1024, 20, "an owl")
    assert last.seeds == (11, 12, 13, 14)


def test_a_weight_is_that_of_the_first_lora() -> None:
    """The others stay."""
    loras = tuple(LoraChoice(ModelChoice(key, key, key, "sd-1", "lora"), 0.5) for key in ("a", "b"))
    changed = with_value(make_recipe(loras=loras), "lora_weight", 1.25)

    assert [lora.weight for lora in changed.loras] == [1.25, 0.5]
