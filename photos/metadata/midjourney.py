"""Midjourney: the whole command as the description, in files downloaded from its site."""

import re

from photos.metadata.chunks import Chunks
from photos.metadata.descriptions import descriptions
from photos.metadata.generation import Generation, number, other, present, prompt, seed, text

JOB = re.compile(r"Job ID:\s*([0-9a-f-]{36})", re.IGNORECASE)
FLAG = re.compile(r"(?<!\S)--([a-z]+)\s*([^-\s](?:[^-]|-(?!-))*)?", re.IGNORECASE)
TELLING = {"v", "version", "niji", "ar", "aspect", "stylize", "s"}
READ = {"v", "version", "niji", "no", "seed"}
LIMIT = 20_000


def recognises(chunks: Chunks) -> bool:
    """Tell whether a description is a command of Midjourney's."""
    return bool(_command(chunks))


def parse(chunks: Chunks) -> Generation | None:
    """Return what the command says."""
    command = _command(chunks)
    job = JOB.search(command)
    words = command[: job.start()] if job else command
    flags = {name.lower(): value.strip() for name, value in FLAG.findall(words)}
    first = FLAG.search(words)
    name = _model(flags)
    return Generation(
        generator="Midjourney",
        prompt=prompt(words[: first.start()] if first else words),
        negative_prompt=prompt(flags.get("no")),
        params=_params(flags, job[1] if job else "", name),
        model_name=name,
    )


def _params(flags: dict[str, str], job: str, name: str) -> dict[str, object]:
    more = {"job_id": job, **other({key: value or True for key, value in flags.items()}, READ)}
    return present({"seed": seed(flags.get("seed")), "model": present({"name": name}), "other": present(more)})


def _command(chunks: Chunks) -> str:
    if chunks.get("Software") == "NovelAI":
        return ""
    return next((words for words in descriptions(chunks) if _is_command(words)), "")[:LIMIT]


def _is_command(words: str) -> bool:
    words = words[:LIMIT]
    if "--" not in words and "Job ID" not in words:
        return False
    return bool(JOB.search(words)) or bool({name.lower() for name, _ in FLAG.findall(words)} & TELLING)


def _model(flags: dict[str, str]) -> str:
    if "niji" in flags:
        return f"Niji {text(flags['niji'], 20)}".strip()
    version = number(flags.get("v") or flags.get("version"))
    return f"Midjourney {version}" if version is not None else ""
