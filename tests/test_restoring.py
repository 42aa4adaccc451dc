"""Each test begins with what migrations left, also after tests that commit."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page

from tests.records import put_record, service


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_commits_leaves_what_it_found(turn: str) -> None:
    assert Page.objects.count() == 2
    group = Group.objects.get(name="Editors")
    assert group.permissions.exists()
    put_record(service(f"Plantar muda, {turn}"))
    group.delete()
    Page.objects.filter(depth=2).update(title="Outra")


@pytest.mark.django_db
def test_one_that_is_rolled_back_finds_it_too() -> None:
    assert Group.objects.get(name="Editors").permissions.exists()
    assert not Page.objects.filter(title="Outra").exists()
