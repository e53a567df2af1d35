"""Makes Django's admin the gallery's own."""

from django.contrib.admin.apps import AdminConfig


class GalleryAdminConfig(AdminConfig):
    """Puts our site in the place of the default one, so that everything registers with it."""

    default_site = "settings_app.admin_site.GalleryAdmin"
