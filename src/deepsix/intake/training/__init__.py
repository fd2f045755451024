"""Training files (FIT, GPX, TCX, CSV) into sessions, and sessions into what bears on a case."""

from deepsix.intake.training.errors import TrainingFileError
from deepsix.intake.training.loads import (
    TrainingFacts,
    longest_next_run_m,
    spikes,
    training_answers,
    training_facts,
)
from deepsix.intake.training.reading import read_training_file
from deepsix.intake.training.sessions import Session

__all__ = [
    "Session",
    "TrainingFacts",
    "TrainingFileError",
    "longest_next_run_m",
    "read_training_file",
    "spikes",
    "training_answers",
    "training_facts",
]
