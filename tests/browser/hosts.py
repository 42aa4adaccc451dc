"""A site of somebody else's, at an origin of its own, with a policy that allows our script and our answers alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

#: No style of a page's own, no form, no image, no string that becomes HTML.
POLICY = (
    "default-src 'none'; script-src {portal}; connect-src {portal}; form-action 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Escola</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script src="{portal}/widget.js" async></script></head><body><main><h1>Escola</h1>{content}</main></body></html>"""


@contextmanager
def host_of(portal: str, content: str, *, lang: str = "pt-BR") -> Iterator[str]:
    """The address of a page that holds ``content`` and takes the portal's widget."""
    body = _PAGE.format(portal=portal, content=content, lang=lang).encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY.format(portal=portal))
            self.end_headers()
            self.wfile.write(body if found else b"")

        def log_message(self, *_args: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
