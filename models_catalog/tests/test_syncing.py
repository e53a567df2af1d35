"""Keeping in step with a server."""

import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from clients.errors import RemoteError, RemoteUnreachable
from clients.invokeai import ModelRecord
from models_catalog import syncing, tasks
from models_catalog.models import CatalogueSync, Model
from models_catalog.planning import SyncReport
from models_catalog.tests.factories import SERVER, ModelFactory, record
from settings_app import connections
from settings_app.models import ApplicationSettings


class Told:
    """A client that tells these models, or fails."""

    def __init__(
        self, records: Iterable[ModelRecord] = (), missing: Iterable[str] = (), error: RemoteError | None = None
    ) -> None:
        self.records, self.missing, self.error = tuple(records), frozenset(missing), error

    @property
    def models(self) -> "Told":
        return self

    def all(self) -> tuple[ModelRecord, ...]:
        if self.error:
            raise self.error
        return self.records

    def missing_keys(self) -> frozenset[str]:
        return self.missing

    def version(self) -> str:
        return "6.14.2"

    def node_types(self) -> frozenset[str]:
        return frozenset({"noise", "l2i"})

    def __enter__(self) -> "Told":
        return self

    def __exit__(self, *exc_info: object) -> None:
        pass


AWAY = RemoteUnreachable("Nothing answers at http://localhost:9090.")


def sync(client: Any) -> SyncReport:
    return syncing.sync(client, SERVER)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What the server in use tells; a test may change it."""
    client = Told([record("a"), record("b")])
    monkeypatch.setattr(connections, "invokeai_for", lambda server, timeouts=None: client)
    return client


@pytest.mark.django_db
def test_models_are_added_and_a_second_time_changes_nothing() -> None:
    """Safe to repeat."""
    client = Told([record("a"), record("b")])

    assert sync(client) == SyncReport(added=2)
    assert sync(client) == SyncReport()
    assert Model.objects.available().on(SERVER).count() == 2


@pytest.mark.django_db
def test_a_model_that_left_is_kept_and_can_come_back() -> None:
    """Pictures name it."""
    sync(Told([record("a")]))

    assert sync(Told()) == SyncReport(gone=1)
    assert not Model.objects.get(pk="a").is_available
    assert sync(Told([record("a")])) == SyncReport(returned=1)
    assert Model.objects.get(pk="a").is_available


@pytest.mark.django_db
def test_a_missing_file_makes_a_model_unavailable() -> None:
    """It would only fail."""
    sync(Told([record("a")], missing=["a"]))

    assert not Model.objects.available().exists()


@pytest.mark.django_db
def test_a_failure_changes_no_model_and_is_remembered() -> None:
    """Pages can say why the catalogue is old."""
    sync(Told([record("a")]))

    with pytest.raises(RemoteUnreachable):
        sync(Told(error=AWAY))

    last = syncing.last_report(SERVER)
    assert last
    assert (last.error, last.model_count) == (str(AWAY), 1)
    assert last.succeeded_at
    assert Model.objects.available().count() == 1


@pytest.mark.django_db
def test_a_success_clears_the_failure() -> None:
    """What was wrong is over."""
    with pytest.raises(RemoteUnreachable):
        sync(Told(error=AWAY))
    sync(Told([record("a")]))

    assert not CatalogueSync.objects.get().has_failed


@pytest.mark.django_db
def test_the_last_report_is_that_of_the_server_in_use() -> None:
    """Another server's success says nothing of this one."""
    syncing.sync(Told(), "http://elsewhere:9090")  # type: ignore[arg-type]

    assert syncing.last_report() is None


@pytest.mark.django_db
def test_without_a_usable_address_there_is_no_report() -> None:
    """And no error either."""
    ApplicationSettings.load()
    ApplicationSettings.objects.update(backend_mode="remote")

    assert syncing.last_report() is None


@pytest.mark.django_db(transaction=True)
def test_two_syncs_at_once_agree() -> None:
    """The button and the schedule may meet."""
    together = Barrier(2)

    def work(_: int) -> None:
        client = Told([record(f"key-{number}") for number in range(50)])
        together.wait()
        try:
            sync(client)
        finally:
            connection.close()

    with ThreadPoolExecutor() as threads:
        list(threads.map(work, range(2)))

    assert Model.objects.available().count() == 50


@pytest.mark.django_db
def test_the_task_is_quiet_when_the_server_is_away(told: Told) -> None:
    """Its next turn comes."""
    told.error = AWAY
    tasks.sync_models()

    assert CatalogueSync.objects.get().error == str(AWAY)


@pytest.mark.django_db
def test_the_command_tells_what_it_did(told: Told) -> None:
    """Progress on stderr, summary on stdout."""
    out = io.StringIO()
    call_command("sync_models", stdout=out, stderr=io.StringIO())

    assert out.getvalue() == "2 new\n"
    assert Model.objects.count() == 2


@pytest.mark.django_db
def test_a_dry_run_writes_nothing(told: Told) -> None:
    """It only tells."""
    out = io.StringIO()
    call_command("sync_models", "--dry-run", stdout=out, stderr=io.StringIO())

    assert out.getvalue() == "Would be: 2 new\n"
    assert not Model.objects.exists()
    assert not CatalogueSync.objects.exists()


@pytest.mark.django_db
def test_the_command_fails_when_the_server_is_away(told: Told) -> None:
    """With the reason, and what is safe."""
    told.error = AWAY
    with pytest.raises(CommandError, match=r"Nothing answers .* as before"):
        call_command("sync_models", stderr=io.StringIO())


@pytest.mark.django_db
def test_words_are_looked_for_wherever_an_owner_would() -> None:
    """In name, base and trigger phrases; every word must occur."""
    ModelFactory(name="Juniper XL", base="sdxl", trigger_phrases=["misty forest"])
    ModelFactory(name="Cedar", base="sd-1", trigger_phrases=["oil"])

    found = [[model.name for model in Model.objects.mentioning(text)] for text in ("MISTY sdxl", "oil", "oil sdxl", "")]

    assert found == [["Juniper XL"], ["Cedar"], [], ["Cedar", "Juniper XL"]]
