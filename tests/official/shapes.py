# SPDX-License-Identifier: MIT
"""Schemas of an OpenAPI document as shapes: what an answer holds, without a word of explanation.

A shape is {"property": shape}, [shape of each element], {"*": shape of each value}, "#Name of a schema", or of a single
value its type: "string", "integer", "number", "boolean", "object" when nothing is said about it. A string says what kind
it is: by its format or, where there is none, by the example that stands beside it: "string:date-time", "string:date",
"string:digits", "string:decimal", "string:byte". Words that it is one of follow: "string=ACTIVE|INACTIVE".
"""
import re

KINDS = [
    ("digits", r"-?\d+"),
    ("decimal", r"-?\d+\.\d+"),
    ("date-time", r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)?"),
    ("date", r"\d{4}-\d\d-\d\d"),
]


def kind_of_string(schema):
    """The format of a string, or what its example looks like."""
    if "format" in schema:
        return ":" + schema["format"]
    example = schema.get("example")
    if isinstance(example, bool) or example is None:
        return ""
    matching = [kind for kind, pattern in KINDS if re.fullmatch(pattern, str(example))]
    return ":" + matching[0] if matching else ""


class Shapes:
    """The shapes of one document. `named` collects the schemas that shapes refer to."""

    def __init__(self, document):
        self.schemas = document.get("components", {}).get("schemas", {})
        self.named = {}

    def of(self, schema):
        if "$ref" in schema:
            return self.reference(schema["$ref"])
        if "properties" in schema:
            return {name: self.of(value) for name, value in schema["properties"].items()}
        if isinstance(schema.get("additionalProperties"), dict):
            return {"*": self.of(schema["additionalProperties"])}
        if schema.get("type") == "array":
            return [self.of(schema["items"])]
        words = schema.get("enum")
        if schema.get("type") == "string":
            return "string=" + "|".join(words) if words else "string" + kind_of_string(schema)
        return schema.get("type", "object")

    def reference(self, pointer):
        name = pointer.rsplit("/", 1)[1]
        if name not in self.named:
            self.named[name] = None  # a schema may hold itself
            self.named[name] = self.of(self.schemas[name])
        return "#" + name
