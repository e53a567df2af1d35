"""Whatever a browser sends, the form answers with a page and never breaks."""

import pytest
from django.test import Client

from generation.forms import RequestForm
from generation.models import GenerationStep
from generation.tests.conftest import Nudges
from generation.tests.factories import MadePhotoFactory
from models_catalog.models import Model
from settings_app import connections

pytestmark = pytest.mark.django_db
JUNK = ["\0", "-1", "1e400", "nan", "9" * 40, "../../x", "<b>", "ä" * 300, "0.5.5", "[]"]
NAMES = [*RequestForm.base_fields, "lora", "lora_weight", "companion-t5_encoder", "made_for", "set_source", "parent"]


@pytest.mark.parametrize("name", NAMES)
def test_junk_in_a_field_breaks_nothing(owner_client: Client, nudges: Nudges, name: str) -> None:
    """It is refused with a sentence, or means nothing."""
    server = connections.current_server()
    Model.objects.create(key="sd1", name="Plain", type="main", base="sd-1", hash="h", server=server)
    photo = MadePhotoFactory(here=True)
    sent = {
        "prompt": "a fox", "model": "sd1", "shape": "source", "count": "1", "steps": "4", "cfg_scale": "7",
        "scheduler": "euler", "source": str(photo.pk), "strength": "0.5", "across": "steps", "across_values": "3, 4",
    }  # fmt: skip
    answers = [
        owner_client.post(address, {**sent, name: junk}).status_code
        for junk in JUNK
        for address in ("/generate/new/", "/generate/fields/")
    ]

    assert set(answers) <= {200, 302, 422}
    assert all(step.parameters["model"]["key"] == "sd1" for step in GenerationStep.objects.all())
