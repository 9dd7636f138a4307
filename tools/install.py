"""Install pinned and hashed requirements into the environment of the Python that runs this file.

    .venv/bin/python tools/install.py requirements.txt

uv does it, with what pip is set to; where it cannot, pip does, which takes a minute longer.
"""

import argparse
import ast
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIP = [sys.executable, "-m", "pip"]
PIP_INSTALL = [*PIP, "install", "-qq", "--no-input", "--require-hashes"]
ALL_ALIKE = "--index-strategy=unsafe-best-match"  # all indexes count, as for pip
UV_INSTALL = [sys.executable, "-m", "uv", "pip", "install", "--python", sys.executable]
UV_INSTALL += ["--no-config", "--no-python-downloads", ALL_ALIKE, "--quiet", "--color=never"]

# What parts the words of a setting, where it has several, and the variables that give them to uv.
# An address may hold a password: lists of processes show arguments, and variables not.
VARIABLES = {
    "cert": ("", "SSL_CERT_FILE"),
    "client-cert": ("", "SSL_CLIENT_CERT"),
    "constraint": (" ", "UV_CONSTRAINT"),
    "default-timeout": ("", "UV_HTTP_TIMEOUT"),
    "extra-index-url": (" ", "UV_INDEX"),
    "find-links": (",", "UV_FIND_LINKS"),
    "index-url": ("", "UV_DEFAULT_INDEX"),
    "proxy": ("", "HTTP_PROXY", "HTTPS_PROXY"),
    "retries": ("", "UV_HTTP_RETRIES"),
    "timeout": ("", "UV_HTTP_TIMEOUT"),
    "trusted-host": (" ", "UV_INSECURE_HOST"),
}
# These change nothing of what is installed or where it comes from.
IDLE = {
    "break-system-packages",
    "config-file",
    "disable-pip-version-check",
    "no-color",
    "no-input",
    "no-python-version-warning",
    "no-warn-script-location",
    "prefer-binary",
    "progress-bar",
    "quiet",
    "require-hashes",
    "require-virtualenv",
    "root-user-action",
    "verbose",
}
TRUE = {"1", "on", "t", "true", "y", "yes"}


class Unable(Exception):
    """Why uv cannot install."""


def settings(listed: str) -> dict[str, str]:
    """What `pip install` is set to, out of what `pip config list` prints: the strongest holds."""
    found = {}
    for section in ("global.", "install.", ":env:."):
        for line in listed.splitlines():
            key, _, shown = line.partition("=")
            if key.startswith(section) and (value := ast.literal_eval(shown)):
                found[key.removeprefix(section)] = value
    return found


def carried(pip: Mapping[str, str], own: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """The arguments and variables in which uv does as pip is set to; `Unable` if there are none."""
    arguments = []
    variables = {key: value for key, value in own.items() if not key.startswith("UV_")}
    if bundle := own.get("REQUESTS_CA_BUNDLE") or own.get("CURL_CA_BUNDLE"):
        pip = {"cert": bundle, **pip}
    if "cert" in pip:
        variables.pop("SSL_CERT_DIR", None)
    for key, value in pip.items():
        if key in VARIABLES:
            between, *names = VARIABLES[key]
            words = value.split() if between else [value]
            variables |= dict.fromkeys(names, between.join(map(os.path.expanduser, words)))
        elif key == "cache-dir":  # set to none, each has its own in the user's folder of caches
            variables["UV_CACHE_DIR"] = os.path.join(os.path.expanduser(value), "uv")
        elif key == "no-cache-dir":  # pip goes without a cache whatever the value is
            arguments.append("--no-cache")
        elif key == "no-index":
            arguments += ["--no-index"] * (value.lower() in TRUE)
        elif key not in IDLE:
            raise Unable(f"pip's setting “{key}” cannot be carried over")
    return arguments, variables


def run(command: list[str], variables: Mapping[str, str] | None = None) -> str:
    """What a command prints; `Unable`, with the first error that it names, when it fails."""
    done = subprocess.run(
        command,
        env=variables,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        errors = [line for line in lines if line.lower().startswith("error")] or lines[-1:]
        raise Unable(*errors[:1])
    return done.stdout


def as_pip_is_set() -> tuple[list[str], dict[str, str]]:
    """What uv is to be given so that it does as pip is set to here."""
    return carried(settings(run([*PIP, "config", "list"])), os.environ)


def by_uv(requirements: str) -> None:
    """Install uv with pip and the rest with uv; `Unable` when that cannot be."""
    arguments, variables = as_pip_is_set()
    run([*PIP_INSTALL, "--only-binary=uv", "-r", str(ROOT / "requirements-uv.txt")])
    install = [*UV_INSTALL, *arguments, "-r", requirements]
    # Where uv requires hashes, it refuses constraints without them. So it is asked before whether
    # the constraints allow what is pinned.
    if "UV_CONSTRAINT" in variables:
        run([*install, "--dry-run"], variables)
        del variables["UV_CONSTRAINT"]
    run([*install, "--require-hashes"], variables)


def main(given: list[str]) -> int:
    """Install with uv or else with pip, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("requirements", help="a file of pinned and hashed requirements")
    requirements = parser.parse_args(given).requirements
    try:
        by_uv(requirements)
    except Unable as why:
        print(f"pip installs {requirements}, since uv cannot: {why}", file=sys.stderr, flush=True)
        return subprocess.run([*PIP_INSTALL, "-r", requirements], check=False).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
