"""Programs that run another one in a container, on a host or in an environment, and where that one begins.

What people call a job after is what is run there: `docker compose exec web rake reports:send` is about `rake`.
"""

import posixpath
import re

# The word behind which each of these names a program; "" where it does so at once.
_ENVIRONMENTS = {
    "bundle": "exec", "rbenv": "exec", "pyenv": "exec", "mise": "exec", "poetry": "run", "pipenv": "run", "uv": "run",
    "pdm": "run", "hatch": "run", "conda": "run", "mamba": "run", "micromamba": "run", "npx": "",
}  # fmt: skip
_CONTAINERS = frozenset({"docker", "podman", "nerdctl", "docker-compose", "podman-compose"})
_CLUSTERS = frozenset({"kubectl", "oc", "k3s"})
# Options that take the next word.
_VALUED_WORDS = """
    -e --env -u --user -w --workdir --env-file --index -n --name -p --prefix --with --extra --group --python --project
    --directory -C -c --container --namespace -f --file --project-name --profile --detach-keys --package
    """
_VALUED = frozenset(_VALUED_WORDS.split())
_FLAGS_OF_RUN = frozenset({"--rm", "--init", "--privileged", "--interactive", "--tty", "--detach", "--read-only", "-P"})
_VALUED_BY_SSH = frozenset(f"-{letter}" for letter in "bcDEeFIiJLlmOopQRSWwB")
_IMAGE = re.compile(r"[A-Za-z0-9][\w.-]*")
_HOST = re.compile(r"(?:[^@\s]*@)?([A-Za-z][A-Za-z0-9_.-]{0,39})")


def inside(program: str, words: list[str]) -> list[str]:
    """Give the command that a program runs in a container or an environment; nothing where it runs none."""
    if program in _CLUSTERS:
        return words[words.index("--") + 1 :] if "exec" in words and "--" in words else []
    if program in _CONTAINERS:
        composed = program.endswith("-compose") or words[:1] == ["compose"]
        verb = next((word for word in words if word in ("exec", "run")), "")
        if not verb or (verb == "run" and not composed):
            return []
        return _behind_options(words[words.index(verb) + 1 :])[1:]
    verb = _ENVIRONMENTS.get(program, " ")
    if verb and verb not in words:
        return []
    return _behind_options(words[words.index(verb) + 1 :] if verb else words)


def image(program: str, words: list[str]) -> tuple[str, list[str]]:
    """Give the image that `docker run` starts, without its registry and tag, and the words behind it."""
    if program not in _CONTAINERS or words[:1] != ["run"]:
        return "", []
    at = 1
    while at < len(words) and words[at].startswith("-"):
        one = words[at]
        # Letters together are flags; of single ones only some are.
        alone = "=" in one or one in _FLAGS_OF_RUN or (one[1:2] not in ("", "-") and set(one[1:]) <= set("itdP"))
        at += 1 if alone else 2
    found = _IMAGE.match(posixpath.basename(words[at])) if at < len(words) else None
    return (found[0], words[at + 1 :]) if found else ("", [])


def host(words: list[str]) -> tuple[str, list[str]]:
    """Give the host that ssh goes to, nothing where a variable names it, and the words behind it."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in _VALUED_BY_SSH else 1
    found = _HOST.fullmatch(words[at]) if at < len(words) else None
    return found[1] if found else "", words[at + 1 :]


def _behind_options(words: list[str]) -> list[str]:
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in _VALUED else 1
    return words[at:]
