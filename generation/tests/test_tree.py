"""The rows of a session's tree."""

import pytest
from django.test import Client
from django.utils import timezone

from generation.choices import StepStatus
from generation.models import GenerationSession, GenerationStep
from generation.sessions import choosing
from generation.sessions.tree import Row, mark_of, rows_apart, rows_of
from generation.tests.factories import AlternativeFactory, SessionFactory, StepFactory, make_recipe
from photos.models import Photo
from photos.tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db: None) -> GenerationSession:
    """A session without steps."""
    return SessionFactory()


def step_with(session: GenerationSession, pictures: int = 2, **values: object) -> GenerationStep:
    """A finished step whose pictures are here."""
    step = StepFactory(session=session, status=StepStatus.COMPLETED, position=session.steps.count() + 1, **values)
    AlternativeFactory.create_batch(pictures, step=step, image__here=True)
    return step


def picture(step: GenerationStep, number: int) -> Photo:
    return step.alternatives.order_by("pk")[number - 1].image


def only_row(session: GenerationSession) -> Row:
    [row] = rows_of(session)
    return row


def test_a_row_says_which_picture_it_grew_from(session: GenerationSession) -> None:
    """By its number among all of the parent's, so that it stays when one is thrown away."""
    first = step_with(session, pictures=3)
    step_with(session, parent=first, source_image=picture(first, 3))
    Photo.objects.filter(pk=picture(first, 1).pk).update(deleted_at=timezone.now())

    assert [row.grew_from for row in rows_of(session)] == [0, 3]


def test_a_step_that_grew_from_the_request_alone_names_no_picture(session: GenerationSession) -> None:
    """Nothing is guessed from what is chosen."""
    first = step_with(session)
    choosing.choose(first.pk, picture(first, 2).pk)
    step_with(session, parent=first)

    assert rows_of(session)[1].grew_from == 0


def test_the_cover_is_the_chosen_picture(session: GenerationSession) -> None:
    """Else the first that is here and not in the trash."""
    step = step_with(session, pictures=3)
    Photo.objects.filter(pk=picture(step, 1).pk).update(deleted_at=timezone.now())

    assert only_row(session).cover == picture(step, 2)
    choosing.choose(step.pk, picture(step, 3).pk)
    assert only_row(session).cover == picture(step, 3)
    assert (only_row(session).note, only_row(session).kept, only_row(session).chosen) == ("picture 3", 2, 2)


def test_a_tree_begins_with_the_picture_from_elsewhere_it_grew_from(session: GenerationSession) -> None:
    """With the way to the step that made it, when one did."""
    photo, made = PhotoFactory(original_name="headland.jpg"), AlternativeFactory(image__here=True)
    step_with(session, source_image=photo)
    step_with(session, source_image=made.image)

    shown = [(row.title, row.is_step, row.place.lane) for row in rows_of(session)]
    assert shown[0] == ("headland.jpg", False, 0)
    assert [is_step for _title, is_step, _lane in shown] == [False, True, False, True]
    assert rows_of(session)[2].url == f"{made.step.get_absolute_url()}&image={made.image_id}"


def test_a_session_begun_from_a_picture_shows_it_before_there_is_a_step() -> None:
    """So that the page says what it is about."""
    photo = PhotoFactory()

    assert only_row(SessionFactory(source_image=photo)).cover == photo


def test_a_picture_that_is_gone_leaves_its_place(session: GenerationSession) -> None:
    """The chain is never broken, and leads nowhere."""
    step_with(session, source_image=PhotoFactory(purged_at=timezone.now(), deleted_at=timezone.now()))

    gone = rows_of(session)[0]
    assert (gone.title, gone.url, gone.cover) == ("A picture that is gone", "", None)


def test_a_row_alone_says_the_same_as_in_the_tree(session: GenerationSession) -> None:
    """It takes the other's place on the page when something came of the step."""
    first = step_with(session)
    step = step_with(session, parent=first, source_image=picture(first, 2), recipe=make_recipe(prompt="a fox at dusk"))

    [alone], among = rows_apart([step]), rows_of(session)[1]
    told = [(row.title, row.note, row.cover, row.grew_from, row.kept, row.mark) for row in (alone, among)]
    assert told[0] == told[1]


def test_nothing_is_answered_while_nothing_is_new(owner_client: Client, session: GenerationSession) -> None:
    """The page asks every few seconds."""
    step = StepFactory(session=session, processing=True)

    asked = {"steps": 1, "open": f"{step.pk}:{mark_of(step)}"}
    assert owner_client.get(f"/generate/{session.pk}/tree/", asked).status_code == 204


def test_a_picture_that_landed_changes_one_row(owner_client: Client, session: GenerationSession) -> None:
    """And the counts of the session; the other rows are not sent."""
    other, step = step_with(session), StepFactory(session=session, processing=True, position=2)
    mark = mark_of(step)
    AlternativeFactory(step=step, image__here=True)
    GenerationStep.objects.recount(step.pk)

    answer = owner_client.get(f"/generate/{session.pk}/tree/", {"steps": 2, "open": f"{step.pk}:{mark}"})
    page = answer.content.decode()
    assert f'id="row-{step.pk}" hx-swap-oob="innerHTML"' in page
    assert "1 of 4 here" in page
    assert "2 steps, 3 pictures" in page
    assert str(other.pk) not in page


def test_a_new_step_brings_the_whole_tree(owner_client: Client, session: GenerationSession) -> None:
    """Its lanes may have changed."""
    first = step_with(session)
    step_with(session, parent=first)

    answer = owner_client.get(f"/generate/{session.pk}/tree/", {"steps": 1, "step": str(first.pk)})
    assert answer["HX-Retarget"] == "#tree"
    assert answer.content.decode().count('role="treeitem"') == 3


def test_nonsense_in_the_question_is_no_error(owner_client: Client, session: GenerationSession) -> None:
    """It finds nothing new."""
    answer = owner_client.get(f"/generate/{session.pk}/tree/", {"steps": "0", "open": ["", "x:y", ":::"]})

    assert answer.status_code == 204


def test_the_page_holds_a_tree_of_links(owner_client: Client, session: GenerationSession) -> None:
    """Each row works without scripts, and says how deep it is."""
    first = step_with(session)
    second = step_with(session, parent=first, source_image=picture(first, 1))

    page = owner_client.get(second.get_absolute_url()).content.decode()
    assert f'id="row-{first.pk}" href="{first.get_absolute_url()}" aria-level="1"' in page
    assert f'id="row-{second.pk}" href="{second.get_absolute_url()}" aria-level="2"' in page
    assert "from picture </span>1<" in page
