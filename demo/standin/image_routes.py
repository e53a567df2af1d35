"""The addresses under ``/api/v1/images``."""

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

from demo.standin import image_records
from demo.standin.answers import Route, answer, body, body_field, query_number
from demo.standin.errors import Json, Refused
from demo.standin.images import ImageRecord, thumbnail
from demo.standin.versions import Version

if TYPE_CHECKING:
    from demo.standin.backend import Backend

FOR_A_YEAR = {"Cache-Control": "max-age=31536000", "Vary": "Origin"}


class ImageRoutes:
    """Pictures, one or many."""

    def __init__(self, backend: "Backend") -> None:
        self.backend = backend
        self.images = backend.images

    def routes(self) -> list[Route]:
        """Return the addresses."""
        at, six = "/api/v1/images", Version(6, 0)
        return [
            Route("GET", f"{at}/", self.page),
            Route("GET", f"{at}/names", self.names, since=six),
            Route("POST", f"{at}/images_by_names", self.by_names, since=six),
            Route("GET", f"{at}/intermediates", self.intermediates),
            Route("POST", f"{at}/star", self.star),
            Route("POST", f"{at}/unstar", self.unstar),
            Route("POST", f"{at}/delete", self.delete_many),
            Route("GET", f"{at}/i/{{name}}", self.show),
            Route("PATCH", f"{at}/i/{{name}}", self.change),
            Route("DELETE", f"{at}/i/{{name}}", self.delete),
            Route("GET", f"{at}/i/{{name}}/metadata", self.metadata),
            Route("GET", f"{at}/i/{{name}}/workflow", self.workflow),
            Route("GET", f"{at}/i/{{name}}/full", self.full),
            Route("HEAD", f"{at}/i/{{name}}/full", self.full),
            Route("GET", f"{at}/i/{{name}}/thumbnail", self.thumbnail),
            Route("GET", f"{at}/i/{{name}}/urls", self.urls),
        ]

    def find(self, request: web.Request) -> ImageRecord:
        """Return the picture that the address names."""
        record = self.images.records.get(request.match_info["name"])
        if record is None:
            raise Refused(404, "Not Found")
        return record

    def shown(self, record: ImageRecord) -> Json:
        """Return the picture as JSON."""
        return image_records.shown(record, self.backend.speaks)

    async def page(self, request: web.Request) -> web.Response:
        """Show a page of pictures."""
        most = 1000 if self.backend.speaks >= Version(6, 14) else None
        offset, limit = query_number(request, "offset", 0), query_number(request, "limit", 10, most)
        found = image_records.chosen(self.backend, request)
        page = [self.shown(record) for record in found[offset : offset + limit]]
        return answer({"limit": limit, "offset": offset, "total": len(found), "items": page})

    async def names(self, request: web.Request) -> web.Response:
        """Show the names of pictures."""
        found = image_records.chosen(self.backend, request)
        names = [record.image_name for record in found]
        starred = sum(record.starred for record in found)
        return answer({"image_names": names, "starred_count": starred, "total_count": len(names)})

    async def _asked_for(self, request: web.Request) -> list[ImageRecord]:
        names = await body_field(request, "image_names")
        return [self.images.records[str(name)] for name in names if name in self.images.records]

    async def by_names(self, request: web.Request) -> web.Response:
        """Show several pictures; those that are gone are left out."""
        return answer([self.shown(record) for record in await self._asked_for(request)])

    async def intermediates(self, _request: web.Request) -> web.Response:
        """Count the intermediate pictures."""
        return answer(sum(record.is_intermediate for record in self.images.records.values()))

    async def star(self, request: web.Request) -> web.Response:
        """Give pictures a star."""
        return await self._star(request, starred=True)

    async def unstar(self, request: web.Request) -> web.Response:
        """Take the star away."""
        return await self._star(request, starred=False)

    async def _star(self, request: web.Request, *, starred: bool) -> web.Response:
        records = await self._asked_for(request)
        for record in records:
            self.images.star(record, starred=starred)
        key = "starred_images" if starred else "unstarred_images"
        names = [record.image_name for record in records]
        return answer({"affected_boards": image_records.boards_of(records), key: names, "failed_images": []})

    async def delete_many(self, request: web.Request) -> web.Response:
        """Delete several pictures; unknown names are skipped."""
        return self._delete(await self._asked_for(request))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete one picture."""
        if request.match_info["name"] not in self.images.records:
            raise Refused(404, "Image not found")
        return self._delete([self.find(request)])

    def _delete(self, records: list[ImageRecord]) -> web.Response:
        names = [record.image_name for record in records if self.images.remove(record.image_name)]
        boards = image_records.boards_of(records)
        return answer({"affected_boards": boards, "deleted_images": names, "failed_images": []})

    async def show(self, request: web.Request) -> web.Response:
        """Show one picture's record."""
        return answer(self.shown(self.find(request)))

    async def change(self, request: web.Request) -> web.Response:
        """Change a picture's record."""
        record, values = self.find(request), await body(request)
        self.images.change(record, values if isinstance(values, dict) else {})
        return answer(self.shown(record))

    async def metadata(self, request: web.Request) -> web.Response:
        """Show what the picture was made with."""
        kept = self.find(request).metadata
        return answer(json.loads(kept) if kept else None)

    async def workflow(self, request: web.Request) -> web.Response:
        """Show the workflow and graph that are embedded in the picture."""
        picture = self.images.open(self.find(request).image_name)
        texts = getattr(picture, "text", {})
        return answer({"workflow": texts.get("invokeai_workflow"), "graph": texts.get("invokeai_graph")})

    async def full(self, request: web.Request) -> web.Response:
        """Send the file; ranges are not answered."""
        name = self.find(request).image_name
        disposition = {"Content-Disposition": f'inline; filename="{name}"'}
        return web.Response(body=self._bytes(name), content_type="image/png", headers={**FOR_A_YEAR, **disposition})

    async def thumbnail(self, request: web.Request) -> web.Response:
        """Send a small WebP."""
        small = await asyncio.to_thread(thumbnail, self._bytes(self.find(request).image_name))
        return web.Response(body=small, content_type="image/webp", headers=FOR_A_YEAR)

    def _bytes(self, name: str) -> bytes:
        content = self.images.files.read(name)
        if content is None:
            raise Refused(404, "Not Found")
        return content

    async def urls(self, request: web.Request) -> web.Response:
        """Show the addresses of a picture, even of one that does not exist."""
        name = request.match_info["name"]
        at = f"api/v1/images/i/{name}"
        return answer({"image_name": name, "image_url": f"{at}/full", "thumbnail_url": f"{at}/thumbnail"})
