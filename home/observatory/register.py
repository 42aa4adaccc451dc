"""Every section of the observatory, in its order: what is not here is on no page and in no file."""

from home.observatory import answers, changes, complaints, coverage, demands, opinions, sought
from home.observatory.shape import Section, Table

SECTIONS: tuple[Section, ...] = (
    opinions.SECTION,
    changes.SECTION,
    answers.SECTION,
    complaints.SECTION,
    sought.SECTION,
    coverage.SECTION,
    demands.SECTION,
)
BY_NAME: dict[str, Section] = {section.name: section for section in SECTIONS}
TABLES: dict[str, Table] = {table.name: table for section in SECTIONS for table in section.tables}
