"""Kill a process in the middle of writing records, many times, and count what was lost.

    python benchmarks/records/kill.py --kills 200

Each round forks a writer that saves assessments and check-ins as fast as it can and acknowledges each with its number
through a pipe, after the method that saved it has returned. After a random time it gets SIGKILL. Then the file is
opened and compared with what was acknowledged. Every tenth round begins without a file, so that the making of the
tables is killed too. Reported as JSON:

    kills           rounds in which the writer was killed
    while_saving    of these, the kill came between the start of an action and its acknowledgement
    while_opening   of these, before the first action
    acknowledged    actions acknowledged over all rounds
    lost            acknowledged actions that are not there or not whole
    halves          records without their answers, goals or entry in the history
    unopened        rounds after which the file did not open or failed SQLite's integrity check

A kill of the process leaves the page cache of the system alone, so this says nothing about a loss of power; for that
`synchronous = FULL` has SQLite wait for the disk at every commit.
"""

from __future__ import annotations

import argparse
import json
import mmap
import os
import random
import signal
import sqlite3
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from deepsix.case import Answer, Case, Origin, State
from deepsix.followup.checkin import ActivityGoal, CheckIn
from deepsix.records.errors import RecordsError
from deepsix.records.place import Place
from deepsix.records.store import open_records

NEW_FILE_EVERY = 10
LONGEST_S = 0.4
FINDINGS = ("pain_deep_buttock", "worse_sitting", "worse_driving", "runner", "fever")
OUTCOME = {"urgency": {"level": "self_care"}, "causes": [{"condition": "piriformis_syndrome", "p": 0.5}]}
OPENING, IDLE, SAVING = 0, 1, 2


@dataclass
class Tally:
    """What was seen over all rounds."""

    kills: int = 0
    while_saving: int = 0
    while_opening: int = 0
    acknowledged: int = 0
    lost: int = 0
    halves: int = 0
    unopened: int = 0


def write_until_killed(path: Path, acknowledge: int, doing: mmap.mmap) -> None:
    """Save for ever; each acknowledgement is one line: kind and number."""
    records = open_records(Place.of_file(path))
    round_number = 0
    while True:
        round_number += 1
        doing[0] = SAVING
        if round_number % 2:
            answers = {name: Answer(name, State.YES, Origin.STORY, f"words {name}") for name in FINDINGS}
            case = Case(age=40, sex="female", answers=answers, story="sore " * 50)
            versions = {"knowledge_version": "k", "program_version": "p", "setting": "community"}
            kind, number = "assessments", records.save_assessment(case, OUTCOME, **versions)
        else:
            goals = (ActivityGoal("walk the dog", 4), ActivityGoal("climb stairs", 6))
            kind, number = "checkins", records.save_checkin(CheckIn(datetime.now(UTC), 3, 5, 4, ("ran",), goals))
        os.write(acknowledge, f"{kind} {number}\n".encode())
        doing[0] = IDLE


def one_round(path: Path, wait_s: float, tally: Tally) -> set[tuple[str, int]]:
    """Run a writer, kill it, and return what it acknowledged."""
    doing = mmap.mmap(-1, 1)  # shared with the child
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        try:
            write_until_killed(path, write_end, doing)
        finally:
            os._exit(1)
    os.close(write_end)
    time.sleep(wait_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(read_end, "rb") as pipe:
        lines = pipe.read().decode().splitlines()
    if os.WIFSIGNALED(status):
        tally.kills += 1
        tally.while_saving += doing[0] == SAVING
        tally.while_opening += doing[0] == OPENING
    tally.acknowledged += len(lines)
    return {(kind, int(number)) for kind, number in (line.split() for line in lines)}


def look(path: Path, acknowledged: set[tuple[str, int]], tally: Tally) -> None:
    """Open the file as the next run would, and compare it with what was acknowledged."""
    try:
        with open_records(Place.of_file(path)) as records:
            assessments = {a.id: records.case(a.case_id) for a in records.assessments()}
            checkins = {c.id: c.checkin for c in records.checkins()}
            noted = {(change.subject, change.subject_id) for change in records.changes()}
            cases = {case.id for case in records.cases()}
    except RecordsError:
        tally.unopened += 1
        return
    with sqlite3.connect(path) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        sound &= not connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()
    tally.unopened += not sound
    there = {("assessments", n) for n in assessments} | {("checkins", n) for n in checkins}
    tally.lost += len(acknowledged - there)
    tally.halves += sum(len(case.case.answers) != len(FINDINGS) for case in assessments.values())
    tally.halves += sum(len(checkin.goals) != 2 for checkin in checkins.values())
    tally.halves += len(there ^ {entry for entry in noted if entry[0] != "cases"})
    tally.halves += len(cases ^ {case.id for case in assessments.values()})


def run(kills: int, seed: int) -> Tally:
    """Kill a writer this many times and return what was seen."""
    tally, chance = Tally(), random.Random(seed)
    # Loaded before the fork, so that a round is spent writing and not importing.
    import alembic.command
    import alembic.config  # noqa: F401

    with tempfile.TemporaryDirectory() as folder:
        path, acknowledged = Path(folder) / "records.sqlite", set[tuple[str, int]]()
        for number in range(kills):
            if number % NEW_FILE_EVERY == 0:
                path, acknowledged = Path(folder) / str(number) / "records.sqlite", set()
            acknowledged |= one_round(path, chance.uniform(0.0, LONGEST_S), tally)
            look(path, acknowledged, tally)
    return tally


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(json.dumps(asdict(run(given.kills, given.seed))))
