"""Addresses of links: the owner's, and below ``s/`` what visitors open."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from sharing.views import files, links, panels, visiting


class AccessKeyConverter(StringConverter):
    """What a key is written with; whether it is one, the gate knows."""

    regex = "[A-Za-z0-9_-]{1,200}"


register_converter(AccessKeyConverter, "access_key")

app_name = "sharing"

visitors = [
    path("s/<access_key:key>/", visiting.visit, name="visit"),
    path("s/<access_key:key>/unlock/", visiting.unlock, name="unlock"),
    path("s/<access_key:key>/photos/<uuid:pk>/", visiting.photo, name="photo"),
    path("s/<access_key:key>/grid/<uuid:pk>.webp", files.grid, name="grid"),
    path("s/<access_key:key>/large/<uuid:pk>.webp", files.large, name="large"),
    path("s/<access_key:key>/preview.jpg", files.preview, name="preview"),
    path("s/<access_key:key>/originals/<uuid:pk>/", files.original, name="original"),
    path("s/<access_key:key>/all.zip", files.everything, name="all"),
]

urlpatterns = [
    path("shared/", links.links, name="links"),
    path("shared/new/", links.new, name="new"),
    path("shared/<uuid:pk>/", links.link, name="link"),
    path("shared/<uuid:pk>/code/", links.code, name="code"),
    path("shared/<uuid:pk>/revoke/", links.revoke, name="revoke"),
    path("shared/<uuid:pk>/reopen/", links.reopen, name="reopen"),
    path("shared/<uuid:pk>/extend/", links.extend, name="extend"),
    path("shared/for-photo/<uuid:pk>/", panels.for_photo, name="for-photo"),
    path("shared/for-album/<uuid:pk>/", panels.for_album, name="for-album"),
    *visitors,
    path("s/<path:rest>/", visiting.nothing, name="nothing"),
]
