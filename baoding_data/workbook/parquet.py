"""The figures as a Parquet file, for programs: the rows of the flat table, typed and described."""

import io
import json
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from baoding_data.comparison.peers import KINDS_OF_PERIOD, Sighting
from baoding_data.comparison.shares import LEVEL, counted
from baoding_data.errors import BaodingError
from baoding_data.tables.figures import Figure
from baoding_data.tables.seeds import Seeds
from baoding_data.words import Pair
from baoding_data.workbook import flat
from baoding_data.writing import sealed

ROWS = 20_000  # in a group: so many are in memory as rows
TEXT = "string"
PACKAGE = ("title", "title_zh", "version", "created", "licenses")
DECIMAL = 38, 14  # digits in all, and behind the point: the tables hold fifteen, wherever it stands


class Column(NamedTuple):
    """A column: its name, its type, and what it holds: the same as a column of the tables, where
    one is named, whose description it then has.
    """

    name: str
    kind: str
    holds: str | Pair


def _worded(name: str, holds: str | Pair) -> list[Column]:
    """The columns of one thing in both languages."""
    return [
        Column(f"{name}_{lang}", TEXT, holds.format(lang) if isinstance(holds, str) else holds)
        for lang in ("zh", "en")
    ]


def _coded(name: str, holds: str | Pair) -> list[Column]:
    """The columns of a code and of its words."""
    return [Column(f"{name}_code", TEXT, holds), *_worded(name, holds)]


COLUMNS = (
    Column("report_code", TEXT, "reports.report"),
    *_worded("report_title", "reports.title_{}"),
    Column("url", TEXT, "reports.url"),
    Column("place_code", TEXT, "places.place"),
    *_worded("place", "places.name_{}"),
    *_coded("level", "places.level"),
    Column("population", "int64", "places.population"),
    Column("population_year", "int16", "places.population_year"),
    Column("first_year", "int16", "observations.first_year"),
    Column("year", "int16", "observations.year"),
    *_coded("topic", "indicators.topic"),
    Column("indicator_code", TEXT, "indicators.indicator"),
    *_worded("indicator", "indicators.label_{}"),
    *_coded("measure", "indicators.measure"),
    Column("printed", TEXT, "figures.printed"),
    Column("value", "decimal", "figures.value"),
    *_worded("figure", Pair("数字连同界限，文字表述。", "The number with its bound, in words.")),
    *_coded("unit", "figures.unit"),
    Column("unit_canonical", TEXT, "terms.canonical"),
    *_coded("bound", "figures.bound"),
    *_coded("scope", "figures.scope"),
    *_coded("scope_basis", "figures.scope_basis"),
    *_coded("period", "figures.period"),
    Column(
        "period_kind_code",
        TEXT,
        Pair("时段的类型，可比者相同。", "Kind of period: the same for those that compare."),
    ),
    Column("part", "int64", Pair("比率的分子。", "For a share: how many are counted in it.")),
    Column("whole", "int64", Pair("比率的分母。", "For a share: how many it is a share of.")),
    Column(
        "low",
        "double",
        Pair(f"{LEVEL}%区间的下限，%。", f"Lower end of the {LEVEL}% interval, in %."),
    ),
    Column(
        "high",
        "double",
        Pair(f"{LEVEL}%区间的上限，%。", f"Upper end of the {LEVEL}% interval, in %."),
    ),
    *_coded("status", Pair("有无原句为证。", "Whether a sentence proves the number.")),
    *_worded("section", Pair("在来源中的位置。", "Where in the source it stands.")),
    Column("sentence", TEXT, Pair("原句。", "The sentence that prints the number.")),
    Column("quote", TEXT, "figures.quote"),
    Column("shared", TEXT, "figures.shared"),
    *_worded("note", "figures.note_{}"),
    Column("reader", TEXT, "figures.reader"),
    Column(
        "grade_code",
        TEXT,
        Pair(
            "别处的数与所导出的第一份报告的数相近的等级。",
            "Of a figure of others: how like it is to that of the first report exported.",
        ),
    ),
    *_worded("difference", Pair("与之有何不同。", "In what it differs from that.")),
    Column(
        "table_order",
        "int64",
        Pair("各表中在后的数，此数较大。", "Grows from figure to figure, as the tables have them."),
    ),
    Column("data_version", TEXT, Pair("数据版本。", "The version of the data.")),
)
# The codes of which terms.csv has the words.
TERMS = "topic level measure unit bound scope scope_basis period status".split()


