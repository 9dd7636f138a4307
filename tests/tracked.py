"""What git tracks, or would: the files of the repository, and not what lies about in its folder."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NEEDED = pytest.mark.skipif(
    not (ROOT / ".git").exists(), reason="no git here: this is not a checkout, but its archive"
)


def git(*command):
    """What git prints, in records that end with a zero byte."""
    done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\0")[:-1]


def names(*patterns):
    """The names of the files that are, or would be, in the repository."""
    command = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    return [name for name in sorted(set(git(*command))) if (ROOT / name).is_file()]
