"""Whether two runs that write one lake in PostgreSQL end well, whoever of all is killed meanwhile.

    python -m benchmarks.team_faults CORPUS.jsonl.gz --articles 300 --kills 30 [--seed 1]

A cluster of PostgreSQL is made and two runs are begun at once, each with its own part of a corpus
(a fifth of the articles is in both), its own home and its own Prefect server, both writing one lake
with ``writers = "many"``. At random moments one is killed with SIGKILL: a command, a worker, a
server of Prefect's, a backend of PostgreSQL (which then ends all its connections); once, PostgreSQL
is restarted as by a power cut. A command that ended otherwise than well is begun again. Ten readers
ask throughout; one that loses its connection asks again, and anything else that fails is wrong. At
the end no article, row or raw input is lost or there twice, and the digest of every table is that
of one undisturbed run over both parts, in a folder.

Ends with 1 and says what, if any of this does not hold. ``--articles`` are those of each part.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from benchmarks.faults import GONE_WITHIN, QUESTIONS, Findings, begin, plain, victims
from benchmarks.pipeline import lines
from tests.servers import PASSWORD, Cluster, postgres

if TYPE_CHECKING:
    from warehouse.reader import Connection

READERS = 10
#: Seconds between two questions of a reader, between two kills at most, and in all.
PAUSE, MOST_BETWEEN, MOST_IN_ALL = 10.0, 12.0, 3600.0
_SETTINGS = """
lake = "{lake}"
{more}
writers = "many"
batch_size = 20
workers = 1
"""
_SOURCE = '[[sources]]\npath = "{path}"\nname = "news"\nzone = "UTC"\n'
#: What a reader may be told while PostgreSQL is down.
_AWAY = (
    "connect", "terminat", "starting up", "shutting down", "recovery", "server closed", "reset",
    "transaction is aborted",
)  # fmt: skip


class Reader(threading.Thread):
    """Asks the lake now and then, each time with a new connection."""

    def __init__(self, lake: str, found: Findings, ended: threading.Event, first: float) -> None:
        super().__init__(daemon=True)
        self.lake, self.found, self.ended, self.first = lake, found, ended, first
        self.away = 0

    def run(self) -> None:
        import warehouse
        from warehouse.transaction import one_state

        pause = self.first
        while not self.ended.wait(pause):
            pause = PAUSE
            try:
                with warehouse.connect(self.lake) as connection, one_state(connection):
                    self._ask(connection)
            except Exception as error:
                if any(word in str(error).lower() for word in _AWAY):
                    self.away += 1
                else:
                    self.found.wrong.append(f"a reader failed: {type(error).__name__}: {error}")

    def _ask(self, connection: Connection) -> None:
        for question in QUESTIONS:
            row = connection.execute(question).fetchone()
            self.found.questions += 1
            if row is None or row[0]:
                self.found.wrong.append(f"a reader saw {row}: {question}")


class Runner(threading.Thread):
    """One team's command, begun again until it ends well."""

    def __init__(self, settings: Path, part: Path, found: Findings) -> None:
        super().__init__(daemon=True)
        self.settings, self.part, self.found = settings, part, found
        self.process = self._begin()
        self.said = ""

    def _begin(self) -> subprocess.Popen[bytes]:
        self.found.commands += 1
        return begin(
            ["run", "--config", str(self.settings), str(self.part)], {"PGPASSWORD": PASSWORD}
        )

    def run(self) -> None:
        ends = time.monotonic() + MOST_IN_ALL
        while time.monotonic() < ends:
            self.said = self.process.communicate()[0].decode(errors="replace")
            if self.process.returncode == 0:
                return
            if self.process.returncode != -signal.SIGKILL:
                self.found.gave_up += 1
            time.sleep(1.0)
            self.process = self._begin()
        self.found.wrong.append(f"a command did not come to its end: {self.said[-2000:]}")


