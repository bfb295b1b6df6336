"""Tests of finding schedule files below PATHs."""

import os
from pathlib import Path

import pytest

from migrator.model import Dialect
from migrator.sources import SourceError, discover
from migrator.sources.discovery import labels_of
from migrator.sources.items import Format
from tests.sources.planting import HOST, found, plant


def test_a_host_s_root_tree(tmp_path: Path):
    """Each tab has format, user and dialect by its place; scripts are no schedules and not unread."""
    files = found(plant(tmp_path, HOST))
    assert {name: file.format for name, file in files.items()} == {
        "etc/crontab": Format.SYSTEM_CRONTAB,
        "etc/cron.d/orders": Format.SYSTEM_CRONTAB,
        "var/spool/cron/crontabs/alice": Format.CRONTAB,
    }
    alice = files["var/spool/cron/crontabs/alice"]
    assert (alice.user, alice.dialect, alice.guessed, alice.host) == ("alice", Dialect.DEBIAN, None, None)


def test_a_users_crontab_at_a_system_crontabs_place(tmp_path: Path):
    """A repository keeps its crontab as `etc/crontab`: without any user it is a user's, and that is said."""
    plant(tmp_path, {"etc/crontab": "0 1 * * * cd /srv; ./a\n0 2 * * * echo x; ./b\n"})
    [file] = found(tmp_path).values()
    assert (file.format, [finding.kind for finding in file.findings]) == (Format.CRONTAB, ["no-user-column"])
    plant(tmp_path / "other", {"etc/crontab": "0 1 * * * root /srv/a\n0 2 * * * /srv/b\n"})
    assert found(tmp_path / "other")["etc/crontab"].format is Format.SYSTEM_CRONTAB


def test_hostname_names_a_lone_root_tree(tmp_path: Path):
    """A root tree says itself what its host is called."""
    plant(tmp_path, {**HOST, "etc/hostname": "etl1\n"})
    assert {file.host for file in found(tmp_path).values()} == {"etl1"}


def test_a_fleet_is_named_by_its_folders(tmp_path: Path):
    """Root trees side by side are hosts; a manifest beside them belongs to none."""
    for host in ("web1", "web2"):
        plant(tmp_path / host, HOST)
    plant(
        tmp_path,
        {"jobs.yaml": "version: 1\njobs: [{id: a, schedule: '0 1 * * *', command: /x}]\n", "README": "prose\n"},
    )
    files = found(tmp_path)
    assert files["web1/etc/crontab"].host == "web1"
    assert files["web2/etc/crontab"].host == "web2"
    assert files["web1/etc/crontab"].place == "etc/crontab"
    assert files["jobs.yaml"].host is None
    assert files["jobs.yaml"].format is Format.MANIFEST
    assert len(files) == 7


def test_a_fleet_of_one(tmp_path: Path):
    """A single root tree that is all the PATH holds is a host too; beside sources of a program it is not."""
    plant(tmp_path / "one" / "etl1", HOST)
    assert {file.host for file in found(tmp_path / "one").values()} == {"etl1"}
    plant(tmp_path / "repo", {"rootfs/etc/crontabs/root": "0 1 * * * /x\n", "src/main.py": ""})
    assert {file.host for file in found(tmp_path / "repo").values()} == {None}


def test_the_place_of_the_path_counts(tmp_path: Path):
    """A folder or file that was taken out of a tree keeps the meaning of its own path."""
    plant(tmp_path, {"etc/cron.d/x": "0 1 * * * me /x\n", "var/spool/cron/bob": "0 1 * * * /y\n"})
    assert found(tmp_path / "etc" / "cron.d")["x"].format is Format.SYSTEM_CRONTAB
    [file] = discover([str(tmp_path / "var/spool/cron/bob")]).files
    assert (file.name, file.user, file.dialect) == ("bob", "bob", Dialect.CRONIE)


