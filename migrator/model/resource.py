"""What jobs read, write and share: files, objects, tables, hosts."""

from enum import StrEnum

from migrator.model.frozen import frozen
from migrator.model.origin import Origin
from migrator.model.worded import worded


@worded
class ResourceKind(StrEnum):
    """The namespace of a resource's name. A file belongs to its host; the others are known everywhere."""

    FILE = "file"
    S3 = "s3"
    HDFS = "hdfs"
    TABLE = "table"
    QUEUE = "queue"
    REMOTE = "remote"
    URL = "url"


@frozen(order=True)
class Resource:
    """A place that can be read or written.

    `name` is normalised: for a file an absolute path with `.`/`..`/`//` resolved and every part that varies (a date, an
    unknown variable, a loop variable) written as `*`; a folder ends in `/`. For S3 and HDFS a URL, for a table
    `database.table` in lower case, for a queue or topic its own name, for a remote `host:path`. `host` is the owning
    host of a file, else None.
    """

    kind: ResourceKind
    name: str
    host: str | None = None


@worded
class Mode(StrEnum):
    """How a resource is touched. `DELETE` covers clean-up, `ROTATE` a log that is moved away or truncated."""

    READ = "read"
    WRITE = "write"
    APPEND = "append"
    DELETE = "delete"
    ROTATE = "rotate"


WRITES = (Mode.WRITE, Mode.APPEND)
"""The modes that leave something behind for others to read."""


@frozen
class Access:
    """One touch of a resource: where it stands and how sure it is (0..1).

    `log` marks the output of a run (`>> x.log 2>&1`), which is never data for another job. `stale` says that it happens
    only when the place is out of date, as make decides: else what somebody made before is taken as it is. `columns` of
    a table are all that can be touched, where a text tells them; `rows` are texts that stand in a column of each row.
    """

    resource: Resource
    mode: Mode
    origin: Origin
    text: str
    confidence: float = 1.0
    log: bool = False
    stale: bool = False
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


def all_columns(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Join what two accesses of a table touch: where one may touch any column, so may both."""
    return one if one == other else tuple(sorted({*one, *other})) if one and other else ()


def all_rows(one: tuple[tuple[str, str], ...], other: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Join what is known of the rows of two accesses: a column that only one tells may have any text in the other."""
    if one == other:
        return one
    both = {column for column, _ in one} & {column for column, _ in other}
    return tuple(sorted({pair for pair in (*one, *other) if pair[0] in both}))


def no_row_of_both(one: tuple[tuple[str, str], ...], other: tuple[tuple[str, str], ...]) -> bool:
    """Say whether no row can be one of both: a column has other texts here than there."""
    both = {column for column, _ in one} & {column for column, _ in other} if one and other else set()
    return any(
        {value for column, value in one if column == name}.isdisjoint(
            value for column, value in other if column == name
        )
        for name in both
    )
