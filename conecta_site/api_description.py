"""The API's description, made in one pass: ninja alone describes all records anew for each answer that holds one."""

import json
import re
from typing import Any

from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.schema import NinjaGenerateJsonSchema
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from conecta_site.problems import MEDIA_TYPE

PROBLEM = {"$ref": "#/components/schemas/Problem"}

#: What any address may answer before it is asked (``conecta_site.rate_limit``).
_AT_THE_DOOR = {
    status: {"description": said, "content": {"application/json": {"schema": PROBLEM}}}
    for status, said in (
        (401, "The key in Authorization is none"),
        (429, "Too many requests: Retry-After says how long"),
    )
}


class Description(OpenAPISchema):
    """OpenAPI 3.1 of an API, with errors under their own media type and without schemas that nothing names."""

    def __init__(self, api: Any, path_prefix: str) -> None:
        self._of_answers, self._definitions = _described(api)
        super().__init__(api, path_prefix)
        for operations in self["paths"].values():
            for operation in operations.values():
                operation["responses"] |= _AT_THE_DOOR
                _send_problems_as_such(operation["responses"])
        _keep_used_schemas(self)

    def _create_schema_from_model(
        self, model: Any, by_alias: bool = True, remove_level: bool = True, mode: JsonSchemaMode = "validation"
    ) -> tuple[dict[str, Any], bool]:
        answer = self._of_answers.get(model) if mode == "serialization" else None
        if answer is None:
            return super()._create_schema_from_model(model, by_alias, remove_level, mode)
        # Ninja puts a model of its own with a single field around whatever is answered.
        ((name, schema),) = answer["properties"].items()
        return schema, name in answer.get("required", ())

    def get_components(self) -> dict[str, Any]:
        """Those of all answers, with what the requests brought."""
        self.add_schema_definitions(self._definitions)
        return super().get_components()


def _described(api: Any) -> tuple[dict[Any, dict[str, Any]], dict[str, Any]]:
    """The schema of each answer's model, and of all that these name.

    Heirs of the models are described in their place: what pydantic builds for that is kept as long as its model.
    """
    models = {
        model: type(model.__name__, (model,), {})
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
        if operation.include_in_schema
        for model in operation.response_models.values()
        if isinstance(model, type)
    }
    named, rest = models_json_schema(
        [(heir, "serialization") for heir in models.values()],
        schema_generator=NinjaGenerateJsonSchema,
        ref_template=REF_TEMPLATE,
    )
    definitions = rest["$defs"]
    names = {heir: ref["$ref"].rpartition("/")[2] for (heir, _mode), ref in named.items()}
    return {model: definitions[names[heir]] for model, heir in models.items()}, definitions


def _send_problems_as_such(responses: dict[int, dict[str, Any]]) -> None:
    for response in responses.values():
        content = response.get("content", {})
        if content.get("application/json", {}).get("schema") == PROBLEM:
            response["content"] = {MEDIA_TYPE: content["application/json"]}


def _keep_used_schemas(description: dict[str, Any]) -> None:
    """Drop the models behind query parameters, which stand in the operations one by one, and those around answers."""
    used = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(description)))
    schemas = description["components"]["schemas"]
    description["components"]["schemas"] = {name: schemas[name] for name in sorted(schemas) if name in used}
