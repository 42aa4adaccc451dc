"""The steps of the first day, in the order in which a city takes them."""

from collections.abc import Callable

from home.first_day.facts import Facts
from home.first_day.step import Step
from home.first_day.steps_of_the_charter import (
    bodies,
    commitments,
    districts,
    first_service,
    old_addresses,
    old_charter,
    units,
)
from home.first_day.steps_of_the_city import calendar, city, elections, identity, officer, ombudsman
from home.first_day.steps_of_the_house import backup, machines, mails, people, second_factor

STEPS: tuple[Callable[[Facts], Step], ...] = (
    identity,
    city,
    mails,
    calendar,
    districts,
    bodies,
    people,
    second_factor,
    ombudsman,
    officer,
    commitments,
    units,
    first_service,
    old_charter,
    old_addresses,
    elections,
    backup,
    machines,
)


def steps(facts: Facts) -> list[Step]:
    """Each as it is now; those left out, with their reasons."""
    found = [tell(facts) for tell in STEPS]
    reasons = facts.left_out
    return [step.without(reasons[step.key]) if step.optional and step.key in reasons else step for step in found]
