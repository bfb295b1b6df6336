"""Programs that tell a person: mail, chat."""

from __future__ import annotations

import re

from migrator.commands.facts import StepKind
from migrator.commands.invocation import Effect, Family, Invocation, reads, sort_out

_VALUED_WORDS = """
    -s -a -A -r -c -b -S -f -F -o -e --subject --attach -m -u -q -R --to --from --content-type
    """
_VALUED = frozenset(_VALUED_WORDS.split())
_HEADER = re.compile(r"[\w-]+:")


def mail(call: Invocation) -> Effect:
    """Read `mail`, `mutt`, `sendmail`: attachments are read."""
    got = sort_out(call.arguments, _VALUED)
    # Where `-a` takes a header (bsd-mailx) its value is `Name: text`.
    attached = (v for v in got.every("-a", "-A", "--attach") if not _HEADER.match(v.text))
    files = tuple(v for v in attached if "/" in v.text or "." in v.text)
    return Effect(kind=StepKind.MAIL, touches=reads(*files))


_NAMES = """
    mail mailx s-nail nail bsd-mailx Mail mutt sendmail msmtp ssmtp sendemail sendEmail swaks mpack nullmailer-inject
    telegram-send slack-cli slacktee notify-send apprise pushover ntfy wall write elm pine email smtp-cli
    heirloom-mailx
"""

FAMILY = Family("mail", dict.fromkeys(_NAMES.split(), mail))
