"""Questions about the settings' one row."""

from typing import TYPE_CHECKING, NoReturn

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models

if TYPE_CHECKING:
    from settings_app.models import ApplicationSettings  # noqa: F401

UNDELETABLE = "The settings cannot be deleted. Reset them instead."


class SettingsQuerySet(models.QuerySet["ApplicationSettings"]):
    """The one row, which stays."""

    def delete(self) -> NoReturn:
        """Refuse: the gallery cannot be without settings.

        Raises:
            ValidationError: always.
        """
        raise ValidationError(UNDELETABLE)

    def name_owner(self, owner: User) -> bool:
        """Name the owner if there is none; False when somebody else was first."""
        return self.filter(pk=1, owner=None).update(owner=owner) == 1
