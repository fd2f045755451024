"""The founding articles, statement by statement: what they say, what research says, and where it is at work here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from deepsix.diagnosis import wording
from deepsix.hip.statements import StatementVerdict, statement_verdicts
from deepsix.knowledge.model import Knowledge, Statement
from deepsix.web.presenting.learn_words import sentence

STANDINGS: Final = ("supported", "mixed", "opposed", "article_only")


@dataclass(frozen=True, slots=True)
class CarrierView:
    """Something in deepsix that rests on a statement; `address` is "" when it has no page."""

    kind: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One statement: its `standing`, one of STANDINGS, `plain` words for all, and a `comment` in those of the field."""

    id: str
    article: str
    text: str
    standing: str
    plain: tuple[str, ...]
    comment: str
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]
    computed: StatementVerdict | None
    carriers: tuple[CarrierView, ...]


def standing(statement: Statement) -> str:
    """Return what research says of a statement as a whole."""
    if statement.supporting and statement.opposing:
        return "mixed"
    return "supported" if statement.supporting else "opposed" if statement.opposing else "article_only"


@cache
def _verdicts() -> Mapping[str, StatementVerdict]:
    return {verdict.id: verdict for verdict in statement_verdicts()}


@lru_cache(maxsize=4)
def claims(knowledge: Knowledge) -> tuple[ClaimView, ...]:
    """Return every statement, in the order of the articles."""
    return tuple(
        ClaimView(
            id=statement.id,
            article=statement.id[0],
            text=statement.text,
            standing=standing(statement),
            plain=tuple(
                knowledge.notes[reference.removeprefix("note:")].text
                for reference in statement.carried_by
                if reference.startswith("note:")
            ),
            comment=statement.comment,
            supporting=tuple(wording.source_words(knowledge, key) for key in statement.supporting),
            opposing=tuple(wording.source_words(knowledge, key) for key in statement.opposing),
            computed=_verdicts().get(statement.id),
            carriers=tuple(_carrier(knowledge, reference) for reference in statement.carried_by),
        )
        for statement in knowledge.statements.values()
    )


def _carrier(knowledge: Knowledge, reference: str) -> CarrierView:
    kind, _, identity = reference.partition(":")
    named: Mapping[str, Callable[[], str]] = {
        "condition": lambda: knowledge.conditions[identity].name,
        "finding": lambda: knowledge.findings[identity].name,
        "note": lambda: knowledge.notes[identity].title,
        "remedy": lambda: knowledge.remedies[identity].title,
        "rule": lambda: next(rule.reason for rule in knowledge.rules if rule.id == identity),
        "arrow": lambda: knowledge.conditions[identity].name,
        "risk": lambda: knowledge.findings[identity.partition("/")[2]].name,
    }
    page_of = {"condition": identity, "arrow": identity, "risk": identity.partition("/")[0]}
    address = f"/learn/conditions/{page_of[kind]}" if kind in page_of else ""
    return CarrierView(kind, sentence(named[kind]()), address)
