"""GPX: one session for each track. Way and climb are added up from the points, since GPX holds no totals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from deepsix.intake.training.errors import TrainingFileError
from deepsix.intake.training.points import Track, moment, not_negative, number, session
from deepsix.intake.training.sessions import Session
from deepsix.intake.training.tables import sport_of

MOST_SESSIONS = 10_000


def place(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    """Return a place in degrees, None when it is not on the earth."""
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return latitude, longitude


class GpxListener:
    """Listens to a GPX document and collects its sessions. Tracks without times (planned routes) are left out."""

    nothing = "It holds no track with times, so it is a route and not a training. Export the activity instead."

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._track, self._sport = Track(), ""
        self._at: datetime | None = None
        self._where: tuple[float, float] | None = None
        self._height_m: float | None = None
        self._cadence: float | None = None
        self.sessions: list[Session] = []

    def start(self, path: list[str], attributes: Mapping[str, str]) -> None:
        match path[-1]:
            case "trk":
                self._track, self._sport = Track(), ""
            case "trkseg":
                self._track.break_off()
            case "trkpt":
                self._where = place(number(attributes.get("lat")), number(attributes.get("lon")))
                self._at = self._height_m = self._cadence = None

    def end(self, path: list[str], text: str) -> None:
        name, parent = path[-1], path[-2] if len(path) > 1 else ""
        match name:
            case "time" if parent == "trkpt":
                self._at = moment(text, self._zone)
            case "ele" if parent == "trkpt":
                self._height_m = number(text)
            case "cad" | "cadence":
                self._cadence = not_negative(text)
            case "type" if parent == "trk":
                self._sport = text
            case "trkpt":
                self._track.add(self._at, self._where, self._height_m, self._cadence)
            case "trk":
                self._finish()

    def _finish(self) -> None:
        track = self._track
        if track.start is None or not (track.duration_s or track.distance_m):
            return
        if len(self.sessions) >= MOST_SESSIONS:
            raise TrainingFileError(f"It holds more than {MOST_SESSIONS} tracks. Export fewer at a time.")
        self.sessions.append(
            session(
                start=track.start,
                sport=sport_of(self._sport),
                duration_s=track.duration_s,
                distance_m=track.distance_m,
                climb_m=track.climb_m,
                from_cadence=track.steps(),
                file_format="gpx",
            )
        )
