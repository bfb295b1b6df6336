"""Where programs take secrets: which of their options hold one, by each program's manual page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Program:
    """The options of a program that hold a secret.

    `attached` hold it in the same word alone (`mysql -pX`: the next word is a database). `following` hold it in the
    next word, or behind a one-letter option in the same; `exact` in the next alone; `unlikely` there, if that looks
    like a secret. `joined` hold `user<separator>secret`, `cookies` a cookie. `settings` are names of `name=secret` that
    announce none elsewhere. `flags` are the one-letter options that take no value: others may stand behind them in one
    word (`curl -sSu user:secret`). With `subcommand` all this is said of that subcommand only.
    """

    attached: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    unlikely: tuple[str, ...] = ()
    joined: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    flags: str = ""
    subcommand: tuple[str, ...] = ()


# The next word is the database, unless it cannot be one's name.
_MYSQL = Program(attached=("-p",), unlikely=("-p",), flags="ABCfNstvVX")
_CURL = Program(
    following=("--oauth2-bearer", "--pass", "--proxy-pass", "--tlspassword", "--proxy-tlspassword"),
    joined={"-u": ":", "--user": ":", "-U": ":", "--proxy-user": ":", "-E": ":", "--cert": ":", "--proxy-cert": ":"},
    cookies=("-b", "--cookie"),
    flags="#012346afgGiIjJkLlMnNOpqRsSvZ",
)


def _of(names: str, program: Program) -> dict[str, Program]:
    return dict.fromkeys(names.split(), program)


PROGRAMS: Mapping[str, Program] = {
    **_of(
        "mysql mysqldump mysqladmin mysqlimport mysqlcheck mysqlshow mysqlbinlog mysqlpump mysqlslap mysqlanalyze"
        " mysqloptimize mysqlrepair mysqlhotcopy mariadb mariadb-dump mariadb-admin mariadb-import mariadb-check"
        " mariadb-show mariadb-binlog mariadb-backup mariabackup xtrabackup innobackupex mysql_upgrade mysqlsh",
        _MYSQL,
    ),
    **_of(
        "mydumper myloader mycli sshpass cqlsh cypher-shell cbq cbbackupmgr beeline twine rdesktop rabbitmqadmin"
        " ncftpput ncftpget ncftpls ncftp useradd usermod mongo mongosh mongodump mongorestore mongoexport mongoimport"
        " mongostat mongotop mongofiles",
        Program(following=("-p",)),
    ),
    "influx": Program(following=("-p", "-t")),
    **_of(
        "ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldapcompare ldapmodrdn ldapexop",
        Program(following=("-w",), flags="cCLMnPvVxZ"),
    ),
    "slappasswd": Program(following=("-s",)),
    "ldappasswd": Program(following=("-w", "-s", "-a"), flags="nvxZ"),
    **_of(
        "smbclient rpcclient net smbget smbcacls smbcquotas smbtree winexe wmic smbspool",
        Program(joined={"-U": "%", "--user": "%"}),
    ),
    "curl": _CURL,
    "curlftpfs": Program(joined={"-u": ":", "-o": ":"}),
    **_of("http https httpie", Program(joined={"-a": ":", "--auth": ":"})),
    "ab": Program(joined={"-A": ":", "-P": ":"}, cookies=("-C",)),
    **_of("7z 7za 7zr 7zz", Program(attached=("-p",))),
    **_of("rar unrar", Program(attached=("-p", "-hp"))),
    **_of("zip unzip zipcloak", Program(following=("-P",), flags="0123456789aDefFgjlmoqrTuvXyz")),
    **_of(
        "aescrypt vncdo vncdotool steghide truecrypt veracrypt mutool openfortivpn conan"
        " bmc-device bmc-info ipmi-sensors ipmi-sel ipmi-fru ipmi-chassis ipmipower ipmiconsole",
        Program(following=("-p",)),
    ),
    **_of(
        "pihole fs_cli send_nsca youtube-dl yt-dlp tabcmd racadm esxcli smbget automysqlbackup check_mysql check_pgsql"
        " hdbsql cbbackup cbrestore couchbase-cli pmcmd inadyn megatools megaput megaget megals megacopy megadf upscmd"
        " evil-winrm smbmap tdload exaplus ilorest redfishtool uemcli ctmlogon hammer spacecmd tower-cli awx jmxterm"
        " nextcloudcmd sendxmpp clogin jlogin fence_ipmilan fence_apc fence_ilo fence_drac5 fence_vmware_soap ftpsync",
        Program(following=("-p",)),
    ),
    **_of("freebcp defncopy mssql-cli mssql-scripter mclient p4", Program(following=("-P",))),
    **_of("knife gpg-preset-passphrase", Program(following=("-P",))),
    **_of("kadmin dsconf dsidm dsctl ipa-getkeytab db2bak.pl bak2db.pl", Program(following=("-w",))),
    "iscsiadm": Program(
        exact=("-v",), subcommand=("node.session.auth.password", "discovery.sendtargets.auth.password")
    ),
    "arj": Program(attached=("-g",)),
    "zpaq": Program(exact=("-key",)),
    "wbinfo": Program(joined={"-a": "%", "--authenticate": "%"}),
    **_of("dbmcli xuser", Program(joined={"-u": ","})),
    **_of("odoo odoo-bin", Program(following=("-w",))),
    "pgp": Program(following=("-z",)),
    "vsql": Program(following=("-w",)),
    "swift": Program(following=("-K", "--key")),
    **_of("dogwrap dog pd-send pd-agent", Program(following=("-k",))),
    **_of("check_http check_tcp check_curl", Program(joined={"-a": ":", "-b": ":"})),
    "signtool": Program(exact=("/p",)),
    "airflow": Program(following=("-p",), subcommand=("users",)),
    "freerdp": Program(attached=("/p:",)),
    "vmrun": Program(exact=("-gp", "-vp", "-p")),
    "security": Program(exact=("-w", "-p"), subcommand=("add-generic-password", "unlock-keychain")),
    "aws": Program(exact=("--value",), subcommand=("SecureString",)),
    **_of("ccrypt ccencrypt ccdecrypt", Program(following=("-K",))),
    **_of("mcrypt mdecrypt", Program(following=("-k",))),
    **_of(
        "redis-cli valkey-cli redis-benchmark",
        Program(following=("-a",), exact=("AUTH", "auth", "requirepass", "masterauth")),
    ),
    "openssl": Program(exact=("-k", "-K", "-pass", "-passin", "-passout", "-password", "-srppass", "-hmac")),
    **_of("plink pscp psftp", Program(exact=("-pw",))),
    **_of(
        "snmpget snmpwalk snmpset snmpbulkget snmpbulkwalk snmptrap snmpinform snmpgetnext snmptable snmpdf snmpstatus",
        Program(following=("-A", "-X", "-c")),
    ),
    "check_snmp": Program(following=("-A", "-X", "-C", "--community")),
    **_of(
        "docker podman nerdctl buildah skopeo oras helm az oc crane heroku cf ibmcloud",
        Program(following=("-p",), subcommand=("login",)),
    ),
    **_of(
        "sqlcmd bcp isql osql tsql fisql mosquitto_pub mosquitto_sub mosquitto_rr ipmitool sqoop",
        Program(following=("-P",)),
    ),
    **_of("lftp open", Program(joined={"-u": ",", "--user": ","})),
    **_of("swaks ssmtp sipp", Program(exact=("-ap",))),
    "sendemail": Program(exact=("-xp",)),
    "sendEmail": Program(exact=("-xp",)),
    "jenkins-cli.jar": Program(joined={"-auth": ":"}),
    **_of("keytool jarsigner", Program(exact=("-storepass", "-keypass", "-srcstorepass", "-deststorepass"))),
    "pdftk": Program(exact=("user_pw", "owner_pw", "input_pw")),
    "ssh-keygen": Program(following=("-N", "-P")),
    "xfreerdp": Program(attached=("/p:",)),
    "rclone": Program(exact=("obscure", "pass")),
    "vault": Program(exact=("login",), settings=("secret_id",)),
    "transmission-remote": Program(joined={"-n": ":", "--auth": ":"}),
    **_of("gbak gfix gsec isql-fb", Program(exact=("-pas", "-password"))),
    "nbackup": Program(exact=("-P", "-pas", "-password")),
    "db2": Program(exact=("using",)),
    "nmcli": Program(exact=("password", "wifi-sec.psk", "802-11-wireless-security.psk")),
}

ORACLE = frozenset(["sqlplus", "sqlldr", "exp", "imp", "expdp", "impdp", "rman", "sqlcl", "dgmgrl"])
"""Oracle's programs, whose first argument is `user/password@database`."""

