"""Secrets leave texts of every form; variables, paths and names stay."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.redaction import (
    Kind,
    redact,
    redact_line,
    redact_plain,
    redact_script,
    redact_stdin,
    redact_unread,
    redact_value,
)

BAD = Path("../shared/oracles/bad/crontab")

# What is planted at `@`; each of these holds a secret and nothing else that could be one.
FORMS = r"""
mysql -u root --password='@' x
mysql -u root --password @ x
sudo -u db mysql -p@ db
mysql -p "x@Y"
mysql -p'@'
mysql "--pass"word='@'
mysql --pass\word=@
mysqldump -uroot -p"@" --all-databases
docker exec db sh -c 'mysqldump -uroot -p"@" all'
ssh h "mysql -p'@' x"
bash -c "bash -c \"mysql -p@\""
su - pg -c "PGPASSWORD='@' pg_dump db"
env PGPASSWORD=@ pg_dump
PGPASSWORD="@" pg_dump
export PGPASSWORD='@'; pg_dump
P=@; curl -u u:$P https://h
P='@' && curl -H "Authorization: Bearer $P" h
curl -u 'u':'@' h
curl "-uu:@" h
curl --user "admin:@" h
curl -x http://p:@@proxy:3128 h
curl -H"X-Auth-Token: @" h
curl -H X-Api-Key:\ @ https://h
curl --header='Api-Key: @' h
curl -b 'session=@' h
curl -H 'Cookie: sid=@' h
curl -d '{"user":"a","password":"@"}' h
curl -d 'user=a&password=@' h
curl 'https://h/?a=b&pass=@'
curl https://h/?api-key=@\&x=1
curl https://hooks.slack.com/services/T000/B000/@
curl https://hc-ping.com/6f1b0000-0000-4000-8000-@
wget --password @ ftp://h
wget --http-password=@ https://h
wget ftp://u:@@h/f
mongodump --uri='mongodb+srv://u:@@c/x'
psql "host=h user=u password=@ dbname=d"
psql postgresql://u:@@h:5432/d
sshpass -p@ ssh h
SSHPASS=@ sshpass -e ssh h
echo @ | sudo -S reboot
printf '%s\n' "@" | docker login -u x --password-stdin
echo "root:@" | chpasswd
sudo -S reboot <<< "@"
openssl enc -aes-256-cbc -pass pass:@ -in a
openssl enc -d -k '@'
zip -r -P @ a.zip b
7z a -p@ x.7z y
redis-cli -h x -a @ ping
mongodump -u a -p @ -d b
ldapsearch -x -D cn=a -w '@'
smbclient //h/s -U 'DOM\u%@'
mount -t cifs //h/s /m -o username=u,password=@
htpasswd -b /etc/f user @
lftp -u user,@ sftp://h
lftp -e 'open -u user,@ h; mirror'
sqlplus scott/@@db
sqlplus -s "scott/@" x
sqlcmd -S h -U u -P @ -Q x
gpg --batch --passphrase @ -c f
keytool -storepass @ -list
aws configure set aws_secret_access_key @
git -c http.extraHeader="Authorization: Basic @" clone x
docker login -u x -p @ reg
docker run -e "DB_PASSWORD=@" img
kubectl create secret generic x --from-literal=pw=@
java -Dspring.datasource.password=@ -jar x
python x.py --dbPassword=@
python -c "import x; x.run(password='@')"
php -r '$pass = "@"; run();'
expect -c 'spawn ssh h; expect "password:"; send "@\r"; interact'
mysql -e "CREATE USER a IDENTIFIED BY '@'"
vault login @
echo "mysql -p@" | ssh h
x; mysql -p@ "unterminated
x 'a; mysql -p@
if true; then mysql -p@; fi
`mysql -p@`
echo "$(mysql -p'@')"
TOKEN=${TOKEN:-@}
: ${DB_PASSWORD:=@}
x --token="${T:-@}"
x --token=${T:-@}
A=(x --password=@)
# mysql -p@
x # pw=@
curl -K - <<< "user = u:@"
nc h 1 <<< 'PASS @'
mysql --defaults-extra-file=<(printf "[client]\npassword=%s" "@")
{ echo user u @; echo put f; } | ftp -n h
mail -S smtp-auth-password=@
"""
SECRETS = ("Zk7qV2xT", "hunter2", "correct9horse", "S3cr3t", "x1!y2", "aB3%dE")
CASES = [form for form in FORMS.strip().split("\n") if form]


@pytest.mark.parametrize("form", CASES, ids=lambda form: form[:40])
@pytest.mark.parametrize("secret", SECRETS[:2])
def test_secret_leaves(form: str, secret: str) -> None:
    """The secret is gone from a command, from a job's line and from one that is commented out."""
    text = form.replace("@@", f"{secret}@").replace("@", secret, 1) if "@@" in form else form.replace("@", secret)
    for search in (redact, redact_line, redact_plain):
        assert secret not in search(text).text
        assert search(text).secrets
    for line in (f"5 4 * * * {text}", f"#5 4 * * * {text}", f"@daily root {text}"):
        assert secret not in redact_line(line).text


