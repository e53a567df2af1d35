"""Keeping one path through a tree."""

import pytest
from django.test import Client

from albums.models import Album, AlbumPhoto
from generation.choices import StepStatus
from generation.models import GenerationSession, GenerationStep
from generation.sessions import choosing
from generation.sessions.keeping import propose
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, SessionFactory, StepFactory
from photos.models import Photo
from sharing.models import SharedLink

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def session(db: None) -> GenerationSession:
    """A session without steps."""
    return SessionFactory()


def grown(session: GenerationSession, parent: GenerationStep | None = None, number: int = 0) -> GenerationStep:
    """A finished step with two pictures, grown from one of its parent's."""
    source = pictures(parent)[number - 1] if parent and number else None
    step = StepFactory(
        session=session,
        parent=parent,
        source_image=source,
        status=StepStatus.COMPLETED,
        position=session.steps.count() + 1,
    )
    AlternativeFactory.create_batch(2, step=step, image__here=True)
    return step


def pictures(step: GenerationStep) -> list[Photo]:
    return [alternative.image for alternative in step.alternatives.order_by("pk")]


def test_the_path_is_what_the_next_step_grew_from_and_what_was_chosen(session: GenerationSession) -> None:
    """All other pictures go, on the path and beside it; also those below its end."""
    first = grown(session)
    side = grown(session, first, 1)
    last = grown(session, first, 2)
    below = grown(session, last, 1)
    choosing.choose(last.pk, pictures(last)[0].pk)

    found = propose(last)
    assert found.kept == [pictures(first)[1], pictures(last)[0]]
    assert found.going == [pictures(first)[0], *pictures(side), pictures(last)[1], *pictures(below)]
    assert found.dear == []


def test_nothing_goes_of_a_last_step_without_a_choice(session: GenerationSession) -> None:
    """What is not decided is not decided by this either."""
    step = grown(session)

    assert (propose(step).kept, propose(step).going) == (pictures(step), [])


def test_a_branch_may_be_tidied_alone(session: GenerationSession) -> None:
    """What stands beside it is left alone."""
    first = grown(session)
    grown(session, first, 1)
    middle = grown(session, first, 2)
    last = grown(session, middle, 1)

    found = propose(last, branch=str(middle.pk))
    assert found.going == [pictures(middle)[1]]
    assert [step.pk for step in found.begins] == [first.pk, middle.pk, last.pk]


def test_what_matters_stays_unless_it_is_let_go_by_name(session: GenerationSession) -> None:
    """Favourites, what is chosen, in an album, shared, or led on in another session."""
    first = grown(session)
    sides = [grown(session, first, 1) for _ in range(3)]
    last = grown(session, first, 2)
    loved, chosen, kept, shown, source, plain = (picture for step in sides for picture in pictures(step))
    Photo.objects.filter(pk=loved.pk).update(is_favorite=True)
    choosing.choose(sides[0].pk, chosen.pk)
    AlbumPhoto.objects.create(album=Album.objects.create(name="Best"), photo=kept, position=1)
    SharedLink.objects.create(photo=shown, access_key="k" * 43)
    StepFactory(source_image=source)

    found = propose(last)
    assert {one.photo.pk: one.reasons for one in found.dear} == {
        loved.pk: ["favourite"],
        chosen.pk: ["chosen"],
        kept.pk: ["in an album"],
        shown.pk: ["shared"],
        source.pk: ["led to another session"],
    }
    assert set(found.without([chosen.pk])) == {chosen, plain, pictures(first)[0]}


def test_what_is_still_to_be_fetched_is_left_alone(session: GenerationSession) -> None:
    """The trash would keep it from ever coming."""
    first = grown(session)
    AlternativeFactory(step=first, image=MadePhotoFactory())
    last = grown(session, first, 1)

    assert propose(last).going == [pictures(first)[1]]


def test_the_page_shows_first_what_would_go(owner_client: Client, session: GenerationSession) -> None:
    """Nothing is moved by looking."""
    first = grown(session)
    last = grown(session, first, 1)

    page = owner_client.get(f"/generate/steps/{last.pk}/keep/").content.decode()
    assert "Goes to the trash: 1 picture<" in page
    assert not Photo.objects.trashed().exists()


def test_the_rest_goes_to_the_trash_with_a_way_back(owner_client: Client, session: GenerationSession) -> None:
    """The steps stay."""
    first = grown(session)
    last = grown(session, first, 1)
    answer = owner_client.post(f"/generate/steps/{last.pk}/keep/", {"mark": propose(last).mark}, headers=HTMX)

    assert list(Photo.objects.trashed()) == [pictures(first)[1]]
    assert "photos:gone" in answer["HX-Trigger"]
    assert b"Undo" in answer.content
    assert session.steps.count() == 2


def test_nothing_goes_that_was_not_shown(owner_client: Client, session: GenerationSession) -> None:
    """When something changed meanwhile, it is shown again."""
    first = grown(session)
    last = grown(session, first, 1)
    mark = propose(last).mark
    AlternativeFactory(step=first, image__here=True)

    answer = owner_client.post(f"/generate/steps/{last.pk}/keep/", {"mark": mark}, headers=HTMX)
    assert answer["HX-Retarget"] == "#dialog"
    assert b"Something changed" in answer.content
    assert not Photo.objects.trashed().exists()
