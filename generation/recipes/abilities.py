"""What a server can make pictures with, by the types of nodes its InvokeAI has."""

from clients.invokeai import InvokeAI
from generation import graphs
from generation.graphs import BUILDERS
from generation.graphs.families import FAMILIES
from generation.recipes.recipe import Recipe
from models_catalog.abilities import known_node_types, node_types

LACKS = "InvokeAI {version} cannot do this: it lacks {nodes}. Upgrade it, or ask for something else."


def fault(recipe: Recipe, server: str, client: InvokeAI) -> str:
    """Return why a server cannot make what a recipe asks for; empty when it can.

    Raises:
        RemoteError: it could not be asked.
    """
    known = node_types(server, client)
    lacking = sorted(graphs.node_types(graphs.build(recipe, job="")) - known)
    return LACKS.format(version=client.version(), nodes=", ".join(lacking)) if lacking else ""


def bases(server: str) -> list[str]:
    """Return the families a server can paint with, as far as is known; nobody is called."""
    known = known_node_types(server)
    return [base for base in BUILDERS if not known or _nodes_of(base) <= known]


def _nodes_of(base: str) -> set[str]:
    if family := FAMILIES.get(base):
        return {family.loader, family.text_encoder, family.denoiser, family.decoder}
    return {"sdxl_model_loader"} if base == "sdxl" else {"main_model_loader"}
