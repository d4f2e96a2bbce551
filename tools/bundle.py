"""Makes dist/mahalleyar-….pyz: one file that installs on a server without a network."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import zipapp
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "handlers", "storage", "domain", "sandbox")
LOCK = ROOT / "requirements" / "run.txt"
# Wheels stay here between builds, so that a second one needs no network.
CACHE = ROOT / ".cache" / "wheels"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")


def platform_tag() -> str:
    """The Python and machine that the wheels fit, e.g. "py311-linux-x86_64"."""
    return f"py{sys.version_info[0]}{sys.version_info[1]}-{sysconfig.get_platform()}"


def pip(*arguments: str | Path, quiet: bool = True) -> bool:
    """Whether it succeeded; a quiet one still says why it did not."""
    return subprocess.run([*PIP, *map(str, arguments), *(["--quiet"] if quiet else [])], check=False).returncode == 0


def collect_wheels(into: Path) -> None:
    """Put the locked wheels into a folder; from the cache alone when it has them all."""
    CACHE.mkdir(parents=True, exist_ok=True)
    wanted = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", LOCK)
    there = subprocess.run(
        [*PIP, "download", "--no-index", "--find-links", str(CACHE), "-d", str(into), *map(str, wanted)],
        check=False,
        capture_output=True,
    )
    if there.returncode == 0:
        return
    print("· fetching the wheels that requirements/run.txt names")
    if not pip("download", "-d", CACHE, *wanted, quiet=False):
        sys.exit("The wheels could not be fetched; pip's reason stands above.")
    if not pip("download", "--no-index", "--find-links", CACHE, "-d", into, *wanted):
        sys.exit(f"The fetched wheels do not fit the lock. Delete {CACHE} and try again.")


def build_own_wheel(into: Path) -> None:
    """Build from a copy: setuptools leaves its work in the folder and would pack files deleted since."""
    with tempfile.TemporaryDirectory() as work:
        copy = Path(work)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, copy)
        for room in ROOMS:
            shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
        if not pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", into, copy):
            sys.exit("Our own wheel could not be built; the reason stands above.")


def build(out: Path) -> Path:
    """Write the bundle into a folder and return its path."""
    version: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    with tempfile.TemporaryDirectory() as work:
        tree = Path(work)
        (tree / "wheels").mkdir()
        collect_wheels(tree / "wheels")
        print("· building our own wheel")
        build_own_wheel(tree / "wheels")
        shutil.copy(LOCK, tree / "run.txt")
        shutil.copy(ROOT / "settings.toml", tree)
        shutil.copy(ROOT / "tools" / "install.py", tree / "__main__.py")
        (tree / "about.txt").write_text(f"{version}\n{platform_tag()}\n", "utf-8")
        out.mkdir(parents=True, exist_ok=True)
        bundle = out / f"mahalleyar-{version}-{platform_tag()}.pyz"
        # Wheels are compressed already.
        zipapp.create_archive(tree, bundle, interpreter="/usr/bin/env python3")
    return bundle


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="the folder to write to (default: dist)")
    bundle = build(parser.parse_args().out.resolve())
    print(f"{bundle} ({bundle.stat().st_size / 2**20:.0f} MB). On the server:  python3 {bundle.name} /srv/mahalleyar")


if __name__ == "__main__":
    main()
