"""How a wrong figure is corrected and announced: the worked example is true, and no data changes
without a word in the changelog.
"""

import json
import re
from pathlib import Path

import baoding_data as bd
from baoding_data.cli import main
from baoding_data.tables.seeds import Seeds

ROOT = Path(__file__).resolve().parents[1]
FIGURES = "figures/baoding-2022.csv"
BLOCKS = re.findall(
    r"```\n(.*?)\n```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.S
)


def test_the_example_goes_as_it_is_told(folder, edit, capsys):
    """With the wrong row the audit answers as the guide prints it; `show` prints its sentence; with
    the right row all holds, unsigned.
    """
    wrong, answer, sentence, right, line = BLOCKS
    edit(FIGURES, right, wrong)
    assert main(["check", "--seeds", str(folder)]) == 1
    assert answer in capsys.readouterr().out.splitlines()
    edit(FIGURES, wrong, right)
    assert main(["check", "--seeds", str(folder)]) == 0
    main(["show", "reconsideration_accepted", "--seeds", str(folder)])
    assert sentence in capsys.readouterr().out.splitlines()
    assert re.match(
        r"- [0-9]{4}-[0-9]{2}-[0-9]{2}, baoding-2022, reconsideration_accepted: 361 → 316\. ", line
    )


def test_the_changelog_announces_the_data_of_today():
    """The newest heading under Data bears the version of the description (its day, and a number
    from the second of a day on) and the fingerprint of the tables; its lines bear dates.
    """
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    package = json.loads((ROOT / "seeds/datapackage.json").read_text(encoding="utf-8"))
    version, fingerprint = re.search(
        r"^### Data (\S+)(?:, fingerprint ([0-9a-f]{8}))?$", changelog, re.M
    ).groups()
    day = package["created"][:10].replace("-", ".")
    assert version == package["version"] and re.fullmatch(rf"{re.escape(day)}(\.[2-9])?", version)
    now = Seeds(ROOT / "seeds").fingerprint
    assert fingerprint == now, (
        "the tables were changed: announce it in CHANGELOG.md under Data with the fingerprint"
        f" {now}, and a new version"
    )
    newest = re.search(r"^### Data .*?\n\n(.*?)(?=^#|\Z)", changelog, re.M | re.S)[1]
    assert newest and all(
        re.match(r"- [0-9]{4}-[0-9]{2}-[0-9]{2}, ", line) for line in newest.strip().splitlines()
    )


def test_the_fingerprint_follows_every_table_and_text(folder):
    """A changed byte in any table or text changes the fingerprint; line ends of Windows do not."""
    before, seen = Seeds(folder).fingerprint, set()
    for path in [*folder.rglob("*.csv"), *folder.rglob("*.txt")]:
        content = path.read_bytes()
        path.write_bytes(content.replace(b"\n", b"\r\n"))
        assert Seeds(folder).fingerprint == before
        path.write_bytes(content + b" ")
        seen.add(Seeds(folder).fingerprint)
        path.write_bytes(content)
    assert len(seen) == len([*folder.rglob("*.csv"), *folder.rglob("*.txt")]) and before not in seen


def test_the_workbook_names_version_and_fingerprint(tmp_path):
    """Whoever holds a workbook can tell from its checks which data it was made from."""
    import openpyxl

    bd.export(tmp_path / "x.xlsx")
    checks = openpyxl.load_workbook(tmp_path / "x.xlsx")["核对"]
    words = " ".join(str(cell.value) for row in checks.iter_rows() for cell in row if cell.value)
    assert Seeds().fingerprint in words and Seeds().package["version"] in words
