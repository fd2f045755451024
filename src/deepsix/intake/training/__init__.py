"""Training files (FIT, GPX, TCX, CSV) into sessions, and sessions into what bears on a case."""

from deepsix.intake.training.errors import TrainingFileError
from deepsix.intake.training.sessions import Session

__all__ = ["Session", "TrainingFileError"]