_ASKING = """chpasswd chgpasswd cryptsetup kinit smbpasswd su passwd veracrypt pdbedit htdigest tarsnap-keygen
    openconnect vpnc bw op age mount.davfs gocryptfs securefs fscrypt scrypt realm adcli ipa kadmin"""
_ALWAYS = frozenset(_ASKING.split())
_READING = frozenset(
    ["-S", "--stdin", "--password-stdin", "--passphrase-fd", "--with-token", "--pass-fd", "--pinentry-mode"]
)
# `--pw-stdin`, `--key-fd`; `ecryptfs-add-passphrase`; `p4 login`.
_ASKS_FOR_ONE = re.compile(
    r"--stdin-?(?:pass(?:word)?)\Z|--?[\w-]*(?:pass|pw|pin|secret|token|key)[\w-]*-(?:stdin|fd)(?:=\S*)?\Z|[\w-]*-passphrase\Z|[\w-]*passwd2?\Z",
    re.IGNORECASE,
)
# `-S` of sudo(8), among other letters too: `-kS`.
_STANDARD_INPUT = re.compile(r"-[^\W\d_S]*S[^\W\d_]*\Z")
_LONG = 100
_TOLD_TO_READ = frozenset([("--password", "stdin"), ("--passphrase", "stdin"), ("-password", "stdin")])
_SUBCOMMANDS = frozenset(["login", "unlock", "load-key"])
_READING_PAIRS = frozenset(
    [
        ("vault", "login"),
        ("gh", "login"),
        ("docker", "login"),
        ("docker", "secret"),
        ("podman", "secret"),
        ("gcloud", "secrets"),
        ("gh", "secret"),
        ("wrangler", "secret"),
        ("podman", "login"),
        ("htpasswd", "-i"),
        ("ssh-add", "-"),
        ("mount", "davfs"),
        ("vpn", "-s"),
        ("encfs", "-S"),
        ("encfs", "--stdinpass"),
        ("gocryptfs", "-passfile"),
    ]
)


