"""FIT, GPX, TCX and CSV files into sessions, compared with what they state and with readers that share no code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import gpxpy
import make_fit
import pytest

from deepsix.intake.training import Session, read_training_file
from deepsix.intake.training.points import Climb, distance_m

Read = Callable[[str, str | bytes], tuple[Session, ...]]
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

GPX = """<?xml version="1.0"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" xmlns:t="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
<trk><name>Morning</name><type>{sport}</type><trkseg>{points}</trkseg></trk></gpx>"""
POINT = '<trkpt lat="{lat}" lon="{lon}"><ele>{ele}</ele><time>{time}</time>{more}</trkpt>'
CADENCE = "<extensions><t:TrackPointExtension><t:cad>{}</t:cad></t:TrackPointExtension></extensions>"

LAP = """<Lap StartTime="{start}"><TotalTimeSeconds>{s}</TotalTimeSeconds><DistanceMeters>{m}</DistanceMeters>
{more}<Track>{points}</Track></Lap>"""
TCX = """<?xml version="1.0"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
 xmlns:x="http://www.garmin.com/xmlschemas/ActivityExtension/v2"><Activities>
<Activity Sport="{sport}"><Id>2026-01-05T08:00:00Z</Id>{laps}</Activity></Activities></TrainingCenterDatabase>"""


def gpx_of(count: int = 61, sport: str = "running", cadence: int | None = None) -> str:
    """A track due north, a point every ten seconds, up one metre each."""
    more = CADENCE.format(cadence) if cadence else ""
    points = [
        POINT.format(
            lat=52 + n * 0.0003, lon=5.0, ele=10 + n, more=more, time=(START + timedelta(seconds=10 * n)).isoformat()
        )
        for n in range(count)
    ]
    return GPX.format(sport=sport, points="".join(points))


def fit_of(*messages: bytes) -> bytes:
    return make_fit.fit_file(make_fit.file_id(), *messages)


def test_a_fit_session_is_read_as_the_device_summed_it_up(read: Read):
    content = fit_of(make_fit.record(START, 0), make_fit.session(START, make_fit.RUNNING, 1800.5, 5012.34, 42, 2500))
    assert read("run.fit", content) == (Session(START, "running", 1800.5, 5012.34, 42.0, 5000, "device", "fit"),)


def test_a_fit_file_of_two_sports_is_two_sessions(read: Read):
    ride = make_fit.session(START, make_fit.CYCLING, 3600, 30000, 300, 0)
    run = make_fit.session(START + timedelta(hours=1), make_fit.RUNNING, 1200, 4000, 10, 1600)
    assert [(s.sport, s.steps) for s in read("duathlon.fit", fit_of(ride, run))] == [
        ("cycling", None),
        ("running", 3200),
    ]


def test_a_fit_file_that_broke_off_before_its_summary_is_read_from_its_points(read: Read):
    points = [make_fit.record(START + timedelta(seconds=60 * n), 200 * n, 10 * n) for n in range(4)]
    (session,) = read("cut.fit", fit_of(*points))
    assert (session.duration_s, session.distance_m, session.climb_m) == (180, 600, pytest.approx(30))


def test_gpx_totals_agree_with_an_independent_reader(read: Read):
    (ours,), theirs = read("run.gpx", gpx_of()), gpxpy.parse(gpx_of())
    assert ours.distance_m == pytest.approx(theirs.length_2d(), rel=0.005)  # theirs uses the radius at the equator
    assert ours.duration_s == theirs.get_duration() == 600
    assert ours.climb_m == pytest.approx(theirs.get_uphill_downhill().uphill, abs=3)
    assert ours.start == theirs.get_time_bounds().start_time == START


def test_steps_come_from_the_cadence_of_the_points_when_there_is_one(read: Read):
    (counted,) = read("run.gpx", gpx_of(cadence=80))
    assert (counted.steps, counted.steps_from) == (1600, "cadence")  # 80 strides of two steps, ten minutes
    (typical,) = read("run.gpx", gpx_of())
    assert (typical.steps, typical.steps_from) == (1650, "estimate")
    (ride,) = read("ride.gpx", gpx_of(sport="cycling", cadence=80))
    assert ride.steps is None


def test_a_break_in_a_gpx_track_is_neither_time_nor_way(read: Read):
    far = POINT.format(lat=53, lon=5, ele=0, more="", time="2026-01-05T10:00:00Z")
    content = gpx_of(3).replace("</trkseg>", f"</trkseg><trkseg>{far}</trkseg>")
    (session,) = read("run.gpx", content)
    assert session.duration_s == 20
    assert session.distance_m == pytest.approx(66.7, abs=0.1)


def test_a_pause_without_a_break_is_not_time(read: Read):
    late = POINT.format(lat=52.0006, lon=5, ele=0, more="", time="2026-01-05T10:00:00Z")
    (session,) = read("run.gpx", gpx_of(3).replace("</trkseg>", f"{late}</trkseg>"))
    assert session.duration_s == 20


def test_a_slip_of_the_satellite_receiver_is_left_out(read: Read):
    slip = POINT.format(lat=10, lon=5, ele=0, more="", time="2026-01-05T08:00:25Z")
    back = POINT.format(lat=52.0009, lon=5, ele=0, more="", time="2026-01-05T08:00:30Z")
    (session,) = read("run.gpx", gpx_of(3).replace("</trkseg>", f"{slip}{back}</trkseg>"))
    assert session.distance_m == pytest.approx(100.1, abs=0.1)


def test_tcx_time_and_way_are_the_sums_of_its_laps(read: Read):
    laps = "".join(LAP.format(start=START.isoformat(), s=600, m=2000.5, more="", points="") for _ in range(2))
    (session,) = read("run.tcx", TCX.format(sport="Running", laps=laps))
    assert (session.sport, session.duration_s, session.distance_m) == ("running", 1200, 4001)


@pytest.mark.parametrize(
    ("more", "steps"),
    [
        ("<Extensions><x:LX><x:Steps>1700</x:Steps></x:LX></Extensions>", (1700, "device")),
        ("<Extensions><x:LX><x:AvgRunCadence>85</x:AvgRunCadence></x:LX></Extensions>", (1700, "cadence")),
        ("", (1650, "estimate")),
    ],
)
def test_tcx_steps_are_counted_or_from_cadence_or_typical(read: Read, more: str, steps: tuple[int, str]):
    lap = LAP.format(start=START.isoformat(), s=600, m=2000, more=more, points="")
    (session,) = read("run.tcx", TCX.format(sport="Running", laps=lap))
    assert (session.steps, session.steps_from) == steps


def test_our_own_csv_columns_are_read(read: Read):
    (session,) = read(
        "log.csv", "date,sport,distance_km,duration_min,climb_m,steps\n2026-01-05 08:00,run,5,30,12,4900\n"
    )
    assert session == Session(START, "running", 1800.0, 5000.0, 12.0, 4900, "device", "csv")


def test_a_list_from_garmin_is_read(read: Read):
    content = (
        "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Avg Run Cadence,Total Ascent\n"
        'Trail Running,2026-01-05 08:00:00,false,"Hills, long","12.34","1,024",01:30:00,140,160,"1,024"\n'
        'Pool Swim,2026-01-04 08:00:00,false,Swim,"1,500",300,00:40:00.5,120,--,--\n'
    )
    run, swim = read("Activities.csv", content)
    assert (run.sport, run.distance_m, run.duration_s, run.climb_m) == ("running", 12340, 5400, 1024)
    assert (run.steps, run.steps_from) == (14400, "cadence")
    assert (swim.sport, swim.distance_m, swim.duration_s) == ("swimming", 1500, 2400.5)


def test_a_list_from_strava_is_read(read: Read):
    content = (
        "Activity ID,Activity Date,Activity Type,Elapsed Time,Distance,Moving Time,Distance,Elevation Gain\n"
        '1,"Jan 5, 2026, 8:00:00 AM",Run,1900,5.01,1800.0,5012.0,12.5\n'
    )
    (session,) = read("activities.csv", content)
    assert (session.start, session.duration_s, session.distance_m, session.climb_m) == (START, 1800, 5010, 12.5)


def test_a_list_with_semicolons_and_decimal_commas_is_read(read: Read):
    assert read("log.csv", "date;sport;distance_km\n2026-01-05;running;5,25\n")[0].distance_m == 5250


def test_a_time_without_a_zone_is_of_the_zone_given(tmp_path: Path):
    path = tmp_path / "log.csv"
    path.write_text("date,distance_km\n2026-01-05 08:00,5\n")
    (session,) = read_training_file(path, timezone(timedelta(hours=2)))
    assert session.start == datetime(2026, 1, 5, 6, 0, tzinfo=UTC)


def test_the_kind_of_a_file_is_told_from_its_content(read: Read):
    assert read("run.txt", gpx_of())[0].file_format == "gpx"
    assert read("run", fit_of(make_fit.session(START, 1, 60, 100, 0, 0)))[0].file_format == "fit"
    assert read(
        "utf16.xml", gpx_of().replace('?xml version="1.0"', '?xml version="1.0" encoding="UTF-16"').encode("utf-16")
    )


def test_a_comment_or_a_namespace_does_not_decide_the_kind(read: Read):
    comment = "<!-- not <TrainingCenterDatabase> -->\n<gpx"
    named = '<gpx xmlns:y="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"'
    assert read("run.gpx", gpx_of().replace("<gpx", comment))[0].file_format == "gpx"
    assert read("run.gpx", gpx_of().replace("<gpx", named))[0].file_format == "gpx"
    lap = LAP.format(start=START.isoformat(), s=600, m=2000, more="", points="")
    tcx = TCX.format(sport="Running", laps=lap).replace("<Training", "<!-- not <gpx> --><Training", 1)
    assert read("run.tcx", tcx)[0].file_format == "tcx"


def test_small_ups_and_downs_are_no_climb():
    climb = Climb(step_m=3)
    for height_m in (10, 11, 10, 12, 9, 11, 10, 20, 19, 21):
        climb.add(height_m)
    assert climb.total_m == 11  # from 9 to 20; the metre to 21 is within the noise


def test_a_degree_along_a_meridian_is_111_km():
    assert distance_m((0, 0), (1, 0)) == pytest.approx(111_195, abs=1)
    assert distance_m((0, 179.5), (0, -179.5)) == pytest.approx(111_195, abs=1), "across the date line"
