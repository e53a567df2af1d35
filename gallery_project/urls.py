"""Every address of the gallery."""

from django.contrib import admin
from django.urls import include, path

handler500 = "gallery_project.failing.failed"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("settings_app.urls")),
    path("", include("models_catalog.urls")),
    path("", include("photos.urls")),
    path("", include("albums.urls")),
    path("", include("generation.urls")),
    path("", include("sharing.urls")),
]
