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
    "x -U me -PHunter_22 h": "x -U me -PREDACTED-password h",
    "x -au me -ap Hunter22": "x -au me -ap REDACTED-password",
    "x /u me /p Hunter22": "x /u me /p REDACTED-password",
    "x -p 8f0c2a4e6b8d1f3a5c7e9b1d3f5a7c9e": "x -p REDACTED-password",
    "x -u=me -p=hunter22": "x -u=me -p=REDACTED-password",
    "x -D cn=me,dc=h -w hunter y": "x -D cn=me,dc=h -w REDACTED-password y",
    "x -auth me:hunter": "x -auth me:REDACTED-password",
    "curl -u 8f0c2a4e6b8d1f3a5c7e9b1d3f5a7c9e:token h": "curl -u REDACTED-key:REDACTED-password h",
    "rclone config create r s3 env_auth false secret_access_key Hunter22": (
        "rclone config create r s3 env_auth false secret_access_key REDACTED-aws-key"
    ),
    "rclone config update r pass hunter": "rclone config update r pass REDACTED-password",
    "vault kv put -mount=kv app api=hunter": "vault kv put -mount=kv app api=REDACTED-secret",
    "slappasswd -s hunter": "slappasswd -s REDACTED-password",
    "influx backup /b -t hunter": "influx backup /b -t REDACTED-password",
    "zmprov sp me@h hunter": "zmprov sp me@h REDACTED-password",
    "curl -d 'password=hunter2&user=a' h": "curl -d 'password=REDACTED-password&user=a' h",
    "x -upw hunter a.pdf": "x -upw REDACTED-password a.pdf",
    "x --user root:Hunter22 y": "x --user root:REDACTED-password y",
    "x --http_auth me:Hunter22": "x --http_auth me:REDACTED-password",
    "x --auth=me:Hunter22": "x --auth=REDACTED-password",
    "db2 'connect to x user me using hunter'": "db2 'connect to x user me using REDACTED-password'",
    "composer config http-basic.h me hunter": "composer config http-basic.h me REDACTED-password",
    "composer config github-oauth.github.com hunter": "composer config github-oauth.github.com REDACTED-password",
    "net use Z: '//nas/b' hunter /user:me": "net use Z: '//nas/b' REDACTED-password /user:me",
    "net user me hunter /active:yes": "net user me REDACTED-password /active:yes",
    "smbclient //nas/b -U me hunter -c ls": "smbclient //nas/b -U me REDACTED-password -c ls",
    "rman target sys/hunter@a catalog c/tiger@b": "rman target sys/REDACTED-password@a catalog c/REDACTED-password@b",
    "mosquitto_passwd -b f me hunter": "mosquitto_passwd -b f me REDACTED-password",
    "x -h h -u me -p hunter": "x -h h -u me -p REDACTED-password",
    "x -p Hunter22 -u me": "x -p REDACTED-password -u me",
    "x -u me -p 48151623": "x -u me -p REDACTED-password",
    "x -u me -p dbpass": "x -u me -p REDACTED-password",
    "x --ext-pass 'echo hunter' a b": "x --ext-pass 'echo REDACTED-password' a b",
    "radclient h auth hunter": "radclient h auth REDACTED-password",
    "s-nail -S password-me@h=hunter": "s-nail -S password-me@h=REDACTED-password",
}
SILENT = [
    "x -U me -parallel4 h",
    "rclone config create r s3 region eu-west-1 endpoint h.example",
    "rclone copy r:a r:b",
    "vault kv put kv/app api=@/run/api",
    "vault kv get -field=api kv/app",
    'curl -d "password=$PW&user=a" h',
    "x -D define -w y",
    "docker service update --secret-rm old --secret-add new x",
    "git show -p 3f786850e387550fdab836ed7e6dc881de23001b",
    "docker run -u 1000:1000 app",
    "docker exec -u www-data:www-data web x",
    "x --user node:node --auth basic",
    'docker run --user "$(id -u):$(id -g)" app',
    "smbclient //nas/bk -c ls -U me%$PW",
    "mount -o credentials=/root/.cred,uid=0 //nas/b /m",
    "docker build --secret id=npm,src=/root/.npmrc .",
    "snmpwalk -c public h",
    "net use Z: '//nas/b' /persistent:yes",
    "net use Z: nas /persistent:yes",
    "net rpc user",
    "mount -o credentials=/root/.cred,ro,sec=krb5 //nas/b /m",
    "x pk_live_51HxYzAbCdEfGhIjKlMnOp",
    "docker compose -p proj1 exec -u app web x",
    "x -h h -u me -p production",
    "x email:you1@localhost",
    "docker run -u deploy:Staff2 app",
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
