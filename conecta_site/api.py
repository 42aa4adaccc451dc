"""The API object at ``/api/v1``, and its addresses."""

from functools import cached_property
from typing import Any

from django.urls import path
from ninja import NinjaAPI

from conecta_site.api_description import Description
from conecta_site.api_protocol import follow_protocol, not_found
from conecta_site.problems import handle_errors, refuse_unknown_parameters
from feedback.api import router as feedback_router
from search.api import router as search_router
from services.api import router as services_router
from services.exports.api import router as exports_router
from services.front_ends.api import router as previews_router

VERSION = "1.1.0"


class ConectaAPI(NinjaAPI):
    """The API, whose description is made once in a process."""

    @cached_property
    def _description(self) -> Description:
        return Description(self, self.get_root_path({}))

    def get_openapi_schema(self, **_options: Any) -> Description:
        """The OpenAPI 3.1 description."""
        return self._description


api = ConectaAPI(
    title="Conecta",
    version=VERSION,
    description="A city's charter of services: every record that its portal shows, its search, and the log of changes.",
    urls_namespace="api-v1",
    docs_url=None,
    openapi_extra={"info": {"license": {"name": "MIT", "identifier": "MIT"}}},
)
handle_errors(api)
api.add_decorator(refuse_unknown_parameters, mode="view")
# Addresses are tried in turn: the one that is asked for most comes first.
api.add_router("", search_router)
api.add_router("", services_router)
api.add_router("", previews_router)
api.add_router("", exports_router)
api.add_router("", feedback_router)

_patterns, _app_name, _namespace = api.urls
urls = ([*follow_protocol(_patterns), path("<path:rest>", not_found)], _app_name, _namespace)
