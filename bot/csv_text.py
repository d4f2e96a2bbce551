"""The text of a CSV file as spreadsheets save it: UTF-8, UTF-16 and Windows-1256, with commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import re

USUAL = "UTF-8"
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: A Persian letter as UTF-8 writes it. In Windows-1256 its first byte is a rare letter, its second mostly none.
_UTF8_LETTER = re.compile(rb"[\xd8-\xdb][\x80-\xbf]")
_HIGH = re.compile(rb"[\x80-\xff]")
#: What a list of Persian names is made of, besides what ASCII has.
_PERSIAN = re.compile("[\u0600-\u06ff\u200c-\u200f\u00ab\u00bb\u00a0\u2013\u2014\u2018-\u201d\u2026]*")


class Unreadable(Exception):
    """The letters cannot be told. The message is what is wrong, `line` where."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


def read(content: bytes) -> tuple[str, str]:
    """The text and the name of the letters it is written in. Raises `Unreadable`."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _utf16(content[len(mark) :], name)
    if content[1:40:2].count(0) > 10:
        return _utf16(content, "utf-16-le")
    try:
        return content.decode("utf-8-sig"), USUAL
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
    high = len(_HIGH.findall(content))
    # One bad byte in UTF-8 must not turn a whole file into other letters.
    if 4 * len(_UTF8_LETTER.findall(content)) < high:
        text = content.decode("cp1256")
        if _PERSIAN.fullmatch("".join(re.findall("[^\x00-\x7f]+", text))):
            return text, "Windows-1256"
    raise Unreadable(line, "is not UTF-8 text: save the file as CSV in UTF-8")


def _utf16(content: bytes, name: str) -> tuple[str, str]:
    try:
        return content.decode(name), "UTF-16"
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(name, "replace").count("\n") + 1
        raise Unreadable(line, "is not whole UTF-16 text: save the file as CSV in UTF-8") from None


def delimiter(text: str) -> str:
    """What parts the columns: the sign that the first line has most of. Names of columns hold none of them."""
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)
