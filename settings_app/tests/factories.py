"""Pods as rows, for the tests."""

import factory

from settings_app.pods.choices import State
from settings_app.pods.models import Pod, RemoteAccount


class AccountFactory(factory.django.DjangoModelFactory):
    """The gallery's account in a rented InvokeAI."""

    class Meta:
        model = RemoteAccount


class PodFactory(factory.django.DjangoModelFactory):
    """A pod on a network volume; ``lasting`` keeps its disk on its own machine."""

    class Meta:
        model = Pod

    name = factory.Sequence(lambda number: f"gallery-abc123-{number:06x}")
    gpu_type = "NVIDIA RTX A5000"
    image = "example/invokeai:1"
    network_volume_id = "vol0"
    account = factory.SubFactory(AccountFactory)

    class Params:
        lasting = factory.Trait(network_volume_id="")
        rented = factory.Trait(pod_id=factory.Sequence(lambda number: f"pod{number:09d}"), state=State.STARTING)
