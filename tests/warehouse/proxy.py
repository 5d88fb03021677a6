"""A connection to a database that breaks at a chosen word: what is said up to it gets through."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass, field


@dataclass
class Proxy:
    """Passes connections on to a port. When a client says ``word`` it is passed on, and then that
    client is cut off: it never hears the answer. ``left`` counts how often that is to happen."""

    port: int
    word: bytes
    left: int = 0
    cut: int = 0
    _listener: socket.socket = field(default_factory=socket.socket)

    def __enter__(self) -> Proxy:
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    @property
    def own_port(self) -> int:
        return int(self._listener.getsockname()[1])

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self.port))
                threading.Thread(target=self._ask, args=(client, server), daemon=True).start()
                threading.Thread(target=_pass, args=(server, client), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while said := client.recv(65536):
                if self.word in said and self.left:
                    self.left -= 1
                    self.cut += 1
                    # the client goes before the server can answer, who hears all of it
                    client.shutdown(socket.SHUT_RDWR)
                    server.sendall(said)
                    break
                server.sendall(said)
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_WR)


def _pass(server: socket.socket, client: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := server.recv(65536):
            with contextlib.suppress(OSError):
                client.sendall(said)
    with contextlib.suppress(OSError):
        client.shutdown(socket.SHUT_RDWR)
