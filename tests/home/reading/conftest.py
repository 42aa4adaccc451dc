"""A glossary of a few words, forgotten after each test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from wagtail.models import Locale

from home.models import GlossaryTerm
from home.reading.glossary import forget_glossary

Explain = Callable[..., GlossaryTerm]


@pytest.fixture(autouse=True)
def _nothing_explained() -> Iterator[None]:
    """What this process keeps is of a test that was rolled back."""
    forget_glossary()
    yield
    forget_glossary()


@pytest.fixture
def explain(db: None) -> Explain:
    """Lay down a word in a language."""

    def lay(term: str, meaning: str, *forms: str, locale: str = "pt-br", **more: Any) -> GlossaryTerm:
        language = Locale.objects.get_or_create(language_code=locale)[0]
        word = GlossaryTerm(term=term, meaning=meaning, other_forms="\n".join(forms), locale=language, **more)
        word.full_clean()
        word.save()
        return word

    return lay
