"""What every page needs: the knowledge, the records, the clock and the templates, passed in once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar, cast

from jinja2 import Environment

from deepsix.case import Case, Setting
from deepsix.diagnosis.engine import Weighed, weigh
from deepsix.knowledge.model import Knowledge
from deepsix.records import Records
from deepsix.web.assets import Assets
from deepsix.web.visit import DAYS_KEPT, Visit, kept_under, visit_from_record, visit_record

SETTING: Setting = "community"  # a person at home
_WEIGHED_KEPT = 128  # about 0.1 MB each
_MADE_KEPT = 128
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Site:
    """The pages' ground. Shared between threads; `saving` is held while something is kept once and no more."""

    knowledge: Knowledge
    records: Records
    clock: Callable[[], datetime]
    templates: Environment
    assets: Assets
    saving: Lock = field(default_factory=Lock)
    _weighed: OrderedDict[Any, Weighed] = field(default_factory=OrderedDict)
    _made: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def visit(self, key: str | None) -> Visit | None:
        """Return the visit of a cookie's key, None when there is none (any more)."""
        if key is None:
            return None
        record = self.records.draft(kept_under(key))
        return visit_from_record(record) if record is not None else None

    def keep(self, key: str, visit: Visit) -> None:
        """Keep a visit."""
        self.records.keep_draft(kept_under(key), visit_record(visit))

    def forget_old_visits(self) -> int:
        """Drop visits nobody went on with, and return how many."""
        return self.records.drop_drafts_before(self.clock() - timedelta(days=DAYS_KEPT))

    def weigh(self, case: Case, setting: Setting = SETTING) -> Weighed:
        """Return a weighed case; the last few are kept, since one case is behind several pages."""
        key = (case.age, case.sex, setting, tuple(case.answers.values()), case.story)
        with self._lock:
            if key in self._weighed:
                self._weighed.move_to_end(key)
                return self._weighed[key]
        weighed = weigh(self.knowledge, case, setting)
        with self._lock:
            self._weighed[key] = weighed
            while len(self._weighed) > _WEIGHED_KEPT:
                self._weighed.popitem(last=False)
        return weighed

    def remembered(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made for a key before, else make it; the last few are kept. The key says all it rests on."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return cast(Made, self._made[key])
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > _MADE_KEPT:
                self._made.popitem(last=False)
        return made

    def forget_all(self) -> None:
        """Drop what is held in memory, as when everything was erased."""
        with self._lock:
            self._weighed.clear()
            self._made.clear()
