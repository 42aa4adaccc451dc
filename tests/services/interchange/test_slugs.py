"""Slugs from titles: ASCII, distinct, and the same at every import."""

from hypothesis import given
from hypothesis import strategies as st

from services.interchange.slugs import assign_slugs, fold, slugify
from services.record import Topic
from services.record.identity import id_for, key_for


def _topic(title: str, source_id: str) -> Topic:
    return Topic(
        kind="topic",
        title=title,
        source_id=source_id,
        key=key_for("t", "topic", source_id),
        id=id_for("t", "topic", source_id),
    )


def test_a_slug_says_the_title_in_ascii() -> None:
    assert slugify("Emitir a 2ª via (IPTU) – já!") == "emitir-a-2a-via-iptu-ja"
    assert slugify("水") == ""


def test_folding_joins_what_people_write_in_different_ways() -> None:
    assert fold("  Educação,  à DISTÂNCIA ") == fold("educacao a distancia") == "educacao a distancia"


def test_a_title_without_latin_letters_has_its_id() -> None:
    topic = _topic("水", "x")
    assign_slugs([topic])
    assert topic.slug == topic.id


@given(st.lists(st.text(st.sampled_from("aA á-_水ß"), min_size=1, max_size=4), max_size=12))
def test_siblings_have_distinct_slugs_that_wagtail_accepts(titles: list[str]) -> None:
    topics = [_topic(title, str(number)) for number, title in enumerate(titles)]
    assign_slugs(topics)
    assert len({topic.slug for topic in topics}) == len(topics)
    assert all(topic.slug.isascii() and topic.slug.replace("-", "").isalnum() for topic in topics)


def test_a_long_title_leaves_room_for_an_id() -> None:
    topics = [_topic("a" * 255, "1"), _topic("a" * 255, "2")]
    assign_slugs(topics)
    assert [len(topic.slug) for topic in topics] == [240, 251]
