"""App configuration."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Names the app, and tells photos what becomes of links when pictures become one, or go for good."""

    name = "sharing"
    verbose_name = "Sharing"

    def ready(self) -> None:
        """Have links follow, and go with what they show."""
        from albums import marks
        from photos import extensions
        from sharing import ending, taking_over
        from sharing.mattering import shared, shared_albums

        extensions.on_merge(taking_over.follow)
        extensions.on_purge(ending.forget_links_to)
        extensions.on_keeping(taking_over.LINKS)
        extensions.give_reason_to_keep(shared)
        marks.offer(marks.Mark("link", "Shared", shared_albums))
