"""The body chart as it is shipped."""

from __future__ import annotations

import pytest

from deepsix.intake.chart.chart import Chart
from deepsix.intake.chart.loader import load_chart
from deepsix.knowledge import Knowledge


@pytest.fixture(scope="session")
def chart(knowledge: Knowledge) -> Chart:
    return load_chart(knowledge)
