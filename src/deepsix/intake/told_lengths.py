"""Clipped ways to say how long it has lasted, with no trouble word beside them: "Four months maybe", "That was a
fortnight ago", "Eleven days on there's a bruise", "This is month four", "since last summer".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deepsix.intake.text import NUMBERS, plain

_UNIT_DAYS = {"hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4, "year": 365.25}
_SEASONS_AGO_DAYS = 200.0  # "last summer", told at any time of the year: most likely over three months, under a year
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_AMOUNT = rf"(?P<low>{_NUMBER})(?: (?:of )?(?:or|to|and a) (?P<high>{_NUMBER}))?(?: of| odd| good| full| whole| long)*"
_LENGTH = rf"{_AMOUNT} (?P<unit>hour|day|night|week|fortnight|month|year)s?"
_ABOUT = r"(?:about |around |roughly |nearly |almost |over |at least |a good |some |maybe |only |just |say )*"

_TOLD = (
    rf"^{_ABOUT}{_LENGTH}(?:,? (?:now|maybe|so far|on|in|all told|and counting|i'?d say|of (?:this|it)|at this stage))*"
    rf"[.,;:]?$",
    rf"\b(?:it's|it is|its|that's|that is|it has|it's been|it has been|been|been this way|been like this|been going on)"
    rf" (?:me |been |now )?{_ABOUT}{_LENGTH}(?= (?:now|ago|since|on|in|back)\b|[.,;:]|$)",
    rf"\b(?:that|it|this) (?:was|happened|began|started) {_ABOUT}{_LENGTH} (?:ago|back|since)\b",
    rf"\b{_LENGTH} (?:on,? (?:there|i |it|and i|the|my)|later,? (?:it|i|the|my|and it)[^.;]{{0,40}}\bstill)",
    rf"\b{_LENGTH} and [^.;]{{1,25}} later",
    rf"\b{_LENGTH} of this\b",
    rf"\bso,? {_ABOUT}{_LENGTH}[.,;:]?$",
    rf"\b{_LENGTH} (?:of|with) (?:\w+ ){{0,2}}(?:pain|ache|aching|agony|it in|it now)\b",
)
_PATTERNS = tuple(re.compile(pattern, re.I) for pattern in _TOLD)
_MONTH_FOUR = re.compile(
    rf"\b(?:this is|it's|now in|into) (?:my )?(?P<unit>week|month|year) (?P<low>{_NUMBER})\b",
    re.I,
)
_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"
_LAST_SEASON = re.compile(
    rf"\b(?:since|began|started|came on|came off|fell|hurt|landed|injury|injection|operation|until|till|from)\b"
    rf"[^.;]{{0,40}}\blast (?:year|spring|summer|autumn|fall|winter|{_MONTHS})\b",
    re.I,
)
_WINTERS_AGO = re.compile(rf"\b(?P<low>{_NUMBER}) (?:winters|summers|springs|autumns|seasons) ago\b", re.I)
_OTHER_THING = re.compile(
    r"\b(?:old|pregnant|married|surgery|operation|replace\w*|smok\w+|wait\w*|until|till|cancer|diabet\w+|asthma"
    r"|antibiotics|shifts|marathons?|rheumatoid|period)\b",
    re.I,
)


def told_lengths(text: str) -> Iterator[tuple[float, int]]:
    """Yield each clipped length in days, with where in the text it stands.

    >>> [round(days) for days, _ in told_lengths("My hip hurts. Four months maybe. Worse on stairs.")]
    [122]
    """
    start = 0
    for sentence in re.split(r"(?<=[.!?;\n])\s+", plain(text)):
        at = text.find(sentence[:20], start) if sentence else start
        start = max(start, at)
        clause_start = 0
        for clause in re.split(r"(?<=[,:]) ", sentence):
            for pattern in _PATTERNS:
                match = pattern.search(clause.strip())
                if match and not _OTHER_THING.search(clause):
                    yield _days(match), start + clause_start
                    break
            clause_start += len(clause) + 1
        if match := _MONTH_FOUR.search(sentence):
            yield _days(match), start + match.start()
        if match := _WINTERS_AGO.search(sentence):
            yield _number(match["low"]) * _UNIT_DAYS["year"], start + match.start()
        elif match := _LAST_SEASON.search(sentence):
            yield _SEASONS_AGO_DAYS, start + match.start()


def _days(match: re.Match[str]) -> float:
    groups = match.groupdict()
    amount = max(_number(groups["low"]), _number(groups.get("high") or "0"))
    return amount * _UNIT_DAYS[groups["unit"].lower()]


def _number(word: str) -> float:
    return float(NUMBERS.get(word.lower(), word if word.isdigit() else 0))
