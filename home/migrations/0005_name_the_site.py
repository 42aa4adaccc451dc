from typing import Any

from django.db import migrations


def name(apps: Any, _schema_editor: Any) -> None:
    """Wagtail's admin greets with the site's name; without one, with the host's, which says nothing to an editor."""
    apps.get_model("wagtailcore", "Site").objects.filter(hostname="localhost", site_name="").update(site_name="Conecta")


class Migration(migrations.Migration):
    dependencies = [("conecta_home", "0004_brand")]
    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
