"""The settings page."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from settings_app.choices import BackendMode
from settings_app.models import ApplicationSettings
from settings_app.pods import work

SQUARE = {"name": "Square", "width": 1024, "height": 1024, "ORDER": 1}
WIDE = {"name": "Wide", "width": 1344, "height": 768, "ORDER": 2}


def sent(*shapes: dict[str, Any], initial: int = 3, **values: Any) -> dict[str, Any]:
    """Return what a browser sends for these shapes and values."""
    fields: dict[str, Any] = {
        "default_steps": 30,
        "default_cfg_scale": "7.5",
        "default_scheduler": "euler",
        "default_batch_size": 4,
        "backend_mode": "local",
        "local_backend_url": "http://localhost:9090",
        "remote_backend_url": "",
        "trash_days": 30,
        "link_days": 30,
        "session_days": 30,
        "shapes-TOTAL_FORMS": len(shapes),
        "shapes-INITIAL_FORMS": min(initial, len(shapes)),
    }
    for index, shape in enumerate(shapes):
        fields |= {f"shapes-{index}-{name}": value for name, value in shape.items()}
    return fields | values


def test_it_shows_what_is_stored(owner_client: Client) -> None:
    """With a row for each shape and a blank one."""
    page = owner_client.get("/settings/").content.decode()

    assert 'value="Portrait (2:3)"' in page
    assert "--ratio:0.684" in page
    assert 'name="shapes-3-name"' in page


def test_it_saves_everything(owner_client: Client) -> None:
    """Values, shapes and the time of the change."""
    before = ApplicationSettings.load().updated_at
    values: dict[str, Any] = {"default_steps": 12, "default_cfg_scale": "5.25", "default_scheduler": "dpmpp_2m_k"}

    response = owner_client.post("/settings/", sent(SQUARE, WIDE, **values), follow=True)

    saved = ApplicationSettings.load()
    assert (saved.default_steps, str(saved.default_cfg_scale), saved.default_scheduler) == (12, "5.25", "dpmpp_2m_k")
    assert [shape["name"] for shape in saved.aspect_ratios] == ["Square", "Wide"]
    assert saved.updated_at > before
    assert "Saved" in response.content.decode()


def test_it_writes_nothing_but_its_own_fields(owner_client: Client, owner: User) -> None:
    """What a task wrote meanwhile stays, and so do the owner and the key."""
    ApplicationSettings.load()
    ApplicationSettings.objects.update(settings_json={"kept": 1}, runpod_api_key="secret", owner=owner)

    owner_client.post("/settings/", sent(SQUARE, settings_json="{}", runpod_api_key="x"))

    saved = ApplicationSettings.load()
    assert saved.settings_json == {"kept": 1, "trash_days": 30, "link_days": 30, "session_days": 30}
    assert (saved.runpod_api_key, saved.owner) == ("secret", owner)


def test_a_stored_key_is_never_shown(owner_client: Client) -> None:
    """Neither on the page nor in the admin."""
    settings = ApplicationSettings.load()
    settings.runpod_api_key = "rpa_SECRET"
    settings.save()

    for address in ("/settings/", "/settings/reset/", "/admin/settings_app/applicationsettings/1/change/"):
        assert b"rpa_SECRET" not in owner_client.get(address).content


def test_shapes_are_kept_in_the_order_of_their_places(owner_client: Client) -> None:
    """Without JavaScript the place is a number."""
    owner_client.post("/settings/", sent({**SQUARE, "ORDER": 5}, {**WIDE, "ORDER": 1}))

    assert [shape["name"] for shape in ApplicationSettings.load().aspect_ratios] == ["Wide", "Square"]


def test_a_ticked_shape_is_removed_whatever_it_holds(owner_client: Client) -> None:
    """Even a mistake in it does not matter."""
    owner_client.post("/settings/", sent(SQUARE, {**WIDE, "width": 1, "DELETE": "on"}))

    assert len(ApplicationSettings.load().aspect_ratios) == 1


def test_a_blank_row_adds_nothing(owner_client: Client) -> None:
    """The last row is only there to be filled in."""
    blank = {"name": "", "width": "", "height": "", "ORDER": ""}

    response = owner_client.post("/settings/", sent(SQUARE, blank, initial=1))

    assert response.status_code == 302
    assert len(ApplicationSettings.load().aspect_ratios) == 1


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        ([{**SQUARE, "width": 1020}], "multiple of 8: 1016 or 1024"),
        ([{**SQUARE, "width": 32}], "From 64 to 4096"),
        ([{**SQUARE, "height": 5000}], "From 64 to 4096"),
        ([SQUARE, {**WIDE, "name": "square"}], "is there twice"),
        ([{**SQUARE, "DELETE": "on"}], "Keep at least one shape"),
        ([{**SQUARE, "name": " "}], "required"),
    ],
)
def test_a_shape_that_cannot_be_is_told(owner_client: Client, shapes: list[dict[str, Any]], message: str) -> None:
    """And nothing is saved."""
    response = owner_client.post("/settings/", sent(*shapes, default_steps=11))

    assert message in response.content.decode()
    assert ApplicationSettings.load().default_steps == 30


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"default_steps": 0}, "At least 1."),
        ({"default_steps": 501}, "At most 500."),
        ({"default_cfg_scale": "0.5"}, "At least 1."),
        ({"default_cfg_scale": "100"}, "no more than"),
        ({"default_batch_size": 65}, "At most 64."),
        ({"default_scheduler": "magic"}, "not one of the available choices"),
        ({"backend_mode": "cloud"}, "not one of the available choices"),
        ({"local_backend_url": "localhost:9090"}, "must begin with http://"),
        ({"local_backend_url": "http://me:secret@host"}, "may hold no name"),
        ({"backend_mode": "remote"}, "Enter the address of the rented InvokeAI"),
    ],
)
def test_a_value_that_cannot_be_is_told(owner_client: Client, values: dict[str, Any], message: str) -> None:
    """Beside its field, and nothing is saved."""
    response = owner_client.post("/settings/", sent(SQUARE, **values))

    assert message in response.content.decode()
    assert len(ApplicationSettings.load().aspect_ratios) == 3


@pytest.mark.parametrize("fields", [{}, {"default_steps": 3}, {"shapes-TOTAL_FORMS": "x", "default_steps": 3}])
def test_a_broken_form_saves_nothing(owner_client: Client, fields: dict[str, Any]) -> None:
    """And comes back as a page."""
    assert owner_client.post("/settings/", fields).status_code == 200
    assert ApplicationSettings.load().default_steps == 30


def test_an_address_is_kept_in_its_normal_form(owner_client: Client) -> None:
    """It is the server's identity, so one server must not have two."""
    owner_client.post("/settings/", sent(SQUARE, local_backend_url=" HTTP://LocalHost:9090/ "))

    assert ApplicationSettings.load().local_backend_url == "http://localhost:9090"


