"""The terms on the page of settings, and what the test with RunPod says."""

from typing import Any

import pytest
from django.test import Client

from settings_app.models import ApplicationSettings, RentalTerms
from settings_app.tests.machine import VOLUME, Machine
from settings_app.tests.test_settings_page import SQUARE, sent

KEY = "rpa_0123456789ABCDEFGHIJ7f2c"


def typed(**values: Any) -> dict[str, Any]:
    fields = {
        "card": "NVIDIA RTX A5000", "cloud": "SECURE", "image": "example/invokeai:1", "network_volume_id": "",
        "places": "", "idle_minutes": 30, "longest_session_minutes": 480, "price_ceiling": "", "session_budget": "",
        "month_budget": "", "runpod_api_key": "", "disk_gb": 40, "volume_gb": 60, "min_cuda": "12.8",
    } | values  # fmt: skip
    return sent(SQUARE, **{f"pod-{name}": value for name, value in fields.items()})


def test_a_key_goes_in_and_never_comes_out(owner_client: Client) -> None:
    """Only its last letters are told; an empty field keeps it."""
    owner_client.post("/settings/", typed(runpod_api_key=KEY))
    shown = owner_client.get("/settings/").content.decode()
    assert ApplicationSettings.load().runpod_api_key == KEY
    assert "ends in 7f2c" in shown
    assert KEY not in shown

    owner_client.post("/settings/", typed())
    assert ApplicationSettings.load().runpod_api_key == KEY
    owner_client.post("/settings/", typed(forget_key="on"))
    assert ApplicationSettings.load().runpod_api_key is None


def test_the_terms_are_saved(owner_client: Client) -> None:
    """Places in capital letters, each once; empty amounts are no limits."""
    owner_client.post(
        "/settings/", typed(places="eu-ro-1, EU-RO-1 eu-se-1", price_ceiling="0.4", month_budget="12", idle_minutes=7)
    )

    terms, settings = RentalTerms.load(), ApplicationSettings.load()
    assert terms.data_centers == ["EU-RO-1", "EU-SE-1"]
    assert (str(terms.price_ceiling), terms.session_budget, str(terms.month_budget)) == ("0.4000", None, "12.00")
    assert (settings.idle_timeout_minutes, settings.runpod_pod_type) == (7, "NVIDIA RTX A5000")


def test_other_cards_are_saved_and_offered_the_cheapest_first(owner_client: Client) -> None:
    """They are asked for in that order, whatever was ticked first."""
    cards = [
        {"id": name, "name": name, "memory": 24, "prices": {"SECURE": price}, "availability": "", "data_centers": []}
        for name, price in (("NVIDIA A40", "0.40"), ("NVIDIA RTX A4000", "0.25"), ("NVIDIA RTX A5000", "0.27"))
    ]
    RentalTerms.load()
    RentalTerms.objects.update(catalogue=cards)
    owner_client.post("/settings/", typed(other_cards=["NVIDIA A40", "NVIDIA RTX A4000"]))

    assert RentalTerms.load().other_cards == ["NVIDIA RTX A4000", "NVIDIA A40"]
    assert owner_client.get("/settings/").content.decode().count("checked") >= 2


def test_the_schemas_label_is_shown_as_the_card_it_means(owner_client: Client) -> None:
    """The default is no id of RunPod's."""
    assert ApplicationSettings.load().runpod_pod_type == "NVIDIA A5000"
    assert '<option value="NVIDIA RTX A5000" selected>' in owner_client.get("/settings/").content.decode()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"idle_minutes": 0}, "At least 1."),
        ({"disk_gb": 5}, "At least 10."),
        ({"min_cuda": "newest"}, "A version such as 12.8"),
        ({"other_cards": ["NVIDIA Abacus"]}, "not one of the available choices"),
        ({"month_budget": "0"}, "leave it empty for no limit"),
        ({"runpod_api_key": "two words"}, "no spaces"),
        ({"longest_session_minutes": 1}, "At least 10."),
    ],
)
def test_terms_that_cannot_be_are_told(owner_client: Client, values: dict[str, Any], message: str) -> None:
    """And nothing is saved."""
    answer = owner_client.post("/settings/", typed(default_steps=11, **values)).content.decode()

    assert message in answer
    assert ApplicationSettings.load().default_steps == 30


def test_a_key_is_all_the_remote_mode_needs(owner_client: Client) -> None:
    """No address: that changes with each pod."""
    owner_client.post("/settings/", {**typed(runpod_api_key=KEY), "backend_mode": "remote"})

    assert ApplicationSettings.load().backend_mode == "remote"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "RTX A5000, 24 GB, $0.27 an hour"),
        ({"network_volume_id": VOLUME}, "100 GB in EU-RO-1"),
        ({"runpod_api_key": KEY}, "does not accept this API key"),
        ({"card": "NVIDIA B200"}, "no card called"),
        ({"price_ceiling": "0.1"}, "above your ceiling of $0.10"),
        ({"network_volume_id": "nowhere"}, "no network volume “nowhere”"),
        ({"network_volume_id": VOLUME, "places": "US-KS-2"}, "which is not among your data centres"),
        ({"card": "NVIDIA A40", "places": "US-KS-2"}, "No A40 is free in US-KS-2. It is in: EU-RO-1."),
        ({"places": "US-TX-3"}, "no data centre US-TX-3. It has: EU-RO-1, US-KS-2."),
        ({"network_volume_id": VOLUME, "cloud": "COMMUNITY"}, "only in the secure cloud"),
    ],
)
def test_the_test_says_exactly_what_is_wrong(
    machine: Machine, owner_client: Client, values: dict[str, Any], message: str
) -> None:
    """Of what is typed, saved or not; and rents nothing."""
    answer = owner_client.post("/settings/runpod-test/", typed(**values), headers={"HX-Request": "true"})

    assert message in answer.content.decode()
    assert machine.runpod.pods == []


@pytest.mark.parametrize(
    ("quirks", "message"),
    [
        ({"retired": True}, "has retired the API"),
        ({"faults": 1}, "has a fault of its own"),
        ({"cloudflare": 1}, "turned the gallery away"),
        ({"too_many": 1}, "asks for fewer questions"),
        ({"malformed": 1}, "came incomplete"),
        ({"availability": "NONE"}, "No RTX A5000 is free in the secure cloud just now"),
        ({"missing_cards": ["NVIDIA RTX A5000"]}, "no card called “NVIDIA RTX A5000”"),
    ],
)
def test_the_test_says_what_is_wrong_with_runpod(
    machine: Machine, owner_client: Client, quirks: dict[str, Any], message: str
) -> None:
    """In a sentence, and never with the key."""
    machine.runpod.misbehave(**quirks)

    answer = owner_client.post("/settings/runpod-test/", typed(), headers={"HX-Request": "true"}).content.decode()

    assert message in answer
    assert machine.runpod.key not in answer
