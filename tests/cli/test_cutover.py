"""`migrator cutover`."""

import errno
import json
import os
import signal
import stat

import pytest

from tests.cli.running import CHAIN, LONE, plan_of, run, tab

TAB = "# keep\r\nMAILTO=a@b.example\n" + LONE + "0 5 * * * /opt/\udcff.sh\n@daily /opt/no-newline"


def planned(tmp_path, text=LONE, *options, name="crontab"):
    """Plan one tab; give its path, the plan's folder and a place for the result."""
    source = tab(tmp_path / "in", text, name)
    assert run("plan", source, "-o", tmp_path / "out", *options).code in (0, 11)
    return source, tmp_path / "out", tmp_path / "TAB"


def waves(folder):
    """Give the numbers of a plan's waves."""
    return [wave["number"] for wave in plan_of(folder)["waves"]]


def test_only_the_named_lines_change_and_undo_gives_equal_bytes(tmp_path):
    """Wave after wave, each line gets its mark; undone in turn the tab is what it was, byte for byte."""
    source, out, _ = planned(tmp_path, CHAIN + LONE)
    original = source.read_bytes()
    at = source
    for number in waves(out):
        done = tmp_path / f"tab-{number}"
        ran = run("cutover", out, number, at, "-o", done)
        assert ran.code == 0, ran.err
        assert "every other byte is as it was" in ran.out
        at = done
    assert len(waves(out)) == 2
    assert all(line.startswith(b"#migrator-off ") for line in at.read_bytes().splitlines())
    for number in waves(out):
        back = tmp_path / f"back-{number}"
        assert run("cutover", out, number, at, "-o", back, "--undo").code == 0
        at = back
    assert at.read_bytes() == original


def test_bytes_that_are_no_text_stay(tmp_path):
    """A carriage return, a byte that is not UTF-8, a missing last line break: kept, and the reader's limits told."""
    source, out, result = planned(tmp_path, TAB, "--assume-installed")
    original = source.read_bytes()
    for number in waves(out):
        ran = run("cutover", out, number, source, "-o", result)
        assert ran.code == 0, ran.err
        kept = [line for line in result.read_bytes().split(b"\n") if not line.startswith(b"#migrator-off ")]
        assert set(kept) <= set(original.split(b"\n"))
        assert "Mind: python-crontab cannot read this file" in " ".join(ran.out.split())
        result.unlink()


