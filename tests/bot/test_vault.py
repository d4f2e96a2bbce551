"""The vault gives back what it sealed, to the right key and the right row, and says plainly when it cannot."""

import base64
import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vault import KEY_BYTES, BadKey, NotSealed, Vault, WrongKey, load_key

KEY = bytes(range(KEY_BYTES))
NAME = "زهرا محمدی"


@given(text=st.text(), context=st.text())
def test_what_was_sealed_opens_again(text: str, context: str) -> None:
    vault = Vault(KEY)
    assert vault.open(vault.seal(text, context), context) == text


def test_a_sealed_value_is_plain_ascii_and_never_twice_the_same() -> None:
    vault = Vault(KEY)
    first, second = vault.seal(NAME, "person:1"), vault.seal(NAME, "person:1")
    assert first != second
    assert first.isascii()
    assert first.startswith("v1:")


def test_another_key_is_told_apart_in_one_line_that_says_what_to_do() -> None:
    sealed = Vault(KEY).seal(NAME, "person:12")
    with pytest.raises(WrongKey) as caught:
        Vault(bytes(KEY_BYTES)).open(sealed, "person:12")
    message = str(caught.value)
    assert "\n" not in message
    assert "person:12" in message
    assert "people.key_path" in message
    assert "MAHALLEYAR_PEOPLE__KEY" in message


def test_a_value_moved_to_another_row_does_not_open() -> None:
    vault = Vault(KEY)
    with pytest.raises(WrongKey):
        vault.open(vault.seal(NAME, "person:12"), "person:13")


@pytest.mark.parametrize("at", [0, 11, 12, 20, -1])
def test_a_changed_value_does_not_open(at: int) -> None:
    vault = Vault(KEY)
    body = bytearray(base64.urlsafe_b64decode(vault.seal(NAME, "person:1")[3:]))
    body[at] ^= 1
    with pytest.raises(WrongKey):
        vault.open("v1:" + base64.urlsafe_b64encode(body).decode(), "person:1")


@pytest.mark.parametrize("value", ["", NAME, "v2:AAAA", "v1:", "v1:AAAA", "v1:not base64", "v1:" + "A" * 15])
def test_what_is_not_a_sealed_value_is_said_to_be_none(value: str) -> None:
    with pytest.raises(NotSealed):
        Vault(KEY).open(value, "person:1")


@pytest.mark.parametrize(
    "secret",
    [
        KEY.hex(),
        KEY.hex().upper(),
        base64.b64encode(KEY).decode(),
        base64.b64encode(KEY).decode().rstrip("="),
        base64.urlsafe_b64encode(b"\xff" * 31 + b"\xfe").decode(),
        f"  {KEY.hex()}\n",
    ],
)
def test_the_environment_may_give_the_key_in_any_usual_form(secret: str, tmp_path: Path) -> None:
    assert len(load_key(secret, tmp_path / "people.key")) == KEY_BYTES
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("secret", ["short", "ی" * 44, KEY.hex()[:-2], KEY.hex() + "00", "g" * 64, "=" * 44])
def test_a_bad_key_from_the_environment_is_refused_without_being_shown(secret: str, tmp_path: Path) -> None:
    with pytest.raises(BadKey) as caught:
        load_key(secret, tmp_path / "people.key")
    assert "MAHALLEYAR_PEOPLE__KEY" in str(caught.value)
    assert secret not in str(caught.value)


def test_the_first_start_makes_a_key_that_only_its_owner_reads_and_the_second_finds_it(tmp_path: Path) -> None:
    file = tmp_path / "data" / "people.key"
    before = os.umask(0)
    try:
        key = load_key(None, file)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert load_key("  ", file) == key
    assert [path.name for path in file.parent.iterdir()] == ["people.key"]


def test_of_starts_at_the_same_time_all_have_the_same_key(tmp_path: Path) -> None:
    file = tmp_path / "people.key"
    ready = threading.Barrier(8)
    keys: list[bytes] = []

    def start() -> None:
        ready.wait()
        keys.append(load_key(None, file))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "people.key"
    load_key(None, file)
    file.chmod(0o640)
    with pytest.raises(BadKey, match="chmod 600"):
        load_key(None, file)


@pytest.mark.parametrize("content", [b"", b"half a k", b"\xff\xfe\x00"])
def test_a_damaged_key_file_is_named_and_left_as_it_is(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "people.key"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(BadKey, match=r"people\.key"):
        load_key(None, file)
    assert file.read_bytes() == content


def test_a_place_where_no_key_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(BadKey, match=r"people\.key"):
        load_key(None, tmp_path / "data" / "people.key")


def test_a_key_of_another_length_makes_no_vault() -> None:
    with pytest.raises(BadKey):
        Vault(b"too short")
