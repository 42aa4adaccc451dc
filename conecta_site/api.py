"""The API object at ``/api/v1``, and its addresses."""

import json
import re
from functools import cached_property
from typing import Any

from django.urls import path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from conecta_site.api_protocol import follow_protocol, not_found
from conecta_site.problems import MEDIA_TYPE, handle_errors, refuse_unknown_parameters
from feedback.api import router as feedback_router
from search.api import router as search_router
from services.api import router as services_router
from services.exports.api import router as exports_router
from services.front_ends.api import router as previews_router

VERSION = "1.1.0"
PROBLEM = {"$ref": "#/components/schemas/Problem"}


#: What any address may answer before it is asked (``conecta_site.rate_limit``).
_AT_THE_DOOR = {
    status: {"description": said, "content": {"application/json": {"schema": PROBLEM}}}
    for status, said in (
        (401, "The key in Authorization is none"),
        (429, "Too many requests: Retry-After says how long"),
    )
}


class ConectaAPI(NinjaAPI):
    """The API, described truly: errors under their own media type; the description is made once in a process."""

    @cached_property
    def _description(self) -> OpenAPISchema:
        description = super().get_openapi_schema()
        for operations in description["paths"].values():
            for operation in operations.values():
                operation["responses"] |= _AT_THE_DOOR
                _send_problems_as_such(operation["responses"])
        _keep_used_schemas(description)
        return description

    def get_openapi_schema(self, **_options: Any) -> OpenAPISchema:
        """The OpenAPI 3.1 description."""
        return self._description


def _send_problems_as_such(responses: dict[int, dict[str, Any]]) -> None:
    for response in responses.values():
        content = response.get("content", {})
        if content.get("application/json", {}).get("schema") == PROBLEM:
            response["content"] = {MEDIA_TYPE: content["application/json"]}


def _keep_used_schemas(description: dict[str, Any]) -> None:
    """Drop the models behind query parameters, which stand in the operations one by one."""
    used = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(description)))
    schemas = description["components"]["schemas"]
    description["components"]["schemas"] = {name: schemas[name] for name in sorted(schemas) if name in used}


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
