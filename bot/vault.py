"""Encryption of what must be kept but not read by whoever holds the database: names, later phone numbers."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12  # what GCM is made for; random ones stay safe far beyond the number of rows we will ever have
_PREFIX = "v1:"


class VaultError(Exception):
    """One line for the operator. Below it:

    VaultError
    ├── BadKey      the key itself cannot be used
    ├── WrongKey    a good key, but not the one that sealed this
    └── NotSealed   what was to be opened is not a sealed value
    """


class BadKey(VaultError):
    pass


class WrongKey(VaultError):
    pass


class NotSealed(VaultError):
    pass


class Vault:
    """Seals texts with one key. Two seals of one text differ, so equality says nothing to a reader of the table."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise BadKey(f"the people key must be {KEY_BYTES} bytes long")
        self._key = key

    @cached_property
    def _cipher(self) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # heavy, and not needed before the first name

        return AESGCM(self._key)

    def seal(self, text: str, context: str) -> str:
        """ASCII text that only `open` with the same context gives back.

        The context names the row it belongs to ("person:12"), so that a value moved to another row does not open.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, text.encode(), context.encode())
        return _PREFIX + base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, sealed: str, context: str) -> str:
        """The sealed text. Raises WrongKey, also for a value changed or moved, and NotSealed."""
        from cryptography.exceptions import InvalidTag

        body = _unpacked(sealed, context)
        try:
            return self._cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], context.encode()).decode()
        except InvalidTag:
            raise WrongKey(
                f"the people key does not open what is stored for {context}: put back the key that belongs to this"
                " database (the file named by people.key_path, or MAHALLEYAR_PEOPLE__KEY)"
            ) from None


def load_key(secret: str | None, file: Path) -> bytes:
    """The key from the environment (base64 or hex), else from the file, which is made when it does not exist.

    A database is worth nothing without its key: whoever backs up one must keep the other, apart from it.
    """
    if secret is not None and secret.strip():
        return _decoded(secret, "MAHALLEYAR_PEOPLE__KEY")
    try:
        if not file.exists():
            _make(file)
        if file.stat().st_mode & 0o077:
            raise BadKey(f"{file}: others on this machine may read the people key; run: chmod 600 {file}")
        return _decoded(file.read_bytes().decode("ascii", "replace"), str(file))
    except OSError as error:
        raise BadKey(f"{file}: the people key cannot be read or made: {error.strerror}") from error


def _unpacked(sealed: str, context: str) -> bytes:
    try:
        if not sealed.startswith(_PREFIX):
            raise ValueError
        body = base64.b64decode(sealed.removeprefix(_PREFIX), altchars=b"-_", validate=True)
    except ValueError:
        raise NotSealed(f"what is stored for {context} is not a sealed value of this version") from None
    if len(body) <= _NONCE_BYTES:
        raise NotSealed(f"what is stored for {context} is cut short")
    return body


def _decoded(text: str, origin: str) -> bytes:
    plain = "".join(text.split())
    key = b""
    try:
        # 64 hex digits are base64 too, of another length, so they are tried first.
        key = bytes.fromhex(plain) if len(plain) == 2 * KEY_BYTES else base64.b64decode(_standard(plain), validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != KEY_BYTES:
        raise BadKey(f"{origin}: must hold {KEY_BYTES} bytes as base64 (44 characters) or hex (64 digits)")
    return key


def _standard(text: str) -> str:
    """Base64 of either alphabet, with or without its padding, in the form that the decoder takes."""
    text = text.replace("-", "+").replace("_", "/").rstrip("=")
    return text + "=" * (-len(text) % 4)


def _make(file: Path) -> None:
    """Written whole under another name and then linked: a crash leaves no empty key, and of two starts one wins."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
