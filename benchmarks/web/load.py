"""Fifty people at the pages at once: how long each page takes to answer.

    python benchmarks/web/load.py [--users 50] [--seconds 30] [--json FILE]

Starts deepsix on a port of this computer over empty records, and lets people go the whole way with pauses to read:
signs of danger, own words, questions, result, plan, check-in, pages to learn from. Each has one cause, drawn by how
common it is, and answers as people with it do; answers thrown together at random would be cases that nobody brings. One
person goes ahead and does not count. Times are from the request to the last byte, as this program sees them, so
whatever else runs on the computer counts too; the load average is printed for that.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2

from deepsix.knowledge import Knowledge, load_knowledge

TARGET_MS = 50.0
THINK_S = (0.5, 3.5)  # far quicker than people read, so that 50 users ask more than 50 people would
STORIES = (
    "Deep ache in my bum when I sit, worst the day after a hilly race. No pins and needles.",
    "Sore on the outside of my hip when I lie on that side at night. Stairs hurt. It began months ago.",
    "Pain in my low back that runs down my leg below the knee, with tingling in the big toe.",
    "My groin is stiff and aches in the morning. I cannot put on my socks.",
    "Sharp pain at the back of my thigh when I sprinted. I felt a pop.",
    "",
)
PLACES = {"buttock_middle_right": "pain_buttock", "hip_side_right": "pain_hip_side", "groin_right": "pain_groin"}
LEARN = (
    "/learn", "/learn?q=sciatica", "/learn/conditions", "/learn/conditions/hip_osteoarthritis",
    "/learn/conditions/deep_rotator_overload", "/learn/muscles/piriformis", "/learn/claims", "/learn/glossary",
)  # fmt: skip
SERVE = """
import sys
from pathlib import Path
import uvicorn
from deepsix.knowledge import Knowledge, load_knowledge
from deepsix.records.place import Place
from deepsix.records.store import open_records
from deepsix.web.app import create_app
from deepsix.web.warming import warm
with open_records(Place.of_file(Path(sys.argv[1]))) as records:
    app = create_app(load_knowledge(), records)
    warm(app.state.site)
    uvicorn.run(app, port=int(sys.argv[2]), log_level="error", access_log=False)
