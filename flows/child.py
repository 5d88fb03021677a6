"""A process of a Dask worker's own that computes for it: ``python -m flows.child``.

A task that takes its process down, or is ended since it takes too long, ends this one and not the
worker, whose other tasks go on. The worker hands through bytes that it does not look into; the
language model, and all that computing needs, is loaded here alone.

The way there is the standard input, the way back the standard output, in frames: eight bytes of
length, then as many bytes. The first frame names the language model and is answered with the
versions that are found here (:mod:`flows.versions`). Each further one is a pickled ``(function,
arguments)``, answered with a pickled ``(True, result)`` or ``(False, exception)``.
"""

from __future__ import annotations

import os
import pickle
import queue
import struct
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">Q")
#: What the kernel takes first where memory is out: this process, and not the worker.
_FIRST_TO_GO = "1000"


def main() -> None:
    """Answer until the standard input ends."""
    from flows.processes import start_worker

    start_worker(int(sys.argv[1]))
    _offer_memory()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    inbox = queue.SimpleQueue[bytes]()
    threading.Thread(target=_receive, args=(inbox,), name="receive", daemon=True).start()
    send(answers, _versions(inbox.get()))
    while True:
        send(answers, answer(inbox.get()))


def answer(question: bytes) -> bytes:
    """The pickled answer to a pickled call."""
    try:
        function, arguments = pickle.loads(question)
        return pickle.dumps((True, function(*arguments)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return _refusal(error)


def _refusal(error: Exception) -> bytes:
    from flows.errors import told

    try:
        packed = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(packed)
    except Exception:
        return pickle.dumps((False, RuntimeError(told(error))), pickle.HIGHEST_PROTOCOL)
    return packed


def _versions(question: bytes) -> bytes:
    from flows.versions import versions

    return pickle.dumps(versions(question.decode()))


def _receive(inbox: queue.SimpleQueue[bytes]) -> None:
    try:
        while True:
            inbox.put(receive(sys.stdin.buffer))
    except EOFError:
        os._exit(0)  # the worker is gone, or wants nothing more


def _offer_memory() -> None:
    try:
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)
    except OSError:
        return  # another system


def send(stream: BinaryIO, frame: bytes) -> None:
    """Raises ``OSError`` if nobody listens any more."""
    stream.write(_LENGTH.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def receive(stream: BinaryIO) -> bytes:
    """Raises ``EOFError`` if the other side has ended."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: Any, length: int) -> bytes:
    found: bytes = stream.read(length)
    if len(found) < length:
        raise EOFError
    return found


if __name__ == "__main__":
    main()
