"""The form of the code; `make check` has the rest."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_no_line_is_longer_than_100_characters():
    """Each line of code is at most 100 characters long, a Han character being one."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.py"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    files = sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file())
    assert len(files) > 50
    long = [
        f"{name}:{number}"
        for name in files
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").split("\n"), 1)
        if len(line) > 100
    ]
    assert long == []
