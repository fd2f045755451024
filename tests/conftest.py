"""What all tests share: the knowledge base, a cache folder of their own, and how hypothesis searches.

By default the generated cases are the same in every run, so that a failure in one place is a failure everywhere.
`HYPOTHESIS_PROFILE=searching` looks at ten times as many, new ones each time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from deepsix.knowledge import Knowledge, load_knowledge

settings.register_profile(
    "steady", derandomize=True, deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "searching", deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session", autouse=True)
def cache_folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the tests out of the user's own cache and records."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        patch.setenv("DEEPSIX_DATABASE", str(folder / "none" / "records.sqlite"))
        yield folder


@pytest.fixture(scope="session")
def knowledge(cache_folder_of_the_run: Path) -> Knowledge:
    """The knowledge base as it is shipped."""
    return load_knowledge()
