"""Bringing in what a server has already."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from albums import adding
from albums.models import Album
from clients.invokeai import InvokeAI
from generation import tasks
from generation.adoption import adopting
from generation.choices import AdoptionState
from generation.management.commands import adopt_images
from generation.models import Adoption
from generation.tests.conftest import asked
from lib import clock, heartbeat, queue
from photos.choices import RetrievalStatus
from photos.models import Photo
from photos.tests import pictures
from photos.tests.factories import PhotoFactory
from settings_app.models import ApplicationSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(server, client: InvokeAI):
    """A server with three pictures, one of them hidden from its gallery."""
    for number in range(3):
        client.images.upload(pictures.png(seed=number), f"{number}.png", is_intermediate=number == 2)
    return server


def names(server):
    return [record.image_name for record in server.images.records.values() if not record.is_intermediate]


def run(server):
    """Do all pages, as a worker would."""
    adoption = adopting.start(server.url)
    while Adoption.objects.running().exists():
        tasks.adopt_page(str(adoption.pk))
    adoption.refresh_from_db()
    return adoption


def test_what_its_gallery_shows_is_recorded_and_fetched(filled, nudges):
    """Known first, and here once the retrieval has run; what is intermediate stays there."""
    adoption = run(filled)
    assert set(Photo.objects.values_list("invoke_id", flat=True)) == set(names(filled))
    for pk in asked(nudges, "retrieve_photo"):
        tasks.retrieve_photo(str(pk))

    assert (adoption.state, adoption.total, adoption.added) == (AdoptionState.DONE, 2, 2)
    assert Photo.objects.visible().count() == 2


def test_a_picture_is_as_old_as_on_the_server(filled, nudges, client):
    """Not as old as its adoption."""
    run(filled)
    photo = Photo.objects.first()
    assert photo
    record = client.images.get(photo.invoke_id or "")

    assert record
    assert photo.taken_at == record.created_at


def test_nothing_comes_twice(filled, nudges):
    """What is known by server and name is recognised, in the trash too, and whoever made it known."""
    PhotoFactory(server=filled.url, invoke_id=names(filled)[0], trashed=True)
    run(filled)
    again = run(filled)

    assert (Photo.objects.count(), again.added) == (2, 0)
    assert len(asked(nudges, "retrieve_photo")) == 1


def test_bytes_that_are_here_already_are_not_added(filled, nudges):
    """Under another address of the same server, for instance."""
    run(filled)
    fetched = asked(nudges, "retrieve_photo")
    for pk in fetched:
        tasks.retrieve_photo(str(pk))
    Photo.objects.update(server="http://another-name:9090")
    nudges.clear()
    run(filled)
    for pk in asked(nudges, "retrieve_photo"):
        tasks.retrieve_photo(str(pk))

    assert set(Photo.objects.values_list("pk", flat=True)) == set(fetched)


def test_two_files_with_the_same_bytes_are_one_picture_for_good(filled, nudges, client):
    """The second one is not fetched again at every adoption."""
    twins = [client.images.upload(pictures.png(seed=8), f"{name}.png", is_intermediate=False) for name in "ab"]
    content = [filled.images.files.read(twin.name) for twin in twins]
    run(filled)
    for pk in asked(nudges, "retrieve_photo"):
        tasks.retrieve_photo(str(pk))

    assert content[0] == content[1]
    assert Photo.objects.count() == 3
    assert run(filled).added == 0


def test_boards_become_albums_and_stars_favourites(filled, nudges):
    """By the board's name; a second time changes nothing."""
    first, second = names(filled)
    board = filled.boards.add("Foxes")
    filled.images.records[first].board_id = board.board_id
    filled.images.records[second].starred = True
    run(filled)
    run(filled)

    assert [photo.invoke_id for photo in Album.objects.get(name="Foxes").photos.all()] == [first]
    assert Photo.objects.get(is_favorite=True).invoke_id == second


