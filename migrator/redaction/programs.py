"""Where programs take secrets: which of their options hold one, by each program's manual page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Program:
    """The options of a program that hold a secret.

    `attached` hold it in the same word alone (`mysql -pX`: the next word is a database). `following` hold it in the
    next word, or behind a one-letter option in the same. `joined` hold `user<separator>secret`. With `subcommand` all
    this is said of that subcommand only.
    """

    attached: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    joined: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    subcommand: tuple[str, ...] = ()


_MYSQL = Program(attached=("-p",))
_MYSQL_LIKE = Program(following=("-p",))
_MONGO = Program(following=("-p",))
_LDAP = Program(following=("-w",))
_SMB = Program(joined={"-U": "%", "--user": "%"})
_HTTP = Program(
    following=("--oauth2-bearer", "--pass", "--proxy-pass", "--tlspassword", "--proxy-tlspassword"),
    joined={"-u": ":", "--user": ":", "-U": ":", "--proxy-user": ":", "-E": ":", "--cert": ":", "--proxy-cert": ":"},
    cookies=("-b", "--cookie"),
)
_SEVEN_ZIP = Program(attached=("-p",))
_OPENSSL = Program(following=("-k", "-K", "-pass", "-passin", "-passout", "-password", "-srppass"))
_PUTTY = Program(following=("-pw",))
_SNMP = Program(following=("-A", "-X"))
_LOGIN = Program(following=("-p",), subcommand=("login",))
_SQL_SERVER = Program(following=("-P",))

_MYSQL_NAMES = (
    "mysql mysqldump mysqladmin mysqlimport mysqlcheck mysqlshow mysqlbinlog mysqlpump mysqlslap mysqlanalyze mysqloptimize"
    " mysqlrepair mysqlhotcopy mariadb mariadb-dump mariadb-admin mariadb-import mariadb-check mariadb-show mariadb-binlog"
    " mariadb-backup mariabackup xtrabackup innobackupex automysqlbackup mysql_upgrade mysql_config_editor mysqlsh"
)

PROGRAMS: Mapping[str, Program] = {
    **dict.fromkeys(_MYSQL_NAMES.split(), _MYSQL),
    **dict.fromkeys(
        "mydumper myloader mycli sshpass cqlsh cypher-shell cbq cbbackupmgr beeline twine rdesktop".split(), _MYSQL_LIKE
    ),
    **dict.fromkeys(
        "mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat mongotop mongofiles".split(), _MONGO
    ),
    **dict.fromkeys(
        "ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldapcompare ldapmodrdn ldapexop".split(), _LDAP
    ),
    "ldappasswd": Program(following=("-w", "-s", "-a")),
    **dict.fromkeys("smbclient rpcclient net smbget smbcacls smbcquotas smbtree winexe nmblookup".split(), _SMB),
    **dict.fromkeys("curl".split(), _HTTP),
    **dict.fromkeys("http https httpie".split(), Program(joined={"-a": ":", "--auth": ":"})),
    "ab": Program(joined={"-A": ":", "-P": ":"}, cookies=("-C",)),
    "siege": Program(),
    **dict.fromkeys("7z 7za 7zr 7zz".split(), _SEVEN_ZIP),
    **dict.fromkeys("rar unrar".split(), Program(attached=("-p", "-hp"))),
    **dict.fromkeys("zip unzip zipcloak".split(), Program(following=("-P",))),
    **dict.fromkeys("redis-cli valkey-cli redis-benchmark".split(), Program(following=("-a",))),
    "openssl": _OPENSSL,
    **dict.fromkeys("plink pscp psftp".split(), _PUTTY),
    **dict.fromkeys("snmpget snmpwalk snmpset snmpbulkwalk snmptrap snmpgetnext snmptable".split(), _SNMP),
    **dict.fromkeys("docker podman nerdctl buildah skopeo oras helm az oc faas-cli crane heroku".split(), _LOGIN),
    **dict.fromkeys(
        "sqlcmd bcp isql osql tsql fisql mosquitto_pub mosquitto_sub mosquitto_rr ipmitool".split(), _SQL_SERVER
    ),
    "lftp": Program(joined={"-u": ",", "--user": ","}),
    **dict.fromkeys("ncftpput ncftpget ncftpls ncftp".split(), Program(following=("-p",))),
    **dict.fromkeys("useradd usermod".split(), Program(following=("-p",))),
    "swaks": Program(following=("-ap",)),
    "sendemail": Program(following=("-xp",)),
    "influx": Program(following=("-p",)),
    "clickhouse-client": Program(),
    "sqoop": Program(following=("-P",)),
    "jenkins-cli.jar": Program(joined={"-auth": ":"}),
    **dict.fromkeys(
        "keytool jarsigner".split(), Program(following=("-storepass", "-keypass", "-srcstorepass", "-deststorepass"))
    ),
    "pdftk": Program(following=("user_pw", "owner_pw", "input_pw")),
    "qpdf": Program(),
    "gpg": Program(),
    "ssh-keygen": Program(following=("-N", "-P")),
    "xfreerdp": Program(attached=("/p:",)),
    "kinit": Program(),
    "rclone": Program(following=("obscure",)),
    "mutt": Program(),
    "asterisk": Program(),
    "rabbitmqadmin": Program(following=("-p",)),
    "kcadm.sh": Program(),
    "curlftpfs": Program(joined={"-u": ":"}),
    "wp": Program(),
}

SQLPLUS = frozenset("sqlplus sqlldr exp imp expdp impdp rman tnsping sqlcl".split())
"""Oracle's programs, whose first argument is `user/password@database`."""

SHELLS = frozenset("sh bash dash zsh ksh ash busybox su ssh sudo eval runuser docker kubectl watch timeout env".split())

_ALWAYS = frozenset(
    "chpasswd chgpasswd cryptsetup kinit smbpasswd su passwd ecryptfs-add-passphrase veracrypt pdbedit".split()
)
_READING = frozenset(
    ["-S", "--stdin", "--password-stdin", "--passphrase-fd", "--with-token", "--pass-fd", "--pinentry-mode"]
)
_READING_PAIRS = frozenset(
    [
        ("vault", "login"),
        ("gh", "login"),
        ("docker", "login"),
        ("podman", "login"),
        ("htpasswd", "-i"),
        ("ssh-add", "-"),
    ]
)


def reads_a_secret(words: list[str]) -> bool:
    """Tell, from a command's words, whether what comes on its standard input is a secret."""
    names = [word.rpartition("/")[2] for word in words]
    known = set(names)
    if known & _ALWAYS:
        return True
    if "sshpass" in known and not any(word.startswith(("-p", "-f", "-e", "-d")) for word in words):
        return True
    if known & {"sudo", "doas"} and any(_has_letter(word, "S") for word in words):
        return True
    if known & (_READING - {"-S"}):
        return True
    if any(name in known and option in known for name, option in _READING_PAIRS):
        return True
    if "openssl" in known and known & {"stdin", "fd:0"}:
        return True
    # `mysql -p` with no password beside it asks for one.
    return any(name.startswith(("mysql", "mariadb")) for name in names) and bool(known & {"-p", "--password"})


def _has_letter(word: str, letter: str) -> bool:
    """Tell whether a group of one-letter options (`-kS`) holds a letter."""
    return word.startswith("-") and not word.startswith("--") and letter in word[1:] and word[1:].isalpha()
