"""The bundle: one file that installs where there is no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "handlers", "storage", "domain", "sandbox")
# Where a new network namespace may be made there is no network at all; elsewhere every way out leads to a closed port.
CUT_OFF = ["unshare", "--net", "--map-root-user"]
NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")


def run_cut_off(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    can = shutil.which("unshare") and subprocess.run([*CUT_OFF, "true"], capture_output=True).returncode == 0
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "LANG": "C.UTF-8", **NOWHERE}
    words = [*(CUT_OFF if can else []), *map(str, command)]
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, timeout=180)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    made = subprocess.run(
        [sys.executable, ROOT / "tools" / "bundle.py", "--out", out], capture_output=True, text=True, timeout=300
    )
    assert made.returncode == 0, made.stdout + made.stderr
    files = list(out.iterdir())
    assert len(files) == 1
    return files[0]


@pytest.fixture(scope="module")
def server(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the bundle was installed without a network."""
    folder = tmp_path_factory.mktemp("server") / "mahalleyar"
    done = run_cut_off(sys.executable, bundle, folder, cwd=folder.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"cd {folder} && current/bin/mahalleyar run" in done.stdout
    return folder


def test_the_wheel_holds_every_file_of_the_rooms(bundle: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        (own,) = [name for name in archive.namelist() if name.startswith("wheels/mahalleyar-")]
        archive.extract(own, tmp_path)
    packed = {name for name in zipfile.ZipFile(tmp_path / own).namelist() if name.split("/")[0] in ROOMS}
    here = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert packed == here


def test_the_installed_program_starts_outside_the_checkout(server: Path) -> None:
    answer = run_cut_off(server / "current" / "bin" / "mahalleyar", "--help", cwd=server)
    assert answer.returncode == 0, answer.stderr
    for verb in ("run", "demo", "check", "migrate"):
        assert verb in answer.stdout


def test_what_was_installed_is_what_the_lock_names(server: Path) -> None:
    listed = run_cut_off(server / "current" / "bin" / "python", "-m", "pip", "check", cwd=server)
    assert listed.returncode == 0, listed.stdout
    drivers = run_cut_off(server / "current" / "bin" / "python", "-c", "import psycopg, aiosqlite, aiohttp", cwd=server)
    assert drivers.returncode == 0, drivers.stderr


def test_a_second_installation_keeps_the_operators_settings(server: Path, bundle: Path) -> None:
    settings = server / "settings.toml"
    assert settings.read_bytes() == (ROOT / "settings.toml").read_bytes()
    settings.write_text("# mine\n", "utf-8")
    again = run_cut_off(sys.executable, bundle, server, cwd=server)
    assert again.returncode == 0, again.stderr
    assert settings.read_text("utf-8") == "# mine\n"
    assert (server / "settings.toml.new").read_bytes() == (ROOT / "settings.toml").read_bytes()
    assert (server / "current").resolve().parent == server / "versions"


def test_a_broken_off_installation_is_begun_again(bundle: Path, server: Path, tmp_path: Path) -> None:
    version = (server / "current").resolve().name
    place = tmp_path / "versions" / version
    place.mkdir(parents=True)
    (place / "half").touch()
    done = run_cut_off(sys.executable, bundle, tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert not (place / "half").exists()


def test_a_bundle_for_another_machine_says_so_and_touches_nothing(bundle: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pyz"
    with zipfile.ZipFile(bundle) as archive, zipfile.ZipFile(other, "w") as copy:
        copy.writestr("__main__.py", archive.read("__main__.py"))
        copy.writestr("about.txt", "0.1.0\npy39-linux-m68k\n")
    answer = run_cut_off(sys.executable, other, tmp_path / "never", cwd=tmp_path)
    assert answer.returncode == 1
    here = f"py{sys.version_info[0]}{sys.version_info[1]}-{sysconfig.get_platform()}"
    assert f"the bundle is for py39-linux-m68k, this is {here}" in answer.stderr
    assert not (tmp_path / "never").exists()


def test_the_bundle_explains_itself(bundle: Path, tmp_path: Path) -> None:
    answer = run_cut_off(sys.executable, bundle, "--help", cwd=tmp_path)
    assert answer.returncode == 0
    assert f"python3 {bundle.name} FOLDER" in answer.stdout
