import pytest
from tests.services.test_translations import *
from wagtail_localize.models import TranslationSource
def test_dbg(translator, source):
    topic = Topic.objects.get()
    s,_ = TranslationSource.get_or_create_from_instance(topic)
    s.create_or_update_translation(translator.locale, publish=False, copy_parent_pages=True, fallback=True)
