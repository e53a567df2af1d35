"""A session can begin from any photo; what InvokeAI has no word for is said."""

import json
from typing import Any

import pytest
from django.test import Client

from generation.asking.beginning import Use, begin_from
from generation.asking.offers import Offers
from generation.models import GenerationSession, GenerationStep
from generation.recipes.translating import scheduler_named
from generation.tests.conftest import Nudges
from generation.tests.factories import AlternativeFactory, MadePhotoFactory, StepFactory, make_recipe
from lib import clock
from models_catalog.models import Model
from photos.intake.facts import generation_columns
from photos.metadata import read_generation
from photos.models import Photo
from settings_app import connections

pytestmark = pytest.mark.django_db
NEW = "/generate/new/"
WEB_UI: dict[str, Any] = {
    "generator": "AUTOMATIC1111", "steps": 28, "cfg_scale": 6.5, "sampler": "DPM++ 2M Karras", "seed": 123456,
    "width": 512, "height": 768, "clip_skip": 2, "model": {"name": "dreamy_v2", "hash": "abc123"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def catalogue(nudges: Nudges) -> None:
    """The server has a model, a VAE and a LoRA of one family, and a model of another."""
    server = connections.current_server()
    for key, name, kind, base in [
        ("key-sd1", "Plain", "main", "sd-1"),
        ("dreamy", "Dreamy v2", "main", "sd-1"),
        ("clear", "clear", "vae", "sd-1"),
        ("inky", "inky_style", "lora", "sd-1"),
        ("xl", "Grand", "main", "sdxl"),
    ]:
        Model.objects.create(key=key, name=name, type=kind, base=base, hash=f"blake3:{key}", server=server)


def foreign(prompt: str = "a fox", **changes: Any) -> Photo:
    return MadePhotoFactory(
        here=True, generation_prompt=prompt, generation_params={**WEB_UI, **changes}, server="", invoke_id=None
    )


def begin(photo: Photo, use: Use = Use.EVERYTHING) -> tuple[dict[str, Any], str]:
    begun = begin_from(photo, use, Offers.now())
    return begun.values, " ".join(begun.notes)


def test_everything_of_another_program_is_taken_over() -> None:
    """Model by its name however it is spelt, the sampler by InvokeAI's, and one picture with the seed."""
    values, notes = begin(foreign(loras=[{"name": "Inky-Style", "weight": 0.6}], vae={"name": "clear"}))

    assert notes == ""
    wanted = {
        "prompt": "a fox", "model": "dreamy", "scheduler": "dpmpp_2m_k", "steps": "28", "cfg_scale": "6.5",
        "seed": "123456", "count": "1", "clip_skip": "1", "vae": "clear", "width": "512", "height": "768",
        "loras": [("inky", "0.6")],
    }  # fmt: skip
    assert {name: values[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"model": {"name": "unknown"}}, "The server has no model called “unknown”. “"),
        ({"sampler": "Restart"}, "InvokeAI has no sampler “Restart” for this model."),
        ({"sampler": "DPM++ 3M SDE"}, "the nearest one is chosen."),
        ({"sampler": "Euler", "scheduler": "exponential"}, "InvokeAI does not know the schedule “exponential”."),
        ({"seed": "99999999999"}, "The seed 99999999999 is larger than InvokeAI takes"),
        ({"loras": [{"name": "nowhere"}]}, "The server has no LoRA called “nowhere” for this model."),
        ({"vae": {"name": "nowhere"}}, "The server has no VAE called “nowhere” for this model."),
        ({"strength": 0.5}, "It was made from another picture"),
        ({"cfg_scale": 0.5}, "InvokeAI takes no CFG scale below 1."),
    ],
)
def test_what_has_no_counterpart_is_said(changes: dict[str, Any], sentence: str) -> None:
    """And something that can be sent stands in its place."""
    values, notes = begin(foreign(**changes))

    assert sentence in notes
    assert values["model"]


FINISHED: dict[str, Any] = {
    "generator": "InvokeAI", "model": {"name": "Grand"}, "refiner_model": {"name": "Finish"}, "refiner_start": 0.7,
    "refiner_steps": 30, "refiner_scheduler": "ddim", "refiner_cfg_scale": True, "rand_device": "cuda",
}  # fmt: skip


def test_a_refiner_is_taken_over_with_its_settings() -> None:
    """What is no number of a scale stays as usual."""
    Model.objects.create(
        key="finish", name="Finish", type="main", base="sdxl-refiner", server=connections.current_server()
    )
    values, notes = begin(foreign(**FINISHED))

    wanted = {
        "refiner_model": "finish", "refiner_start": "0.7", "refiner_steps": "30", "refiner_scheduler": "ddim",
        "refiner_cfg_scale": "7.5", "gpu_noise": True, "color_compensation": False,
    }  # fmt: skip
    assert {name: values[name] for name in wanted} == wanted
    assert "refiner" not in notes