KEPT = r"""
psql -p 5432 -h x db
ssh -p 2222 h
mysql -p"$PASS" db
mysql -p $PASS db
mysql -p db < x
mysql --password= x
curl -u "$U:$P" h
curl -u user h
curl -H "Authorization: Bearer $TOKEN" h
curl -H "Authorization: Bearer $(cat /etc/token)" h
x --password-file=/etc/x
x --token-file ~/.token
ssh -i ~/.ssh/id_rsa h
mysql --defaults-file=/etc/my.cnf x
git checkout 3f786850e387550fdab836ed7e6dc881de23001b
x sha256:9f86d081884c7d659a2feaa0c5d55ad015a3bf4f1b2b0b822cd15d6c15b0f00a
/opt/app/6f1b2c3d-0000-4000-8000-abcdef012345/run
cd /srv/MyProject2024/releases/20240101T120000Z && ./run
PASSWORD_FILE=/run/secrets/p x
x --no-password
x --ask-pass y
ffmpeg -pass 1 -i a
openssl req -new -key ca.key -out ca.crt
openssl x -passin env:PW
openssl x -passin file:/etc/pw
docker run -p 8080:80 img
7z a x.7z y
TOKEN=$(cat /run/token) x
curl "https://h/?token=$TOKEN"
curl https://host:8080/x
curl http://[::1]:80/
echo "password changed" | mail -s "password reset" a@b
echo done | sudo tee /x
find . -name '*.pass'
aws s3 cp s3://bucket/KeyFile2020/a1b2/c3 .
python manage.py clear_expired_auth_tokens
spark-submit --class com.example.MyApp2ProcessorV3Handler --conf spark.x.y=4g
pwd | x; PWD=/tmp x
x --key /etc/ssl/private/key.pem --cert /etc/c.pem
curl --cert /etc/c.pem --key /etc/k.pem h
KEY=value x
echo "token: see the wiki"
x --passes 3 --tokens 100 --max-tokens 4096
sed -e '/^passwd:.*x/d' /etc/nsswitch.conf
password=<your password> x
DB_PASSWORD=XXXX x
x --token '{{ vault_token }}'
echo dG91Y2ggL3RtcC9wd25lZA== | base64 -d | sh
MAILTO="ops+alerts@h.example"
"""


@pytest.mark.parametrize("text", KEPT.strip().split("\n"))
def test_text_without_a_secret_is_untouched(text: str) -> None:
    """Variables, files, ports, digests and prose come back byte for byte."""
    # A line that begins with a setting is one for cron: all behind `=` is its value.
    for search in (redact, redact_plain) if "=" in text.split()[0] else (redact, redact_plain, redact_line):
        assert search(text).text == text
        assert search(text).secrets == ()


