"""Shared pieces of the hip tests: random postures over the checked range, and the path to the peer models."""

import sys
from pathlib import Path

import numpy as np
import pytest

from deepsix.hip.posture import checked_range_deg

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "hip"))


@pytest.fixture(scope="session")
def postures_deg() -> np.ndarray:
    """Two hundred postures spread over the whole checked range."""
    low, high = checked_range_deg().T
    return np.random.default_rng(6).uniform(low, high, (200, 4))
