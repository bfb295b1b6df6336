"""Secrets that a script hands to its functions, and to the names that it reads."""

import pytest

from migrator.redaction import redact

FOUND = {
    'f() { mysql -u"$1" -p"$2" d; }\nf me \'hunter\'': 'f() { mysql -u"$1" -p"$2" d; }\nf me \'REDACTED-password\'',
    'f() { local p="$1"; mysql -p"$p"; }\nf hunter': 'f() { local p="$1"; mysql -p"$p"; }\nf REDACTED-password',
    'while IFS=: read -r u p; do sshpass -p "$p" ssh $u@h; done <<E\nme:hunter\nyou:tiger\nE': (
        'while IFS=: read -r u p; do sshpass -p "$p" ssh $u@h; done <<E\nme:REDACTED-secret\nyou:REDACTED-secret\nE'
    ),
    "while read u password; do x; done <<E\nme hunter\nE": (
        "while read u password; do x; done <<E\nme REDACTED-password\nE"
    ),
    'for c in "web root Wint3rfell"; do x $c; done': 'for c in "web root REDACTED-password"; do x $c; done',
}
SILENT = [
    'f() { mysql -p"$2" d; }\nf me "$P"',
    'f() { mysql -p"$2" d; }\nf me',
    'f() { echo "$1"; }\nf hunter',
    "while read -r u g; do chown $u:$g /x; done <<E\nme staff\nE",
    "while read -u 3 password; do x; done < /root/list",
    "while sleep 1; do x; done <<E\nhunter\nE",
]


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_handed_on(text: str, expected: str) -> None:
    """What stands for a secret at its use is one where it is written."""
    assert redact(text).text == expected


@pytest.mark.parametrize("text", SILENT)
def test_other_arguments_stay(text: str) -> None:
    """Variables, names and lines of other uses come back as they were."""
    assert redact(text).text == text
