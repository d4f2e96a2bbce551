"""Installs Mahalleyar from the bundle that this file is the start of: python3 mahalleyar-….pyz FOLDER."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from pathlib import Path

USAGE = """\
python3 {name} FOLDER

Installs Mahalleyar {version} into FOLDER; nothing is fetched and nothing outside FOLDER is touched.
  FOLDER/versions/{version}/   the program with everything it needs
  FOLDER/current             points to the version in use
  FOLDER/settings.toml       written once; yours from then on
Run it again with a newer bundle to upgrade: settings and data stay as they are. To go back, point `current` to the
older version again (a database that the newer one has already changed is refused by the older)."""


def stop(line: str) -> None:
    sys.exit(f"Not installed: {line}")


def fits(tag: str) -> str:
    """Why this machine cannot take the bundle, or an empty text."""
    here = f"py{sys.version_info[0]}{sys.version_info[1]}-{sysconfig.get_platform()}"
    if here != tag:
        return f"the bundle is for {tag}, this is {here}. Build one with the same Python on the same kind of machine."
    try:
        import ensurepip  # noqa: F401 -- Debian leaves it out of a plain python3
    except ImportError:
        return "Python's venv is missing here. On Debian it is the package python3-venv."
    return ""


def fill(place: Path, tree: Path) -> None:
    """Make the version's own environment from the wheels alone."""
    venv.create(place, with_pip=True)
    # No settings of this machine's pip may add an address or a constraint.
    environment = {**{k: v for k, v in os.environ.items() if not k.startswith("PIP_")}, "PIP_CONFIG_FILE": os.devnull}
    pip = [str(place / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    wheels = ["install", "--no-index", "--no-deps", "--find-links", str(tree / "wheels")]
    for what in (["--require-hashes", "-r", str(tree / "run.txt")], ["mahalleyar"]):
        if subprocess.run([*pip, *wheels, *what], env=environment, check=False).returncode:
            stop("pip's reason stands above.")


def put_settings(folder: Path, fresh: Path) -> str:
    """Write the settings once; later only lay the new ones beside them. Returns what the operator should know."""
    mine = folder / "settings.toml"
    if not mine.exists():
        shutil.copy(fresh, mine)
        return f"Settings: {mine} (secrets come from the environment)"
    if mine.read_bytes() == fresh.read_bytes():
        return f"Settings: {mine}, unchanged"
    shutil.copy(fresh, folder / "settings.toml.new")
    return f"Settings: {mine} kept; this version's are beside it as settings.toml.new"


def point(link: Path, target: Path) -> None:
    """Switch in one step, so that a start at any moment finds a whole version."""
    new = link.with_name("current.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target.relative_to(link.parent))
    new.replace(link)


def install(bundle: Path, folder: Path, version: str) -> str:
    place = folder / "versions" / version
    whole = place / "whole"
    with tempfile.TemporaryDirectory() as work:
        tree = Path(work)
        with zipfile.ZipFile(bundle) as archive:
            archive.extractall(tree)
        if not whole.exists():
            print(f"Installing Mahalleyar {version} into {place} …", flush=True)
            shutil.rmtree(place, ignore_errors=True)
            fill(place, tree)
            whole.touch()
        settings = put_settings(folder, tree / "settings.toml")
    point(folder / "current", place)
    return settings


def main() -> None:
    bundle = Path(sys.argv[0]).resolve()
    with zipfile.ZipFile(bundle) as archive:
        version, tag = archive.read("about.txt").decode().split()
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(USAGE.format(name=bundle.name, version=version))
        sys.exit(0 if sys.argv[1:] in (["-h"], ["--help"]) else 2)
    if reason := fits(tag):
        stop(reason)
    folder = Path(sys.argv[1]).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        settings = install(bundle, folder, version)
    except OSError as problem:
        stop(str(problem))
    print(f"Installed. {settings}\nStart it:  cd {folder} && current/bin/mahalleyar run")


if __name__ == "__main__":
    main()
