"""The known city."""

import pytest

from home.observatory.models import KeptTable
from home.observatory.shape import Row
from tests.home.observatory import known_city

Tables = dict[str, list[Row]]


@pytest.fixture
def city(db: None) -> Tables:
    """Its tables as they are kept."""
    known_city.build()
    return dict(KeptTable.objects.values_list("name", "rows"))
