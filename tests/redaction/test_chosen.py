"""Words that look like a secret, where any program takes one."""

import pytest

from migrator.redaction import redact

FOUND = {
    "x -h cache -a r3d1sAuth y": "x -h cache -a REDACTED-password y",
    "x -pgr4niteP3ak y": "x -pREDACTED-password y",
    "x scott/t1gerLily@ORCL y": "x scott/REDACTED-password@ORCL y",
    "x system/manager42@PROD": "x system/REDACTED-password@PROD",
    "x -U CORP/svc%hunter22": "x -U CORP/svc%REDACTED-password",
    "x -U system/FooBarBaz y": "x -U system/REDACTED-password y",
    "x --login  CORP/svc%FooBarBaz": "x --login  CORP/svc%REDACTED-password",
    "x -u me,S3cr3tPw y": "x -u me,REDACTED-password y",
    "x me:S3cr3tPw y": "x me:REDACTED-password y",
    "x ftp.example.com partner Wint3rfell": "x ftp.example.com partner REDACTED-password",
    "x admin Wint3rfell": "x admin REDACTED-password",
    "x connect Net password Wint3rfell": "x connect Net password REDACTED-password",
    "x -u me -w v3rtica": "x -u me -w REDACTED-password",
    "C=(zip -P hunter2 a b)": "C=(zip -P REDACTED-password a b)",
    "# echo me | x; (echo hunter2) | sudo -S y": "# echo me | x; (echo REDACTED-password) | sudo -S y",
    'CURL_OPTS="-u me:hunter2 -s"': 'CURL_OPTS="-u me:REDACTED-password -s"',
}
SILENT = [
    "x -h cache -a index1 -p 6379",
    "x -print0 -pidfile",
    "kinit -kt /etc/k nfs/web1.example.com@REALM",
    "x actions/checkout1@v4",
    "x -U %20abc -u %Y%m%d",
    "ps -u root,www1",
    "ls -l root/Data2024 -a admin/FooBarBaz",
    "x -a list%FooBarBaz",
    "x app:Latest1 host:Backup2",
    "x ftp.example.com partner Backup22",
    "x admin Node1",
    "x mail.alert ops@franz.example.org",
    "x -P '^k[0-9]' -s S3Bucket -k 2,2n",
    "C=(tar czf Backup22.tgz /x)",
    "psql -U me -P border=2",
]


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_found_by_look(text: str, expected: str) -> None:
    """The secret goes and nothing else, whatever the program."""
    assert redact(text).text == expected


@pytest.mark.parametrize("text", SILENT)
def test_names_stay(text: str) -> None:
    """Names, principals, versions and lists in such places come back as they were."""
    assert redact(text).text == text