def test_a_plan_that_has_lost_its_jobs(tmp_path):
    """A line of the cut-over that no job of the plan has any more is told, and nothing is written."""
    source, out, result = planned(tmp_path)
    document = plan_of(out) | {"jobs": []}
    (out / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    ran = run("cutover", out, 1, source, "-o", result)
    assert ran.code == 2
    assert "names no job of line 1" in ran.err
    assert not result.exists()


def test_the_result_is_for_its_owner_alone(tmp_path):
    """A crontab may hold passwords: nobody else may read the copy."""
    source, out, result = planned(tmp_path)
    assert run("cutover", out, 1, source, "-o", result).code == 0
    assert stat.S_IMODE(result.stat().st_mode) == 0o600
    assert result.read_text().startswith("#migrator-off report-py-")
    assert "Install it on its host: crontab" in run("cutover", out, 1, source, "-o", tmp_path / "two").out


def test_a_tab_that_changed_is_refused(tmp_path):
    """One byte more since the plan: nothing is written, and the remedy is to plan again."""
    source, out, result = planned(tmp_path)
    source.write_bytes(source.read_bytes() + b"\n")
    ran = run("cutover", out, 1, source, "-o", result)
    assert ran.code == 2
    assert "it has changed since; run `migrator plan` again" in ran.err
    assert not result.exists()


def test_standard_input_and_folders_will_do(tmp_path):
    """`crontab -l | migrator cutover DIR 1 -`; of a folder the wave's only file in it."""
    source, out, result = planned(tmp_path)
    assert run("cutover", out, 1, "-", "-o", result, stdin=source.read_bytes()).code == 0
    assert result.read_bytes().startswith(b"#migrator-off ")
    assert run("cutover", out, 1, source.parent, "-o", tmp_path / "two").code == 0
    ran = run("cutover", out, 1, "-", "-o", tmp_path / "three", stdin=b"0 1 * * * other\n")
    assert ran.code == 2
    assert "standard input: is no file of wave 1; the wave's files are crontab" in ran.err


def test_several_files_need_a_name(tmp_path):
    """A folder with two tabs of the wave: both are named, none is guessed."""
    for user in ("ann", "bob"):
        tab(tmp_path / "in", f"30 4 * * * /opt/{user}.py\n", f"var/spool/cron/crontabs/{user}")
    out, result = tmp_path / "out", tmp_path / "TAB"
    assert run("plan", tmp_path / "in", "-o", out).code in (0, 11)
    ran = run("cutover", out, 1, tmp_path / "in", "-o", result)
    assert ran.code == 2
    assert "holds 2 files of wave 1; name one file: var/spool/cron/crontabs/ann, var/spool/cron/crontabs/bob" in ran.err
    one = run("cutover", out, 1, tmp_path / "in/var/spool/cron/crontabs/bob", "-o", result)
    assert one.code == 0
    assert b"bob-py-" in result.read_bytes()
    assert f"crontab -u bob {result}" in "".join(one.out.splitlines())


@pytest.mark.parametrize(
    ("where", "says"),
    [("out/TAB", "lies in the plan's folder"), ("in/crontab", "is the crontab itself"), ("there", "is there already")],
)
def test_places_that_are_never_written_to(tmp_path, where, says):
    """The plan's folder holds no tab; neither the tab itself nor a file that is there is overwritten."""
    source, out, _ = planned(tmp_path)
    (tmp_path / "there").write_text("mine")
    before = source.read_bytes()
    ran = run("cutover", out, 1, source, "-o", tmp_path / where)
    assert ran.code == 2
    assert says in ran.err
    assert source.read_bytes() == before
    assert (tmp_path / "there").read_text() == "mine"
    assert not (out / "TAB").exists()


def test_a_link_into_the_plans_folder_is_seen(tmp_path):
    """Where a link leads counts, not how it is called."""
    source, out, _ = planned(tmp_path)
    (tmp_path / "link").symlink_to(out)
    assert "lies in the plan's folder" in run("cutover", out, 1, source, "-o", tmp_path / "link" / "TAB").err


def test_what_is_not_there_is_named(tmp_path):
    """A wave, a file, a folder that cannot be written to, an input that is no crontab by its size."""
    source, out, result = planned(tmp_path)
    for arguments, says in [
        ((9, source, "-o", result), "wave 9: is not in the plan; there are waves 1 to 1"),
        ((1, tmp_path / "none", "-o", result), "No such file"),
        ((1, source, "-o", tmp_path / "none" / "TAB"), "No such file"),
        ((1, tmp_path / "out" / "graphs", "-o", result), "holds no file of wave 1; name one file: crontab"),
    ]:
        ran = run("cutover", out, *arguments)
        assert (ran.code, says in ran.err) == (2, True), ran.err
    assert run("cutover", tmp_path / "in", 1, source, "-o", result).code == 2
    assert "larger than 16 MiB" in run("cutover", out, 1, "-", "-o", result, stdin=b"#" * ((16 << 20) + 1)).err


def test_a_periodic_folder_is_no_tab(tmp_path):
    """There chmod does it, and how to undo it is said."""
    script = tab(tmp_path / "in", "#!/bin/sh\naws glue start-job-run --job-name x\n", "etc/cron.daily/go")
    script.chmod(0o755)
    out = tmp_path / "out"
    assert run("plan", tmp_path / "in", "-o", out).code in (0, 11)
    ran = run("cutover", out, 1, script, "-o", tmp_path / "TAB")
    assert ran.code == 2
    assert (
        "chmod a-x /etc/cron.daily/go keeps run-parts from starting it, chmod a+x /etc/cron.daily/go undoes that; "
        "a link is moved away instead: chmod would change what it leads to" in ran.err
    )


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="this system has no files without a name")
def test_a_killed_run_leaves_no_half_a_tab(tmp_path, monkeypatch):
    """The tab gets its name when it is whole: whoever kills the run before finds nothing that could be installed."""
    source, out, result = planned(tmp_path)
    child = os.fork()
    if not child:
        monkeypatch.setattr(os, "link", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        run("cutover", out, 1, source, "-o", result)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
    assert run("cutover", out, 1, source, "-o", result).code == 0


@pytest.mark.parametrize("refused", [errno.EOPNOTSUPP, None])
def test_a_file_system_without_nameless_files(tmp_path, monkeypatch, refused):
    """The tab is written under its name, and only if that is free."""
    source, out, result = planned(tmp_path)
    real = os.open

    def opened(path, flags, *more, **named):
        if refused and flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(refused, os.strerror(refused))
        return real(path, flags, *more, **named)

    if refused is None:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    else:
        monkeypatch.setattr(os, "open", opened)
    assert run("cutover", out, 1, source, "-o", result).code == 0
    assert result.read_text().startswith("#migrator-off ")
    assert run("cutover", out, 1, source, "-o", result).code == 2


def test_a_folder_that_may_not_be_written_to(tmp_path):
    """It is wrong usage, with the place and what to do."""
    source, out, _ = planned(tmp_path)
    told = run("cutover", out, 1, source, "-o", tmp_path / "missing/TAB")
    assert told.code == 2
    assert "TAB: No such file or directory; nothing was written; choose another place" in told.err


@pytest.mark.parametrize("nameless", [True, False])
def test_a_full_disk_leaves_no_half_a_tab(tmp_path, monkeypatch, nameless):
    """What could not be written is removed again."""
    source, out, result = planned(tmp_path)
    if not nameless:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)

    class Full:
        """A stream on a full disk."""

        def __init__(self, descriptor):
            self.descriptor = descriptor

        def __enter__(self):
            return self

        def __exit__(self, *raised):
            os.close(self.descriptor)

        def write(self, data):
            """Fail as a full disk does."""
            raise OSError(28, "No space left on device")

    real = os.fdopen
    monkeypatch.setattr(os, "fdopen", lambda number, mode: Full(number) if mode == "wb" else real(number, mode))
    ran = run("cutover", out, 1, source, "-o", result)
    assert ran.code == 1
    assert "No space left" in ran.err
    assert not result.exists()


def test_a_plan_of_the_edited_tab_knows_what_is_off(tmp_path):
    """The next scan counts the line as disabled and names the job that stood there."""
    source, out, result = planned(tmp_path, CHAIN + LONE)
    run("cutover", out, 1, source, "-o", result)
    source.write_bytes(result.read_bytes())
    assert run("plan", source, "-o", tmp_path / "next").code in (0, 11)
    found = plan_of(tmp_path / "next")
    assert found["ledger"][0]["disabled"] == 1
    assert [line["job"].startswith("report-py-") for line in found["switched_off"]] == [True]


def test_settings_may_go_on_naming_what_is_off(tmp_path):
    """A pin of a job that was cut over is no misspelt name; one of a job that never was is."""
    source, out, result = planned(tmp_path, CHAIN + LONE)
    run("cutover", out, 1, source, "-o", result)
    source.write_bytes(result.read_bytes())
    (source.parent / "migrator.toml").write_text('[targets]\n"report.py" = "eventbridge"\n')
    assert run("plan", source, "-o", tmp_path / "next").code in (0, 11)
    (source.parent / "migrator.toml").write_text('[targets]\n"another.py" = "eventbridge"\n')
    assert run("plan", source, "-o", tmp_path / "next").code == 2