def test_a_refiner_the_server_does_not_have_is_told() -> None:
    """Its settings mean nothing then."""
    values, notes = begin(foreign(**FINISHED))

    assert "The server has no refiner called “Finish” for this model." in notes
    assert (values.get("refiner_model"), values["refiner_steps"]) == (None, "20")


@pytest.mark.parametrize(
    "params", [{"steps": "many"}, {"model": 7}, {"loras": "x"}, {"width": -1, "height": 10**9}, {"seed": True}]
)
def test_nonsense_in_a_file_breaks_nothing(params: dict[str, Any]) -> None:
    """Whatever a file says of itself, there is a form."""
    assert begin(foreign(**params))[0]["model"]


@pytest.mark.parametrize(
    ("sampler", "schedule", "name"),
    [
        ("Euler a", "", "euler_a"),
        ("euler_ancestral", "normal", "euler_a"),
        ("DPM++ 2M", "Karras", "dpmpp_2m_k"),
        ("DPM++ 2M SDE Karras", "", "dpmpp_2m_sde_k"),
        ("DPM++ SDE", "Automatic", "dpmpp_sde_k"),
        ("dpmpp_2m", "karras", "dpmpp_2m_k"),
        ("uni_pc", "simple", "unipc"),
        ("DDIM", "Automatic", "ddim"),
        ("LCM", "Karras", "lcm"),
        ("anything", "", ""),
    ],
)
def test_samplers_have_their_names_in_invokeai(sampler: str, schedule: str, name: str) -> None:
    """With the schedule in their name, as InvokeAI has it."""
    assert scheduler_named(sampler, schedule) == name


def test_words_of_the_web_ui_are_written_as_invokeai_reads_them() -> None:
    """LoRAs stand beside the prompt, and emphasis behind the bracket."""
    values, notes = begin(foreign("a (red:1.2) fox <lora:inky_style:0.8>, snow"))

    assert values["prompt"] == "a (red)1.2 fox snow"
    assert "Emphasis is written as InvokeAI reads it" in notes


def test_varying_asks_for_the_same_with_new_seeds() -> None:
    """Nothing is said of a seed that is not wanted."""
    values, notes = begin(foreign(seed="99999999999"), Use.VARY)

    assert (values["prompt"], values["model"], values["seed"], notes) == ("a fox", "dreamy", "", "")


def test_a_picture_of_ours_is_asked_for_as_its_step_was() -> None:
    """With its own words, where each picture had its own, written so that exactly they come out."""
    recipe = make_recipe(prompt="a {b|c}", seeds=(5, 6), prompts=("a {b|c}", "a dog"), written="a {x|dog}", clip_skip=1)
    photo = MadePhotoFactory(here=True, generation_prompt="a {b|c}", generation_params=recipe.parameters_of(5))
    AlternativeFactory(step=StepFactory(recipe=recipe), image=photo)
    values, _ = begin(photo)

    assert (values["prompt"], values["seed"], values["clip_skip"]) == (r"a \{b\|c\}", "5", "1")
    assert (values["model"], values["width"]) == ("key-sd1", "512")


def test_a_model_of_ours_that_is_gone_is_said() -> None:
    """The form asks for another."""
    Model.objects.filter(key="key-sd1").delete()
    photo = AlternativeFactory(image=MadePhotoFactory(here=True, generation_params={"model": {"name": "Plain"}})).image

    assert "The server does not have “Plain” any more." in begin(photo)[1]


def test_only_its_words_are_taken_when_only_they_are_wanted() -> None:
    """Everything else begins as usual."""
    values, _ = begin(foreign(), Use.PROMPT)

    assert (values["prompt"], values.get("seed", "")) == ("a fox", "")
    assert values["steps"] == "30"


def test_words_alone_are_written_as_invokeai_reads_them_too() -> None:
    """A LoRA that is named in them would only be odd words there."""
    values, notes = begin(foreign("a (red:1.2) fox <lora:inky_style:0.8>, snow"), Use.PROMPT)

    assert values["prompt"] == "a (red)1.2 fox snow"
    assert "Emphasis is written as InvokeAI reads it" in notes


