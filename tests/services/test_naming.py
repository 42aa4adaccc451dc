"""Every closed word has a name, and no two in a table share one."""

from typing import get_args

import pytest
from django.utils.translation import override

from services import naming
from services.record.service import ChannelType, CriterionBasis, Device, Login
from services.record.unit import AccessibilityFeature, Weekday
from services.record.values import Contact, Kind, Standard, Standards


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (Kind, naming.kind),
        (CriterionBasis, naming.criterion),
        (AccessibilityFeature, naming.accessibility_feature),
        (ChannelType, naming.CHANNEL_NAMES.get),
        (Login, naming.LOGINS.get),
        (Device, naming.DEVICES.get),
        (Weekday, naming.WEEKDAY_NAMES.get),
        (Weekday, naming.SHORT_WEEKDAYS.get),
        (Contact.model_fields["type"].annotation, naming.CONTACT_NAMES.get),
    ],
)
def test_every_word_has_a_name_of_its_own(words, name):
    names = [str(name(word)) for word in get_args(words)]
    assert "None" not in names
    assert len(set(names)) == len(names)


def test_every_commitment_but_how_to_complain_is_named():
    whole = Standards(**{field: Standard(text="<p>x</p>", origin="city") for field in Standards.model_fields})
    named = list(naming.standards(whole))
    assert {field for field, _name, _standard in named} == set(Standards.model_fields) - {"manifestation"}
    assert list(naming.standards(Standards())) == []


def test_names_follow_the_readers_language():
    with override("pt-br"):
        assert naming.kind("service") == "Serviço"
        assert isinstance(naming.kind("service"), str)
