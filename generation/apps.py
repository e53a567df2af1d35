"""App configuration."""

from django.apps import AppConfig


class GenerationConfig(AppConfig):
    """Names the app, and tells photos what hangs on them here."""

    name = "generation"
    verbose_name = "Generation"

    def ready(self) -> None:
        """Keep what steps name, follow when two photos become one, and say what is chosen and what belongs together."""
        from generation.kinship import alternatives_of
        from generation.repointing import repoint
        from generation.searching import chosen
        from photos import extensions

        extensions.keep_tombstone_for("alternatives", "selected_in_steps")
        extensions.on_merge(repoint)
        extensions.on_siblings(alternatives_of)
        extensions.give_meaning("is", chosen, word="chosen")
