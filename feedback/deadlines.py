"""Until when an answer is owed. Pure.

Calendar days, the day of receipt not counted, and a last day on which the city hall does not work moves to the next on
which it does: Lei 13.460 art. 16 gives days and does not say how they are counted; Lei 9.784 art. 66 does, for
administrative proceedings.
"""

from datetime import date, timedelta

from services import timing
from services.record import City

#: Lei 13.460 art. 16: of the ombudsman to who manifested, and once as many more.
ANSWER_DAYS = 30
#: Lei 13.460 art. 16, sole paragraph: of a body to the ombudsman, and once as many more.
BODY_DAYS = 20
#: No calendar closes the city hall for longer.
_LONGEST_CLOSURE = 60


def last_day(starts: date, days: int, *, city: City | None, next_working_day: bool = True) -> date:
    """The last of so many days after the first; ``next_working_day``: whether a day off moves it on."""
    last = starts + timedelta(days=days)
    if not next_working_day:
        return last
    for later in range(_LONGEST_CLOSURE):
        day = last + timedelta(days=later)
        if timing.working_days(city, day - timedelta(days=1), day):
            return day
    return last


def last_day_extended(starts: date, days: int, *, city: City | None, next_working_day: bool = True) -> date:
    """The last day where as many days more were taken: they begin where the first end, a day off apart."""
    first = last_day(starts, days, city=city, next_working_day=next_working_day)
    return last_day(first, days, city=city, next_working_day=next_working_day)
