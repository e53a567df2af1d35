"""Every table in the admin."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from albums.models import Album
from models_catalog.tests.factories import ModelFactory
from sharing.models import SharedLink

OURS = {"settings_app", "models_catalog", "albums", "sharing", "auth"}
REGISTERED = [model for model in admin.site._registry if model._meta.app_label in OURS]


@pytest.mark.parametrize("model", REGISTERED, ids=str)
def test_every_list_opens_and_can_be_searched(owner_client: Client, model: type) -> None:
    """A search field on a name that is not there would fail here."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # type: ignore[attr-defined]

    assert owner_client.get(address, {"q": "fox"}).status_code in (200, 302)


def test_there_is_one_owner_and_no_groups(owner_client: Client, owner: User) -> None:
    """Nobody is added who could see everything, and the owner cannot be deleted."""
    assert owner_client.get("/admin/auth/user/add/").status_code == 403
    assert owner_client.post(f"/admin/auth/user/{owner.pk}/delete/").status_code == 403
    assert owner_client.get("/admin/auth/group/").status_code == 404


def test_a_model_is_only_looked_at(owner_client: Client) -> None:
    """A sync writes it."""
    model = ModelFactory(name="Juniper")
    address = f"/admin/models_catalog/model/{model.pk}"

    assert b"Juniper" in owner_client.get(f"{address}/change/").content
    assert owner_client.post(f"{address}/change/", {"name": "x"}).status_code == 403
    assert owner_client.post(f"{address}/delete/").status_code == 403


def test_a_link_gets_a_key_nobody_chose(owner_client: Client) -> None:
    """Long enough not to be guessed."""
    album = Album.objects.create(name="Alps")
    form = {
        "album": album.pk,
        "photo": "",
        "expires_at_0": "",
        "expires_at_1": "",
        "access_key": "chosen",
        "show_path": "none",
    }

    owner_client.post("/admin/sharing/sharedlink/add/", form)

    assert len(SharedLink.objects.get().access_key) >= 32


def test_signing_out_of_the_admin_is_signing_out(owner_client: Client) -> None:
    """There is one door."""
    assert owner_client.post("/admin/logout/")["Location"] == "/login/"
    assert owner_client.get("/settings/").status_code == 302
