"""Someone at the pages, in tests: a clock that is moved by hand, and forms sent as a browser does."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi.testclient import TestClient

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += timedelta(days=days)


class Person:
    """Someone at the pages: sends forms as a browser does, with the token of the page they came from."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.page: Any = client.get("/")

    def open(self, path: str) -> Any:
        """Open a page and return the answer."""
        self.page = self.client.get(path)
        return self.page

    def send(self, path: str, **fields: Any) -> Any:
        """Send a form from the page that is open, following on to the next page."""
        found = re.search(r'name="form_token" value="(\w+)"', self.page.text)
        assert found, "the page that is open has no form"
        self.page = self.client.post(path, data={"form_token": found[1], **fields})
        return self.page

    @property
    def path(self) -> str:
        """The path of the page that is open."""
        return str(self.page.url.path)

    def begin(self, age: str = "35", sex: str = "female", story: str = "", danger: str = "none") -> Any:
        """Pass the stations before the questions."""
        self.open("/")
        self.send("/start")
        self.send("/danger", danger=danger)
        if self.path == "/stop":
            return self.page
        self.send("/about-you", age=age, sex=sex)
        self.send("/where", skip="yes")
        self.send("/words", story=story)
        if self.path == "/understood":
            self.send("/understood")
        if self.path == "/where":
            self.send("/where", skip="yes")
        return self.page

    def answer_all(self, answer: str = "none") -> Any:
        """Answer every question the same way until the result; where that is no choice, not sure."""
        while self.path.startswith("/questions/"):
            offered = re.findall(r'name="offered" value="(\w+)"', self.page.text)
            given = answer if f'value="{answer}"' in self.page.text else "unsure"
            self.send(self.path, offered=offered, answer=given)
        return self.page
