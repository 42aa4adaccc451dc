"""Rules as a test wants to find them."""

from search.models import RulesHead, SynonymGroup


def without_thesaurus() -> None:
    """No synonyms but the test's own. Past the history, which would keep an act for each of a thousand groups."""
    SynonymGroup.objects.all()._raw_delete(SynonymGroup.objects.db)
    RulesHead.renew()