MARKED = {
    "mysql -p'CAN''ARY' x": ("mysql -p'REDACTED-password' x", Kind.PASSWORD),
    "curl https://u:secret1@h/x": ("curl https://u:REDACTED-url-password@h/x", Kind.URL_PASSWORD),
    "curl -H 'Authorization: Bearer abc123def' h": (
        "curl -H 'Authorization: Bearer REDACTED-header' h",
        Kind.HEADER,
    ),
    "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiEXAMPLEKEY aws": (
        "AWS_SECRET_ACCESS_KEY=REDACTED-aws-key aws",
        Kind.AWS_KEY,
    ),
    "usermod -p '$6$ab$0123456789abcdefghijkl' me": ("usermod -p 'REDACTED-password' me", Kind.PASSWORD),
    "x $6$ab$0123456789abcdefghijkl": ("x REDACTED-password", Kind.PASSWORD),
    "x --my-salt=Hunter": ("x --my-salt=REDACTED-secret", Kind.SECRET),
    "printf 'open h\\nlogin me hunter2\\n' | lftp": (
        "printf 'open h\\nlogin me REDACTED-password\\n' | lftp",
        Kind.PASSWORD,
    ),
    "x AKIAIOSFODNN7EXAMPLE": ("x REDACTED-aws-key", Kind.AWS_KEY),
    "x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-DEF_123": ("x REDACTED-jwt", Kind.JWT),
    "x ghp_0123456789abcdefghijklmnopqrstuvwxyz": ("x REDACTED-token", Kind.TOKEN),
    "x --license aZ9f8a7b6c5d4e3f2a1b0c9d8e7F6a5b4c3": ("x --license REDACTED-high-entropy", Kind.HIGH_ENTROPY),
    "P=hunter2; mysql -p$P": ("P=REDACTED-secret; mysql -p$P", Kind.SECRET),
    "redis-cli -a pass\\ word ping": ("redis-cli -a REDACTED-password ping", Kind.PASSWORD),
}


@pytest.mark.parametrize(("text", "expected", "kind"), [(text, *rest) for text, rest in MARKED.items()])
def test_mark_tells_the_kind(text: str, expected: str, kind: Kind) -> None:
    """Only the secret is replaced, and the mark says what it was."""
    found = redact(text)
    assert found.text == expected
    assert [each.kind for each in found.secrets] == [kind]


def test_quotes_stay_balanced() -> None:
    """A secret that begins in one kind of quotes and ends in another leaves a text that still parses."""
    assert redact("mysql -p'CAN'ARY\"x\" db").text == "mysql -p''REDACTED-password\"\" db"


def test_private_key_keeps_its_lines() -> None:
    """A key of many lines is one find, and what follows keeps its line."""
    key = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----"
    found = redact(f"cat > k <<E\n{key}\nE\nmysql -pabc1 x\n")
    assert found.text == "cat > k <<E\nREDACTED-private-key\n\n\nE\nmysql -pREDACTED-password x\n"
    assert [(each.line, each.kind) for each in found.secrets] == [(2, Kind.PRIVATE_KEY), (6, Kind.PASSWORD)]


def test_public_keys_are_no_secret() -> None:
    """What is published may be read."""
    text = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8Xp2\n-----END PUBLIC KEY-----\n"
    assert redact_plain(text).text == text


@pytest.mark.parametrize("plain", ["CANARYsecret2", "root:hunter22"])
def test_encoded_secrets(plain: str) -> None:
    """A text without blanks that hides in base64 or hexadecimal is as secret as it is plain."""
    for hidden in (base64.b64encode(plain.encode()).decode(), plain.encode().hex()):
        assert hidden not in redact(f"x {hidden}").text


def test_variables_are_told() -> None:
    """What stands where a secret belongs is named, so that its setting elsewhere can be redacted."""
    found = redact('mysql -p"$DB" x; curl -H "Authorization: Bearer $T" h')
    assert found.text == 'mysql -p"$DB" x; curl -H "Authorization: Bearer $T" h'
    assert found.variables == {"DB", "T"}
    assert redact_value("DB", "hunter2", secret="DB" in found.variables).text == "REDACTED-secret"
    assert redact_line("DB = hunter2", variables=found.variables).text == "DB = REDACTED-secret"


