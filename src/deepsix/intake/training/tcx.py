"""TCX: one session for each activity. Time and way are the sums its laps state; climb comes from the points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from deepsix.intake.training.errors import TrainingFileError
from deepsix.intake.training.gpx import MOST_SESSIONS, place
from deepsix.intake.training.points import STEPS_A_STRIDE, Track, moment, not_negative, number, session
from deepsix.intake.training.sessions import Session
from deepsix.intake.training.tables import sport_of


@dataclass
class _Activity:
    """The sums of one activity while it is read."""

    sport: str
    track: Track = field(default_factory=Track)
    start: datetime | None = None
    duration_s: float = 0.0
    distance_m: float = 0.0
    counted: float = 0.0
    cadence_steps: float = 0.0
    says_distance: bool = False
    furthest_m: float | None = None  # the distance that the points state, which runs on over laps


@dataclass
class _Lap:
    duration_s: float = 0.0
    cadence: float | None = None


class TcxListener:
    """Listens to a TCX document and collects its sessions."""

    nothing = "It holds no activity with a time, so there is no training in it."

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._activity, self._lap = _Activity(""), _Lap()
        self._point: dict[str, str] = {}
        self.sessions: list[Session] = []

    def start(self, path: list[str], attributes: Mapping[str, str]) -> None:
        match path[-1]:
            case "Activity":
                self._activity = _Activity(attributes.get("Sport", ""))
            case "Lap":
                self._lap = _Lap()
                at = moment(attributes.get("StartTime", ""), self._zone)
                self._activity.start = self._activity.start or at
            case "Track":
                self._activity.track.break_off()
            case "Trackpoint":
                self._point = {}

    def end(self, path: list[str], text: str) -> None:
        name, parent = path[-1], path[-2] if len(path) > 1 else ""
        if "Trackpoint" in path[:-1]:
            self._point[name] = text
        elif parent in ("Lap", "LX"):
            self._of_lap(name, text)
        elif name == "Lap":
            self._activity.cadence_steps += (self._lap.cadence or 0.0) * STEPS_A_STRIDE * self._lap.duration_s / 60
        elif name == "Trackpoint":
            self._add_point()
        elif name == "Id" and parent == "Activity":
            self._activity.start = self._activity.start or moment(text, self._zone)
        elif name == "Activity":
            self._finish()

    def _of_lap(self, name: str, text: str) -> None:
        value = not_negative(text)
        if value is None:
            return
        match name:
            case "TotalTimeSeconds":
                self._lap.duration_s = value
                self._activity.duration_s += value
            case "DistanceMeters":
                self._activity.distance_m += value
                self._activity.says_distance = True
            case "Steps":
                self._activity.counted += value
            case "AvgRunCadence":
                self._lap.cadence = value

    def _add_point(self) -> None:
        point = self._point
        self._activity.track.add(
            moment(point.get("Time", ""), self._zone),
            place(number(point.get("LatitudeDegrees")), number(point.get("LongitudeDegrees"))),
            number(point.get("AltitudeMeters")),
            not_negative(point.get("RunCadence") or point.get("Cadence")),
        )
        so_far = not_negative(point.get("DistanceMeters"))
        if so_far is not None:
            self._activity.furthest_m = max(so_far, self._activity.furthest_m or 0.0)

    def _finish(self) -> None:
        done, track = self._activity, self._activity.track
        start = min(done.start, track.start) if done.start and track.start else done.start or track.start
        stated_m = done.distance_m if done.says_distance else done.furthest_m
        way_m = stated_m if stated_m is not None else track.distance_m
        duration_s = done.duration_s or track.duration_s
        if start is None or not (way_m or duration_s):
            return
        if len(self.sessions) >= MOST_SESSIONS:
            raise TrainingFileError(f"It holds more than {MOST_SESSIONS} activities. Export fewer at a time.")
        self.sessions.append(
            session(
                start=start,
                sport=sport_of(done.sport),
                duration_s=duration_s,
                distance_m=way_m,
                climb_m=track.climb_m,
                counted=round(done.counted) or None,
                from_cadence=round(done.cadence_steps) or track.steps(),
                file_format="tcx",
            )
        )