def test_what_the_owner_did_since_is_not_undone(filled, nudges):
    """A star that was there last time is no news, nor is a board."""
    first, _ = names(filled)
    filled.images.records[first].board_id = filled.boards.add("Foxes").board_id
    filled.images.records[first].starred = True
    run(filled)
    Photo.objects.all().mark_favourite(on=False)
    adding.remove(Album.objects.get(), Photo.objects.values_list("pk", flat=True))
    run(filled)

    assert not Photo.objects.favourites().exists()
    assert not Album.objects.get().photos.exists()


def test_a_star_that_is_new_makes_a_favourite_again(filled, nudges):
    """Taken away there and given anew is the owner's word, too."""
    record = filled.images.records[names(filled)[0]]
    record.starred = True
    run(filled)
    Photo.objects.all().mark_favourite(on=False)
    record.starred = False
    run(filled)
    record.starred = True
    run(filled)

    assert Photo.objects.favourites().count() == 1


@pytest.mark.parametrize("renamed", ["album", "board"])
def test_a_board_stays_with_its_album_whatever_they_are_called(filled, nudges, renamed):
    """A further picture on the board goes to the same album."""
    first, second = names(filled)
    board = filled.boards.add("Foxes")
    filled.images.records[first].board_id = board.board_id
    run(filled)
    if renamed == "album":
        Album.objects.update(name="Red foxes")
    else:
        board.board_name = "Red foxes"
    filled.images.records[second].board_id = board.board_id
    run(filled)

    assert Album.objects.get().photos.count() == 2


def test_a_deleted_album_does_not_come_back(filled, nudges):
    """The board is still there; the owner did not want it here."""
    first, second = names(filled)
    board = filled.boards.add("Foxes")
    filled.images.records[first].board_id = board.board_id
    run(filled)
    Album.objects.get().delete()
    filled.images.records[second].board_id = board.board_id
    run(filled)

    assert not Album.objects.exists()


def test_boards_of_one_name_become_an_album_each_and_an_album_of_the_owner_is_joined(filled, nudges):
    """Their ids tell them apart; the name counts only where a board is new."""
    first, second = names(filled)
    own = Album.objects.create(name="Foxes")
    for name in (first, second):
        filled.images.records[name].board_id = filled.boards.add("Foxes").board_id
    run(filled)

    assert Album.objects.count() == 2
    assert own.photos.count() == 1


def test_an_album_and_a_star_follow_a_picture_that_was_here_already(filled, nudges):
    """It was waited for, and turned out to be a known one."""
    first, _ = names(filled)
    filled.images.records[first].board_id = filled.boards.add("Foxes").board_id
    filled.images.records[first].starred = True
    known = PhotoFactory(content=filled.images.files.read(first))
    run(filled)
    for pk in asked(nudges, "retrieve_photo"):
        tasks.retrieve_photo(str(pk))
    known.refresh_from_db()

    assert known.is_favorite
    assert list(Album.objects.get().photos.all()) == [known]


def test_a_prompt_comes_with_the_file(filled, nudges, client):
    """As with any picture a generator made."""
    content = pictures.png(seed=9, texts={"invokeai_metadata": '{"positive_prompt": "a fox", "seed": 7}'})
    record = client.images.upload(content, "made.png", is_intermediate=False)
    run(filled)
    photo = Photo.objects.get(invoke_id=record.name)
    tasks.retrieve_photo(str(photo.pk))
    photo.refresh_from_db()

    assert (photo.retrieval_status, photo.is_generated) == (RetrievalStatus.COMPLETED, True)
    assert (photo.generation_prompt, (photo.generation_params or {})["seed"]) == ("a fox", 7)


def test_pages_follow_each_other(filled, nudges, monkeypatch):
    """Each is a short task that asks for the next; a killed worker goes on where it was."""
    monkeypatch.setattr(adopting, "PAGE", 1)
    adoption = adopting.start(filled.url)
    tasks.adopt_page(str(adoption.pk))
    adoption.refresh_from_db()

    assert (adoption.seen, adoption.total, adoption.state) == (1, 2, AdoptionState.RUNNING)
    assert asked(nudges, "adopt_page") == [adoption.pk, adoption.pk]
    assert run(filled).added == 2


