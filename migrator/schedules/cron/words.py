"""Say in plain English when a schedule fires, right for cron's rule on the two day fields."""

from __future__ import annotations

from migrator.model import CronFields, Schedule, ScheduleKind
from migrator.schedules.cron.counts import never_fires
from migrator.schedules.cron.fields import ALL_DAYS, ALL_HOURS, ALL_MINUTES, ALL_MONTHS, ALL_WEEKDAYS, values
from migrator.schedules.cron.rejection import shown
from migrator.schedules.cron.wall import minutes_of_day

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_NAMED_PERIODS = {
    "@daily": "every day", "@weekly": "every 7 days", "@monthly": "every month",
    "@yearly": "every year", "@annually": "every year",
}  # fmt: skip
_FEW_TIMES = 6
_FEW_DAYS = 3
_MANY = 16
_HEAD = 8
_RUN = 3


def in_words(schedule: Schedule) -> str:
    """Describe a schedule; the zone is left to the caller."""
    match schedule.kind:
        case ScheduleKind.REBOOT:
            return "at boot"
        case ScheduleKind.ANACRON:
            return _anacron(schedule)
        case ScheduleKind.EVENT:
            event = schedule.event or schedule.text
            interval = event.startswith("every ")
            return f"{event}, counted from when it was made" if interval else f"on an event of {shown(event)}"
        case ScheduleKind.UPSTREAM:
            return "after the jobs it depends on"
        case ScheduleKind.UNREAD:
            return f"unread: `{shown(schedule.text)}`"
        case ScheduleKind.CRON:
            return _cron(schedule)


def _anacron(schedule: Schedule) -> str:
    days = schedule.period_days
    # anacrontab(5): by name a period is one of the calendar, whatever days it has.
    named = _NAMED_PERIODS.get(schedule.text.split(maxsplit=1)[0]) if schedule.text.strip() else None
    period = named or ("every day" if days == 1 else f"every {days} days" if days else "every period")
    delay = schedule.delay_minutes
    unit = "minute" if delay == 1 else "minutes"
    return f"{period}, {delay} {unit} after anacron starts" + _random(schedule)


def _cron(schedule: Schedule) -> str:
    if schedule.fields is None:
        return f"unread: `{shown(schedule.text)}`"
    words = fields_in_words(schedule.fields)
    if "@every" in schedule.text:
        words += ", counted from when it was made"
    return words + _random(schedule)


def _random(schedule: Schedule) -> str:
    width = schedule.random_minutes
    return f", put off by a random time of up to {width} minutes" if width else ""


def fields_in_words(fields: CronFields) -> str:
    """Describe five fields."""
    if never_fires(fields):
        return f"never ({_why_never(fields)})"
    time, repeats = _time(fields.minute, fields.hour)
    days = _days(fields)
    if days is None:
        months = _months(fields.month)
        daily = "" if repeats else " every day"
        return f"{time}{daily}{months and f' {months}'}"
    return f"{time}{',' if days.startswith('from') else ''} {days}"


def _why_never(fields: CronFields) -> str:
    named = (("minute", fields.minute), ("hour", fields.hour), ("month", fields.month))
    for name, mask in named:
        if not mask:
            return f"the {name} field matches nothing"
    day, month = values(fields.day), values(fields.month)
    if len(day) == 1 and len(month) == 1:
        return f"{day[0]} {_MONTHS[month[0] - 1]} does not exist"
    return "no day matches" if not day or not fields.weekday else "its months have no such day"


def _time(minute: int, hour: int) -> tuple[str, bool]:
    """Describe the times of a day; True where they go round the clock, so that «every day» goes without saying."""
    if hour == ALL_HOURS:
        return _minutes_of_every_hour(minute), True
    times = minutes_of_day(minute, hour)
    if len(times) <= _FEW_TIMES:
        return "at " + _listed([_clock(time) for time in times]), False
    hours, minutes = values(hour), values(minute)
    step = _step(hours, 24)
    if len(minutes) == 1 and step:
        return f"every {step} hours from {_clock(times[0])}", True
    span = f"from {_clock(times[0])} to {_clock(times[-1])}"
    if hours == tuple(range(hours[0], hours[-1] + 1)):
        if len(minutes) == 1:
            return f"every hour {span}", False
        every = _every(minute)
        if every:
            return f"{every} {span}", False
    clock = f"hour {hours[0]}" if len(hours) == 1 else f"hours {_numbers(hours)}"
    return f"{_minutes(minute)} of {clock}", False


