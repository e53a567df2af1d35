"""Addresses of albums."""

from django.urls import path

from albums.views import about, album, albums, order, panel, selected, smart

app_name = "albums"

urlpatterns = [
    path("albums/", albums.albums, name="albums"),
    path("albums/new/", albums.new, name="new"),
    path("albums/add/", selected.add_selected, name="add-selected"),
    path("albums/leave/", selected.leave_selected, name="leave-selected"),
    path("albums/for-photo/<uuid:pk>/", panel.for_photo, name="for-photo"),
    path("albums/take-back/<str:token>/", about.take_back, name="take-back"),
    path("albums/smart/<int:pk>/cover/", smart.cover, name="smart-cover"),
    path("albums/smart/<int:pk>/rename/", smart.rename, name="rename-smart"),
    path("albums/<uuid:pk>/", album.album, name="album"),
    path("albums/<uuid:pk>/edit/", about.edit, name="edit"),
    path("albums/<uuid:pk>/cover/", about.cover, name="cover"),
    path("albums/<uuid:pk>/delete/", about.delete, name="delete"),
    path("albums/<uuid:pk>/restore/", about.restore, name="restore"),
    path("albums/<uuid:pk>/remove/", album.remove_selected, name="remove-selected"),
    path("albums/<uuid:pk>/move/", order.move, name="move"),
    path("albums/<uuid:pk>/move/<uuid:undo>/undo/", order.undo_move, name="undo-move"),
    path("albums/<uuid:pk>/arrange/", order.arrange, name="arrange"),
    path("albums/<uuid:pk>/arrange/<uuid:arrangement>/undo/", order.undo_arranging, name="undo-arranging"),
]
