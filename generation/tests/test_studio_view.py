"""The studio: its page, its stage, and what is done in it."""

import re

import pytest
from django.test import Client

from generation.asking import once
from generation.choices import Outcome, StepStatus
from generation.models import GenerationSession, GenerationStep
from generation.running import progress
from generation.tests.conftest import Nudges
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, SessionFactory, StepFactory
from models_catalog.models import Model
from settings_app import connections

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
REQUEST = {
    "prompt": "a fox", "model": "sdxl", "shape": "Square (1:1)", "count": "2", "steps": "30", "cfg_scale": "7.5",
    "scheduler": "euler",
}  # fmt: skip


@pytest.fixture
def catalogue(db: None) -> None:
    """The server has one model."""
    server = connections.current_server()
    Model.objects.create(key="sdxl", name="Grand", type="main", base="sdxl", hash="h1", server=server)


@pytest.fixture
def step(db: None) -> GenerationStep:
    """A step of four the server works at, with one picture here."""
    step = StepFactory(processing=True)
    AlternativeFactory(step=step, image=MadePhotoFactory(here=True))
    return step


def test_a_request_becomes_a_session_with_a_step(owner_client: Client, catalogue: None, nudges: Nudges) -> None:
    """The answer leads to the studio, and a worker is asked to send the step."""
    answer = owner_client.post("/generate/new/", REQUEST)

    step = GenerationStep.objects.get()
    assert answer["Location"] == step.get_absolute_url()
    assert (step.prompt, step.batch_size) == ("a fox", 2)
    assert nudges == [("submit_step", str(step.pk))]


def test_a_request_that_arrives_twice_is_one(owner_client: Client, catalogue: None, nudges: Nudges) -> None:
    """A double click, or a browser that sends again; another value, or another form, is another request."""
    sent = {**REQUEST, "once": "a"}
    answers = [owner_client.post("/generate/new/", asked)["Location"] for asked in (sent, sent)]
    for other in ({**sent, "prompt": "an owl"}, {**sent, "once": "b"}):
        owner_client.post("/generate/new/", other)

    assert answers[0] == answers[1]
    assert (GenerationSession.objects.count(), GenerationStep.objects.count()) == (3, 3)


