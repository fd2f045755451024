"""Shared experiments, run once."""

import pytest

from deepsix.recovery import behaviours
from deepsix.recovery.loads import loads_of


@pytest.fixture(scope="session")
def piriformis():
    return loads_of(["piriformis"])


@pytest.fixture(scope="session")
def groups():
    return behaviours.tipping(people=150)


@pytest.fixture(scope="session")
def remedy_courses():
    return behaviours.remedies(people=150)
