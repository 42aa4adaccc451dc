"""The WSGI application that a server such as granian runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta_site.settings")

django_application = get_wsgi_application()

# Nothing of ours can be imported before Django is set up.
from django.db import connections  # noqa: E402

from conecta_site.page_door import PageDoor  # noqa: E402
from home.demo_guard import refuse_demonstration  # noqa: E402

application = PageDoor(django_application)
refuse_demonstration()
# Of this thread, which answers no request.
connections.close_all()
