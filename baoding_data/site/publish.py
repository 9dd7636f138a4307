"""The site of the reports on file, written into a folder."""

from collections.abc import Sequence
from pathlib import Path

from baoding_data.errors import BaodingError
from baoding_data.site import folder as folders
from baoding_data.site.folder import Written
from baoding_data.tables.seeds import home, load, one_report


def beside(seeds: Path) -> Path | None:
    """The notebooks beside a folder of tables, if there are any."""
    found = seeds.parent / "notebooks"
    return found if any(found.glob("*.ipynb")) else None


def publish(
    folder: Path,
    reports: Sequence[str] | None = None,
    seeds: str | Path | None = None,
    notebooks: str | Path | None = None,
) -> Written:
    """Write the site of some reports, or of all that are audited, as their tables and notebooks are
    now; where nothing has changed since, nothing is read but to see that.

    Raises BaodingError where the audit finds anything in a report, where a notebook cannot be read,
    and where the folder holds what this program has not written.
    """
    tables_at = Path(seeds) if seeds else home()
    notebooks_at = Path(notebooks) if notebooks else beside(tables_at)
    if notebooks_at and not any(notebooks_at.glob("*.ipynb")):
        raise BaodingError(f"{notebooks_at}: holds no notebook; name the folder that does")
    sources = [tables_at, *([notebooks_at] if notebooks_at else [])]
    of = folders.made_of(sources, reports or ())
    before = folders.made(folder)
    if before.of == of and folders.is_whole(folder, before):
        return Written(0, 0, len(before.files))
    from baoding_data.site.build import Site, files_of
    from baoding_data.site.pages import notebooks as read

    tables = load(seeds)
    tables.folder.refuse_own(folder / "index.html")
    audited = [row.report for row in tables.reports if row.status == "audited"]
    names = [one_report(tables, name) for name in reports or audited or [None]]
    return folders.write(folder, files_of(Site(tables, names, read(notebooks_at))), of)
