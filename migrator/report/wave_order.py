"""Which waves a wave waits for, told shortly."""

from collections.abc import Iterable

from migrator.plan.moving import WavePart


def with_last_before(waves: Iterable[WavePart]) -> list[WavePart]:
    """Keep of the waves that each waits for those that no other of them waits for: the rest goes without saying."""
    before: dict[int, int] = {}  # for each wave a bit for every one that goes before it
    told = []
    for wave in waves:
        further = 0
        for number in wave.after:
            further |= before.get(number, 0)
        last = tuple(number for number in wave.after if not further >> number & 1)
        before[wave.number] = further | sum(1 << number for number in wave.after)
        told.append(wave.model_copy(update={"after": last}))
    return told
