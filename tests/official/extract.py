#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes v1.json, v2.json and v2_filters.json: the facts of the vendor's two API documents that the tests here go by.

  extract.py keap-v1.json keap-v2.yml

Only needed when the documents change. README.md says what the files mean.
"""
import json
import pathlib
import sys

import yaml

from filter_prose import read_fields, read_filters, read_order_by
from shapes import Shapes

FOLDER = pathlib.Path(__file__).parent
ANY_VALUE = "-"  # stands for every parent in some paths


def answer_of(operation):
    """The content type and the schema of the one successful answer."""
    successes = [answer for code, answer in operation["responses"].items() if code.startswith("2")]
    (content_type, media), = successes[0]["content"].items()
    return content_type, media["schema"]


def query_parameter(parameter):
    """Type and bounds of one parameter."""
    schema = parameter["schema"]
    words = schema.get("enum") or schema.get("items", {}).get("enum")
    # A list in a query is a parameter for each member unless the document says otherwise.
    repeats = schema["type"] == "array" and parameter.get("explode", True)
    facts = {"type": schema["type"], "min": schema.get("minimum"), "max": schema.get("maximum"), "words": words,
             "repeats": repeats or None, "required": parameter.get("required") or None}
    return {name: value for name, value in facts.items() if value is not None}


def takes_any(parameter):
    """Whether the document says that `-` in the path stands for all parents."""
    said = f"{parameter.get('description')} {parameter.get('example')}"
    return f"'{ANY_VALUE}'" in said and "wildcard" in said


def read_operation(path, operation, shapes):
    """What is said about one GET."""
    content_type, schema = answer_of(operation)
    parameters = operation.get("parameters", [])
    facts = {
        "path": path,
        "query": {p["name"]: query_parameter(p) for p in parameters if p["in"] == "query"},
        "content": content_type,
        "answer": shapes.of(schema),
    }
    any_value = [p["name"] for p in parameters if p["in"] == "path" and takes_any(p)]
    if any_value:
        facts["any_value"] = any_value
    if operation.get("deprecated"):
        facts["deprecated"] = True
    prose = {p["name"]: p.get("description") or "" for p in parameters if p["in"] == "query"}
    if "order" in prose:  # of v1
        facts["order_by"] = facts["query"]["order"].get("words", [])
    if "order_by" in prose:
        facts["order_by"] = read_order_by(prose["order_by"])
    if "fields" in prose:
        facts["fields"] = facts["query"]["fields"].get("words") or read_fields(prose["fields"])
    if "filter" in prose:
        facts["filters"] = read_filters(prose["filter"], operation.get("description") or "")
    return facts


def read_document(document, prefix):
    """All GETs by path, without `prefix`, and the schemas they name."""
    shapes = Shapes(document)
    operations = [
        read_operation(path.removeprefix(prefix), methods["get"], shapes)
        for path, methods in document["paths"].items() if "get" in methods
    ]
    return sorted(operations, key=lambda facts: facts["path"]), shapes.named


def compact(value):
    return json.dumps(value, ensure_ascii=False)


def lines(values):
    """One value a line."""
    return ",\n".join(values)


def write(name, operations, named):
    """One operation a line, then one schema a line."""
    text = '{"operations": [\n' + lines(compact(facts) for facts in operations) + '\n],\n"schemas": {\n'
    text += lines(f"{compact(key)}: {compact(shape)}" for key, shape in sorted(named.items())) + "\n}}\n"
    (FOLDER / name).write_text(text, encoding="utf-8")


def write_filters(name, filters):
    """One filter a line, by path."""
    blocks = []
    for path, facts in filters.items():
        fields = lines(f"  {compact(field)}: {compact(said)}" for field, said in facts.pop("fields").items())
        rest = "".join(f", {compact(key)}: {compact(value)}" for key, value in facts.items())
        blocks.append(f'{compact(path)}: {{"fields": {{\n{fields}}}{rest}}}')
    (FOLDER / name).write_text("{\n" + lines(blocks) + "\n}\n", encoding="utf-8")


def main():
    v1_path, v2_path = sys.argv[1:]
    v1 = json.loads(pathlib.Path(v1_path).read_text(encoding="utf-8"))
    v2 = yaml.safe_load(pathlib.Path(v2_path).read_text(encoding="utf-8"))
    write("v1.json", *read_document(v1, ""))
    operations, named = read_document(v2, "/rest")
    filters = {facts["path"]: facts.pop("filters") for facts in operations if "filters" in facts}
    write("v2.json", operations, named)
    write_filters("v2_filters.json", filters)


if __name__ == "__main__":
    main()