def test_refining_a_photograph_becomes_a_session_that_grew_from_it(owner_client: Client) -> None:
    """Once its first request is sent."""
    photo = MadePhotoFactory(here=True, is_generated=False, generation_prompt=None, server="", invoke_id=None)
    form = owner_client.get(NEW, {"photo": str(photo.pk), "use": "refine"}).context["form"]
    assert form["source"].value() == str(photo.pk)
    assert not GenerationSession.objects.exists()

    request = {
        "prompt": "an oil painting", "model": "key-sd1", "source": str(photo.pk), "shape": "Free", "width": "512",
        "height": "512", "count": "1", "steps": "20", "cfg_scale": "7", "scheduler": "euler", "strength": "0.5",
    }  # fmt: skip
    answer = owner_client.post(NEW, {**request, "shape": "free"})
    assert answer.status_code == 302, answer.context["form"].errors
    session = GenerationSession.objects.get()
    assert (session.entry_type, session.source_image) == ("refinement", photo)
    assert GenerationStep.objects.get().source_image == photo


@pytest.mark.parametrize("use", ["vary", "everything", "prompt", "nonsense", ""])
def test_a_photograph_offers_only_refining(owner_client: Client, use: str) -> None:
    """Whatever the address asks for."""
    photo = MadePhotoFactory(here=True, is_generated=False, generation_prompt=None, generation_params=None)
    panel = owner_client.get(f"/generate/for-photo/{photo.pk}/").content.decode()
    form = owner_client.get(NEW, {"photo": str(photo.pk), "use": use}).context["form"]

    assert "Refine" in panel
    assert "Vary" not in panel
    assert "Use its prompt" not in panel
    assert form["source"].value() == str(photo.pk)


def test_a_generated_picture_offers_everything(owner_client: Client) -> None:
    """On its page's panel, and the form says what was taken over."""
    photo = foreign(sampler="Restart")
    panel = owner_client.get(f"/generate/for-photo/{photo.pk}/").content.decode()
    page = owner_client.get(NEW, {"photo": str(photo.pk), "use": "everything"}).content.decode()

    assert all(words in panel for words in ("Refine", "Vary", "Use its prompt", "Use everything", "Keep as a template"))
    assert "Taken over: everything that is known of it" in page
    assert "InvokeAI has no sampler “Restart”" in page


@pytest.mark.parametrize("asked", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_photo_that_is_gone_is_said(owner_client: Client, asked: str) -> None:
    """And the session begins with nothing."""
    answer = owner_client.get(NEW, {"photo": asked}, follow=True)

    assert "That picture is not in the library any more" in answer.content.decode()


def test_one_selected_photo_begins_a_session(owner_client: Client) -> None:
    """Several at once are too many."""
    first, second = foreign(), foreign()
    one = owner_client.post("/generate/new/from-selected/", {"photo": [str(first.pk)]})
    two = owner_client.post("/generate/new/from-selected/", {"photo": [str(first.pk), str(second.pk)]}, follow=True)

    assert one["Location"] == f"{NEW}?photo={first.pk}&use=refine"
    assert "Select one picture to begin with" in two.content.decode()


def test_nothing_begins_from_what_was_thrown_away(owner_client: Client) -> None:
    """It has to be restored first."""
    photo = foreign()
    Photo.objects.update(deleted_at=clock.now())

    assert "Begin with it" not in owner_client.get(f"/generate/for-photo/{photo.pk}/").content.decode()


A1111 = """a (red:1.2) fox in the snow <lora:inky_style:0.6>
Negative prompt: blurry
Steps: 28, Sampler: DPM++ 2M SDE, Schedule type: Karras, CFG scale: 6.5, Seed: 77, Size: 512x768, Model hash: abc, \
Model: dreamy_v2, Clip skip: 2, VAE: clear.safetensors, Version: v1.10.1"""
COMFY = {
    "3": {"class_type": "KSampler", "inputs": {
        "seed": 77, "steps": 28, "cfg": 6.5, "sampler_name": "dpmpp_2m_sde", "scheduler": "karras", "denoise": 1,
        "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0],
    }},
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "dreamy_v2.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 768, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a red fox in the snow", "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["4", 1]}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("chunks", "prompt"),
    [
        ({"parameters": A1111}, "a (red)1.2 fox in the snow"),
        ({"prompt": json.dumps(COMFY)}, "a red fox in the snow"),
    ],
    ids=["A1111", "ComfyUI"],
)
def test_what_is_read_from_a_file_can_be_asked_for(chunks: dict[str, str], prompt: str) -> None:
    """From the file's own texts to the form, with nothing lost."""
    found = read_generation(chunks)
    assert found
    photo = MadePhotoFactory(here=True, server="", invoke_id=None, **generation_columns(found))
    values, _ = begin(photo)

    wanted = {
        "prompt": prompt, "negative_prompt": "blurry", "model": "dreamy", "scheduler": "dpmpp_2m_sde_k",
        "steps": "28", "cfg_scale": "6.5", "seed": "77", "width": "512", "height": "768",
    }  # fmt: skip
    assert {name: values[name] for name in wanted} == wanted