READERS = _ALWAYS | {"sshpass", "sudo", "doas", "openssl", "mysql"} | {name for name, _ in _READING_PAIRS}
"""Programs that may take a secret from their standard input."""


def reads_a_secret(words: list[str]) -> bool:
    """Tell, from a command's words, whether what comes on its standard input is a secret."""
    names = [word.rpartition("/")[2] for word in words]
    known = set(names)
    if known & _ALWAYS:
        return True
    if "sshpass" in known and not any(word.startswith(("-p", "-f", "-e", "-d")) for word in words):
        return True
    if known & {"sudo", "doas"} and any(_STANDARD_INPUT.match(word) for word in words):
        return True
    if known & (_READING - {"-S"}) or any(len(word) < _LONG and _ASKS_FOR_ONE.match(word) for word in words):
        return True
    if len(words) > 1 and any(word in _SUBCOMMANDS for word in words[1:3]):
        return True
    if any(name in known and option in known for name, option in _READING_PAIRS):
        return True
    if any(pair in _TOLD_TO_READ for pair in pairwise(words)):
        return True
    if "openssl" in known and known & {"stdin", "fd:0"}:
        return True
    # `mysql -p` with no password beside it asks for one.
    return any(name.startswith(("mysql", "mariadb")) for name in names) and bool(known & {"-p", "--password"})
