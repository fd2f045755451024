"""The rules by which change is judged, and a maker of check-ins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from deepsix.followup.checkin import CheckIn
from deepsix.followup.rules import ChangeRules, load_change_rules

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def rules() -> ChangeRules:
    return load_change_rules()


@pytest.fixture
def on_day() -> Callable[..., CheckIn]:
    """Return a maker of check-ins: the day, pain now and worst, and anything else."""

    def make(day: float, now: int, worst: int | None = None, **more: object) -> CheckIn:
        return CheckIn(START + timedelta(days=day), now, now if worst is None else worst, **more)  # type: ignore[arg-type]

    return make
