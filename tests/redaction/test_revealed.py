"""Secrets that a command gives away by what it does with them."""

import pytest

from migrator.redaction import redact, redact_stdin

FOUND = {
    "az keyvault secret set -n db --value Hunter22": "az keyvault secret set -n db --value REDACTED-secret",
    "aws ssm put-parameter --type SecureString --value Hunter22": (
        "aws ssm put-parameter --type SecureString --value REDACTED-password"
    ),
    "fly secrets set API=hunter B=$B": "fly secrets set API=REDACTED-secret B=$B",
    "doppler secrets set DB=hunter": "doppler secrets set DB=REDACTED-secret",
    "echo hunter | docker secret create db -": "echo REDACTED-password | docker secret create db -",
    "echo hunter | gcloud secrets versions add db --data-file=-": (
        "echo REDACTED-password | gcloud secrets versions add db --data-file=-"
    ),
    "x admin:user:change-password me hunter2": "x admin:user:change-password me REDACTED-password",
    "x change_password me h.example hunter2": "x change_password me h.example REDACTED-password",
    "wp option update mailserver_pass hunter2": "wp option update mailserver_pass REDACTED-password",
    "consul kv put app/db/password hunter2": "consul kv put app/db/password REDACTED-password",
    "occ config:system:set dbpassword --value=hunter2": ("occ config:system:set dbpassword --value=REDACTED-password"),
    "x reset-admin-password hunter2": "x reset-admin-password REDACTED-password",
    "pppd call p user me password hunter2": "pppd call p user me password REDACTED-password",
    "snyk auth 6f1b2c3d-0000-4000-8000-abcdef012345": "snyk auth REDACTED-token",
    "jq --arg token hunter2 .": "jq --arg token REDACTED-token .",
    '[ "$TOKEN" = hunter2 ] || exit': '[ "$TOKEN" = REDACTED-token ] || exit',
    "[[ hunter2 != $PASS ]]": "[[ REDACTED-password != $PASS ]]",
    "sed -e 's/@DB_PASS@/hunter2/g' x": "sed -e 's/@DB_PASS@/REDACTED-password/g' x",
    "echo me:hunter2 > /root/.smbcred": "echo me:REDACTED-password > /root/.smbcred",
    "echo hunter2 >> /etc/backup.passwd": "echo REDACTED-password >> /etc/backup.passwd",
    "echo -n me:hunter2 | base64": "echo -n me:REDACTED-password | base64",
    "echo aHVudGVyMjI= | base64 -d": "echo REDACTED-secret | base64 -d",
    "get_password() { echo hunter2; }": "get_password() { echo REDACTED-password; }",
    "PASSWORDS=(hunter2 Tiger)": "PASSWORDS=(REDACTED-password Tiger)",
    "read PASS <<< hunter2": "read PASS <<< REDACTED-password",
    "(echo me; sleep 1; echo hunter2; echo 'show run') | telnet h": (
        "(echo me; sleep 1; echo REDACTED-password; echo 'show run') | telnet h"
    ),
    "telnet h <<< $'admin\\nhunter\\nreboot'": "telnet h <<< $'admin\\nREDACTED-password\\nreboot'",
    "telnet h <<E\nadmin\nhunter\nreboot\nE": "telnet h <<E\nadmin\nREDACTED-password\nreboot\nE",
    "printf %s:%s me hunter | base64": "printf %s:%s me REDACTED-password | base64",
    "sed 's/__DB_PASS__/hunter/' x": "sed 's/__DB_PASS__/REDACTED-password/' x",
    "crudini --set f db password hunter": "crudini --set f db password REDACTED-password",
    "csh -c 'setenv PGPASSWORD hunter; x'": "csh -c 'setenv PGPASSWORD REDACTED-password; x'",
    "redis-cli CONFIG SET requirepass hunter": "redis-cli CONFIG SET requirepass REDACTED-password",
    "consul acl set-agent-token default 6f1b2c3d-0000-4000-8000-abcdef012345": (
        "consul acl set-agent-token default REDACTED-token"
    ),
    "echo 'h:587 me@h:hunter2' > /etc/sasl_passwd": "echo 'h:587 me@h:REDACTED-password' > /etc/sasl_passwd",
    "echo 'isp * Wint3rfell *' > /etc/chap-secrets": "echo 'isp * REDACTED-password *' > /etc/chap-secrets",
    "echo hunter2 | x login": "echo REDACTED-password | x login",
    "x --pw-stdin <<< hunter2": "x --pw-stdin <<< REDACTED-password",
    "echo hunter | x --password stdin": "echo REDACTED-password | x --password stdin",
    "bash -c 'PGPASSWORD=hunter2 pg_dump x'": "bash -c 'PGPASSWORD=REDACTED-password pg_dump x'",
    "ssh h 'TOKEN=hunter2 x | y'": "ssh h 'TOKEN=REDACTED-token x | y'",
    "docker run -e 'DB_PASSWORD=my pass 22' x": "docker run -e 'DB_PASSWORD=REDACTED-password' x",
    "bash <<< 'zip -P hunter2 a b'": "bash <<< 'zip -P REDACTED-password a b'",
    "flock /l -c 'vault login hunter2'": "flock /l -c 'vault login REDACTED-password'",
    "htpasswd -b f me hunter2 2 ;": "htpasswd -b f me REDACTED-password 2 ;",
    "setenv PGPASSWORD hunter2": "setenv PGPASSWORD REDACTED-password",
}
SILENT = [
    "bash -c 'PGPASSWORD=$P pg_dump x'",
    "x 'PASSWORD=\"\" /opt/x' 'CREDENTIALS=/etc/x.json y'",
    "gcloud secrets versions access latest --secret=app-db > /run/x",
    "gcloud secrets versions access 2 --secret app-db",
    "fly secrets list app=x",
    "consul kv put app/token/ttl 3600",
    "occ config:app:get core lastcron",
    "sftp put /run/secrets/token /b/x",
    "az keyvault secret list --vault-name v",
    "aws ssm put-parameter --type String --value 2024-01-31T02",
    "x user:change-password me",
    "x user bob password reset",
    "passwd --expire user22",
    "x auth refresh-all",
    "grep -v password file22.log",
    "cp -p token Dir22",
    '[ "$TOKEN" = null ] && exit',
    '[ "$MODE" = Full2 ]',
    '[ "$TOKEN" = "$OTHER" ]',
    "sed -e 's/@DB_PASS@/'$PASS'/g' -e 's/token/tokens/' x",
    "sed 's/password=[^ ]*/password=***/' x",
    "perl -pe 's/(token=)\\S+/$1***/g' x",
    "git config --set f password file more",
    "telnet h 25 <<< QUIT",
    "echo check22 > /var/log/password.log",
    "echo 'password check 22 done' > /root/.smbcred",
    "echo hello22 | base64",
    "echo aGVsbG8gd29ybGQ= | base64 -d",
    "check_password() { echo 'Checking 22 rules'; }",
    "KEYS=(id22 name)",
    "(echo me22; echo b) | sort",
    "echo exit22 | x shell",
]


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_what_is_done_with_it_tells(text: str, expected: str) -> None:
    """The secret goes and nothing else."""
    assert redact(text).text == expected


@pytest.mark.parametrize("text", SILENT)
def test_other_commands_stay(text: str) -> None:
    """What only sounds like it, names a secret or refers to one comes back as it was."""
    assert redact(text).text == text


def test_login_cut_by_cron() -> None:
    """Of `-U user%secret` cron makes a command and its standard input: the secret goes there."""
    assert redact_stdin("smbclient //h/s -U u", "Hunter2 -c ls").text == "REDACTED-password -c ls"
    assert redact_stdin("date +", "Hunter2").text == "Hunter2"
