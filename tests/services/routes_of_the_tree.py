"""Pages get other addresses, other bodies, closed doors and copies."""

from typing import Any

from wagtail.models import Page, PageViewRestriction

from services.models import (
    ServicePage,
)
from tests.services import charter
from tests.services.pressing import post
from tests.services.route_table import Case, route


def _service(**fields: Any) -> ServicePage:
    return charter.service(charter.body(), **fields)


@route
def move_view() -> Case:
    one, two = charter.body("Saude"), charter.body("Fazenda")
    service = charter.service(one, "Vacina")
    says = [(service, {"url": "/fazenda/vacina/", "secretariat": {"title": "Fazenda"}})]
    return Case(post("wagtailadmin_pages:move_confirm", service.pk, two.pk), says=says)


@route
def move_in_code() -> Case:
    one, two = charter.body("Saude"), charter.body("Fazenda")
    service = charter.service(one, "Vacina")
    says = [(service, {"url": "/fazenda/vacina/", "secretariat": {"title": "Fazenda"}})]
    return Case(lambda: service.move(two, pos="last-child"), says=says)


@route
def move_of_a_body() -> Case:
    above = charter.body("Governo")
    body = charter.body("Saude", parent=above)
    service = charter.service(body, "Vacina")
    says = [(body, {"url": "/saude/"}), (service, {"url": "/saude/vacina/"})]
    return Case(lambda: Page.objects.get(pk=body.pk).move(charter.home(), pos="last-child"), says=says)


@route
def move_below_a_restriction() -> Case:
    one, two = charter.body("Saude"), charter.body("Fazenda")
    service = charter.service(one, "Vacina")
    PageViewRestriction(page=Page.objects.get(pk=two.pk), restriction_type="login").save()
    return Case(lambda: service.move(two, pos="last-child"), gone=[service])


@route
def new_slug() -> Case:
    service = charter.service(charter.body("Saude"), "Vacina")
    revision = charter.edited(service, slug="vacinas")
    return Case(revision.publish, says=[(service, {"url": "/saude/vacinas/"})])


@route
def new_slug_of_a_body() -> Case:
    body = charter.body("Saude")
    service = charter.service(body, "Vacina")
    revision = charter.edited(body, slug="sms")
    says = [(service, {"url": "/sms/vacina/", "secretariat": {"url": "/sms/"}})]
    return Case(revision.publish, says=says)


@route
def new_slug_of_a_body_that_is_no_longer_public() -> Case:
    body = charter.body("Saude")
    service = charter.service(body, "Vacina")
    body.unpublish()
    body = charter.fresh(body)
    body.slug = "sms"
    return Case(body.save, says=[(service, {"url": "/sms/vacina/"})])


@route
def new_slug_of_a_page_that_is_no_entry() -> Case:
    section = charter.home().add_child(instance=Page(title="Orgaos", slug="orgaos"))
    service = charter.service(charter.body("Saude", parent=section), "Vacina")
    section = Page.objects.get(pk=section.pk)
    section.slug = "secretarias"
    return Case(section.save, says=[(service, {"url": "/secretarias/saude/vacina/"})])


@route
def new_name_of_a_body() -> Case:
    body = charter.body("Saude")
    service = charter.service(body)
    revision = charter.edited(body, title="Saúde e Bem-Estar")
    return Case(revision.publish, says=[(service, {"secretariat": {"title": "Saúde e Bem-Estar"}})])


@route
def new_commitment_of_a_body() -> Case:
    body = charter.body()
    service = charter.service(body)
    revision = charter.edited(body, standard_cleanliness="<p>Sala limpa.</p>")
    says = [(service, {"standards": {"cleanliness": {"origin": "secretariat"}}})]
    return Case(revision.publish, says=says)


@route
def new_name_of_a_unit() -> Case:
    unit = charter.unit()
    service = _service(units=[unit])
    revision = charter.edited(unit, title="Posto Novo")
    return Case(revision.publish, says=[(service, {"units": [{"title": "Posto Novo"}]})])


@route
def unpublished_body() -> Case:
    body = charter.body()
    service = charter.service(body)
    return Case(body.unpublish, gone=[body], says=[(service, {"secretariat": None})])


@route
def deleted_body_of_a_unit() -> Case:
    body = charter.body()
    unit = charter.unit(secretariat=body)
    return Case(body.delete, gone=[body], says=[(unit, {"secretariat": None})])


@route
def restrict_view() -> Case:
    body = charter.body()
    service = charter.service(body)
    act = post("wagtailadmin_pages:set_privacy", body.pk, data={"restriction_type": "login"})
    return Case(act, gone=[body, service])


@route
def open_view() -> Case:
    body = charter.body()
    service = charter.service(body)
    PageViewRestriction(page=Page.objects.get(pk=body.pk), restriction_type="login").save()
    act = post("wagtailadmin_pages:set_privacy", body.pk, data={"restriction_type": "none"})
    return Case(act, says=[(body, {"title": body.title}), (service, {"title": service.title})])


@route
def restriction_of_the_home_page() -> Case:
    service = _service()
    restriction = PageViewRestriction(page=Page.objects.get(pk=charter.home().pk), restriction_type="login")
    return Case(restriction.save, gone=[service])


@route
def restriction_deleted_by_queryset() -> Case:
    service = _service()
    PageViewRestriction(page=Page.objects.get(pk=service.pk), restriction_type="login").save()
    return Case(PageViewRestriction.objects.all().delete, says=[(service, {"title": service.title})])


@route
def alias_made_independent() -> Case:
    body = charter.body()
    alias = charter.service(body).create_alias(parent=body, update_slug="outro")
    alias = ServicePage.objects.get(pk=alias.pk)
    return Case(post("wagtailadmin_pages:convert_alias", alias.pk), says=[(alias, {"slug": "outro"})])


@route
def copy_view() -> Case:
    body = charter.body()
    service = charter.service(body)
    data = {"new_title": "Cópia", "new_slug": "copia", "new_parent_page": body.pk, "publish_copies": "on"}
    return Case(post("wagtailadmin_pages:copy", service.pk, data=data), count={"service": 2})


@route
def copy_in_code() -> Case:
    service = _service(source="federal-v3", source_id="12")
    return Case(lambda: service.copy(update_attrs={"slug": "copia"}), count={"service": 2})


@route
def copy_of_a_tree() -> Case:
    body = charter.body()
    charter.service(body)
    charter.draft_page(body, ServicePage, "Rascunho")
    body = charter.fresh(body)
    return Case(
        lambda: body.copy(recursive=True, update_attrs={"slug": "copia"}), count={"service": 2, "secretariat": 2}
    )


@route
def added_live() -> Case:
    body = charter.body()
    page = ServicePage(**charter.COMPLETE["service"], title="Novo", summary="Sobre o novo.", live=True)
    return Case(lambda: body.add_child(instance=page), says=[(page, {"title": "Novo"})])