def test_a_plain_folder(tmp_path: Path):
    """Crontabs are known by name or whole content; prose, programs and tables are left alone."""
    plant(
        tmp_path,
        {
            "deploy/crontab": "this is not a schedule\n",
            "jobs": "MAILTO=x\n*/5 * * * * /x\n",
            "tabs/web.txt": "0 1 * * * root /x\n@daily root /y\n",
            "README": "Add this line:\n\n0 1 * * * /x\n\nand that is all.\n",
            "README.md": "* * * * * /x\n",
            "run.sh": "#!/bin/sh\n",
            "numbers.txt": "1 2 3 4 5 6\n",
            "utils/crontab.sh": "#!/bin/bash\nMAILTO=x\n0 1 * * * /x\n",
            "install_crontab.sh": "#!/bin/sh\ncrontab - <<E\n0 1 * * * /x\nE\n",
            "cron.sh": "# m h dom mon dow\n0 1 * * * php /x.php\n*/5 * * * * php /y.php\n",
            "bin/cron.sh": "#!/bin/sh\nphp /x.php\n0 1 * * * /x\n",
            "nightly.sh": "0 1 * * * /x\n",
            "bin/crontab": "#!/bin/sh\nexec x\n",
        },
    )
    files = found(tmp_path)
    assert {name: file.format for name, file in files.items()} == {
        "deploy/crontab": Format.CRONTAB,
        "jobs": Format.CRONTAB,
        "tabs/web.txt": Format.SYSTEM_CRONTAB,
        "utils/crontab.sh": Format.CRONTAB,
        "cron.sh": Format.CRONTAB,
    }
    assert files["tabs/web.txt"].guessed == "2 of 2 entries have what looks like a user before the command"
    [note] = discover([str(tmp_path)]).notes
    assert (note.origin.path, note.kind) == ("bin/crontab", "not-a-schedule")


def test_what_may_be_a_schedule_is_noted(tmp_path: Path):
    """A file that speaks of cron but is mostly something else is passed over with a remark."""
    plant(
        tmp_path, {"cron-notes": "one\ntwo\nthree\n0 1 * * * /x\n", "usr/share/doc/crontab": "0 1 * * * /x\n", **HOST}
    )
    plant(tmp_path, {"opt/app/crontab": "0 1 * * * /x\n"})
    discovery = discover([str(tmp_path)])
    assert [note.origin.path for note in discovery.notes if note.kind == "looks-like-schedule"] == [
        "cron-notes",
        "opt/app/crontab",
    ]


def test_a_cronjob_of_kubernetes_is_noted(tmp_path: Path):
    """It starts something by a clock, so a folder does not pass over it; of other objects nothing is said."""
    head = "apiVersion: batch/v1\nkind: "
    plant(tmp_path, {"k/job.yaml": f"{head}CronJob\nspec: {{}}\n", "k/once.yaml": f"{head}Job\nspec: {{}}\n"})
    [note] = discover([str(tmp_path)]).notes
    assert (note.origin.path, note.text) == ("k/job.yaml", "is a CronJob of Kubernetes, which is not read yet")


def test_a_binary_crontab_is_reported(tmp_path: Path):
    """A file that is called like a crontab comes out even when it cannot be one; another binary does not."""
    plant(tmp_path, {"x.cron": b"\x7fELF\0\0\0", "data": b"\x7fELF\0\0\0"})
    assert list(found(tmp_path)) == ["x.cron"]


def test_single_files(tmp_path: Path):
    """A file that is a PATH is a schedule whatever its name is; its format is found by ending or content."""
    plant(tmp_path, {"a.md": "0 1 * * * /x\n", "b.json": "[1]", "c": '{"version": 1, "jobs": []}'})
    formats = [discover([str(tmp_path / name)]).files[0].format for name in ("a.md", "b.json", "c")]
    assert formats == [Format.CRONTAB, Format.MANIFEST, Format.MANIFEST]


def test_standard_input():
    """`-` is what the caller read; `as_format` overrides the content."""
    [file] = discover(["-"], stdin=b"0 1 * * * root /x\n").files
    assert (file.name, file.format) == ("stdin", Format.SYSTEM_CRONTAB)
    [file] = discover(["-"], stdin=b"0 1 * * * root /x\n", as_format=Format.CRONTAB).files
    assert file.format is Format.CRONTAB
    with pytest.raises(SourceError):
        discover(["-"])


