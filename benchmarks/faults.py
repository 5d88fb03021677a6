"""Whether a run that is killed again and again ends as one that nobody disturbed.

    python -m benchmarks.faults CORPUS.jsonl.gz --articles 300 --kills 60 [--seed 1]
    python -m benchmarks.faults CORPUS.jsonl.gz --articles 300 --kills 10 --rebuild

A run over the first articles of a corpus is begun; at random moments its command, one of its
workers or its server is killed with SIGKILL. After the death of the command everything that it
started must be gone within seconds, and the same command is begun again, until it comes to its
end; then there are new rounds until there were as many kills as were asked for. A reader asks the
lake throughout. At the end of each round the digest of every table is that of an undisturbed lake
and the lake's folder holds nothing that a finished run would not have left. ``--rebuild`` does
the same to ``dateline rebuild`` after a change of the sources' time zone.

Ends with 1 and says what, if any of this does not hold. The seed fixes the moments and victims,
not what the machine does meanwhile.
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
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.pipeline import lines

#: Seconds that the processes of a killed command have to be gone.
GONE_WITHIN = 15.0
#: Seconds between two kills, at most; and in all for one command.
MOST_BETWEEN, MOST_IN_ALL = 25.0, 1800.0
#: No child without its parent, no key twice.
QUESTIONS = (
    "SELECT count(*) FROM figures WHERE article_id NOT IN (SELECT article_id FROM articles)",
    "SELECT count(*) FROM mentions ANTI JOIN entities USING (article_id, entity_id)",
    "SELECT count(*) - count(DISTINCT figure_id) FROM figures",
    "SELECT count(*) - count(DISTINCT article_id) FROM articles",
    "SELECT count(*) - count(DISTINCT (source, source_uri, raw_id)) FROM inputs",
)


@dataclass
class Findings:
    """What was done and what was found wrong."""

    kills: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    commands: int = 0
    gave_up: int = 0
    questions: int = 0
    wrong: list[str] = field(default_factory=list)


class Reader(threading.Thread):
    """Asks a lake again and again, each time with a new connection."""

    def __init__(self, lake: Path, found: Findings) -> None:
        super().__init__(daemon=True)
        self.lake, self.found, self.ended = lake, found, threading.Event()

    def run(self) -> None:
        import warehouse

        while not self.ended.wait(1.0):
            if not (self.lake / "catalog.sqlite").is_file():
                continue
            try:
                with warehouse.connect(self.lake) as connection:
                    connection.execute("BEGIN")
                    for question in QUESTIONS:
                        row = connection.execute(question).fetchone()
                        self.found.questions += 1
                        if row is None or row[0]:
                            self.found.wrong.append(f"a reader saw {row}: {question}")
            except Exception as error:
                self.found.wrong.append(f"a reader failed: {type(error).__name__}: {error}")


def begin(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "flows.command", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **environment},
        start_new_session=True,
    )


def victims(pid: int) -> dict[str, list[psutil.Process]]:
    """The processes of a command that can be killed, by what they are."""
    found: dict[str, list[psutil.Process]] = {"worker": [], "server": []}
    try:
        command = psutil.Process(pid)
        for process in command.children(recursive=True):
            line = " ".join(process.cmdline())
            if "spawn_main" in line:
                found["worker"].append(process)
            elif "flows.prefect_server" in line:
                found["server"].append(process)
    except psutil.NoSuchProcess:
        return {}
    return {"command": [command], **{name: some for name, some in found.items() if some}}


def kill_one(process: subprocess.Popen[bytes], chance: random.Random, found: Findings) -> None:
    """Kill the command, a worker or the server; if the command, see that nobody is left."""
    there = victims(process.pid)
    if not there:
        return
    kind = chance.choice(sorted(there))
    family = [one for some in there.values() for one in some]
    try:
        family += psutil.Process(process.pid).children(recursive=True)
        chance.choice(there[kind]).kill()
    except psutil.NoSuchProcess:
        return
    found.kills[kind] += 1
    if kind == "command":
        process.wait()
        _, left = psutil.wait_procs(set(family), timeout=GONE_WITHIN)
        for one in left:
            found.wrong.append(f"process {one.pid} outlived its command")
            one.kill()


def disturb(
    command: Sequence[str],
    environment: Mapping[str, str],
    lake: Path,
    kills: int,
    chance: random.Random,
    found: Findings,
) -> None:
    """Run a command to its end, begun anew as often as it is killed."""
    reader = Reader(lake, found)
    reader.start()
    begun = time.monotonic()
    again = True
    while again and time.monotonic() - begun < MOST_IN_ALL:
        process = begin(command, environment)
        found.commands += 1
        before = found.kills.total()
        while found.kills.total() < kills and process.poll() is None:
            try:
                process.wait(chance.uniform(0.0, MOST_BETWEEN))
            except subprocess.TimeoutExpired:
                kill_one(process, chance, found)
                print(f"\r{found.kills.total()} kills", end="", file=sys.stderr, flush=True)
        said = process.communicate(timeout=MOST_IN_ALL)[0].decode(errors="replace")
        code = process.returncode
        # one whose server is killed more often than it is started again may end with an error
        again = code != 0 and found.kills.total() > before
        found.gave_up += again and code != -signal.SIGKILL
    if code != 0:
        found.wrong.append(f"the command ended with {code}: {said[-2000:]}")
    reader.ended.set()
    reader.join()


def left_behind(lake: Path) -> set[str]:
    """What lies in the lake's folder, files of data, logs and Prefect's aside."""
    return {path.name for path in lake.iterdir()} | {
        path.name for path in lake.rglob("*.tmp") if "prefect" not in path.parts
    }


def same(lake: Path, expected: Path, found: Findings) -> None:
    """Note what differs from the lake that nobody disturbed."""
    from warehouse.lake import Lake

    with Lake.open(lake) as one, Lake.open(expected) as other:
        here, there = one.digests(), other.digests()
    found.wrong += [f"table {name} differs" for name in there if here[name] != there[name]]
    odd = left_behind(lake) - left_behind(expected)
    found.wrong += [f"left behind: {name}" for name in sorted(odd)]


def campaign(corpus: Path, articles: int, kills: int, seed: int, rebuild: bool) -> Findings:
    """All of it; raises ``RuntimeError`` if not even the undisturbed run ends well."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-faults-"))
    found, chance = Findings(), random.Random(seed)
    environment = {"DATELINE_BATCH_SIZE": "25", "DATELINE_WORKERS": "2"}
    zone = {**environment, "DATELINE_DEFAULT_ZONE": "Asia/Seoul"} if rebuild else environment
    try:
        sample = folder / "sample.jsonl"
        with sample.open("wb") as file:
            file.writelines(lines(corpus, articles))
        expected, before = folder / "expected", folder / "before"
        plain(["run", str(sample), "--lake", str(expected)], zone)
        if rebuild:
            plain(["run", str(sample), "--lake", str(before)], environment)
        while found.kills.total() < kills:
            lake = folder / f"lake{found.rounds}"
            found.rounds += 1
            command = ["run", str(sample)]
            if rebuild:
                shutil.copytree(before, lake)
                command = ["rebuild"]
            disturb([*command, "--lake", str(lake)], zone, lake, kills, chance, found)
            same(lake, expected, found)
            shutil.rmtree(lake)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return found


def plain(command: Sequence[str], environment: Mapping[str, str]) -> None:
    process = begin(command, environment)
    said = process.communicate()[0].decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"dateline {' '.join(command)} ended with {process.returncode}: {said}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="a JSONL file, as dateline reads it")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rebuild", action="store_true", help="disturb a rebuild instead")
    options = parser.parse_args()
    found = campaign(options.corpus, options.articles, options.kills, options.seed, options.rebuild)
    killed = ", ".join(f"{count} of a {what}" for what, count in sorted(found.kills.items()))
    print(
        f"\n{found.kills.total()} kills ({killed}) of {found.commands} commands in {found.rounds} "
        f"rounds; {found.gave_up} commands ended by themselves with an error; "
        f"{found.questions} questions of a reader meanwhile"
    )
    for wrong in found.wrong:
        print(f"WRONG: {wrong}")
    print("every round ended as if nothing had happened" if not found.wrong else "IT DOES NOT HOLD")
    sys.exit(bool(found.wrong))


if __name__ == "__main__":
    main()
