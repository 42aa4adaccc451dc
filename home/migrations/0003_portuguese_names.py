"""What Wagtail's own migrations call by English names, and editors read: the tree's root and the way to approval."""

from django.db import migrations


def rename(apps, schema_editor):
    apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title="Root").update(title="Raiz", draft_title="Raiz")
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name="Moderators approval").update(name="Aprovação")


class Migration(migrations.Migration):

    dependencies = [
        ("conecta_home", "0002_site_root"),
        ("wagtailcore", "0048_add_default_workflows"),
    ]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
