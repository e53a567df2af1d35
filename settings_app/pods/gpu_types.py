"""Graphics cards: from what somebody calls a card to the id RunPod rents it by.

The table is RunPod's own of February 2026, for when the live catalogue was never read. It holds no prices.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from clients.runpod import GpuType

# Id, what RunPod calls it, GB of memory. AMD's card is left out: InvokeAI's image is for NVIDIA.
OFFLINE = tuple(
    GpuType(card, name, memory)
    for card, name, memory in (
        ("NVIDIA A100 80GB PCIe", "A100 PCIe", 80),
        ("NVIDIA A100-SXM4-80GB", "A100 SXM", 80),
        ("NVIDIA A30", "A30", 24),
        ("NVIDIA A40", "A40", 48),
        ("NVIDIA B200", "B200", 180),
        ("NVIDIA B300 SXM6 AC", "B300", 288),
        ("NVIDIA GeForce RTX 3070", "RTX 3070", 8),
        ("NVIDIA GeForce RTX 3080", "RTX 3080", 10),
        ("NVIDIA GeForce RTX 3080 Ti", "RTX 3080 Ti", 12),
        ("NVIDIA GeForce RTX 3090", "RTX 3090", 24),
        ("NVIDIA GeForce RTX 3090 Ti", "RTX 3090 Ti", 24),
        ("NVIDIA GeForce RTX 4070 Ti", "RTX 4070 Ti", 12),
        ("NVIDIA GeForce RTX 4080", "RTX 4080", 16),
        ("NVIDIA GeForce RTX 4080 SUPER", "RTX 4080 SUPER", 16),
        ("NVIDIA GeForce RTX 4090", "RTX 4090", 24),
        ("NVIDIA GeForce RTX 5080", "RTX 5080", 16),
        ("NVIDIA GeForce RTX 5090", "RTX 5090", 32),
        ("NVIDIA H100 80GB HBM3", "H100 SXM", 80),
        ("NVIDIA H100 NVL", "H100 NVL", 94),
        ("NVIDIA H100 PCIe", "H100 PCIe", 80),
        ("NVIDIA H200", "H200 SXM", 141),
        ("NVIDIA H200 NVL", "NVIDIA H200 NVL", 143),
        ("NVIDIA L4", "L4", 24),
        ("NVIDIA L40", "L40", 48),
        ("NVIDIA L40S", "L40S", 48),
        ("NVIDIA RTX 2000 Ada Generation", "RTX 2000 Ada", 16),
        ("NVIDIA RTX 4000 Ada Generation", "RTX 4000 Ada", 20),
        ("NVIDIA RTX 4000 SFF Ada Generation", "RTX 4000 Ada SFF", 20),
        ("NVIDIA RTX 5000 Ada Generation", "RTX 5000 Ada", 32),
        ("NVIDIA RTX 6000 Ada Generation", "RTX 6000 Ada", 48),
        ("NVIDIA RTX A2000", "RTX A2000", 6),
        ("NVIDIA RTX A4000", "RTX A4000", 16),
        ("NVIDIA RTX A4500", "RTX A4500", 20),
        ("NVIDIA RTX A5000", "RTX A5000", 24),
        ("NVIDIA RTX A6000", "RTX A6000", 48),
        ("NVIDIA RTX PRO 4500 Blackwell", "RTX PRO 4500", 32),
        ("NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition", "RTX PRO 6000 MaxQ", 96),
        ("NVIDIA RTX PRO 6000 Blackwell Server Edition MIG 1g.24gb", "PRO 6000 MIG 24GB", 24),
        ("NVIDIA RTX PRO 6000 Blackwell Server Edition MIG 2g.48gb", "PRO 6000 MIG 48GB", 48),
        ("NVIDIA RTX PRO 6000 Blackwell Server Edition", "RTX PRO 6000", 96),
        ("NVIDIA RTX PRO 6000 Blackwell Workstation Edition", "RTX PRO 6000 WK", 96),
        ("Tesla V100-PCIE-16GB", "Tesla V100", 16),
        ("Tesla V100-SXM2-16GB", "V100 SXM2", 16),
        ("Tesla V100-SXM2-32GB", "V100 SXM2 32GB", 32),
    )
)
SAYS_NOTHING = {"nvidia", "geforce", "amd", "instinct", "rtx", "generation", "edition"}


class UnknownCard(ValueError):
    """No single card is meant; the message is a sentence for the owner."""


def resolve(label: str, known: Sequence[GpuType] = OFFLINE) -> GpuType:
    """Return the one card that ``label`` means: by id, by name, at last by the words that tell cards apart.

    Parts of words never count: an A40 is no A4000.

    Raises:
        UnknownCard: none, or several.
    """
    rules: tuple[Callable[[GpuType], bool], ...] = (
        lambda card: card.id == label,
        lambda card: _folded(card.id) == _folded(label),
        lambda card: _folded(card.name) == _folded(label),
        lambda card: bool(_telling(label)) and _telling(label) in (_telling(card.id), _telling(card.name)),
    )
    for rule in rules:
        found = {card.id: card for card in known if rule(card)}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            raise UnknownCard(f"“{label}” can mean several cards: {', '.join(sorted(found))}. Choose one of them.")
    raise UnknownCard(_unknown(label, known))


def suits(card: GpuType) -> bool:
    """Tell whether InvokeAI's image runs on it."""
    return "amd" not in card.id.casefold().split() and card.manufacturer.casefold() != "amd"


def as_json(card: GpuType) -> dict[str, object]:
    """Return a card as the terms keep it."""
    return {
        "id": card.id,
        "name": card.name,
        "memory": card.memory_gb,
        "prices": {cloud: str(price) for cloud, price in card.prices.items()},
        "availability": card.availability,
        "data_centers": list(card.data_centers),
    }


def from_json(kept: dict[str, object]) -> GpuType:
    """Read what ``as_json`` wrote."""
    prices = kept["prices"]
    places = kept["data_centers"]
    return GpuType(
        id=str(kept["id"]),
        name=str(kept["name"]),
        memory_gb=int(str(kept["memory"])),
        prices={cloud: Decimal(price) for cloud, price in prices.items()} if isinstance(prices, dict) else {},
        availability=str(kept["availability"]),
        data_centers=tuple(places) if isinstance(places, list) else (),
    )


def _unknown(label: str, known: Sequence[GpuType]) -> str:
    wanted = set(_telling(label))
    near = sorted(card.id for card in known if wanted & {*_telling(card.id), *_telling(card.name)})
    hint = f" Near to it: {', '.join(near[:6])}." if near else ""
    return f"RunPod has no card called “{label}”.{hint} Choose one in Settings."


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _telling(text: str) -> list[str]:
    """Return the words that tell one card from another."""
    return [word for word in re.split(r"[\s_-]+", text.casefold()) if word and word not in SAYS_NOTHING]
