"""The charter over HTTP: a router for each thing that can be asked, joined here for ``/api/v1``."""

from ninja import Router

from services.api.changes import router as changes_router
from services.api.checklists import router as checklists_router
from services.api.lists import router as lists_router
from services.api.places import router as places_router
from services.api.versions import router as versions_router

router = Router()
router.add_router("", lists_router)
for _each in (changes_router, places_router, checklists_router, versions_router):
    router.add_router("", _each)

__all__ = ["router"]