VALUES = {
    ("DB_PASSWORD", "my pass word"): "REDACTED-password",
    ("API_TOKEN", "abc"): "REDACTED-token",
    ("URL", "postgres://u:hunter2@h/d"): "postgres://u:REDACTED-url-password@h/d",
    ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"): "REDACTED-aws-key",
    ("PATH", "/usr/bin:/bin"): "/usr/bin:/bin",
    ("MAILTO", "ops@h.example"): "ops@h.example",
    ("PASSWORD_FILE", "/run/p"): "/run/p",
    ("DB_PASSWORD", ""): "",
    ("DB_PASSWORD", "${OTHER}"): "${OTHER}",
    ("KEYBOARD", "us"): "us",
    ("SECRET", "a\nb"): "REDACTED-secret\n",
}


@pytest.mark.parametrize(("setting", "expected"), VALUES.items())
def test_settings(setting: tuple[str, str], expected: str) -> None:
    """A setting's name says whether its whole value is a secret; else what it shows."""
    assert redact_value(*setting).text == expected


LINES = {
    "DB_PASSWORD = my pass word": "DB_PASSWORD = REDACTED-password",
    'TOKEN="abc"': 'TOKEN="REDACTED-token"',
    "'SECRET'='a b'": "'SECRET'='REDACTED-secret'",
    "# old password was hunter2": "# old password was REDACTED-password",
    "#0 1 * * * mysql -phunter2 x": "#0 1 * * * mysql -pREDACTED-password x",
    "0 1 * * * mysql -p%hunter2%": "0 1 * * * mysql -pREDACTED-password",
    "": "",
}


@pytest.mark.parametrize(("text", "expected"), LINES.items())
def test_lines(text: str, expected: str) -> None:
    """A whole line is read for what it is: a setting, a comment, a job."""
    assert redact_line(text).text == expected


STDIN = {
    ("mysql -p", "hunter2\nselect 1\n"): "REDACTED-password\nREDACTED-password\n",
    ("sudo -S reboot", "hunter2"): "REDACTED-password",
    ("mail -s x a@b", "all is well\n"): "all is well\n",
    ("mail -s x a@b", "the password is hunter2\n"): "the password is REDACTED-password\n",
    ("smbclient //h/s -U 'u", "hunter2'"): "REDACTED-password'",
    ("date +'", "Y.\nm.\nd'"): "Y.\nm.\nd'",
    ("ssh-add -", "-----BEGIN X PRIVATE KEY-----\nabc\n-----END X PRIVATE KEY-----"): "REDACTED-private-key\n\n",
}


@pytest.mark.parametrize(("given_", "expected"), STDIN.items())
def test_standard_input(given_: tuple[str, str], expected: str) -> None:
    """What a program reads is a password where the program asks for one."""
    assert redact_stdin(*given_).text == expected


def test_unread_lines() -> None:
    """In a line that nobody could read, words that are neither fields nor paths nor plain words go."""
    found = redact_unread("0 1 * * CANARYbadfield /x --password=hunter2 run it now")
    assert found.text == "0 1 * * REDACTED-unread /x --password=REDACTED-password run it now"
    assert redact_unread("5 4 * * Mon,Fri /usr/bin/x >/dev/null 2>&1").secrets == ()


