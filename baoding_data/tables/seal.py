"""The seal of a second reader: digits over those cells of a row that no rule can protect."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any


class Seal:
    """Eight hexadecimal digits over the key of a row and the cells that only a reader protects.

    The description marks such columns with `"guard": "reader"`; what an older row leaves empty, and
    what a rule protects unless a person read the number, count only where they are filled, or the
    number is resolved. The cells are those of the file, in its order.

    >>> fields = [{"name": "code"}, {"name": "zh", "guard": "reader"}, {"name": "reader"}]
    >>> Seal({"primaryKey": ["code"], "fields": fields})(["about", "约", "R2"])
    '84193cfd'
    """

    def __init__(self, schema: dict[str, Any]):
        fields = [(at, field, field.get("guard")) for at, field in enumerate(schema["fields"])]
        self.always = [
            at
            for at, field, guard in fields
            if guard == "reader" or field["name"] in schema["primaryKey"]
        ]
        self.where_filled = [at for at, _, guard in fields if guard == "reader, where filled"]
        self.where_resolved = [at for at, _, guard in fields if guard == "reader, where resolved"]
        self.resolved = [at for at, field, _ in fields if field["name"] == "resolved"]

    def __call__(self, cells: Sequence[str]) -> str:
        read = [cells[at].strip() for at in self.always]
        filled = [at for at in self.where_filled if cells[at].strip()]
        if any(cells[at].strip() for at in self.resolved):
            filled += self.where_resolved
        read += [f"{at}={cells[at].strip()}" for at in filled]
        return sha256("\x1f".join(read).encode()).hexdigest()[:8]
