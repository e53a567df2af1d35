"""Addresses of albums."""

from django.urls import path

from albums import views

app_name = "albums"

urlpatterns = [
    path("albums/", views.albums, name="albums"),
    path("albums/add/", views.add_selected, name="add-selected"),
    path("albums/<uuid:pk>/", views.album, name="album"),
]