PROGRAMS = {
    'password = "hunter2"': 'password = "REDACTED-password"',
    "$db_pass = 'hunter2';": "$db_pass = 'REDACTED-password';",
    "  'password' => 'hunter2',": "  'password' => 'REDACTED-password',",
    'password = os.environ["DB_PASSWORD"]': 'password = os.environ["DB_PASSWORD"]',
    "token = get_token()": "token = get_token()",
    "def login(user, password: str) -> None:": "def login(user, password: str) -> None:",
    'headers = {"Authorization": "Bearer abc123def456"}': 'headers = {"Authorization": "Bearer REDACTED-header"}',
    "password: hunter": "password: REDACTED-password",
    "- name: DB_PASSWORD\n  value: hunter2": "- name: DB_PASSWORD\n  value: REDACTED-password",
    "- {name: DB_PASSWORD, value: hunter2}": "- {name: DB_PASSWORD, value: REDACTED-password}",
    "Environment=DB_PASSWORD=hunter2": "Environment=DB_PASSWORD=REDACTED-password",
    "<password>hunter2</password>": "<password>REDACTED-password</password>",
    "jdbc:oracle:thin:scott/tiger1@h:1521/x": "jdbc:oracle:thin:scott/REDACTED-url-password@h:1521/x",
    "Server=h;Uid=u;Pwd=hunter2;": "Server=h;Uid=u;Pwd=REDACTED-password;",
    "machine h login u password hunter2": "machine h login u password REDACTED-password",
    "os.system('mysql -phunter2 x')": "os.system('mysql -pREDACTED-password x')",
}


@pytest.mark.parametrize(("text", "expected"), PROGRAMS.items())
def test_other_languages(text: str, expected: str) -> None:
    """PHP, YAML, XML and settings give their secrets by the names beside them; code that fetches one stays."""
    assert redact_script(text, "settings").text == expected


def test_shell_scripts_by_their_tree() -> None:
    """A shell's script is read as such: lines keep their numbers."""
    text = "#!/bin/sh\nmysql \\\n  -phunter2 \\\n  db\nP=abc1\ncurl -u x:$P h\n"
    found = redact_script(text, "bash")
    assert found.text == text.replace("hunter2", "REDACTED-password").replace("abc1", "REDACTED-secret")
    assert [each.line for each in found.secrets] == [3, 5]


ALPHABET = st.characters(codec="ascii", categories=["L", "N"])
PLANTED = st.text(alphabet=ALPHABET, min_size=6, max_size=14).filter(
    lambda text: any(char.isdigit() for char in text) and any(char.isalpha() for char in text)
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(CASES), PLANTED.map(lambda text: "Q9" + text))
def test_planted_secrets_never_survive(form: str, secret: str) -> None:
    """Any secret, in any form, is gone; lines are kept; a second search changes nothing."""
    text = form.replace("@@", f"{secret}@").replace("@", secret, 1) if "@@" in form else form.replace("@", secret)
    for search in (redact, redact_plain, redact_line):
        found = search(text)
        assert secret not in found.text
        assert found.text.count("\n") == text.count("\n")
        assert search(found.text).text == found.text


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab1=:-/@'\"$`\\ \n#|<>{}()pP", max_size=50), st.sampled_from(CASES))
def test_any_text(noise: str, form: str) -> None:
    """Whatever surrounds a secret, redaction ends, keeps the lines and is the same on its own result."""
    text = noise + "\n" + form + noise
    for search in (redact, redact_plain):
        found = search(text)
        assert found.text.count("\n") == text.count("\n")
        assert search(found.text).text == found.text


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_any_unicode(text: str) -> None:
    """No character stops the search."""
    assert redact(text).text.count("\n") == text.count("\n")


@pytest.mark.skipif(not BAD.is_dir(), reason="the hostile inputs are not beside the project")
def test_hostile_crontabs_give_nothing_away() -> None:
    """No planted word of the hostile crontabs is left: mail addresses are kept by choice."""
    for path in sorted(BAD.glob("secret-*.cron")):
        if path.name == "secret-mailto.cron":
            continue
        for line in path.read_text(encoding="utf-8").split("\n"):
            for text in (redact_unread(line).text, "" if "badfield" in line else redact_line(line).text):
                assert not any(planted in text for planted in ("CANARY", "Q0FOQVJZ", "43414e415259")), path.name


@pytest.mark.parametrize("word", ["u", "U", "7", "7-", "é"])
def test_a_line_of_one_long_word_is_no_trouble(word):
    """A line that nobody could read is searched in linear time; it is as safe as a short one."""
    found = redact_unread(f"1 1 * * * {word * 200_000} /opt/x")
    assert found.text.count("\n") == 0
    assert redact_unread("1 1 * * * aB7 x7 7x Ab /opt/x").text.count("REDACTED-unread") == 3
