"""Wrappers that run a command as another user: sudo(8), su(1) and their kin."""

from __future__ import annotations

from migrator.commands.peeling import Peeled, leading, own, settings
from migrator.commands.values import Value, literal


def sudo(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `sudo` and `doas`."""
    split = own("sudo", arguments)
    user = split.last("-u", "--user")
    given, rest = settings(split.rest)
    if not rest:
        return None
    root = user is None or user.text == "root"
    fresh = "-i" in split.flags or "-H" in split.flags
    return Peeled(split.said, rest, user=user or literal("root"), root=root, fresh=fresh, settings=given)


def su(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `su` and `runuser`: a text after `-c`; runuser also takes words after `-u user --`."""
    text: Value | None = None
    user: Value | None = None
    login = False
    place = 0
    while place < len(arguments):
        word = arguments[place].text
        if word in ("-c", "--command", "-lc") and place + 1 < len(arguments):
            text, place, login = arguments[place + 1], place + 1, login or word == "-lc"
        elif word in ("-s", "--shell", "-g", "-G", "-w"):
            place += 1
        elif word in ("-u", "--user") and place + 1 < len(arguments):
            user, place = arguments[place + 1], place + 1
        elif word in ("-", "-l", "--login"):
            login = True
        elif word.startswith("-c") and len(word) > 2:
            text = arguments[place].but(word[2:])
        elif word == "--" or not word.startswith("-"):
            if user is None and word != "--":
                user = arguments[place]
            elif text is None and user is not None:
                rest = arguments[place + (word == "--") :]
                return Peeled(f"-u {user.written}", rest, user=user, root=user.text == "root") if word == "--" else None
        place += 1
    if text is None:
        return None
    who = user or literal("root")
    said = f"{'- ' if login else ''}{who.written}"
    return Peeled(said, text=text, user=who, root=who.text == "root", fresh=login)


def as_user(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read a tool that takes the user first."""
    split = leading(arguments, frozenset())
    if len(split.rest) < 2:
        return None
    user = split.rest[0].but(split.rest[0].text.partition(":")[0])
    return Peeled(user.written, split.rest[1:], user=user, root=user.text == "root")