def test_a_missing_path(tmp_path: Path):
    """A PATH that is not there stops the run with exit code 2."""
    with pytest.raises(SourceError, match="no such file") as caught:
        discover([str(tmp_path / "nothing")])
    assert caught.value.exit_code == 2


def test_several_paths_have_labels(tmp_path: Path):
    """Names begin with what tells their PATHs apart; two root trees are two hosts; places do not change."""
    plant(tmp_path / "a" / "web", HOST)
    plant(tmp_path / "b" / "web", HOST)
    discovery = discover([str(tmp_path / "a/web"), str(tmp_path / "b/web")])
    assert {file.name for file in discovery.files if file.name.endswith("etc/crontab")} == {
        "a/web/etc/crontab",
        "b/web/etc/crontab",
    }
    assert {file.host for file in discovery.files} == {"a/web", "b/web"}
    assert {file.place for file in discovery.files} == {
        "etc/crontab",
        "etc/cron.d/orders",
        "var/spool/cron/crontabs/alice",
    }


def test_labels():
    """As many parts as are needed, and a number for a PATH given twice."""
    assert labels_of(["/a/x", "/b/y"]) == ["x", "y"]
    assert labels_of(["/a/x", "/b/x", "-"]) == ["a/x", "b/x", "stdin"]
    assert labels_of(["/a/x", "/a/x"]) == ["a/x", "a/x#2"]
    assert labels_of(["/"]) == ["root"]


def test_only_and_exclude(tmp_path: Path):
    """Globs choose by whole name, base name or folder."""
    plant(tmp_path, HOST)

    def names(**globs: list[str]) -> list[str]:
        return [file.name for file in discover([str(tmp_path)], **globs).files]

    assert names(only=["etc/cron.d/*"]) == ["etc/cron.d/orders"]
    assert names(only=["alice"]) == ["var/spool/cron/crontabs/alice"]
    assert names(exclude=["etc"]) == ["var/spool/cron/crontabs/alice"]
    assert names(only=["*"], exclude=["crontab"]) == ["etc/cron.d/orders", "var/spool/cron/crontabs/alice"]


def test_odd_files_at_cron_s_places(tmp_path: Path):
    """FIFO, device-like, sparse, dangling and escaping links: each is one unread line with its reason, once."""
    plant(tmp_path, HOST)
    folder = tmp_path / "etc/cron.d"
    os.mkfifo(folder / "fifo")
    (folder / "gone").symlink_to("nothing")
    (folder / "shadow").symlink_to("../../../../../../../etc/shadow")
    (folder / "round").symlink_to("round")
    (folder / "good").symlink_to("/opt/etl/tab")
    plant(tmp_path, {"opt/etl/tab": "0 1 * * * me /x\n"})
    with (folder / "sparse").open("wb") as file:
        file.truncate(5 << 30)
    files = found(tmp_path)
    reasons = {name.rpartition("/")[2]: file.unread[0].reason for name, file in files.items() if file.unread}
    assert reasons == {
        "fifo": "the file is a FIFO",
        "gone": "the file is a symbolic link that leads to a file that is not there",
        "round": "the file is a symbolic link that leads in a circle",
        "shadow": "the file is a symbolic link that leads out of the tree",
        "sparse": "the file is larger than 64 MiB (5 GiB)",
    }
    assert files["etc/cron.d/good"].data == b"0 1 * * * me /x\n"


def test_odd_names(tmp_path: Path):
    """Names with line breaks, escapes and bytes are read, and shown written out."""
    line = b"7 3 * * * /usr/bin/true\n"
    for name in (b"crontab\nnewline", b"crontab\x1b[2J", b"crontab-\xff\xfe", b"-rf", b"$(touch x)", b"|a|`b`"):
        (tmp_path / os.fsdecode(name)).write_bytes(line)
    assert set(found(tmp_path)) == {
        "crontab\\nnewline", "crontab\\x1b[2J", "crontab-\\xff\\xfe", "-rf", "$(touch x)", "|a|`b`",
    }  # fmt: skip


