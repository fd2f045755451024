"""The first page is light: all that it loads, as it goes over the wire, is under 100 kB. 3D loads only where shown."""

from __future__ import annotations

import gzip
import re

import pytest
from fastapi.testclient import TestClient

MOST_FIRST_PAGE = 100_000
MOST_OTHER_PAGE = 150_000
HEAVY = ("hip3d", "bones")


def sent_bytes(client: TestClient, address: str) -> int:
    """How many bytes of content go over the wire for an address."""
    with client.stream("GET", address, headers={"accept-encoding": "gzip"}) as answer:
        assert answer.status_code == 200, address
        return sum(map(len, answer.iter_raw()))


def loaded_by(client: TestClient, path: str) -> list[str]:
    """What a browser loads by itself for a page: the page, scripts, styles, icons, pictures."""
    text = client.get(path).text
    tags = re.findall(r"<(?:link|script|img|source)\b[^>]*>", text)
    found = [match[1] for tag in tags if (match := re.search(r'(?:href|src)="(/[^"]+)"', tag))]
    return [path, *dict.fromkeys(found)]


def test_the_first_page_is_under_100_kb(client: TestClient) -> None:
    parts = {address: sent_bytes(client, address) for address in loaded_by(client, "/")}
    assert any(address.endswith(".css") for address in parts)
    assert any(address.endswith(".js") for address in parts)
    assert sum(parts.values()) < MOST_FIRST_PAGE, parts


@pytest.mark.parametrize("path", ["/learn", "/learn/claims", "/learn/conditions/deep_rotator_overload", "/components"])
def test_pages_to_learn_from_stay_light(client: TestClient, path: str) -> None:
    parts = {address: sent_bytes(client, address) for address in loaded_by(client, path)}
    assert sum(parts.values()) < MOST_OTHER_PAGE, parts


@pytest.mark.parametrize("path", ["/", "/about", "/learn", "/learn/muscles/piriformis", "/components"])
def test_3d_is_not_loaded_where_it_is_not_shown(client: TestClient, path: str) -> None:
    assert [address for address in loaded_by(client, path) if any(name in address for name in HEAVY)] == []


def test_text_is_packed_on_its_way(client: TestClient) -> None:
    style = next(address for address in loaded_by(client, "/") if address.endswith(".css"))
    whole = client.get(style).content
    assert sent_bytes(client, style) < 0.3 * len(whole)
    # Not far from what packing can do at all.
    assert sent_bytes(client, style) < 1.1 * len(gzip.compress(whole))
