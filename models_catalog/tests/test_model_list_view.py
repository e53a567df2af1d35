"""The page of the catalogue."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients.errors import RemoteUnreachable
from models_catalog import syncing
from models_catalog.models import CatalogueSync
from models_catalog.planning import SyncReport
from models_catalog.tests.factories import SERVER, ModelFactory
from settings_app.models import ApplicationSettings

HTMX = {"HX-Request": "true"}


def page(client: Client, query: str = "") -> str:
    return client.get(f"/models/{query}").content.decode()


def test_models_are_shown_by_type_with_what_they_wish(owner_client: Client) -> None:
    """What makes pictures comes first."""
    ModelFactory(name="soft-vae", type="vae")
    ModelFactory(name="Juniper", default_width=1024, default_height=768, default_cfg_scale="5.50", default_steps=28)

    shown = page(owner_client)

    assert shown.index("Juniper") < shown.index("soft-vae")
    assert "SDXL, 1024 × 768, 28 steps, CFG 5.5" in shown


def test_a_model_that_left_says_since_when(owner_client: Client) -> None:
    """It is kept, and marked."""
    ModelFactory(unavailable_since=timezone.now())

    assert "Gone since" in page(owner_client)


def test_a_model_of_another_server_says_where_it_is(owner_client: Client) -> None:
    """It is not ready here."""
    ModelFactory(server="http://elsewhere:9090")

    shown = page(owner_client)

    assert "On http://elsewhere:9090" in shown
    assert "Ready" not in shown


def test_an_empty_catalogue_says_what_to_do(owner_client: Client) -> None:
    """Start InvokeAI and sync."""
    assert "Start InvokeAI at http://localhost:9090 and sync" in page(owner_client)


def test_a_server_without_models_says_what_to_do(owner_client: Client) -> None:
    """That is something else than a server never asked."""
    CatalogueSync.objects.create(server=SERVER, succeeded_at=timezone.now())

    assert "This InvokeAI has no models yet" in page(owner_client)


def test_a_search_that_finds_nothing_says_so(owner_client: Client) -> None:
    """With the words, escaped."""
    ModelFactory(name="Juniper")

    assert "No model mentions “&lt;b&gt;”" in page(owner_client, "?q=<b>")


@pytest.mark.parametrize("query", ["?q=%00", "?q=" + "word+" * 1000, "?q=%25_'"])
def test_an_odd_search_is_only_a_search(owner_client: Client, query: str) -> None:
    """Neither NUL nor a thousand words break the page."""
    assert owner_client.get(f"/models/{query}").status_code == 200


def test_a_search_answers_htmx_with_the_list_alone(owner_client: Client) -> None:
    """The field being typed in stays."""
    ModelFactory(name="Juniper")
    part = owner_client.get("/models/?q=juni", headers=HTMX).content.decode()

    assert "Juniper" in part
    assert "<html" not in part


def test_a_failed_sync_is_told_above_the_old_list(owner_client: Client) -> None:
    """What is wrong, and what is still there."""
    ModelFactory(name="Juniper")
    CatalogueSync.objects.create(server=SERVER, error="Nothing answers.")

    shown = page(owner_client)

    assert "Nothing answers." in shown
    assert "Juniper" in shown


def test_without_an_address_the_page_leads_to_the_settings(owner_client: Client) -> None:
    """Nothing else would help."""
    ApplicationSettings.load()
    ApplicationSettings.objects.update(backend_mode="remote")

    assert "No address of a rented InvokeAI is set" in page(owner_client)


def test_the_button_syncs_and_tells(owner_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A toast holds the report."""
    monkeypatch.setattr(syncing, "sync_current", lambda timeouts: SyncReport(added=4))

    assert "Models are in step: 4 new" in owner_client.post("/models/sync/", follow=True).content.decode()


@pytest.mark.parametrize(("asked", "page"), [("/activity/?a=b", "/activity/?a=b"), ("//evil.test/", "/models/")])
def test_the_button_leads_back_to_where_it_stood(
    owner_client: Client, monkeypatch: pytest.MonkeyPatch, asked: str, page: str
) -> None:
    """A failed step offers it, too; no other place is gone to."""
    monkeypatch.setattr(syncing, "sync_current", lambda timeouts: SyncReport())

    assert owner_client.post("/models/sync/", {"next": asked})["Location"] == page


def test_the_button_tells_htmx_what_went_wrong(owner_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list comes back with a toast."""

    def fail(timeouts: object) -> SyncReport:
        raise RemoteUnreachable("Nothing answers at http://localhost:9090.")

    monkeypatch.setattr(syncing, "sync_current", fail)
    part = owner_client.post("/models/sync/", headers=HTMX).content.decode()

    assert "Nothing was changed. Nothing answers at http://localhost:9090." in part
    assert "<html" not in part


def test_more_models_need_no_more_queries(
    owner_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """However long the list."""
    ModelFactory()
    page(owner_client)
    with django_assert_num_queries(6) as few:
        page(owner_client)
    ModelFactory.create_batch(20)
    with django_assert_num_queries(len(few)):
        page(owner_client)
