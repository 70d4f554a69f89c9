# SPDX-License-Identifier: MIT
"""Reads what the v2 document says in prose only: the fields of `filter`, the names of `order_by` and of `fields`.

A field of the answer: {"type": as the document declares it, "operators": [...]}, and where they are said "prefix" (takes a
trailing `*`), "set" (takes a comma list), "boolean", "words" (what it may be one of), "examples" (words shown where none are
listed), "none" (the word that asks for rows without a value), "max" (how many members a set may have), "requires" (filters that
must go with it).
"""
import re
import urllib.parse

OPERATOR = re.compile(r"""["`](==|!=|>=|<=|>|<)["`]""")
FIELD = re.compile(r"""^-\ (?:
    \((?P<type>[\w\[\]\ ]+)\)\s+`?(?P<name>\w+)`?(?P<said>.*)     # - (String) `name` and more
  | `(?P<name2>\w+)`\ \((?P<type2>\w+)\):(?P<said2>.*)            # - `name` (String): and more
)$""", re.VERBOSE)
CONTINUED = re.compile(r"\s{2,}|\(")
WORD_NAME = re.compile(r"(status|type|method)$")
BULLET = re.compile(r"^- `(\w+)`", re.MULTILINE)


def declared_fields(prose):
    """(name, type, what is said) of each field."""
    fields = []
    is_open = False
    for line in prose.split("\n"):
        match = FIELD.match(line)
        if match and "Custom" not in line:
            name, declared, said = [match[group] or match[group + "2"] for group in ("name", "type", "said")]
            fields.append([name, declared, said or ""])
        elif is_open and CONTINUED.match(line):
            fields[-1][2] += "\n" + line
            continue
        is_open = match is not None
    return fields


def listed_words(declared, said):
    """The values that a field may have, where they are listed."""
    listed = re.search(r"(?:one of:?|(?:Allowed|Accepted) values:)\s*((?:`\w+`(?:,\s*)?)+)", said)
    if listed:
        return re.findall(r"`(\w+)`", listed[1])
    listed = re.match(r":\s*((?:[A-Z]+(?:, | or )?)+)$", said)
    if listed:
        return re.findall(r"[A-Z]+", listed[1].replace(" or ", ", "))
    if declared.startswith("Set"):
        return sorted(set(re.findall(r"\b[A-Z]+\d+\b", said)))
    return []


def word_for_none(name, prose):
    """NONE or UNASSIGNED, where it asks for rows without a value."""
    said = re.search(rf"\b{name}==(NONE|UNASSIGNED)\b", prose)
    if said:
        return said[1]
    listed = re.search(r"If NONE is passed in for ([^.]*?),? it\s+will check", prose)
    return "NONE" if listed and f"`{name}`" in listed[1] else None


def read_field(name, declared, said, prose):
    """What is said about one field; `prose` holds the examples."""
    examples = re.findall(rf"\b{name}==([^`;]*)", prose)
    largest = re.search(r"maximum (\d+)", said)
    words = listed_words(declared, said)
    required = re.search(r"Requires `(\w+)`", said)
    facts = {
        "type": declared,
        "operators": sorted(set(OPERATOR.findall(said))) or ["=="],
        "prefix": "ildcard" in said or None,
        "set": bool(re.match(r"List\[|Set\[", declared) or re.search(r"comma-separated|list of", said)
                    or any(re.fullmatch(r"\d+(,\d+)+", example) for example in examples)) or None,
        "boolean": declared == "Boolean" or any(example in ("true", "false") for example in examples) or None,
        "words": words or None,
        "examples": sorted(set(examples)) if WORD_NAME.search(name) and not words and examples else None,
        "none": word_for_none(name, prose),
        "max": int(largest[1]) if largest else None,
        "requires": [required[1]] if required else None,
    }
    return {key: value for key, value in facts.items() if value is not None}


def read_filters(prose, description):
    """All fields of one `filter` parameter, and which of them exclude each other."""
    prose = urllib.parse.unquote(prose)
    fields = declared_fields(prose)
    facts = {"fields": {name: read_field(name, declared, said, prose + description) for name, declared, said in fields}}
    exclusive = re.findall(r"`(\w+)` and `(\w+)` cannot be", prose)
    if exclusive:
        facts["exclusive"] = [list(names) for names in exclusive]
    if re.search(r"custom field", prose, re.IGNORECASE):
        facts["custom_fields"] = True
    return facts


def read_order_by(prose):
    """The names that can be ordered by."""
    supported = re.search(r"Supported fields: (.*)", prose)
    if supported:
        return re.findall(r"`(\w+)`", supported[1])
    return [name for name in BULLET.findall(prose) if name not in ("asc", "desc")]


def read_fields(prose):
    """The names that `fields` may list."""
    available = re.search(r"Available fields are: ([^)]*)|Allowed values: (.*)|Fields such as (.*) aren't", prose, re.DOTALL)
    said = next(group for group in available.groups() if group)
    return re.findall(r"\w+", said.replace(" and ", ","))
