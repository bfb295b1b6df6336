"""Names and ARNs that a call holds: taken as they are, checked, or completed by the stack's own account and region."""

from __future__ import annotations

import re

from migrator.artifacts.calls.values import Joined, own_arn
from migrator.artifacts.parts.file import CannotBeSaidError

ARN = r"arn:aws[a-z-]*:{service}:[a-z0-9-]*:[0-9]*:{resource}"
_NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,254}"


def checked(text: str, what: str, pattern: str = _NAME) -> str:
    """Give a name back; raise CannotBeSaidError where AWS would not take it for one."""
    if not re.fullmatch(pattern, text):
        msg = f"{text[:60]!r} is no name of a {what}"
        raise CannotBeSaidError(msg)
    return text


def named_arn(text: str, service: str, kind: str, what: str, pattern: str = _NAME) -> str | Joined:
    """Give the ARN of something by its name or its ARN; `kind` is what stands before the name in the ARN."""
    if text.startswith("arn:"):
        return checked(text, what, ARN.format(service=service, resource=re.escape(kind) + f"(?:{pattern})"))
    return own_arn(service, f"{kind}{checked(text, what, pattern)}")
