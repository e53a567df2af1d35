"""Only what the server's InvokeAI has nodes for is offered, and sent."""

import pytest

from demo.standin.running import StandIn
from generation.choices import StepStatus
from generation.graphs import BUILDERS
from generation.recipes import abilities
from generation.recipes.bases import BASES
from generation.running import submitting
from generation.tests.conftest import claimed, fresh
from models_catalog.models import ServerAbilities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nudges")]


def test_every_family_has_graphs() -> None:
    """What is said of a family is of use only with them."""
    assert BASES.keys() == BUILDERS.keys()


def test_a_family_without_nodes_is_not_offered() -> None:
    """As long as nothing is known of a server, everything is."""
    server = "http://old.test"
    assert abilities.bases(server) == list(BUILDERS)
    ServerAbilities.objects.create(server=server, version="5.0.0", node_types=["main_model_loader"])

    assert abilities.bases(server) == ["sd-1", "sd-2"]


def test_a_step_the_server_has_no_nodes_for_is_not_sent(server: StandIn) -> None:
    """It would be refused with a list of four hundred types."""
    known = ["main_model_loader", "string", "integer", "compel", "noise", "denoise_latents", "core_metadata"]
    version = server.backend.version
    ServerAbilities.objects.create(server=server.url, version=version, node_types=known)
    step = claimed(server)
    submitting.submit(step)

    assert fresh(step).status == StepStatus.FAILED
    assert fresh(step).error_message == (
        f"InvokeAI {version} cannot do this: it lacks l2i. Upgrade it, or ask for something else."
    )
