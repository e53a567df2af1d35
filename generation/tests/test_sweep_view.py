"""A comparison from the form to its table."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from generation.asking.offers import Offers
from generation.choices import Outcome, StepStatus
from generation.forms import RequestForm
from generation.models import GenerationStep
from generation.showing.sweeps import grid_of
from generation.tests.conftest import Nudges
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, StepFactory
from models_catalog.models import Model
from settings_app import connections

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TABLE = {"across": "steps", "across_values": "10, 20", "down": "scheduler", "down_schedulers": ["ddim", "euler_a"]}


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    """The server has a model of two families."""
    server = connections.current_server()
    Model.objects.create(key="sdxl", name="Grand", type="main", base="sdxl", hash="h1", server=server)
    Model.objects.create(key="sd1", name="Plain", type="main", base="sd-1", hash="h2", server=server, default_steps=22)


def sent(**changes: Any) -> dict[str, Any]:
    """Return what a browser sends."""
    return {
        "prompt": "a fox", "model": "sdxl", "shape": "Square (1:1)", "count": "2", "steps": "30", "cfg_scale": "7.5",
        "scheduler": "euler", **changes,
    }  # fmt: skip


def form(**changes: Any) -> RequestForm:
    """Return the form as it comes back from a browser."""
    data = QueryDict(mutable=True)
    for name, value in sent(**changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return RequestForm(data, offers=Offers.now())


@pytest.fixture
def first(owner_client: Client, nudges: Nudges) -> GenerationStep:
    """The first of four steps of a comparison."""
    owner_client.post("/generate/new/", sent(**TABLE))
    return GenerationStep.objects.order_by("position")[0]


def address(step: GenerationStep) -> str:
    """Return where the comparison of a step is shown."""
    return f"/generate/{step.session_id}/sweeps/{step.sweep}/"


def test_each_cell_is_a_step_and_all_have_the_same_seeds(
    owner_client: Client, first: GenerationStep, nudges: Nudges
) -> None:
    """They are started together, in one session."""
    steps = list(GenerationStep.objects.order_by("position"))

    assert len(steps) == len(nudges) == 4
    assert {(step.session_id, step.sweep) for step in steps} == {(first.session_id, first.sweep)}
    assert len({tuple(step.parameters["seeds"]) for step in steps}) == 1
    assert [step.parameters["steps"] for step in steps] == [10, 20, 10, 20]


def test_the_answer_leads_to_the_table(owner_client: Client, nudges: Nudges) -> None:
    """It has a heading for each value."""
    answer = owner_client.post("/generate/new/", sent(**TABLE), follow=True)

    page = answer.content.decode()
    for heading in ("Steps", "Scheduler", "Euler a", "DDIM", ">20<"):
        assert heading in page
    assert "0 of 8 pictures here" in page


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"across": "steps", "across_values": "10"}, "across", "Name between 2 and 12"),
        ({"across": "steps", "across_values": "1-100:1"}, "across", "Name between 2 and 12"),
        ({"across": "steps", "across_values": "10, few"}, "across", "with commas between"),
        ({"across": "steps", "across_values": "10.5, 11"}, "across", "with commas between"),
        ({"across": "steps", "across_values": "0, 10"}, "across", "0: Steps must be"),
        ({"down": "strength", "down_values": "0.5, 0.7"}, "down", "choose one to begin with"),
        ({"down": "lora_weight", "down_values": "0.5, 0.7"}, "down", "no LoRA"),
        ({"down": "model", "down_models": ["sdxl"]}, "down", "Name between 2 and 12"),
        ({**TABLE, "count": "", "other_count": "40"}, "across", "That would be 160 pictures"),
        (
            {"across": "steps", "across_values": "1,2", "down": "steps", "down_values": "3,4"},
            "across",
            "the same thing",
        ),
    ],
)
def test_what_cannot_be_compared_is_told(changes: dict[str, Any], field: str, words: str) -> None:
    """Before anything is started."""
    asked = form(**changes)

    assert words in asked.errors[field][0]


def test_other_models_get_their_own_defaults_and_sizes() -> None:
    """Steps that were left as they were follow the model; those that were changed stay."""
    asked = form(across="model", across_models=["sdxl", "sd1"])

    assert asked.is_valid(), asked.errors
    told = [(cell.recipe.model.name, cell.recipe.width, cell.recipe.steps) for cell in asked.cells]
    assert told == [("Grand", 1024, 30), ("Plain", 512, 22)]


def test_the_table_asks_as_often_for_many_cells_as_for_few(
    owner_client: Client, first: GenerationStep, django_assert_num_queries: Any
) -> None:
    """However large it is."""
    for step in GenerationStep.objects.all():
        AlternativeFactory(step=step, image=MadePhotoFactory(here=True))
    session = first.session
    with django_assert_num_queries(2):
        grid = grid_of(session, first.sweep)  # type: ignore[arg-type]  # it has one

    assert (grid.made, grid.asked, len(grid.lines), len(grid.columns)) == (4, 8, 2, 2)


def test_a_picture_is_chosen_in_the_table_and_unchosen(owner_client: Client, first: GenerationStep) -> None:
    """The step remembers it, as when it is chosen on the stage."""
    image = AlternativeFactory(step=first, image=MadePhotoFactory(here=True)).image
    path = f"{address(first)}choose/{image.pk}/"
    page = owner_client.post(path, headers=HTMX).content.decode()

    first.refresh_from_db()
    assert first.selected_image_id == image.pk
    assert "sweep__item--chosen" in page
    owner_client.post(path, headers=HTMX)
    first.refresh_from_db()
    assert first.selected_image_id is None


def test_a_finished_table_asks_no_more(owner_client: Client, first: GenerationStep) -> None:
    """And says what became of a cell that failed."""
    GenerationStep.objects.update(status=StepStatus.FAILED, outcome=Outcome.FAILED)
    page = owner_client.get(address(first)).content.decode()

    assert "every 2s" not in page
    assert "Failed. See why" in page


def test_the_rest_is_cancelled_at_once(owner_client: Client, first: GenerationStep) -> None:
    """What came is kept."""
    owner_client.post(f"{address(first)}cancel/")

    assert not GenerationStep.objects.under_way().exists()


def test_a_comparison_of_another_session_is_not_found(owner_client: Client, first: GenerationStep) -> None:
    """Addresses cannot be mixed."""
    other = StepFactory()

    assert owner_client.get(f"/generate/{other.session_id}/sweeps/{first.sweep}/").status_code == 404
