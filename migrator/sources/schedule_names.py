"""Which file names speak of a schedule, outside the places that cron itself reads."""

import re
from enum import IntEnum

_CRONTAB = re.compile(
    r"\.?(?:ana)?crontab(?:s?$|[^a-z]).*|.*[^a-z]crontabs?|.*\.(?:cron|cronjobs?|crontabs?|tab)", re.IGNORECASE
)
_AS_SCRIPT = re.compile(r".*cron.*\.(?:ba)?sh", re.IGNORECASE)
_MANIFEST = re.compile(r".*\.(?:ya?ml|json|toml)", re.IGNORECASE)
# Programs, prose, data and archives: never a crontab, whatever they are called.
_OTHER = re.compile(
    r".*\.(?:py|pyc|pyi|ipynb|sh|bash|zsh|ksh|pl|pm|rb|php|js|mjs|ts|tsx|jsx|css|scss|html?|xml|svg|md|rst|adoc|tex|c|h|cc|cpp"
    r"|hpp|go|rs|java|class|jar|kt|scala|lua|r|sql|csv|tsv|parquet|log|lock|sum|gz|tgz|zip|xz|bz2|zst|tar|7z|rpm|deb|png|jpe?g"
    r"|gif|webp|ico|pdf|docx?|xlsx?|woff2?|ttf|so|o|a|exe|dll|bin|db|sqlite3?|service|timer|socket|mount|target|ini|cfg|env"
    r"|pem|crt|key|pub|asc|po|mo|1|5|8|diff|patch|bat|ps1|tf|hcl|proto|gitignore|dockerignore|ya?ml|json|toml)",
    re.IGNORECASE,
)


class Speaks(IntEnum):
    """How clearly a name speaks of a crontab."""

    OTHERWISE = 0
    NOTHING = 1
    PERHAPS = 2
    CLEARLY = 3


def of_crontab(name: str, folder: str) -> Speaks:
    """Judge a file's name and the name of its folder."""
    if _OTHER.fullmatch(name):
        # Some keep a crontab as `crontab.sh` or `cron.sh`: its whole content must be one.
        return Speaks.NOTHING if _AS_SCRIPT.fullmatch(name) else Speaks.OTHERWISE
    if _CRONTAB.fullmatch(name) or folder == "cron.d":
        return Speaks.CLEARLY
    return Speaks.PERHAPS if "cron" in name.lower() else Speaks.NOTHING


def of_manifest(name: str) -> bool:
    """Say whether a name has the ending of a job manifest."""
    return bool(_MANIFEST.fullmatch(name)) and name != "migrator.toml"
