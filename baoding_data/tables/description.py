"""The description of the tables, `datapackage.json`, read as if anybody had written it: what the
library takes from it has to be there, and to be of its kind; what else it holds is passed over.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from reprlib import Repr
from time import thread_time
from typing import Any, NamedTuple, get_args
from warnings import catch_warnings, simplefilter

from baoding_data.errors import BaodingError, Finding, near, refuse
from baoding_data.reading import NoFile
from baoding_data.tables.files import Folder, spoiled
from baoding_data.tables.records import RECORDS

FILE = "datapackage.json"
GUARDS = ("reader", "reader, where filled", "reader, where resolved")
TYPES: dict[str, type] = {"string": str, "integer": int, "number": Decimal, "date": date}
CURE = f"correct it; `git diff` shows what was changed in seeds/{FILE}"

# What is wanted at each key: what a value is, in words, the values that there are, or what is in
# an object or a list. A key that ends in “?” may be left out; a list with “...” is not empty.
_TEXT = "a text on one line"
_OR_NONE = "a text on one line, or an empty one"
_FOREIGN = {"fields": _TEXT, "reference": {"resource": _OR_NONE, "fields": _TEXT}}
_FIELD = {
    "name": _TEXT,
    "type": tuple(TYPES),
    "title": _TEXT,
    "title_zh": _TEXT,
    "description": _TEXT,
    "description_zh": _TEXT,
    "terms?": _TEXT,
    "guard?": GUARDS,
    "needed?": [_TEXT],
    "constraints?": {
        "required?": "true or false",
        "pattern?": "a regular expression",
        "minimum?": "a number",
        "maximum?": "a number",
    },
}
_PACKAGE = {
    "title": _TEXT,
    "title_zh": _TEXT,
    "version": _TEXT,
    "created": "a time, as 2026-11-24T00:00:00Z",
    "licenses": [{"name": _TEXT, "path": _TEXT}, ...],
    "resources": [
        {
            "name": _TEXT,
            "path": "a file, or a list of files",
            "title": _TEXT,
            "title_zh": _TEXT,
            "schema": {"fields": [_FIELD], "primaryKey": [_TEXT, ...], "foreignKeys?": [_FOREIGN]},
        }
    ],
}


class _Wrong(NamedTuple):
    """What is wrong at one place of the description."""

    where: str
    found: str
    wanted: str


def read(folder: Folder) -> dict[str, Any]:
    """The description of a folder of tables; raises BaodingError with all that is wrong in it."""
    path = folder.path / FILE
    try:
        raw = folder.raw(FILE)
    except NoFile as error:
        raise BaodingError(
            f"{path}: cannot be read as the description of the seeds ({error.what}); give the"
            f" folder that holds {FILE} and the tables"
        ) from None
    package, wrong = checked(raw)
    if wrong:
        found = [Finding("schema", f"seeds/{FILE}", None, *one, CURE) for one in wrong]
        head = f"{path}: cannot be read as the description of the seeds:"
        refuse(found, head)
    return package


@lru_cache(8)
def checked(raw: bytes) -> tuple[Any, list[_Wrong]]:
    """A description, which nobody may change, and what is wrong with it."""
    package, wrong = _parsed(raw)
    wrong = wrong or list(_unfit(package, _PACKAGE, ""))
    wrong = wrong or list(_unlike(package["resources"]))
    return package, wrong or list(_unlike_keys(package["resources"]))


def _parsed(raw: bytes) -> tuple[Any, list[_Wrong]]:
    """What JSON in UTF-8 says, or why it is none."""
    if what := spoiled(raw):
        return None, [_Wrong("", what, "JSON in UTF-8")]
    try:
        text = raw.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number), []
    except (ValueError, RecursionError) as error:
        return None, [_Wrong("", f"no JSON ({error})", "JSON")]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if twice:
        raise ValueError(f"the key {twice[0]!r} stands twice in one object")
    return dict(pairs)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


# --- each value by itself


def _unfit(value: Any, wanted: Any, where: str) -> Iterator[_Wrong]:
    """Where a value, or one inside it, is not of the kind that is wanted there."""
    if isinstance(wanted, dict):
        if not isinstance(value, dict):
            yield _Wrong(where, _shown(value), _in_words(wanted))
            return
        lacking = [key for key in wanted if key[-1] != "?" and key not in value]
        if lacking:
            yield _Wrong(where, f"no {', '.join(lacking)}", _in_words(wanted))
        for key, inside in ((name.rstrip("?"), inside) for name, inside in wanted.items()):
            if key in value:
                yield from _unfit(value[key], inside, f"{where}.{key}".lstrip("."))
    elif isinstance(wanted, list):
        if not isinstance(value, list) or not (value or wanted[1:] == []):
            yield _Wrong(where, _shown(value), _in_words(wanted))
            return
        for at, one in enumerate(value):
            name = one.get("name") if isinstance(one, dict) else None
            named = f" {name}" if isinstance(name, str) else ""
            yield from _unfit(one, wanted[0], f"{where}[{at}]{named}")
    elif not _fits(value, wanted):
        yield _Wrong(where, _shown(value), _in_words(wanted))


def _in_words(wanted: Any) -> str:
    """What is wanted at a place."""
    if isinstance(wanted, tuple):
        return " or ".join(wanted)
    if isinstance(wanted, dict):
        needed = ", ".join(key for key in wanted if not key.endswith("?"))
        return f"an object with {needed}" if needed else "an object"
    if isinstance(wanted, list):
        return "a list that is not empty" if wanted[1:] else "a list"
    return wanted


def _shown(value: Any) -> str:
    short = Repr()
    short.maxstring = short.maxother = 60
    return short.repr(value)


def _fits(value: Any, wanted: Any) -> bool:
    """Whether a value that holds no others is what is wanted."""
    if isinstance(wanted, tuple):
        return value in wanted
    return _KINDS[wanted](value)


def _text(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable() and bool(value.strip())


def _paths(value: Any) -> bool:
    return _text(value) or isinstance(value, list) and all(map(_text, value))


def _time(value: Any) -> bool:
    try:
        return bool(datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _regular(value: Any) -> bool:
    with catch_warnings():
        simplefilter("error")  # what a later Python may read otherwise is none
        try:
            return bool(_text(value) and re.compile(value))
        except (re.error, RecursionError, OverflowError, Warning):
            return False


_KINDS = {
    _TEXT: _text,
    _OR_NONE: lambda value: value == "" or _text(value),
    "a file, or a list of files": _paths,
    "a time, as 2026-11-24T00:00:00Z": _time,
    "true or false": lambda value: isinstance(value, bool),
    "a regular expression": _regular,
    "a number": _number,
}


# --- what has to agree


def _unlike(resources: Sequence[dict[str, Any]]) -> Iterator[_Wrong]:
    """Where tables and columns are not those that the library knows."""
    names = [one["name"] for one in resources]
    for at, one in enumerate(resources):
        where = f"resources[{at}] {one['name']}"
        if one["name"] not in RECORDS:
            yield _Wrong(f"{where}.name", one["name"], _one_of(one["name"], RECORDS))
        elif names.index(one["name"]) < at:
            yield _Wrong(f"{where}.name", f"{one['name']} a second time", "each table once")
        else:
            yield from _unlike_record(one, where)
    missing = [name for name in RECORDS if name not in names]
    if missing and RECORDS.keys() >= {*names}:
        wanted = f"the tables {', '.join(RECORDS)}"
        yield _Wrong("resources", f"no table {', '.join(missing)}", wanted)


def _one_of(name: str, names: Iterable[str]) -> str:
    """The names of which one is wanted, the nearest of them first."""
    like = near(name, names)
    return f"{like}, it seems, or another of {', '.join(names)}" if like else ", ".join(names)


def _unlike_record(resource: dict[str, Any], where: str) -> Iterator[_Wrong]:
    """Where the files or the columns of a table are not those that the library reads."""
    name, path, fields = resource["name"], resource["path"], resource["schema"]["fields"]
    if name != "figures" and path != f"{name}.csv":
        yield _Wrong(f"{where}.path", _shown(path), f"{name}.csv")
    elif name == "figures" and not isinstance(path, list):
        yield _Wrong(f"{where}.path", _shown(path), "a list of files, one a report")
    kinds = {key: of for key, of in RECORDS[name].__annotations__.items() if key not in _PLACE}
    if name == "figures":
        del kinds["report"]
    found = [field["name"] for field in fields]
    if found != list(kinds):
        found_there = ", ".join(found) or "none"
        yield _Wrong(f"{where}.schema.fields", found_there, ", ".join(kinds))
        return
    for at, field in enumerate(fields):
        of = kinds[field["name"]]
        place = f"{where}.schema.fields[{at}] {field['name']}"
        if TYPES[field["type"]] not in (of, *get_args(of)):
            [wanted] = [kind for kind, type in TYPES.items() if type in (of, *get_args(of))]
            yield _Wrong(f"{place}.type", field["type"], wanted)
        else:
            yield from _contradictory(field, f"{place}.constraints")


_PLACE = ("file", "line")


def _contradictory(field: dict[str, Any], where: str) -> Iterator[_Wrong]:
    """Constraints that no cell can meet, or that cannot be tried on one."""
    rules = field.get("constraints", {})
    ends = [name for name in ("minimum", "maximum") if name in rules]
    if ends and field["type"] not in ("integer", "number"):
        yield _Wrong(f"{where}.{ends[0]}", f"one of a {field['type']}", "one of numbers only")
    elif len(ends) == 2 and rules["minimum"] > rules["maximum"]:
        least, most = rules["minimum"], rules["maximum"]
        yield _Wrong(f"{where}.minimum", f"{least}, above the maximum {most}", "one below it")
    if "pattern" in rules and _runs_away(rules["pattern"]):
        found = f"{_shown(rules['pattern'])}, which takes for ever on some cells"
        wanted = "no repetition inside another that can match the same"
        yield _Wrong(f"{where}.pattern", found, wanted)


def _unlike_keys(resources: Sequence[dict[str, Any]]) -> Iterator[_Wrong]:
    """Keys that name no column, or no table."""
    columns = {one["name"]: [f["name"] for f in one["schema"]["fields"]] for one in resources}
    named: list[tuple[str, str, Sequence[str]]] = []
    for at, one in enumerate(resources):
        own, where = columns[one["name"]], f"resources[{at}] {one['name']}.schema"
        keys = enumerate(one["schema"]["primaryKey"])
        named += [(f"{where}.primaryKey[{nth}]", name, own) for nth, name in keys]
        for nth, key in enumerate(one["schema"].get("foreignKeys", ())):
            place, to = f"{where}.foreignKeys[{nth}]", key["reference"]
            table = to["resource"] or one["name"]
            others = columns.get(table, [to["fields"]])
            named += [
                (f"{place}.fields", key["fields"], own),
                (f"{place}.reference.resource", table, list(columns)),
                (f"{place}.reference.fields", to["fields"], others),
            ]
    for place, name, choices in named:
        if name not in choices:
            yield _Wrong(place, name, _one_of(name, choices))


TOO_LONG = 0.05  # seconds; what can be matched at all takes some microseconds


@lru_cache
def _runs_away(pattern: str) -> bool:
    """Whether a pattern's time grows out of hand with the length of a cell that it does not match:
    tried on runs of its own and of other signs, each longer than the last.
    """
    if len(re.findall(r"[*+{|]", pattern)) < 2:
        return False
    form = re.compile(pattern).fullmatch
    letters = [sign for sign in dict.fromkeys("a0一" + pattern) if sign.isalnum()]
    marks = [sign for sign in dict.fromkeys(pattern) if sign in " -_|@/,;.:"][:3]
    for length in (12, 17, 22, 64, 240):
        start = thread_time()
        for run in (*letters[:4], "".join(letters[3:]) or "a", *marks):
            for end in ("\0", *marks):
                form((run * length)[:length] + end)
                if thread_time() - start > TOO_LONG:
                    return True
    return False