def test_nothing_is_missed_when_pictures_are_deleted_meanwhile(filled, nudges, monkeypatch, client):
    """All after a deleted one move forward, so the list is read once more."""
    monkeypatch.setattr(adopting, "PAGE", 1)
    client.images.upload(pictures.png(seed=5), "5.png", is_intermediate=False)
    adoption = adopting.start(filled.url)
    tasks.adopt_page(str(adoption.pk))
    filled.images.remove(names(filled)[0])
    run(filled)

    assert set(names(filled)) <= set(Photo.objects.values_list("invoke_id", flat=True))


def test_a_server_that_is_away_is_asked_again_later(nudges, time_machine):
    """The reason is told, and the sweep finds it."""
    adoption = adopting.start("http://127.0.0.1:9")
    tasks.adopt_page(str(adoption.pk))
    adoption.refresh_from_db()

    assert (adoption.state, adoption.error != "") == (AdoptionState.RUNNING, True)
    assert not Adoption.objects.due(now=clock.now()).exists()
    assert Adoption.objects.due(now=clock.now() + 2 * adopting.TRY_AGAIN).exists()


def test_a_server_is_adopted_once_at_a_time(filled, nudges):
    """Two clicks are one adoption."""
    assert adopting.start(filled.url) == adopting.start(filled.url)


def test_a_cancelled_adoption_looks_no_further(filled, nudges):
    """What was found is kept."""
    adoption = adopting.start(filled.url)
    adopting.cancel(adoption.pk)
    tasks.adopt_page(str(adoption.pk))

    assert not Photo.objects.exists()


def test_the_page_begins_tells_and_stops(filled, nudges, owner_client):
    """In the browser, with and without scripts."""
    ApplicationSettings.objects.update_or_create(pk=1, defaults={"local_backend_url": filled.url})
    assert b"Bring them in" in owner_client.get("/generate/adopt/").content
    owner_client.post("/generate/adopt/")
    adoption = Adoption.objects.get()

    assert b"Under way" in owner_client.get("/generate/adopt/", headers={"HX-Request": "true"}).content
    owner_client.post(f"/generate/adopt/{adoption.pk}/cancel/")
    assert b"Stopped" in owner_client.get("/generate/adopt/").content


def test_the_page_tells_how_many_are_still_fetched(filled, nudges, owner_client):
    """To know all pictures is quick; to have them takes longer."""
    ApplicationSettings.objects.update_or_create(pk=1, defaults={"local_backend_url": filled.url})
    call_command("adopt_images")
    said = owner_client.get("/generate/adopt/").content.decode()
    known = Photo.objects.count()
    Photo.objects.update(retrieval_status=RetrievalStatus.COMPLETED)

    assert "Fetching" in said
    assert f"0 of {known} are here, {known} still to be fetched" in said
    assert "Done" in owner_client.get("/generate/adopt/").content.decode()


def test_the_command_does_all_of_it(filled, nudges):
    """And a rehearsal nothing."""
    ApplicationSettings.objects.update_or_create(pk=1, defaults={"local_backend_url": filled.url})
    out = StringIO()
    call_command("adopt_images", "--dry-run", stdout=out)
    assert (out.getvalue().endswith("2 of them would come in.\n"), Photo.objects.count()) == (True, 0)
    call_command("adopt_images", stdout=out)

    assert out.getvalue().endswith("2 pictures looked at, 2 of them new.\n")


def test_the_command_waits_for_workers_that_are_behind(filled, nudges, monkeypatch):
    """What is generated meanwhile is fetched soon, not after a whole server's pictures."""
    ApplicationSettings.objects.update_or_create(pk=1, defaults={"local_backend_url": filled.url})
    heartbeat.beat()
    lengths = iter([1000, 400, 300, 0])
    monkeypatch.setattr(queue, "waiting", lambda: next(lengths, 0))
    pauses: list[float] = []
    monkeypatch.setattr(adopt_images.time, "sleep", pauses.append)
    call_command("adopt_images", stdout=StringIO())

    assert len(pauses) == 2
    assert Photo.objects.count() == 2


def test_the_command_tells_when_the_server_is_away(nudges):
    """With a non-zero exit."""
    ApplicationSettings.objects.update_or_create(pk=1, defaults={"local_backend_url": "http://127.0.0.1:9"})

    with pytest.raises(CommandError):
        call_command("adopt_images", stdout=StringIO())
