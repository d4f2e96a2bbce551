"""Writes a new talk with its texts and its test: make new-talk NAME=resident/parking."""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = Path(__file__).resolve().parent / "talk"
#: Folder of talks → the row of the permission table, and the role that the test's person gets.
WHO = {
    "everyone": ("TAKE_PART", ""),
    "resident": ("TAKE_PART", ""),
    "coordinator": ("MODERATE", 'Role.COORDINATOR, "kerman/n1"'),
    "county": ("ANSWER_MISSING", 'Role.COUNTY_OFFICER, "kerman"'),
    "admin": ("MODERATE", "Role.PROVINCE_ADMIN"),
}
#: As messengers take commands: the name is the command too.
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST = 32


class Refused(Exception):
    """The name cannot be used; the message says why, and what would do."""


def main(arguments: list[str]) -> int:
    """0 when the files were written."""
    try:
        who, name = parsed(arguments[0] if arguments else "")
        refuse_taken(ROOT, name)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    for path, content in files(ROOT, who, name).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        print(f"  {path.relative_to(ROOT)}")
    print(f"Say /{name} on the chat page (make run). What each line is for: docs/add-a-talk.md")
    return 0


def parsed(asked: str) -> tuple[str, str]:
    """Whose talk it is and its name. Raises `Refused`."""
    who, _, name = asked.partition("/")
    if who not in WHO or not name:
        raise Refused(f"NAME is who/name, who being one of {', '.join(WHO)}: make new-talk NAME=resident/parking")
    if not NAME.fullmatch(name) or len(name) > LONGEST or keyword.iskeyword(name):
        raise Refused(
            f"{name} cannot be a command: small letters a-z, digits and _ between them, at most {LONGEST}, "
            "and no word of Python's own"
        )
    return who, name


def refuse_taken(root: Path, name: str) -> None:
    """Raises `Refused` when a talk, a command or a text of this name is there."""
    for file in sorted((root / "handlers").glob("*/*.py")):
        if file.stem == name or re.search(rf'\b(command|name|payload)="{name}"', file.read_text("utf-8")):
            raise Refused(f"{name} is taken by {file.relative_to(root)}")
    for language in sorted((root / "bot" / "texts").iterdir()):
        for file in sorted(language.glob("*.ftl")):
            if file.stem == name or re.search(rf"^{name}(-[a-z-]+)? =", file.read_text("utf-8"), re.MULTILINE):
                raise Refused(f"{name} is taken by the texts in {file.relative_to(root)}")


def files(root: Path, who: str, name: str) -> dict[Path, str]:
    """Every file of the new talk with what stands in it."""
    rule, role = WHO[who]
    number = free_number(root)
    values = {
        "name": name,
        "title": name.replace("_", " ").capitalize(),
        "rule": rule,
        "number": str(number),
        # A rule of writing: digits in Persian texts are Persian.
        "persian_number": str(number).translate({48 + digit: 0x6F0 + digit for digit in range(10)}),
        "role_import": "from domain.permissions import Role\n" if role else "",
        "grant": f"    await town.grant(person, {role})\n" if role else "",
    }
    targets = {
        "talk.py": root / "handlers" / who / f"{name}.py",
        "fa.ftl": root / "bot" / "texts" / "fa" / f"{name}.ftl",
        "en.ftl": root / "bot" / "texts" / "en" / f"{name}.ftl",
        "test.py": root / "tests" / "handlers" / who / f"test_{name}.py",
    }
    return {
        path: Template((TEMPLATES / f"{template}.txt").read_text("utf-8")).substitute(values)
        for template, path in targets.items()
    }


def free_number(root: Path) -> int:
    """The number in the label of a talk that has no label of its own yet: no two may answer to the same words."""
    texts = "\n".join(file.read_text("utf-8") for file in (root / "bot" / "texts" / "en").glob("*.ftl"))
    number = 1
    while f"New talk {number}\n" in texts:
        number += 1
    return number


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
