"""Secrets known by their place among a command's words."""

import pytest

from migrator.redaction import redact

FOUND = {
    "x -u me -p Hunter22 h": "x -u me -p REDACTED-password h",
    "x --login me -pw 'a b c'": "x --login me -pw 'REDACTED-password'",
    "govc vm.info -u me:Hunter22@vc1": "govc vm.info -u me:REDACTED-url-password@vc1",
    "rabbitmqctl add_user me hunter": "rabbitmqctl add_user me REDACTED-password",
    "pt-archiver --source h=a,u=b,p=hunter": "pt-archiver --source h=a,u=b,p=REDACTED-password",
    "openssl passwd -salt ab hunter": "openssl passwd -salt ab REDACTED-password",
    "curl -sSu me:hunter h": "curl -sSu me:REDACTED-password h",
    "x --password-command 'echo hunter'": "x --password-command 'echo REDACTED-password'",
    "x --password-file=<(echo hunter)": "x --password-file=<(echo REDACTED-password)",
    "(echo hunter; echo hunter) | smbpasswd -s": "(echo REDACTED-password; echo REDACTED-password) | smbpasswd -s",
    'O=(-u me "-phunter"); mysql "${O[@]}" d': 'O=(-u me "-pREDACTED-password"); mysql "${O[@]}" d',
    "A=me:hunter; curl -u $A h": "A=me:REDACTED-password; curl -u $A h",
    "read -r U P <<< 'me hunter'; curl -u $U:$P h": "read -r U P <<< 'me REDACTED-secret'; curl -u $U:$P h",
}
SILENT = [
    "sudo -u me mkdir -p Archive22",
    "cp -u -p IMG22a.jpg /x",
    "x -u me -p 2222 h",
    "x -u me -p batch h",
    "docker pull h:5000/a/x:1.2.3@sha256:9b2a28eb47540823042a2ba401386845089bb7b62a9637d55816132c4c3c36eb",
    "rabbitmqctl list_queues name messages",
    "openssl passwd -6 -stdin",
    "smbclient //nas/bk -U me -c ls",
    "x --password-command 'pass show x'",
    "cat <(echo hunter)",
    "(echo a; echo b) | sort",
    "mysql -u root -p shop2",
]


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_found_by_place(text: str, expected: str) -> None:
    """The secret goes and nothing else."""
    assert redact(text).text == expected


@pytest.mark.parametrize("text", SILENT)
def test_other_words_stay(text: str) -> None:
    """Ports, names, files and commands that fetch a secret come back as they were."""
    assert redact(text).text == text