def _minutes_of_every_hour(minute: int) -> str:
    if minute == 1:
        return "every hour"
    return _every(minute) or f"{_minutes(minute)} of every hour"


def _every(minute: int) -> str:
    """Say «every n minutes» where that is exact across the hour, else nothing."""
    if minute == ALL_MINUTES:
        return "every minute"
    step = _step(values(minute), 60)
    return f"every {step} minutes" if step else ""


def _step(numbers: tuple[int, ...], size: int) -> int:
    """Give the step of numbers that go evenly round from 0, else 0."""
    if len(numbers) < 2 or size % len(numbers):
        return 0
    step = size // len(numbers)
    return step if numbers == tuple(range(0, size, step)) else 0


def _minutes(minute: int) -> str:
    numbers = values(minute)
    if minute == ALL_MINUTES:
        return "every minute"
    return f"at minute {numbers[0]}" if len(numbers) == 1 else f"at minutes {_numbers(numbers)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _days(fields: CronFields) -> str | None:
    """Describe the days, months included; None for every day of the months."""
    both = fields.day_star or fields.weekday_star
    every_day, every_weekday = fields.day == ALL_DAYS, fields.weekday == ALL_WEEKDAYS
    if (every_day and every_weekday) or (not both and (every_day or every_weekday)):
        return None
    if (both and every_weekday) or (not both and not fields.weekday):
        return _month_days(fields)
    weekdays = _weekdays(fields.weekday)
    if (both and every_day) or (not both and not fields.day):
        phrase = weekdays
    elif both:
        phrase = f"{_days_of_month(fields.day)} that {_also(fields.day)} {_alternatives(fields.weekday)}"
    else:
        phrase = f"{_days_of_month(fields.day)} and {weekdays}"
    months = _months(fields.month)
    return f"{phrase}{months and f', {months}'}"


def _month_days(fields: CronFields) -> str:
    days, months = values(fields.day), values(fields.month)
    if len(days) == 1 and len(months) == 1:
        return f"on {days[0]} {_MONTHS[months[0] - 1]}"
    tail = _months(fields.month)
    return f"{_days_of_month(fields.day)}{tail and f', {tail}'}"


def _days_of_month(mask: int) -> str:
    days = values(mask)
    if mask == ALL_DAYS:
        return "on all days of the month"
    if len(days) <= _FEW_DAYS:
        return f"on the {_listed([_ordinal(day) for day in days])} of the month"
    return f"on the days of the month {_numbers(days)}"


def _also(mask: int) -> str:
    return "is also" if mask.bit_count() == 1 else "are also"


def _alternatives(mask: int) -> str:
    return _listed([f"a {name}" for name in _from_monday(mask)], "or")


def _ordinal(day: int) -> str:
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _weekdays(mask: int) -> str:
    names = _from_monday(mask)
    order = [number for number in (1, 2, 3, 4, 5, 6, 0) if mask >> number & 1]
    for start in order:
        run = [(start + step) % 7 for step in range(len(order))]
        if len(order) >= _RUN and set(run) == set(order):
            return f"from {_WEEKDAYS[run[0]]} to {_WEEKDAYS[run[-1]]}"
    return f"on every {_listed(names)}"


def _from_monday(mask: int) -> list[str]:
    return [_WEEKDAYS[number] for number in (1, 2, 3, 4, 5, 6, 0) if mask >> number & 1]


def _months(mask: int) -> str:
    if mask == ALL_MONTHS:
        return ""
    months = values(mask)
    if len(months) >= _RUN and months[-1] - months[0] == len(months) - 1:
        return f"from {_MONTHS[months[0] - 1]} to {_MONTHS[months[-1] - 1]}"
    return f"in {_listed([_MONTHS[month - 1] for month in months])}"


def _listed(words: list[str], conjunction: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def _numbers(numbers: tuple[int, ...]) -> str:
    """List numbers, three or more in a row as a range; a very long list is cut and its length told."""
    parts: list[str] = []
    at = 0
    while at < len(numbers):
        end = at
        while end + 1 < len(numbers) and numbers[end + 1] == numbers[end] + 1:
            end += 1
        if end - at + 1 >= _RUN:
            parts.append(f"{numbers[at]}–{numbers[end]}")
        else:
            parts.extend(str(number) for number in numbers[at : end + 1])
        at = end + 1
    if len(parts) > _MANY:
        return f"{', '.join(parts[:_HEAD])} … {parts[-1]} ({len(numbers)} in all)"
    return ", ".join(parts)
