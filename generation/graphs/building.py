"""A small builder for InvokeAI's graphs."""

from typing import Any

from generation.recipes import Recipe

Graph = dict[str, Any]

OUTPUT = "out"
SEED = "seed"
PROMPT = "prompt"
NEGATIVE_PROMPT = "nprompt"
JOB_KEY = "gallery_job"


class GraphBuilder:
    """Collects nodes and edges.

    Every node is intermediate, or InvokeAI would show half-made pictures in its gallery. The output node is not, and is
    never cached: a cached one answers with an old picture and makes no new one.
    """

    def __init__(self) -> None:
        """Begin without nodes."""
        self._nodes: dict[str, dict[str, Any]] = {}
        self._edges: list[dict[str, dict[str, str]]] = []

    def add(self, name: str, kind: str, **fields: Any) -> None:
        """Add one node of InvokeAI's type ``kind``."""
        is_output = name == OUTPUT
        common = {"id": name, "type": kind, "is_intermediate": not is_output, "use_cache": not is_output}
        self._nodes[name] = {**common, **fields}

    def join(self, source: str, *destinations: str) -> None:
        """Lead one output, written "node.field", to one or more inputs."""
        for destination in destinations:
            self._edges.append({"source": _end(source), "destination": _end(destination)})

    def graph(self) -> Graph:
        """Return what was built."""
        return {"id": "gallery", "nodes": self._nodes, "edges": self._edges}


def _end(text: str) -> dict[str, str]:
    node, _, field = text.partition(".")
    return {"node_id": node, "field": field}


def add_words(builder: GraphBuilder, recipe: Recipe) -> None:
    """Add the prompts and the seed, which reach the metadata by edges and so cannot differ from it."""
    builder.add(PROMPT, "string", value=recipe.prompt)
    builder.add(NEGATIVE_PROMPT, "string", value=recipe.negative_prompt)
    builder.add(SEED, "integer", value=recipe.seeds[0])


def add_denoising(builder: GraphBuilder, recipe: Recipe) -> None:
    """Add noise made on the CPU, which is the same with every GPU, and what turns it into a picture's latents."""
    builder.add("noise", "noise", width=recipe.width, height=recipe.height, use_cpu=True)
    builder.add(
        "denoise",
        "denoise_latents",
        steps=recipe.steps,
        cfg_scale=recipe.cfg_scale,
        cfg_rescale_multiplier=recipe.cfg_rescale_multiplier,
        scheduler=recipe.scheduler,
        denoising_start=0,
        denoising_end=1,
    )
    builder.join(f"{SEED}.value", "noise.seed")
    builder.join("noise.noise", "denoise.noise")
    builder.join("model.unet", "denoise.unet")
    builder.join("pos.conditioning", "denoise.positive_conditioning")
    builder.join("neg.conditioning", "denoise.negative_conditioning")


def add_output(builder: GraphBuilder, recipe: Recipe) -> None:
    """Add the decoder, which saves the picture, with the model's own VAE or a separate one."""
    builder.add(OUTPUT, "l2i", fp32=recipe.vae_precision == "fp32")
    builder.join("denoise.latents", f"{OUTPUT}.latents")
    if recipe.vae:
        builder.add("vae", "vae_loader", vae_model=recipe.vae.as_json())
    builder.join("vae.vae" if recipe.vae else "model.vae", f"{OUTPUT}.vae")


def add_metadata(builder: GraphBuilder, recipe: Recipe, *, mode: str, job: str, **more: Any) -> None:
    """Add what is embedded in the picture; InvokeAI keeps keys of our own."""
    if recipe.vae:
        more["vae"] = recipe.vae.as_json()
    builder.add(
        "meta",
        "core_metadata",
        generation_mode=mode,
        width=recipe.width,
        height=recipe.height,
        model=recipe.model.as_json(),
        steps=recipe.steps,
        cfg_scale=recipe.cfg_scale,
        cfg_rescale_multiplier=recipe.cfg_rescale_multiplier,
        scheduler=recipe.scheduler,
        rand_device="cpu",
        **more,
        **{JOB_KEY: job},
    )
    builder.join("prompt.value", "meta.positive_prompt")
    builder.join("nprompt.value", "meta.negative_prompt")
    builder.join(f"{SEED}.value", "meta.seed")
    builder.join("meta.metadata", f"{OUTPUT}.metadata")
