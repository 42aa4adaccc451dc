"""Somebody who publishes in the admin, with a browser."""

from urllib.parse import urlencode

from bs4 import BeautifulSoup

from tests.faults.chaos.stage import Stage
from tests.faults.chaos.web import ask


class Editor:
    """Edits one theme."""

    def __init__(self, stage: Stage) -> None:
        told = stage.newsroom.do("editor")
        self.entry: str = told["entry"]
        self._port, self._address = stage.port, told["address"]
        self._cookies = {"sessionid": told["session"]}

    def publish(self, title: str) -> bool:
        """Whether it was accepted. Raises one of ``web.Failure`` if there was no answer."""
        page = ask(self._port, self._address, headers=self._headers())
        if page.status != 200:
            return False
        form = BeautifulSoup(page.body, "html.parser").select_one("form[data-edit-form]")
        assert form is not None
        given = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]")}
        given |= {str(field["name"]): field.get_text().strip() for field in form.select("textarea[name]")}
        self._cookies["csrftoken"] = page.headers["set-cookie"].partition("csrftoken=")[2].partition(";")[0]
        given |= {"title": title, "action-publish": "action-publish"}
        headers = {**self._headers(), "Content-Type": "application/x-www-form-urlencoded"}
        sent = ask(self._port, self._address, body=urlencode(given).encode(), headers=headers)
        # Who has to wait or to mend something is led back to the form.
        return sent.status == 302 and sent.headers["location"] != self._address

    def _headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