"""


class User:
    """One person: goes from page to page, reads a while, and notes how long each answer took."""

    def __init__(
        self, knowledge: Knowledge, address: str, seed: int, note: Callable[[str, float], None], until: float
    ) -> None:
        self._client = httpx2.AsyncClient(base_url=address, timeout=30)
        self._dice = random.Random(seed)
        self._knowledge = knowledge
        self._has: dict[str, bool] = {}
        self._note, self._until = note, until
        self.text, self.path = "", "/"

    async def _ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> None:
        """Ask for one page and go where it leads; each hop is an answer of its own."""
        while True:
            begun = time.perf_counter()
            answer = await self._client.request(method, path, data=data)
            self._note(f"{method} {named(path)}", 1000 * (time.perf_counter() - begun))
            if answer.status_code >= 400:
                raise RuntimeError(f"{method} {path} answered {answer.status_code}")
            if answer.status_code not in (302, 303, 307):
                self.text, self.path = answer.text, path
                return
            method, path, data = "GET", answer.headers["location"], None

    async def _read(self) -> None:
        if self._until:  # whoever goes ahead does not stop to read
            await asyncio.sleep(self._dice.uniform(*THINK_S))

    async def get(self, path: str) -> None:
        """Open a page and read it."""
        await self._ask("GET", path)
        await self._read()

    async def send(self, path: str, **fields: Any) -> None:
        """Send the form of the page that is open."""
        token = re.search(r'name="form_token" value="(\w+)"', self.text)
        await self._ask("POST", path, {"form_token": token[1] if token else "", **fields})
        await self._read()

    def _is_there(self, finding: str) -> bool:
        """Return whether this person has a finding: the same whenever it comes up."""
        if finding not in self._has:
            link = self._cause.link(finding)
            known = link.probability if link else self._knowledge.findings[finding].background
            self._has[finding] = self._dice.random() < known.value
        return self._has[finding]

    def _answers(self, offered: list[str]) -> list[str]:
        values = re.findall(r'name="answer"[^>]* value="(\w+)"', self.text)
        there = [name for name in offered if self._is_there(name)]
        if 'type="checkbox"' in self.text:
            return there or ["none"]
        if "yes" in values:
            return ["yes" if there else "no"]
        return [next((name for name in (*there, "unsure") if name in values), values[0])]

    async def go(self) -> None:
        """Come some time within the first pauses, and go the whole way again and again until the time is up."""
        await self._read()
        while True:
            await self._once()
            if time.monotonic() >= self._until:
                return
            self._client.cookies.clear()

    async def _once(self) -> None:
        causes = list(self._knowledge.conditions.values())
        (self._cause,) = self._dice.choices(causes, [cause.prior.community.value for cause in causes])
        self._has.clear()
        await self.get("/")
        await self.send("/start")
        await self.send("/danger", danger="none")
        await self.send("/about-you", age=str(self._dice.randint(16, 80)), sex=self._dice.choice(("female", "male")))
        if self.path == "/where":
            places = [name for name, finding in PLACES.items() if self._is_there(finding)]
            await (self.send("/where", places=places) if places else self.send("/where", skip="yes"))
        if self.path == "/words":
            await self.send("/words", story=self._dice.choice(STORIES) if self._dice.random() < 0.2 else "")
        if self.path == "/understood":
            await self.send("/understood")
        while self.path.startswith("/questions/") and (not self._until or time.monotonic() < self._until):
            offered = re.findall(r'name="offered" value="(\w+)"', self.text)
            await self.send(self.path, offered=offered, answer=self._answers(offered))
        if self.path != "/stop":
            await self.get("/result")
            causes = re.findall(r'href="(/result/causes/\w+)"', self.text)
            for path in ("/result/changes", *causes[:1], "/answers", "/report"):
                await self.get(path)
            await self.get("/result")
            await self.send("/result/plan")
            await self.get("/checkin")
            await self.send("/checkin", pain_now="4", pain_worst="6", pain_morning="5", danger="none")
            for path in ("/progress", "/my-data"):
                await self.get(path)
        for path in self._dice.sample(LEARN, k=4):
            await self.get(path)


def named(path: str) -> str:
    """Return a path without what differs from person to person."""
    path = path.partition("?")[0].partition("#")[0]
    path = re.sub(r"/(questions|conditions|muscles|causes)/\w+", r"/\1/…", path)
    return re.sub(r"/\d+", "/…", path)


def share(values: list[float], part: float) -> float:
    """Return the value that a part of the values does not exceed."""
    return sorted(values)[min(int(part * len(values)), len(values) - 1)]


async def measure(address: str, users: int, seconds: float) -> dict[str, list[float]]:
    """Return the times of every page, in milliseconds."""
    times: dict[str, list[float]] = defaultdict(list)
    knowledge = load_knowledge()
    ahead = User(knowledge, address, 0, lambda *_: None, 0)
    await ahead.go()
    for path in LEARN:
        await ahead.get(path)
    until = time.monotonic() + seconds
    everybody = [
        User(knowledge, address, seed, lambda name, ms: times[name].append(ms), until) for seed in range(1, users + 1)
    ]
    tasks = [asyncio.create_task(user.go()) for user in everybody]
    done, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    for task in done:
        task.result()
    return times


def serve_and_measure(users: int, seconds: float) -> dict[str, list[float]]:
    """Start deepsix, measure, and stop it."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-c", SERVE, str(Path(folder) / "records.sqlite"), str(port)]
        server = subprocess.Popen(command)
        try:
            for _ in range(300):
                try:
                    httpx2.get(f"http://127.0.0.1:{port}/about")
                    break
                except httpx2.ConnectError:
                    time.sleep(0.1)
            return asyncio.run(measure(f"http://127.0.0.1:{port}", users, seconds))
        finally:
            server.terminate()
            server.wait()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    before = os.getloadavg()[0]
    times = serve_and_measure(chosen.users, chosen.seconds)
    every = [ms for values in times.values() for ms in values]
    rows = {
        name: {"count": len(v), "p50": share(v, 0.5), "p95": share(v, 0.95), "most": max(v)}
        for name, v in times.items()
    }
    rows["all"] = {"count": len(every), "p50": share(every, 0.5), "p95": share(every, 0.95), "most": max(every)}
    print(f"{chosen.users} users, {chosen.seconds:g} s, {os.cpu_count()} cores, load before {before:.1f}")
    print("| page | answers | p50 ms | p95 ms | most ms |\n| --- | ---: | ---: | ---: | ---: |")
    for name, row in sorted(rows.items(), key=lambda entry: -entry[1]["p95"]):
        print(f"| {name} | {row['count']} | {row['p50']:.0f} | {row['p95']:.0f} | {row['most']:.0f} |")
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    met = rows["all"]["p95"] <= TARGET_MS
    print(f"p95 of all answers {rows['all']['p95']:.0f} ms: {'within' if met else 'over'} {TARGET_MS:.0f} ms")


if __name__ == "__main__":
    main()