def test_two_equal_requests_at_the_same_moment_are_one(
    owner_client: Client, catalogue: None, nudges: Nudges, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second finds nothing when it looks, and is told by the database."""
    sent = {**REQUEST, "once": "a"}
    first = owner_client.post("/generate/new/", sent)["Location"]
    looks = iter([None])
    look = once.begun_with
    monkeypatch.setattr(once, "begun_with", lambda batch: next(looks, look(batch)))

    assert owner_client.post("/generate/new/", sent)["Location"] == first
    assert GenerationSession.objects.count() == 1


def test_the_seed_of_the_picture_on_the_stage_is_told(owner_client: Client) -> None:
    """Each picture has its own; it can be copied, or used for the next request."""
    step = StepFactory(status=StepStatus.COMPLETED)
    AlternativeFactory(step=step, image=MadePhotoFactory(here=True, generation_params={"seed": 4294967295}))

    page = owner_client.get(step.get_absolute_url()).content.decode()
    assert 'aria-label="Copy seed 4294967295"' in page
    assert 'data-use-seed="4294967295"' in page


def test_the_next_step_grows_from_the_one_on_the_stage(
    owner_client: Client, catalogue: None, nudges: Nudges, step: GenerationStep
) -> None:
    """It belongs to the same session, and remembers its parent."""
    owner_client.post(f"/generate/{step.session_id}/request/", {**REQUEST, "parent": str(step.pk)})

    grown = GenerationStep.objects.get(prompt="a fox")
    assert (grown.session_id, grown.parent_id) == (step.session_id, step.pk)


@pytest.mark.parametrize("named", [{}, {"parent": ""}, {"parent": "nonsense"}])
def test_a_request_that_names_no_step_grows_from_none(
    owner_client: Client, catalogue: None, nudges: Nudges, step: GenerationStep, named: dict[str, str]
) -> None:
    """Where it grew from is recorded, never guessed."""
    owner_client.post(f"/generate/{step.session_id}/request/", {**REQUEST, **named})

    grown = GenerationStep.objects.get(prompt="a fox")
    assert (grown.session_id, grown.parent_id) == (step.session_id, None)


def test_a_request_that_breaks_a_rule_comes_back_as_it_was_sent(owner_client: Client, catalogue: None) -> None:
    """The sentence stands beside the field, the values are kept, and nothing is recorded."""
    answer = owner_client.post("/generate/new/", {**REQUEST, "steps": "0", "prompt": "an owl & a fox"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Steps must be between 1 and 500." in page
    assert "an owl &amp; a fox" in page
    assert not GenerationSession.objects.exists()


def test_without_models_the_page_says_what_to_do(owner_client: Client) -> None:
    """Nobody is called while the page is made."""
    page = owner_client.get("/generate/new/").content.decode()

    assert "No models yet" in page
    assert "Read the models now" in page


def test_the_fields_follow_the_model(owner_client: Client, catalogue: None) -> None:
    """Another model makes the same shape in another size."""
    server = connections.current_server()
    Model.objects.create(key="sd1", name="Plain", type="main", base="sd-1", hash="h2", server=server, default_steps=22)
    sent = {**REQUEST, "model": "sd1", "made_for": "sdxl"}

    fields = owner_client.post("/generate/fields/", sent, headers=HTMX).content.decode()
    assert "512×512" in fields
    assert re.search(r'name="steps"[^>]*value="22"', fields)


def test_the_stage_is_a_page_of_its_own_without_htmx(owner_client: Client, step: GenerationStep) -> None:
    """The address of a fragment leads to the page that holds it."""
    answer = owner_client.get(f"/generate/steps/{step.pk}/")

    assert answer["Location"] == step.get_absolute_url()


def test_choosing_answers_with_the_stage(owner_client: Client, step: GenerationStep) -> None:
    """The button says so, and a second press takes it back."""
    image = step.alternatives.get().image_id
    address = f"/generate/steps/{step.pk}/choose/{image}/"

    assert b"Chosen" in owner_client.post(address, headers=HTMX).content
    owner_client.post(address, {"choice": "none"}, headers=HTMX)
    step.refresh_from_db()
    assert step.selected_image_id is None


def test_choosing_by_key_goes_on_to_the_next_picture(owner_client: Client, step: GenerationStep) -> None:
    """The page names it."""
    image, following = step.alternatives.get().image, AlternativeFactory(step=step, image__here=True).image
    address = f"/generate/steps/{step.pk}/choose/{image.pk}/"

    page = owner_client.post(address, {"then": str(following.pk)}, headers=HTMX).content.decode()
    assert "Picture 2 of 4" in page
    assert "Picture 1 chosen." in page


def test_a_choice_that_takes_the_place_of_another_can_be_undone(owner_client: Client, step: GenerationStep) -> None:
    """The way back tells the page that the stage has changed."""
    first, second = step.alternatives.get().image_id, AlternativeFactory(step=step, image__here=True).image_id
    address = f"/generate/steps/{step.pk}/choose/"

    assert b"Undo" not in owner_client.post(f"{address}{first}/", headers=HTMX).content
    assert b"Picture 2 chosen instead of picture 1" in owner_client.post(f"{address}{second}/", headers=HTMX).content
    assert owner_client.post(f"{address}{first}/", headers=HTMX)["HX-Trigger"] == "studio:changed"
    from_the_stage = {**HTMX, "HX-Target": "stage"}
    assert "HX-Trigger" not in owner_client.post(f"{address}{second}/", headers=from_the_stage)


def test_the_stage_alone_is_answered_at_the_sessions_address(owner_client: Client, step: GenerationStep) -> None:
    """For a click in the tree; the address goes into the browser's bar."""
    answer = owner_client.get(step.get_absolute_url(), headers={**HTMX, "HX-Target": "stage"})

    assert answer["HX-Push-Url"] == step.get_absolute_url()
    assert b'id="request"' not in answer.content
    assert b'id="request"' in owner_client.get(step.get_absolute_url()).content


def test_a_landing_picture_does_not_take_the_place_of_the_one_looked_at(
    owner_client: Client, step: GenerationStep
) -> None:
    """The page goes on asking for the one it shows, whatever is chosen meanwhile."""
    image = step.alternatives.get().image_id

    page = owner_client.get(step.get_absolute_url()).content.decode()
    assert f"&amp;image={image}" in re.search(r'id="step-progress" hx-get="([^"]*)"', page)[1]  # type: ignore[index]


def test_a_stranger_cannot_be_chosen(owner_client: Client, step: GenerationStep) -> None:
    """Only the step's own pictures can."""
    stranger = MadePhotoFactory(here=True)

    assert owner_client.post(f"/generate/steps/{step.pk}/choose/{stranger.pk}/").status_code == 404


def test_progress_is_a_line_while_nothing_new_came(owner_client: Client, step: GenerationStep) -> None:
    """The pictures on the page are left alone."""
    GenerationStep.objects.recount(step.pk)
    progress.tell(step.pk, fraction=0.5, item=2, message="Denoising")
    mark = "pr1-1-0-0"

    answer = owner_client.get(f"/generate/steps/{step.pk}/progress/", {"mark": mark}, headers=HTMX)
    assert "HX-Retarget" not in answer
    assert "Making picture 2 of 4" in answer.content.decode()
    assert "every 1500ms" in answer.content.decode()


def test_progress_is_the_whole_stage_when_a_picture_came(owner_client: Client, step: GenerationStep) -> None:
    """And it is said aloud."""
    answer = owner_client.get(f"/generate/steps/{step.pk}/progress/", {"mark": "pr0-0-0-0"}, headers=HTMX)

    assert answer["HX-Retarget"] == "#stage"
    assert answer["HX-Trigger"] == "activity-changed"
    assert "Picture 1 of 4 is here." in answer.content.decode()


def test_a_finished_step_asks_no_more(owner_client: Client, step: GenerationStep) -> None:
    """The last answer has nothing that polls."""
    GenerationStep.objects.filter(pk=step.pk).update(status=StepStatus.COMPLETED)

    page = owner_client.get(
        f"/generate/steps/{step.pk}/progress/", {"mark": "pr1-1-0-0"}, headers=HTMX
    ).content.decode()
    assert "Step finished, 1 picture." in page
    assert "step-progress" not in page


def test_the_preview_is_a_picture_nobody_keeps(owner_client: Client, step: GenerationStep) -> None:
    """While there is none, the answer is empty."""
    address = f"/generate/steps/{step.pk}/preview/"
    assert owner_client.get(address).status_code == 204

    progress.tell(step.pk, message="Denoising", preview=b"\xff\xd8jpeg")
    answer = owner_client.get(address)
    assert answer["Content-Type"] == "image/jpeg"
    assert "no-store" in answer["Cache-Control"]


def test_cancelling_a_waiting_step_ends_it(owner_client: Client, nudges: Nudges) -> None:
    """The page says so, and that the request is kept."""
    step = StepFactory()

    page = owner_client.post(f"/generate/steps/{step.pk}/cancel/", headers=HTMX).content.decode()
    assert "Cancelled" in page
    assert "Your request is kept." in page


def test_a_failed_step_says_why_and_can_be_sent_again(owner_client: Client, nudges: Nudges) -> None:
    """With the same request."""
    step = StepFactory(status=StepStatus.FAILED, outcome=Outcome.FAILED, error_message="Out of memory.")

    assert b"Out of memory." in owner_client.get(step.get_absolute_url()).content
    owner_client.post(f"/generate/steps/{step.pk}/retry/")
    step.refresh_from_db()
    assert step.status == StepStatus.PENDING
    assert nudges == [("submit_step", str(step.pk))]


def test_a_photo_shows_the_step_it_came_from(owner_client: Client, step: GenerationStep) -> None:
    """With its siblings and the way back to the studio; a picture that is not here shows no step."""
    image = step.alternatives.get().image

    panel = owner_client.get(f"/generate/for-photo/{image.pk}/").content.decode()
    assert f"{step.get_absolute_url()}&amp;image={image.pk}" in panel
    other = owner_client.get(f"/generate/for-photo/{MadePhotoFactory().pk}/").content.decode()
    assert "Made in the studio" not in other


def test_an_empty_session_can_be_opened(owner_client: Client) -> None:
    """It has nothing on its stage yet."""
    session = SessionFactory()

    assert b"Pictures appear here as they are made" in owner_client.get(session.get_absolute_url()).content


@pytest.mark.parametrize(
    "address", ["/generate/", "/generate/new/", "/generate/server/", "/activity/", "/activity/count/"]
)
def test_only_the_owner_gets_in(visitor: Client, owner_client: Client, address: str) -> None:
    """Everybody else is sent to the door."""
    assert visitor.get(address).status_code == 302
