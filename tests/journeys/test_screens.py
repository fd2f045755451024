"""Pictures of every page in both themes, at a desk and on a phone, for people to look at.

    DEEPSIX_SCREENS=docs/guide/screens python -m pytest tests/journeys/test_screens.py

writes them; without the variable they are taken, checked not to be blank, and thrown away.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from sample_people import EVERY_PAGE, Opened
from test_axe import Walked, walked

__all__ = ["walked"]  # the fixture: pages with people who have gone their way

LOOKS = {"desk-light": ("light", 1280, 900), "phone-dark": ("dark", 390, 844)}
ALSO = {"desk-dark": ("dark", 1280, 900), "phone-light": ("light", 390, 844)}
# Software rendering draws no picture higher than this; a long page is shown from its top.
HIGHEST = 4000
SCALE = 0.5
LEAST_BYTES = 3_000  # an empty page in one colour has under 2 kB at this scale


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.name)
def test_a_page_can_be_looked_at(browser: Any, walked: Walked, page: Opened, tmp_path: Path) -> None:
    wanted = os.environ.get("DEEPSIX_SCREENS")
    folder = Path(wanted) if wanted else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    for look, (theme, width, height) in {**LOOKS, **(ALSO if wanted else {})}.items():
        context = browser.new_context(
            base_url=walked.address,
            viewport={"width": width, "height": height},
            device_scale_factor=SCALE if width > 600 else 1,
            reduced_motion="reduce",
        )
        context.set_default_timeout(60_000)
        context.add_cookies(
            [*walked.cookies[page.who], {"name": "deepsix_theme", "value": theme, "url": walked.address}]
        )
        opened = context.new_page()
        opened.goto(page.address)
        opened.wait_for_load_state("networkidle")
        whole = min(int(opened.evaluate("document.documentElement.scrollHeight")), HIGHEST)
        opened.set_viewport_size({"width": width, "height": max(whole, height)})
        path = folder / f"{page.name}-{look}.jpg"
        opened.screenshot(path=path, type="jpeg", quality=60)
        context.close()
        assert path.stat().st_size > LEAST_BYTES, f"{page.name} is blank in {look}"
