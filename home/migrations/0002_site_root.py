"""A city's site from the first start: the home page stands where Wagtail put its welcome page."""

from django.conf import settings
from django.db import migrations

TITLE = "Carta de Serviços"
SLUG = "inicio"


def put_home_page(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("conecta_home", "HomePage")

    plain_page, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    welcome = site.root_page if site else None
    if site and (welcome.depth != 2 or welcome.content_type_id != plain_page.pk or welcome.numchild):
        # The host has made its own tree: a migration does not take it away.
        return
    root = Page.objects.filter(depth=1).order_by("path").first()
    if root is None:
        return
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE.lower())
    content_type, _ = ContentType.objects.get_or_create(app_label="conecta_home", model="homepage")
    hostname, port = (site.hostname, site.port) if site else ("localhost", 80)
    if welcome:
        # Deleting it takes the site with it.
        welcome.delete()
    last = Page.objects.filter(depth=2).order_by("path").last()
    step = _next_step(last.path[len(root.path) :] if last else "0000")
    HomePage.objects.create(
        title=TITLE,
        draft_title=TITLE,
        slug=SLUG,
        url_path=f"/{SLUG}/",
        content_type=content_type,
        path=root.path + step,
        depth=2,
        numchild=0,
        live=True,
        locale=locale,
    )
    Page.objects.filter(pk=root.pk).update(numchild=Page.objects.filter(depth=2, path__startswith=root.path).count())
    Site.objects.update_or_create(
        hostname=hostname,
        port=port,
        defaults={"root_page_id": Page.objects.get(path=root.path + step).pk, "is_default_site": True},
    )


def _next_step(step):
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    number = int(step, 36) + 1
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = alphabet[digit] + digits
    return digits.rjust(4, "0")


class Migration(migrations.Migration):

    dependencies = [
        ("conecta_home", "0001_home_page"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(put_home_page, migrations.RunPython.noop)]
