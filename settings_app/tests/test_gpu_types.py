"""What somebody calls a card leads to the one id that is meant, or to a question."""

import pytest

from clients.runpod import GpuType
from settings_app.models import ApplicationSettings
from settings_app.pods import gpu_types

AMBIGUOUS = (GpuType("NVIDIA X1 Ada", "Thing", 8), GpuType("NVIDIA X1 Blackwell", "thing", 8))


def test_the_default_of_the_settings_means_the_rtx_a5000() -> None:
    """The label in the schema is no id that RunPod knows."""
    label = ApplicationSettings._meta.get_field("runpod_pod_type").default

    assert gpu_types.resolve(label).id == "NVIDIA RTX A5000"


@pytest.mark.parametrize(
    ("label", "card"),
    [
        ("NVIDIA RTX A5000", "NVIDIA RTX A5000"),
        ("nvidia  rtx  a5000", "NVIDIA RTX A5000"),
        ("A5000", "NVIDIA RTX A5000"),
        ("rtx-a5000", "NVIDIA RTX A5000"),
        ("A40", "NVIDIA A40"),
        ("L40", "NVIDIA L40"),
        ("l40s", "NVIDIA L40S"),
        ("H100 SXM", "NVIDIA H100 80GB HBM3"),
        ("RTX PRO 6000", "NVIDIA RTX PRO 6000 Blackwell Server Edition"),
        ("4090", "NVIDIA GeForce RTX 4090"),
    ],
)
def test_a_card_is_found_by_what_it_is_called(label: str, card: str) -> None:
    """By id, by name, or by the words that tell cards apart."""
    assert gpu_types.resolve(label).id == card


@pytest.mark.parametrize("label", ["", "NVIDIA", "H100", "RTX 4000", "A5000 Ada", "A4", "Voodoo 2"])
def test_a_label_that_names_no_single_card_is_a_question(label: str) -> None:
    """A part of a name never counts."""
    with pytest.raises(gpu_types.UnknownCard):
        gpu_types.resolve(label)


def test_several_cards_of_one_name_are_all_told() -> None:
    """So the owner can choose."""
    with pytest.raises(gpu_types.UnknownCard, match="X1 Ada, NVIDIA X1 Blackwell"):
        gpu_types.resolve("thing", AMBIGUOUS)


@pytest.mark.parametrize("card", gpu_types.OFFLINE, ids=lambda card: card.id)
def test_every_card_is_found_by_its_own_id_and_name(card: GpuType) -> None:
    """No two of the table can be taken for each other."""
    assert gpu_types.resolve(card.id) == card
    assert gpu_types.resolve(card.name) == card


def test_cards_of_other_makers_do_not_suit() -> None:
    """InvokeAI's image is made for NVIDIA's."""
    assert not gpu_types.suits(GpuType("AMD Instinct MI300X OAM", "MI300X", 192))
    assert all(gpu_types.suits(card) for card in gpu_types.OFFLINE)
