"""Models to test with."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from clients.invokeai import ModelRecord
from models_catalog.models import Model

SERVER = "http://localhost:9090"


class ModelFactory(DjangoModelFactory):
    """A model of the catalogue, available on the server in use."""

    class Meta:
        model = Model

    key = factory.Sequence("key-{}".format)
    name = factory.Sequence("Juniper {}".format)
    type = "main"
    base = "sdxl"
    hash = factory.LazyAttribute(lambda model: f"blake3:{model.key}")
    format = "checkpoint"
    server = SERVER


def record(key: str, **told: Any) -> ModelRecord:
    """Return what a server tells of a model with this key."""
    answer = {"hash": f"blake3:{key}", "name": f"Model {key}", "base": "sd-1", "type": "main", "format": "diffusers"}
    return ModelRecord.from_json({"key": key, **answer, **told})
