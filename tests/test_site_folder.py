"""The folder of the site: what the program wrote it writes anew or takes away, nothing else."""

import json
import shutil

import pytest

from baoding_data.errors import BaodingError
from baoding_data.site import folder as folders
from baoding_data.site.folder import MADE, Made, made, made_of
from baoding_data.site.publish import publish

OLD = {"index.html": b"<p>1", "zh/a.html": b"<p>2", "files/x.csv": b"3"}
NEW = {"index.html": b"<p>1", "zh/b.html": b"<p>2", "files/x.csv": b"4"}


def write(folder, files, of):
    """Write a site of some files, each in two parts."""
    parts = ((path, iter([data[:1], data[1:]])) for path, data in files.items())
    return folders.write(folder, parts, of)


def held(folder):
    """The files of a folder but for the list of them."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != MADE)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_site_is_written_then_left_then_changed(tmp_path):
    """The second time nothing is written; of another site only what differs, and what it lacks is
    removed with the folders that are empty then; a file of somebody's own beside it stays.
    """
    site = tmp_path / "new" / "site"
    assert write(site, OLD, "a") == (3, 0, 3) and held(site) == OLD
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    assert write(site, OLD, "a") == (0, 0, 3)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == times
    (site / "CNAME").write_bytes(b"example.org")
    assert write(site, {"index.html": b"5"}, "b") == (1, 2, 1)
    assert held(site) == {"index.html": b"5", "CNAME": b"example.org"}
    assert sorted(path.name for path in site.iterdir()) == ["CNAME", "index.html", MADE]


@pytest.mark.parametrize("path", ["index.html", "zh/a.html", "zh/b.html"])
def test_what_a_person_wrote_is_not_lost(tmp_path, path):
    """A page changed by hand, also one to be removed or new, is named, and nothing is written."""
    write(tmp_path, OLD, "a")
    (tmp_path / path).write_bytes(b"mine")
    before = held(tmp_path)
    with pytest.raises(BaodingError, match=f"{path}: was not written by this program\n.*move it"):
        write(tmp_path, NEW, "b")
    assert held(tmp_path) == before
    (tmp_path / path).rename(tmp_path / "mine")
    assert write(tmp_path, NEW, "b").all == 3 and held(tmp_path) == NEW | {"mine": b"mine"}


def test_a_folder_of_something_else_is_not_taken(tmp_path):
    """A folder with a file, also in a folder of it, or a file in its place, is refused; one that
    holds empty folders alone is taken.
    """
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert made(tmp_path) == Made()
    (tmp_path / "a" / "b" / "mine").write_bytes(b"")
    for path in (tmp_path, tmp_path / "a" / "b" / "mine"):
        with pytest.raises(
            BaodingError, match="holds something, but no site; name an empty folder"
        ):
            write(path, OLD, "a")


@pytest.mark.parametrize("moment", range(5))
def test_a_site_whose_writing_was_cut_off_is_written_the_next_time(tmp_path, monkeypatch, moment):
    """Wherever it ended, the next run knows every file as the old one or the new, whatever it is
    to write itself.
    """
    write(tmp_path, OLD, "a")
    real, left = folders.replace_in_parts, [moment]

    def cut(*given):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return real(*given)

    monkeypatch.setattr(folders, "replace_in_parts", cut)
    try:
        write(tmp_path, NEW, "b")
    except KeyboardInterrupt:
        assert not folders.is_whole(tmp_path, made(tmp_path)) or made(tmp_path).of != "b"
    monkeypatch.undo()
    third = {"index.html": b"9", "zh/a.html": b"9", "zh/b.html": b"9"}
    write(tmp_path, third, "c")
    assert held(tmp_path) == third


@pytest.mark.parametrize("error", [BaodingError("no"), KeyboardInterrupt(), MemoryError()])
def test_a_site_that_was_not_made_in_full_leaves_the_old_one(tmp_path, error):
    """Cut off while its files are made, nothing is written, and nothing else is in the folder."""
    site, new = tmp_path / "site", tmp_path / "new"
    write(site, OLD, "a")
    there = {path: path.stat().st_mtime_ns for path in site.rglob("*")}

    def cut():
        yield "index.html", [b"new"]
        assert {path.name for path in site.iterdir()} == {"index.html", "zh", "files", MADE}
        raise error

    for folder in (site, new):
        with pytest.raises(type(error)):
            folders.write(folder, cut() if folder == site else fails(error), "b")
    assert held(site) == OLD and not new.exists()
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == there


def fails(error):
    """Files of which the second cannot be made."""
    yield "index.html", [b"new"]
    raise error


def test_no_file_is_held_when_the_next_is_made(tmp_path):
    """Of a large site, and of a large file, one part is in memory at a time."""
    held_now = []

    class Part(bytes):
        def __init__(self, *_):
            held_now.append(1)

        def __del__(self):
            held_now.pop()

    def parts():
        for _ in range(5):
            assert len(held_now) <= 1
            yield Part(b"x" * 100)

    done = folders.write(tmp_path, ((f"{n}.html", parts()) for n in range(20)), "a")
    assert done == (20, 0, 20) and held(tmp_path)["7.html"] == b"x" * 500


def test_what_somebody_writes_while_the_site_is_made_is_not_lost(tmp_path):
    """A page that is changed by hand meanwhile is named; of another build that came first too."""
    write(tmp_path, OLD, "a")

    def meanwhile(change):
        yield "index.html", [b"new"]
        change()

    with pytest.raises(BaodingError, match=r"index\.html: was not written by this program"):
        change = lambda: (tmp_path / "index.html").write_bytes(b"mine")  # noqa: E731
        folders.write(tmp_path, meanwhile(change), "b")
    assert held(tmp_path) == OLD | {"index.html": b"mine"}
    (tmp_path / "index.html").write_bytes(OLD["index.html"])
    with pytest.raises(BaodingError, match=r"made\.json: was changed by somebody else in between"):
        folders.write(tmp_path, meanwhile(lambda: write(tmp_path, NEW, "c")), "b")
    assert held(tmp_path) == NEW


@pytest.mark.parametrize(
    "files", [[], {"../x": ["1"]}, {"/x": ["1"]}, {"x": 1}, {"a/../../x": []}], ids=str
)
def test_a_list_that_somebody_changed_is_refused(tmp_path, files):
    """What is in no site's folder is neither read nor removed by it."""
    (tmp_path / MADE).write_text(
        json.dumps({"of": "a", "files": files}), encoding="utf-8", newline=""
    )
    with pytest.raises(BaodingError, match="made.json: was changed by somebody"):
        write(tmp_path, OLD, "a")


