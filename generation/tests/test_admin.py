"""Every table can be looked at, and the actions do what the pages do."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from generation.choices import SessionStatus, StepStatus
from generation.tests.conftest import Nudges, fresh
from generation.tests.factories import (
    AlternativeFactory,
    SessionFactory,
    StepFactory,
    TemplateFactory,
    WordListFactory,
)

pytestmark = pytest.mark.django_db
NAMES = ("generationsession", "generationstep", "stepalternative", "prompttemplate", "wordlist")


@pytest.mark.parametrize("name", NAMES)
def test_each_list_opens_and_can_be_searched(owner_client: Client, name: str) -> None:
    """With rows in it."""
    AlternativeFactory()
    TemplateFactory()
    WordListFactory()
    address = reverse(f"admin:generation_{name}_changelist")

    assert owner_client.get(address).status_code == 200
    assert owner_client.get(address, {"q": "fox"}).status_code == 200


def test_a_step_opens_and_cannot_be_edited(owner_client: Client) -> None:
    """States move only by their operations."""
    step = StepFactory()
    response = owner_client.get(reverse("admin:generation_generationstep_change", args=[step.pk]))

    assert response.status_code == 200
    assert b'name="status"' not in response.content


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [("cancel", StepStatus.PENDING, StepStatus.FAILED), ("send_again", StepStatus.FAILED, StepStatus.PENDING)],
)
def test_the_actions_call_the_operations(
    owner_client: Client, nudges: Nudges, action: str, before: StepStatus, after: StepStatus
) -> None:
    """And say how many it concerned."""
    step = StepFactory(status=before)
    address = reverse("admin:generation_generationstep_changelist")
    response = owner_client.post(address, {"action": action, "_selected_action": [str(step.pk)]}, follow=True)

    assert fresh(step).status == after
    assert b"1 step " in response.content


def test_the_list_of_steps_costs_the_same_with_more_rows(
    owner_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """No query for each row."""
    for _ in range(12):
        StepFactory()

    with django_assert_max_num_queries(12):
        owner_client.get(reverse("admin:generation_generationstep_changelist"))


def test_sessions_are_moved_as_on_their_pages(owner_client: Client) -> None:
    """What stands otherwise is left alone, and the answer says how many were moved."""
    active, abandoned = SessionFactory(), SessionFactory(status=SessionStatus.ABANDONED)
    both = {"_selected_action": [str(active.pk), str(abandoned.pk)]}
    answer = owner_client.post(
        "/admin/generation/generationsession/", {"action": "abandon", **both}, follow=True
    ).content.decode()

    active.refresh_from_db()
    assert active.status == SessionStatus.ABANDONED
    assert "1 session abandoned; what stood otherwise was left alone." in answer
