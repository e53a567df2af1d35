"""A finished picture reaches the library once, or says why not and when it is tried again."""

from pathlib import Path

import pytest
from django.core.files.storage import storages

from clients.invokeai import InvokeAI
from demo.standin.running import StandIn
from demo.standin.switches import ALWAYS
from generation import tasks
from generation.models import GenerationStep, StepAlternative
from generation.running import delays, following, retrieving
from generation.sessions import choosing
from generation.tests.conftest import MoveClock, Nudges, asked, fresh, made_with, sent
from lib import clock
from photos.choices import RetrievalStatus
from photos.models import Photo

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def made(server: StandIn, client: InvokeAI, nudges: Nudges) -> GenerationStep:
    """A finished step whose one picture waits to be fetched."""
    step = sent(server, seeds=(5,))
    server.wait_until_idle()
    following.refresh(step, client)
    nudges.clear()
    return fresh(step)


@pytest.fixture
def photo(made: GenerationStep) -> Photo:
    """The picture that waits."""
    return Photo.objects.get()


def test_the_bytes_in_the_library_are_those_of_the_server(server: StandIn, made: GenerationStep, photo: Photo) -> None:
    """Whole, with everything embedded, and counted on the step."""
    tasks.retrieve_photo(str(photo.pk))

    photo.refresh_from_db()
    with storages["originals"].open(photo.local_storage_path or "") as file:
        assert file.read() == server.images.files.read(photo.invoke_id or "")
    assert photo.retrieval_status == RetrievalStatus.COMPLETED
    assert (fresh(made).images_retrieved, fresh(made).images_pending) == (1, 0)
    assert made_with(photo) == 5


def test_fetching_twice_fetches_once(photo: Photo, nudges: Nudges) -> None:
    """A nudge that comes twice finds nothing to do."""
    tasks.retrieve_photo(str(photo.pk))
    tasks.retrieve_photo(str(photo.pk))

    photo.refresh_from_db()
    assert photo.retrieval_attempts == 1
    assert len(asked(nudges, "make_thumbnails")) == 1


@pytest.mark.parametrize("fault", ["truncated_image", "half_png", "corrupt_png"])
def test_a_damaged_picture_is_fetched_again(server: StandIn, photo: Photo, move_clock: MoveClock, fault: str) -> None:
    """Nothing half-written is kept; the reason is, and the next try brings it."""
    server.misbehave(**{fault: 1})
    tasks.retrieve_photo(str(photo.pk))
    photo.refresh_from_db()
    assert photo.retrieval_status == RetrievalStatus.PENDING
    assert photo.retrieval_error
    assert photo.local_storage_path is None

    move_clock(seconds=11)
    tasks.retrieve_photo(str(photo.pk))
    photo.refresh_from_db()
    assert photo.retrieval_status == RetrievalStatus.COMPLETED
    assert photo.retrieval_error is None


def test_no_temporary_file_stays(server: StandIn, photo: Photo) -> None:
    """After a failure as after a success."""
    server.misbehave(truncated_image=1)
    tasks.retrieve_photo(str(photo.pk))

    assert not list(Path(storages["incoming"].location).glob("fetching-*"))  # type: ignore[attr-defined]


def test_what_is_gone_from_the_server_is_not_asked_for_again(
    server: StandIn, made: GenerationStep, photo: Photo
) -> None:
    """It rests at once; how it was made is kept."""
    server.images.remove(photo.invoke_id or "")
    tasks.retrieve_photo(str(photo.pk))

    photo.refresh_from_db()
    assert photo.retrieval_status == RetrievalStatus.FAILED
    assert photo.retrieval_error == retrieving.GONE
    assert made_with(photo) == 5
    assert fresh(made).images_failed == 1


def test_pauses_grow_until_the_picture_rests(server: StandIn, photo: Photo, move_clock: MoveClock) -> None:
    """Eight attempts in ten hours; then the owner decides."""
    server.misbehave(half_png=ALWAYS)
    pauses = []
    while photo.retrieval_status == RetrievalStatus.PENDING:
        tasks.retrieve_photo(str(photo.pk))
        photo.refresh_from_db()
        if photo.next_retrieval_at:
            pause = photo.next_retrieval_at - clock.now()
            pauses.append(pause.total_seconds())
            move_clock(seconds=pause.total_seconds() + 1)

    assert pauses == pytest.approx([pause.total_seconds() for pause in delays.FETCHING], abs=5)
    assert photo.retrieval_attempts == delays.FETCHING_LIMIT
    assert photo.retrieval_status == RetrievalStatus.FAILED


def test_a_night_without_the_server_costs_no_attempts(server: StandIn, photo: Photo, move_clock: MoveClock) -> None:
    """While nobody answers at all, nothing is the picture's fault."""
    server.stop()
    for _ in range(20):
        tasks.retrieve_photo(str(photo.pk))
        move_clock(minutes=11)

    photo.refresh_from_db()
    assert photo.retrieval_status == RetrievalStatus.PENDING
    assert photo.retrieval_attempts == 0
    assert "Nothing answers" in (photo.retrieval_error or "")

    server.start()
    tasks.retrieve_photo(str(photo.pk))
    photo.refresh_from_db()
    assert photo.retrieval_status == RetrievalStatus.COMPLETED


def test_a_picture_that_kills_its_worker_is_given_up(
    photo: Photo, move_clock: MoveClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attempts are counted at the claim, so those that never reported count too."""
    monkeypatch.setattr(retrieving, "_fetch", _die)
    for _ in range(delays.FETCHING_LIMIT):
        with pytest.raises(SystemExit):
            tasks.retrieve_photo(str(photo.pk))
        move_clock(minutes=6)
    tasks.retrieve_photo(str(photo.pk))

    photo.refresh_from_db()
    assert photo.retrieval_status == RetrievalStatus.FAILED
    assert "8 times" in (photo.retrieval_error or "")


def test_the_owner_can_give_up_and_try_again(photo: Photo, nudges: Nudges) -> None:
    """Neither loses anything."""
    assert retrieving.give_up(photo.pk)
    assert not retrieving.give_up(photo.pk)
    photo.refresh_from_db()
    assert photo.retrieval_status == RetrievalStatus.FAILED

    assert retrieving.retry(photo.pk)
    assert asked(nudges, "retrieve_photo") == [photo.pk]
    tasks.retrieve_photo(str(photo.pk))
    assert not retrieving.retry(photo.pk)


def test_bytes_the_library_has_are_not_kept_twice(
    server: StandIn, made: GenerationStep, photo: Photo, move_clock: MoveClock
) -> None:
    """The same picture under another server's name: the step goes on with the one that is here, still chosen."""
    tasks.retrieve_photo(str(photo.pk))
    alias = server.url.replace("127.0.0.1", "localhost")
    twin = Photo.objects.create(
        filename="twin.png", width=64, height=64, file_size=0, mime_type="image/png", is_generated=True,
        server=alias, invoke_id=photo.invoke_id, retrieval_status=RetrievalStatus.PENDING,
    )  # fmt: skip
    other = sent(server, seeds=(6,))
    StepAlternative.objects.create(step=other, image=twin)
    choosing.choose(other.pk, twin.pk)
    tasks.retrieve_photo(str(twin.pk))

    assert not Photo.objects.filter(pk=twin.pk).exists()
    assert fresh(other).selected_image_id == photo.pk
    assert other.alternatives.get().image_id == photo.pk
    assert other.alternatives.get().selected
    assert fresh(other).images_retrieved == 1


def _die(*_args: object) -> None:
    raise SystemExit