def test_links_in_a_plain_folder(tmp_path: Path):
    """A link to a file of the folder would give its jobs twice: passed over. One that leads away is noted."""
    plant(tmp_path, {"crontab.prod": "0 1 * * * /x\n"})
    (tmp_path / "crontab").symlink_to("crontab.prod")
    (tmp_path / "crontab.old").symlink_to("/etc/hostname")
    discovery = discover([str(tmp_path)])
    assert [file.name for file in discovery.files] == ["crontab.prod"]
    assert [note.origin.path for note in discovery.notes] == ["crontab.old"]


def test_odd_paths_themselves(tmp_path: Path):
    """A PATH that is a FIFO, or an empty folder, is answered without blocking."""
    os.mkfifo(tmp_path / "fifo")
    [file] = discover([str(tmp_path / "fifo")]).files
    assert file.unread[0].remedy == "give its content on standard input, with - as the PATH"
    (tmp_path / "empty").mkdir()
    assert discover([str(tmp_path / "empty")]).files == ()


def test_manifests_in_a_folder(tmp_path: Path):
    """A data file is a manifest by its keys, broken or not; other data files are left alone."""
    plant(
        tmp_path,
        {
            "good.toml": "version = 1\n[[jobs]]\nid = 'a'\nschedule = '0 1 * * *'\ncommand = '/x'\n",
            "broken.yaml": "version: 1\njobs:\n\t- id: a\n",
            "compose.yaml": "version: '3'\nservices: {}\n",
            "ci.yml": "on: push\njobs:\n  build: {}\n",
            "package.json": '{"version": "1.0.0", "jobs": []}',
            "migrator.toml": "version = 1\n[jobs.a]\n",
        },
    )
    assert set(found(tmp_path)) == {"good.toml", "broken.yaml"}


def test_modes_of_a_copy_are_only_told(tmp_path: Path):
    """A copy's mode says little about the host's file: a finding, and the file is read."""
    plant(tmp_path, HOST)
    (tmp_path / "etc/cron.d/orders").chmod(0o666)
    os.link(tmp_path / "var/spool/cron/crontabs/alice", tmp_path / "second")
    files = found(tmp_path)
    assert [finding.kind for finding in files["etc/cron.d/orders"].findings] == ["insecure-mode"]
    assert [finding.kind for finding in files["var/spool/cron/crontabs/alice"].findings] == ["hard-links"]
    assert all(file.place_fault is None for file in files.values())


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("backup.timer", "[Timer]\nOnCalendar=daily\n", "a systemd unit"),
        ("backup.service", "[Service]\nExecStart=/x\n", "a systemd unit"),
        ("job.yaml", "apiVersion: batch/v1\nkind: CronJob\nspec: {schedule: '0 1 * * *'}\n", "a Kubernetes manifest"),
        ("job.json", '{"kind": "CronJob", "apiVersion": "batch/v1"}', "a Kubernetes manifest"),
    ],
)
def test_files_of_other_schedulers(tmp_path: Path, name: str, text: str, what: str):
    """A file that another scheduler reads is called what it is, not a crontab full of faults."""
    (tmp_path / name).write_text(text)
    [file] = discover([str(tmp_path / name)]).files
    assert [unread.reason for unread in file.unread] == [f"the file is {what}, which is not read yet"]
    [file] = discover([str(tmp_path / name)], as_format=Format.CRONTAB).files
    assert file.unread == ()


def test_a_manifest_may_speak_of_kinds(tmp_path: Path):
    """Our own manifest is read although one of its texts looks like Kubernetes'."""
    text = "version: 1\njobs:\n- id: a\n  schedule: '0 1 * * *'\n  command: |\n    apiVersion: x\n    kind: y\n"
    (tmp_path / "jobs.yaml").write_text(text)
    [file] = discover([str(tmp_path / "jobs.yaml")]).files
    assert (file.format, file.unread) == (Format.MANIFEST, ())
