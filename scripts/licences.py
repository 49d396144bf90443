"""Checks the licence of every dependency against the list in deny.toml. Works without a network: cargo metadata reads
the lock file and the sources that the build has fetched anyway."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def is_allowed(expression: str, allowed: set[str]) -> bool:
    """Evaluates an SPDX expression: OR needs one side, AND needs both; '/' is an old way to write OR."""
    expression = expression.replace("/", " OR ")
    tokens = re.findall(r"\(|\)|[^\s()]+", expression)
    words, skip = [], False
    for token in tokens:
        if skip:
            skip = False
            continue
        if token == "WITH":
            # An exception only adds permissions; it is named together with its licence in the list.
            skip = True
            continue
        words.append(
            {"OR": "or", "AND": "and", "(": "(", ")": ")"}.get(token, str(token in allowed))
        )
    return bool(eval(" ".join(words), {"__builtins__": {}}))  # only True, False, and, or, brackets


def main() -> int:
    allowed = set(tomllib.loads((ROOT / "deny.toml").read_text())["licenses"]["allow"])
    metadata = json.loads(
        subprocess.run(
            ["cargo", "metadata", "--format-version", "1", "--locked"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout
    )
    wrong = [
        f"{package['name']} {package['version']}: {package['license']}"
        for package in metadata["packages"]
        if not is_allowed(package["license"] or "none", allowed)
    ]
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{len(metadata['packages'])} packages, {len(wrong)} with a licence that is not on the list")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
