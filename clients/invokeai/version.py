"""InvokeAI's version, which decides the endpoints that exist."""

import re
from dataclasses import dataclass, field
from typing import Self

from clients.errors import RemoteUnreachable

LEADING_NUMBERS = re.compile(r"v?(\d+)\.(\d+)(?:\.(\d+))?")


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Three numbers that compare, and the text they were read from.

    Releases carry suffixes ("6.14.0-alpha", "6.0.0rc5", "4.2.7post1"), kept in the text and otherwise ignored.
    """

    major: int
    minor: int
    patch: int = 0
    text: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Return the text as the server wrote it."""
        return self.text or f"{self.major}.{self.minor}.{self.patch}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "X.Y.Z" at the beginning of ``text``.

        Raises:
            RemoteUnreachable: there is no such beginning, so it is not InvokeAI that answered.
        """
        found = LEADING_NUMBERS.match(text)
        if found is None:
            raise RemoteUnreachable("The server names no version, so it is not InvokeAI: is the address right?")
        return cls(int(found[1]), int(found[2]), int(found[3] or 0), text)


OLDEST_SUPPORTED = Version(5, 0)