def refuse(path: Path, lang: str | None) -> None:
    """Raise BaodingError where no Parquet file can be written, or none in one language."""
    if lang not in (None, "both"):
        raise BaodingError(
            f"{path}: a Parquet file is always in both languages, each in columns of its own; found"
            f" the language {lang}; leave it out"
        )
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise BaodingError(
            f"{path}: not written, since a Parquet file needs pyarrow, which is not installed; add"
            " it with: python -m pip install 'baoding-data[parquet]'"
        ) from None


def encoded(tables: Seeds, figures: Iterable[Figure], others: Iterable[flat.Line] = ()) -> bytes:
    """The rows of the flat table as the bytes of a sealed Parquet file.

    Every cell is as it is: what a spreadsheet program could take for a formula, or cannot show, is
    data here. What is not there is null. The same rows give the same bytes.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = pa.schema(
        pa.field(one.name, _type(one, pa), metadata=_about(tables, one)) for one in COLUMNS
    )
    lines = chain(flat.own(tables, figures), others)
    out = io.BytesIO()
    with ParquetWriter(out, schema, compression="zstd") as writer:
        while rows := [_row(tables, line) for line in islice(lines, ROWS)]:
            writer.write_batch(pa.RecordBatch.from_pylist(rows, schema))
        writer.add_key_value_metadata(_package(tables))
    return sealed(out.getvalue(), "Parquet file")


def _type(column: Column, pa: Any) -> Any:
    """The type of a column in Arrow."""
    return pa.decimal128(*DECIMAL) if column.kind == "decimal" else pa.type_for_alias(column.kind)


def _about(tables: Seeds, column: Column) -> dict[str, str]:
    """What a column holds, in both languages, as `datapackage.json` says it of the tables."""
    if isinstance(column.holds, Pair):
        return {"description": column.holds.en, "description_zh": column.holds.zh}
    table, _, name = column.holds.partition(".")
    [fields] = [o["schema"]["fields"] for o in tables.package["resources"] if o["name"] == table]
    [field] = [one for one in fields if one["name"] == name]
    return {key: field[key] for key in ("title", "title_zh", "description", "description_zh")}


def _package(tables: Seeds) -> dict[str, str]:
    """What the file says of itself: what `datapackage.json` says of the tables, the fingerprint of
    these, and, for programs that do not read it from each column, what the columns hold.
    """
    said = {name: tables.package[name] for name in PACKAGE} | {"fingerprint": tables.fingerprint}
    said["fields"] = [{"name": one.name, **_about(tables, one)} for one in COLUMNS]
    return {
        name: one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
        for name, one in said.items()
    }


def _row(tables: Seeds, line: flat.Line) -> dict[str, Any]:
    """The cells of a line, by column; None where there is nothing."""
    one, place = line.figure, tables.where[line.place]
    row: dict[str, Any] = {}
    for name, pair in flat.cells(tables, line).items():
        row |= {name: pair.zh, f"{name}_zh": pair.zh, f"{name}_en": pair.en}
    row["level_code"] = place.level
    for kind in TERMS:
        if code := row[f"{kind}_code"]:
            row[f"{kind}_zh"], row[f"{kind}_en"] = tables.words.pair(kind, code)
    if share := counted(tables, one.indicator, line.counts):
        row |= share._asdict()
    row |= {
        "population": place.population,
        "population_year": place.population_year,
        "first_year": one.first_year if isinstance(one, Sighting) else None,
        "year": line.year,
        "value": one.value,
        "unit_canonical": "|".join(tables.words.units(one.unit)),
        "period_kind_code": KINDS_OF_PERIOD.get(one.period, one.period),
        "shared": one.shared if isinstance(one, Figure) else "",
        "reader": one.reader,
        "table_order": line.order,
        "data_version": tables.package["version"],
    }
    return {name: None if cell == "" else cell for name, cell in row.items()}
