"""Take the secrets out of whatever the inventory keeps, and write down where they were."""

import re
from dataclasses import dataclass, field, replace

from migrator.inventory.types import Secret, UnreadLine
from migrator.model import Finding, Origin
from migrator.redaction import (
    Kind,
    Redacted,
    redact,
    redact_line,
    redact_plain,
    redact_stdin,
    redact_unread,
    redact_value,
)
from migrator.sources.items import Unread

# What a comment must hold to be worth a closer look: there may be a million of them.
_SUSPICIOUS = re.compile(
    r"pass|pwd|secret|token|key|auth|cred|bearer|login|://|akia|eyj|-u\s|-p\S|[A-Za-z0-9+/_-]{20,}", re.IGNORECASE
)
# The longest argument that Linux hands to a program, a shell's text included (execve(2), MAX_ARG_STRLEN).
LONGEST_COMMAND = 128 * 1024
# A quoted word that is long enough to be a secret.
_QUOTED = re.compile(r"`([^`]{9,})`")


def shortened(text: str) -> str:
    """Cut a text that no shell could be given, before a word, so that no part of a secret is left."""
    if len(text) <= LONGEST_COMMAND:
        return text
    head = text[:LONGEST_COMMAND]
    return head[: max(head.rfind(" "), head.rfind("\t"), 0)] + " …"


@dataclass(slots=True)
class Redactor:
    """Redacts texts and collects what was found in `secrets`."""

    secrets: set[Secret] = field(default_factory=set)
    _plain: dict[str, Redacted] = field(default_factory=dict)

    def command(self, text: str, origin: Origin) -> Redacted:
        """Redact what the shell gets."""
        return self._noted(redact(shortened(text)), origin)

    def stdin(self, command: str, text: str, origin: Origin) -> Redacted:
        """Redact what a command gets on standard input; `command` is not yet redacted."""
        return self._noted(redact_stdin(shortened(command), shortened(text)), origin)

    def value(self, name: str, value: str, origin: Origin, *, secret: bool) -> str:
        """Redact the value of a settings line; `secret`: a command uses the variable in a secret's place."""
        return self._noted(redact_value(name, shortened(value), secret=secret), origin).text

    def line(self, text: str, origin: Origin, variables: frozenset[str] = frozenset()) -> str:
        """Redact a whole line of a schedule file."""
        return self._noted(redact_line(shortened(text), variables=variables), origin).text

    def comment(self, text: str, origin: Origin) -> str:
        """Redact a comment, which may hold an entry that somebody switched off."""
        return self.line(text, origin) if _SUSPICIOUS.search(text) else text

    def plain(self, text: str, origin: Origin) -> str:
        """Redact prose."""
        if text not in self._plain:
            self._plain[text] = redact_plain(shortened(text))
        return self._noted(self._plain[text], origin).text

    def finding(self, finding: Finding) -> Finding:
        """Redact what a finding quotes; what it quotes is also in the line, where the find is written down."""
        return replace(finding, text=self.plain(finding.text, finding.origin))

    def unknown(self, text: str, origin: Origin) -> str:
        """Redact a text of which nobody knows what each word is."""
        return self._noted(redact_unread(shortened(text)), origin).text

    def reason(self, text: str, origin: Origin) -> str:
        """Redact why a line was not read: a word quoted there may be anything, except a short one."""
        quoted = _QUOTED.sub(lambda match: f"`{self.unknown(match[1], origin)}`", text)
        return self.plain(quoted, origin)

    def unread(self, item: Unread) -> UnreadLine:
        """Redact a line that was not read."""
        text = self.unknown(item.text, item.origin) if item.text else ""
        return UnreadLine(item.origin, text, self.reason(item.reason, item.origin), item.remedy)

    def _noted(self, redacted: Redacted, origin: Origin) -> Redacted:
        # A word of an unread line is left out because it might be a secret: that is no find.
        found = (each.kind for each in redacted.secrets if each.kind is not Kind.UNREAD)
        self.secrets.update(Secret(origin, str(kind)) for kind in found)
        return redacted
