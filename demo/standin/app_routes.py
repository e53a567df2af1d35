"""The addresses about the server itself and its models."""

import itertools
import re
from typing import TYPE_CHECKING

from aiohttp import web

from demo.standin import openapi
from demo.standin.answers import Route, answer, body, required_query
from demo.standin.errors import Json, Refused
from demo.standin.versions import Version

if TYPE_CHECKING:
    from demo.standin.backend import Backend


class AppRoutes:
    """Version, models and small services."""

    def __init__(self, backend: "Backend") -> None:
        self.backend = backend
        self.described: list[Route] = []  # what openapi.json lists

    def routes(self) -> list[Route]:
        """Return the addresses."""
        return [
            Route("GET", "/api/v1/app/version", self.version),
            Route("GET", "/openapi.json", self.openapi),
            Route("POST", "/api/v1/utilities/dynamicprompts", self.dynamic_prompts),
            Route("GET", "/api/v2/models/", self.models),
            Route("GET", "/api/v2/models/i/{key}", self.model),
            Route("GET", "/api/v2/models/missing", self.missing_models, since=Version(6, 0)),
            Route("GET", "/api/v2/models/get_by_attrs", self.model_by_attributes),
            Route("GET", "/api/v2/models/install", self.installs),
        ]

    async def version(self, _request: web.Request) -> web.Response:
        """Tell the version."""
        return answer({"version": self.backend.version})

    async def openapi(self, _request: web.Request) -> web.Response:
        """Describe addresses and node types."""
        known = [route for route in self.described if route.exists_in(self.backend.speaks)]
        return answer(openapi.describe(known))

    async def dynamic_prompts(self, request: web.Request) -> web.Response:
        """Expand ``{a|b}`` in a prompt."""
        sent = await body(request)
        values = sent if isinstance(sent, dict) else {}
        prompts = list(itertools.islice(variants(values.get("prompt", "")), values.get("max_prompts", 1000)))
        return answer({"prompts": prompts, "error": None})

    async def models(self, request: web.Request) -> web.Response:
        """List the models, or some of them."""
        return answer({"models": [record for record in self.backend.models.records if _suits(record, request)]})

    async def model(self, request: web.Request) -> web.Response:
        """Show one model."""
        record = self.backend.models.find(request.match_info["key"])
        if record is None:
            raise Refused(404, "model not found")
        return answer(record)

    async def missing_models(self, _request: web.Request) -> web.Response:
        """List the models whose files are gone: none."""
        return answer({"models": []})

    async def installs(self, _request: web.Request) -> web.Response:
        """List the models on their way: none."""
        return answer([])

    async def model_by_attributes(self, request: web.Request) -> web.Response:
        """Find a model by name, type and base."""
        wanted = dict(zip(("name", "type", "base"), required_query(request, "name", "type", "base"), strict=True))
        for record in self.backend.models.records:
            if all(record[key] == value for key, value in wanted.items()):
                return answer(record)
        raise Refused(404, "No model found with these attributes")


def _suits(record: Json, request: web.Request) -> bool:
    asked = {"base_models": "base", "model_type": "type", "model_name": "name", "model_format": "format"}
    return all(
        record[key] in request.query.getall(parameter) for parameter, key in asked.items() if parameter in request.query
    )


def variants(prompt: str) -> "itertools.chain[str] | list[str]":
    """Return the prompt once for each choice in braces."""
    found = re.search(r"\{([^{}]*)\}", prompt)
    if found is None:
        return [prompt]
    choices = found[1].split("|")
    return itertools.chain.from_iterable(variants(prompt.replace(found[0], choice.strip(), 1)) for choice in choices)
