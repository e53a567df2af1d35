"""What the owner sees of a rented pod, and says to it."""

from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from generation.choices import StepStatus
from generation.models import GenerationStep
from generation.renting import asking, bar
from generation.tests.factories import StepFactory
from generation.tests.test_guarding import SERVER, now
from lib import clock
from settings_app.models import ApplicationSettings, Pod, RentalTerms
from settings_app.pods.choices import State
from settings_app.tests.machine import VOLUME, Machine


def test_without_a_pod_no_page_shows_a_bar(owner_client: Client) -> None:
    """And the page says that nothing costs money."""
    assert 'class="cost-bar"' not in owner_client.get("/settings/").content.decode()
    assert "nothing costs money" in owner_client.get("/pod/").content.decode()
    assert owner_client.get("/pod/bar/").content.strip() == b""


def test_without_a_pod_the_bar_costs_one_query(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """It is on every page."""
    with django_assert_num_queries(1):
        assert bar.bar(clock.now()) is None


def test_a_start_is_asked_with_its_price(machine: Machine, owner_client: Client) -> None:
    """Asking rents nothing; the word does."""
    question = owner_client.get("/pod/start/").content.decode()
    assert "$0.27 an hour" in question
    assert not Pod.objects.exists()

    owner_client.post("/pod/start/")
    assert machine.until(State.READY)


def test_what_is_taken_instead_is_told_with_the_most_it_costs(machine: Machine, owner_client: Client) -> None:
    """Nobody pays more than was asked about."""
    RentalTerms.objects.update(other_cards=["NVIDIA RTX A4000", "NVIDIA A40"])

    asked = owner_client.get("/pod/start/").content.decode()

    assert "RTX A4000 at $0.25 or A40 at $0.40;" in asked
    assert "Start, up to $0.40/h" in asked


def test_a_start_above_the_ceiling_is_refused_with_the_reason(machine: Machine, owner_client: Client) -> None:
    """Nothing is rented."""
    RentalTerms.objects.update(price_ceiling="0.10")

    answer = owner_client.post("/pod/start/")
    assert "above your ceiling" in owner_client.get("/pod/start/").content.decode()
    assert (answer.status_code, Pod.objects.exists()) == (422, False)


def test_a_month_that_is_spent_starts_nothing(machine: Machine, owner_client: Client) -> None:
    """Until the owner raises the budget."""
    machine.ready()
    machine.run(3600)
    owner_client.post("/pod/stop/", {"how": "now"})
    machine.until(State.GONE)
    RentalTerms.objects.update(month_budget="0.20")

    assert "reached your budget" in owner_client.post("/pod/start/").content.decode()
    assert not Pod.objects.awake().exists()


def test_the_bar_tells_rate_cost_and_countdown(machine: Machine, owner_client: Client) -> None:
    """On any page, and alike in the fragment."""
    machine.ready()
    machine.run(60)
    for address in ("/settings/", "/pod/bar/"):
        shown = owner_client.get(address).content.decode()
        assert "$0.27/h" in shown
        assert "data-countdown=" in shown


def test_a_step_holds_the_countdown(machine: Machine, owner_client: Client) -> None:
    """And stopping asks first."""
    machine.ready()
    StepFactory(server=SERVER, status=StepStatus.PROCESSING)
    shown = owner_client.get("/pod/bar/").content.decode()
    assert "held while a step runs" in shown
    assert 'hx-get="/pod/stop/"' in shown

    owner_client.post("/pod/stop/")
    assert machine.state == State.DRAINING


def test_only_the_explicit_word_stops_at_once(machine: Machine, owner_client: Client) -> None:
    """The question says what is at stake."""
    machine.ready()
    StepFactory(server=SERVER, status=StepStatus.PROCESSING)
    assert "Stop at once" in owner_client.get("/pod/stop/").content.decode()

    owner_client.post("/pod/stop/", {"how": "now"})
    assert machine.state == State.TERMINATING


def test_the_parts_of_a_session_are_the_whole(machine: Machine, owner_client: Client) -> None:
    """Starting, working and idling, however steps overlap."""
    from datetime import timedelta

    from generation.renting import costing

    machine.ready()
    machine.run(600)
    at = now(machine)
    for since, until in [(500, 400), (450, 300), (200, 100)]:
        StepFactory(
            server=SERVER,
            status=StepStatus.COMPLETED,
            submitted_at=at - timedelta(seconds=since),
            completed_at=at - timedelta(seconds=until),
            images_retrieved=4,
        )
    found = costing.recent(at)[0]

    assert found.whole == found.starting + found.working + found.idling
    assert found.working == pytest.approx(Decimal("0.27") * 300 / 3600)
    assert found.pictures == 12
    assert "12 pictures" in owner_client.get("/pod/").content.decode()


def test_more_steps_cost_no_more_queries(
    machine: Machine,
    owner_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """The page is a few questions however much was done."""
    machine.ready()
    at = now(machine)
    for _ in range(15):
        StepFactory(server=SERVER, status=StepStatus.COMPLETED, submitted_at=at, completed_at=at)
    with django_assert_max_num_queries(40):
        owner_client.get("/pod/")


def test_asking_is_needed_only_when_the_pod_sleeps(machine: Machine) -> None:
    """Not with the owner's own GPU, nor while one comes up."""
    assert asking.is_needed()
    machine.start()
    assert not asking.is_needed()
    Pod.objects.all().delete()
    ApplicationSettings.objects.update(backend_mode="local")
    assert not asking.is_needed()


def test_generate_asks_once_before_it_rents(machine: Machine, owner_client: Client) -> None:
    """The request comes back with the answer, and waits for the pod."""
    request = asked_for(machine)
    question = owner_client.post("/generate/new/", request)
    shown = question.content.decode()
    assert "Start, $0.27/h" in shown
    assert 'value="an owl"' in shown
    assert not GenerationStep.objects.exists()

    owner_client.post("/generate/new/", {**request, "pod": "start"})
    assert Pod.objects.awake().exists()
    assert GenerationStep.objects.get().server == SERVER

    owner_client.post("/generate/new/", request)
    assert GenerationStep.objects.count() == 2


def test_a_request_can_be_kept_without_a_start(machine: Machine, owner_client: Client) -> None:
    """Its stage says what it waits for, and how to go on."""
    answer = owner_client.post("/generate/new/", {**asked_for(machine), "pod": "later"}, follow=True)

    assert not Pod.objects.exists()
    assert "The pod sleeps" in answer.content.decode()
    assert 'href="/pod/start/"' in answer.content.decode()


def test_not_now_brings_the_form_back(machine: Machine, owner_client: Client) -> None:
    """With all that was entered."""
    answer = owner_client.post("/generate/new/", {**asked_for(machine), "pod": "not-now"}).content.decode()

    assert "an owl" in answer
    assert not GenerationStep.objects.exists()


def test_a_waiting_step_tells_how_the_pod_comes_up(machine: Machine, owner_client: Client) -> None:
    """Phase, time so far and the usual time."""
    owner_client.post("/generate/new/", {**asked_for(machine), "pod": "start"})
    for _ in range(3):
        machine.turn()
    step = GenerationStep.objects.get()
    shown = owner_client.get(f"/generate/steps/{step.pk}/", headers={"HX-Request": "true"}).content.decode()

    assert "Waiting for the pod" in shown
    assert "of usually 5:00" in shown


def test_switching_to_the_own_gpu_offers_to_stop_the_pod(machine: Machine, owner_client: Client) -> None:
    """It would cost on unseen."""
    from settings_app.tests.test_settings_page import SQUARE, sent

    machine.ready()
    answer = owner_client.post("/settings/", sent(SQUARE))

    assert answer["Location"] == "/pod/stop/"


def asked_for(machine: Machine) -> dict[str, str]:
    """Return what the form sends, for a model of the volume."""
    from models_catalog.tests.factories import ModelFactory

    record = next(each for each in machine.runpod.invokeai(VOLUME).models.records if each["type"] == "main")
    ModelFactory(server=SERVER, **{name: record[name] for name in ("key", "hash", "name", "base", "type")})
    numbers = {"count": "1", "steps": "6", "cfg_scale": "5"}
    return {"prompt": "an owl", "model": record["key"], "shape": "Square (1:1)", "scheduler": "euler", **numbers}
