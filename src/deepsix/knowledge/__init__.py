"""Curated facts with their sources: conditions, findings, priors, rules. `load_knowledge()` reads all."""

from deepsix.knowledge.loader import load_knowledge
from deepsix.knowledge.model import Condition, Estimate, Finding, Knowledge, Urgency

__all__ = ["Condition", "Estimate", "Finding", "Knowledge", "Urgency", "load_knowledge"]
