"""The request for pictures, as the studio's form asks for it."""

from generation.forms.request import RequestForm

__all__ = ["RequestForm"]
