"""Whether the web server of this machine is ready; ends with 1 if not. The image has no curl."""

import os
import sys
import urllib.error
import urllib.request

request = urllib.request.Request(
    "http://127.0.0.1:8000/healthz/ready",
    # Else the site would lead to its https address.
    headers={"Host": os.environ["CONECTA_ALLOWED_HOSTS"].split(",")[0], "X-Forwarded-Proto": "https"},
)
try:
    urllib.request.urlopen(request, timeout=4)  # noqa: S310 - our own address
except (urllib.error.URLError, OSError):
    sys.exit(1)
