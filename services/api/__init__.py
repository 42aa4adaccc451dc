"""The charter over HTTP: a router for each thing that can be asked, joined here for ``/api/v1``."""

from ninja import Router

from services.api.changes import router as changes_router
from services.api.lists import router as lists_router

router = Router()
router.add_router("", lists_router)
router.add_router("", changes_router)

__all__ = ["router"]
