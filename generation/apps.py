"""App configuration."""

from django.apps import AppConfig


class GenerationConfig(AppConfig):
    """Names the app, and tells photos what hangs on them here."""

    name = "generation"
    verbose_name = "Generation"

    def ready(self) -> None:
        """Keep what steps name, follow when two photos become one, and say what is chosen and what belongs together."""
        from generation.renting.work import hurry, load_on
        from generation.repointing import repoint
        from generation.searching import chosen
        from generation.sessions.kinship import alternatives_of
        from photos import extensions
        from settings_app.pods import work

        extensions.keep_tombstone_for("alternatives", "selected_in_steps")
        extensions.on_merge(repoint)
        extensions.on_siblings(alternatives_of)
        extensions.give_meaning("is", chosen, word="chosen")
        work.tell_of_load(load_on)
        work.on_ready(hurry)