def test_a_reset_shows_what_changes_and_asks_first(owner_client: Client) -> None:
    """Looking changes nothing."""
    ApplicationSettings.load()
    ApplicationSettings.objects.update(default_steps=99)

    page = owner_client.get("/settings/reset/").content.decode()

    assert "99" in page
    assert ApplicationSettings.load().default_steps == 99


def test_a_reset_puts_the_defaults_back(owner_client: Client, owner: User) -> None:
    """But keeps the key and the owner."""
    ApplicationSettings.load()
    ApplicationSettings.objects.update(
        default_steps=99, aspect_ratios=[], backend_mode=BackendMode.REMOTE, runpod_api_key="secret", owner=owner
    )

    owner_client.post("/settings/reset/")

    saved = ApplicationSettings.load()
    assert (saved.default_steps, saved.backend_mode, len(saved.aspect_ratios)) == (30, "local", 3)
    assert (saved.runpod_api_key, saved.owner) == ("secret", owner)


def test_the_theme_is_remembered_and_the_page_comes_back(visitor: Client, db: None) -> None:
    """Also at the login, and never elsewhere."""
    response = visitor.post("/theme/", {"theme": "dark"}, headers={"Referer": "http://testserver/login/"})

    assert response["Location"] == "/login/"
    assert response.cookies["theme"].value == "dark"
    assert visitor.post("/theme/", headers={"Referer": "https://evil.example/"})["Location"] == "/"


def test_without_javascript_the_theme_changes_to_the_other(visitor: Client, db: None) -> None:
    """There and back."""
    assert [visitor.post("/theme/").cookies["theme"].value for _ in range(3)] == ["light", "dark", "light"]


def test_another_server_is_made_use_of_at_once(owner_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its models are read, and what waits for it goes out; saving the same address again asks nobody."""
    told: list[str] = []
    monkeypatch.setattr(work, "hurry", told.append)
    for address in ("http://gpu.test:9090", "http://gpu.test:9090/", ""):
        owner_client.post("/settings/", sent(SQUARE, local_backend_url=address))

    assert told == ["http://gpu.test:9090"]
