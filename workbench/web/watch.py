"""Which sessions are live, and which sockets hang on them: asked at every message, told at every ending."""

import asyncio
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Protocol
from weakref import WeakSet

from tornado.ioloop import IOLoop, PeriodicCallback

from workbench.accounts.rules import SignedIn, SignedOut, is_over
from workbench.gate.actor import Actor

log = logging.getLogger(__name__)

FRESH_SECONDS = 1.0
SWEEP_MILLISECONDS = 1000
INPUT_EVERY = timedelta(seconds=30)
SIGNED_OUT = 4401
"""The close code by which a page knows that its session is over."""


class Socket(Protocol):
    """A WebSocket that can be closed."""

    def close(self, code: int | None = None, reason: str | None = None) -> None: ...


class SessionWatch:
    """The live sessions as the store knows them, at most a second old.

    find: the live ones among these session hashes, with their people's present roles.
    note_input: keep that a person did something in this session.
    """

    def __init__(
        self,
        find: Callable[[Collection[str], datetime], Mapping[str, SignedIn]],
        note_input: Callable[[str, datetime], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._find = find
        self._note_input = note_input
        self._clock = clock
        self._seen: dict[str, tuple[float, SignedIn]] = {}
        self._noted: dict[str, datetime] = {}
        self._sockets: dict[str, set[Socket]] = defaultdict(set)
        self._visitors: WeakSet[Visitor] = WeakSet()
        self._lock = threading.Lock()  # callbacks of pages may run in threads
        self._writing: set[asyncio.Task[None]] = set()
        self._loop: IOLoop | None = None
        self._sweeper: PeriodicCallback | None = None

    def start(self, loop: IOLoop) -> None:
        """Sweep once a second on this loop, so that what ended elsewhere closes here too."""
        self._loop = loop
        self._sweeper = PeriodicCallback(self.sweep, SWEEP_MILLISECONDS)
        loop.add_callback(self._sweeper.start)

    def stop(self) -> None:
        """Sweep no more."""
        if self._sweeper is not None:
            self._sweeper.stop()

    def current(self, session_hash: str) -> SignedIn | None:
        """The session if it is live, else None."""
        seen = self._seen.get(session_hash)
        if seen is None or time.monotonic() - seen[0] > FRESH_SECONDS:
            self._look_up({session_hash})
            seen = self._seen.get(session_hash)
        if seen is None or is_over(seen[1].signed_in_at, seen[1].last_input_at, self._clock()):
            return None
        return seen[1]

    def input_seen(self, session_hash: str) -> None:
        """A person clicked or typed. Polling, pings and page scripts that run by themselves must not come here.

        Kept at most twice a minute, beside the event loop, since a write may have to wait for another.
        """
        now = self._clock()
        noted = self._noted.get(session_hash)
        if noted is not None and now - noted < INPUT_EVERY:
            return
        self._noted[session_hash] = now
        task = asyncio.get_running_loop().create_task(self._keep_input(session_hash, now))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def _keep_input(self, session_hash: str, now: datetime) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(None, self._note_input, session_hash, now)
        except Exception as error:  # noqa: BLE001 - nobody awaits this; not noted only means an earlier sign-out
            self._noted.pop(session_hash, None)
            log.warning("input was not noted: %s", type(error).__name__)
        self._forget(session_hash)

    def rotate(self, old: str, new: str) -> None:
        """The session goes on under another hash: its open pages follow, its old cookie opens nothing any more.

        Called on the event loop, so that no message comes between.
        """
        self._forget(old)
        for visitor in self._visitors:
            if visitor.session_hash == old:
                visitor.session_hash = new
        if old in self._sockets:
            self._sockets[new] |= self._sockets.pop(old)

    def look_again(self, session_hash: str) -> None:
        """Something about the session has changed: the next question goes to the store."""
        self._forget(session_hash)

    def meet(self, visitor: "Visitor") -> None:
        """Know of this one, for as long as somebody else does."""
        self._visitors.add(visitor)

    def register(self, session_hash: str, socket: Socket) -> None:
        """This socket lives as long as the session."""
        self._sockets[session_hash].add(socket)

    def unregister(self, session_hash: str, socket: Socket) -> None:
        """The socket has closed."""
        self._sockets[session_hash].discard(socket)
        if not self._sockets[session_hash]:
            del self._sockets[session_hash]

    def close_session(self, session_hash: str) -> None:
        """The session has ended: close its sockets now. May be called from any thread."""
        if self._loop is None:
            self._close(session_hash)
        else:
            self._loop.add_callback(self._close, session_hash)

    def sweep(self) -> None:
        """Look at every session that has a socket, in one question to the store, and close what is over."""
        open_hashes = set(self._sockets)
        with self._lock:
            self._seen = {key: value for key, value in self._seen.items() if key in open_hashes}
        self._noted = {key: value for key, value in self._noted.items() if key in open_hashes}
        if not open_hashes:
            return
        self._look_up(open_hashes)
        for session_hash in open_hashes:
            if self.current(session_hash) is None:
                self._close(session_hash)

    def _look_up(self, hashes: Collection[str]) -> None:
        found = self._find(hashes, self._clock())
        at = time.monotonic()
        with self._lock:
            for session_hash in hashes:
                self._seen.pop(session_hash, None)
                if session_hash in found:
                    self._seen[session_hash] = (at, found[session_hash])

    def _forget(self, session_hash: str) -> None:
        with self._lock:
            self._seen.pop(session_hash, None)

    def _close(self, session_hash: str) -> None:
        self._forget(session_hash)
        for socket in list(self._sockets.get(session_hash, ())):
            socket.close(SIGNED_OUT, "signed out")


class Visitor:
    """The session a request came with. It stays with a page's document, and knows whether the session still lives."""

    def __init__(self, session_hash: str, watch: SessionWatch) -> None:
        self.session_hash = session_hash
        self.watch = watch
        watch.meet(self)

    def signed_in(self) -> SignedIn:
        """The session as it is now.

        Raises:
            SignedOut: it is over.
        """
        found = self.watch.current(self.session_hash)
        if found is None:
            raise SignedOut
        return found

    def actor(self) -> Actor:
        """Who is acting, with the roles they hold at this moment.

        Raises:
            SignedOut: the session is over, or opens nothing until a factor is set up.
        """
        signed_in = self.signed_in()
        if signed_in.owes:
            raise SignedOut
        return signed_in.actor