def test_what_a_site_is_made_of_is_every_byte_of_it(tmp_path, folder):
    """Another byte in a table, a text or a notebook, a file more, or other reports asked for make
    another site; what nobody reads does not.
    """
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (notebooks / "a.ipynb").write_bytes(b"{}")
    seen = [made_of([folder, notebooks]), made_of([folder, notebooks], ["baoding-2022"])]
    (notebooks / ".hidden").write_bytes(b"x")
    assert made_of([folder, notebooks]) == seen[0]
    for path in (folder / "terms.csv", folder / "reports/baoding-2022.txt", notebooks / "a.ipynb"):
        path.write_bytes(path.read_bytes() + b" ")
        seen.append(made_of([folder, notebooks]))
    (notebooks / "b.ipynb").write_bytes(b"{}")
    seen.append(made_of([folder, notebooks]))
    assert len({*seen}) == len(seen)


def test_tables_in_which_the_audit_finds_anything_are_not_published(tmp_path, folder, edit):
    """A wrong number is told with its place, and no page is written."""
    edit("figures/baoding-2022.csv", "litigation_cases,164,164", "litigation_cases,164,165")
    with pytest.raises(BaodingError, match="baoding-2022.csv, row .*164"):
        publish(tmp_path / "site", seeds=folder)
    assert not (tmp_path / "site").exists()


def test_notebooks_that_are_none_are_told(tmp_path, folder):
    """A folder without notebooks, and a file that is none, are named with what is wanted."""
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(BaodingError, match="empty: holds no notebook; name the folder that does"):
        publish(tmp_path / "site", seeds=folder, notebooks=empty)
    (empty / "a.ipynb").write_bytes(b"[]")
    with pytest.raises(BaodingError, match="a.ipynb: is no notebook"):
        publish(tmp_path / "site", seeds=folder, notebooks=empty)
    shutil.rmtree(empty)