def kill_one(
    runners: list[Runner], cluster: Cluster, chance: random.Random, found: Findings
) -> None:
    """Kill a command, a worker, a server or a backend; of a command's own nobody may be left."""
    kind = chance.choice(["command", "worker", "server", "backend"])
    if kind == "backend":
        rows = cluster.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = 'news' AND pid <> pg_backend_pid()"
        )
        if rows:
            os.kill(chance.choice(sorted(pid for (pid,) in rows)), signal.SIGKILL)
            found.kills[kind] += 1
        return
    process = chance.choice(runners).process
    there = victims(process.pid)
    if kind not in there:
        return
    try:
        family = psutil.Process(process.pid).children(recursive=True)
        chance.choice(there[kind]).kill()
    except psutil.NoSuchProcess:
        return
    found.kills[kind] += 1
    if kind == "command":
        _, left = psutil.wait_procs(family, timeout=GONE_WITHIN)
        for one in left:
            found.wrong.append(f"process {one.pid} outlived its command")
            one.kill()


def campaign(corpus: Path, articles: int, kills: int, seed: int) -> Findings:
    """All of it; raises ``RuntimeError`` if not even the undisturbed run ends well."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-team-"))
    found, chance, ended = Findings(), random.Random(seed), threading.Event()
    try:
        every = list(lines(corpus, articles * 9 // 5))
        parts = [folder / "news" / name for name in ("a.jsonl", "b.jsonl")]
        parts[0].parent.mkdir()
        parts[0].write_bytes(b"".join(every[:articles]))
        parts[1].write_bytes(b"".join(every[-articles:]))
        sources = "".join(_SOURCE.format(path=part) for part in parts)
        alone = folder / "alone.toml"
        alone.write_text(_SETTINGS.format(lake=folder / "alone", more="") + sources)
        plain(["run", "--config", str(alone), *map(str, parts)], {})
        with postgres() as cluster:
            cluster.execute("CREATE DATABASE news")
            lake = cluster.address("news")
            os.environ["PGPASSWORD"] = PASSWORD
            runners = []
            for part in parts:
                settings = folder / f"{part.stem}.toml"
                more = f'data = "{folder / "data"}"\nhome = "{folder / part.stem}"'
                settings.write_text(_SETTINGS.format(lake=lake, more=more) + sources)
                runners.append(Runner(settings, part, found))
            readers = [Reader(lake, found, ended, 20.0 + n) for n in range(READERS)]
            for one in (*runners, *readers):
                one.start()
            restart = kills // 2
            while any(one.is_alive() for one in runners):
                if found.kills.total() < kills:
                    time.sleep(chance.uniform(0.5, MOST_BETWEEN))
                    kill_one(runners, cluster, chance, found)
                    if found.kills.total() == restart and not found.kills["postgres"]:
                        cluster.restart()
                        found.kills["postgres"] += 1
                    print(f"\r{found.kills.total()} kills", end="", file=sys.stderr, flush=True)
                else:
                    time.sleep(1.0)
            ended.set()
            for reader in readers:
                reader.join()
            found.rounds = 1
            same(lake, folder / "alone", found)
            print(f"\n{sum(reader.away for reader in readers)} questions met a closed door")
    finally:
        ended.set()
        shutil.rmtree(folder, ignore_errors=True)
    return found


def same(lake: str, expected: Path, found: Findings) -> None:
    """Note what differs from the lake that nobody disturbed."""
    from warehouse.lake import Lake

    with Lake.open(lake) as one, Lake.open(expected) as other:
        here, there = one.digests(), other.digests()
        counts, wanted = one.counts(), other.counts()
        known = {file.path for file in one.catalog.files.parquet()}
        from warehouse import ducklake

        stray = known - ducklake.needed(one._connection).keys()
    found.wrong += [
        f"table {name} differs: {counts[name]} rows for {wanted[name]}"
        for name in there
        if here[name] != there[name]
    ]
    if stray:
        print(f"\n{len(stray)} files that no snapshot knows wait for the next writer or maintain")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="a JSONL file, as dateline reads it")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = campaign(options.corpus, options.articles, options.kills, options.seed)
    killed = ", ".join(f"{count} of a {what}" for what, count in sorted(found.kills.items()))
    print(
        f"{found.kills.total()} kills ({killed}) of {found.commands} commands; {found.gave_up} "
        f"commands ended by themselves with an error; {found.questions} questions of readers "
        "meanwhile"
    )
    for wrong in found.wrong:
        print(f"WRONG: {wrong}")
    print("it ended as if nothing had happened" if not found.wrong else "IT DOES NOT HOLD")
    sys.exit(bool(found.wrong))


if __name__ == "__main__":
    main()
