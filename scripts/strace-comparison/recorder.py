"""A daemon that says yes to everything, but for what a test wants denied, for measuring what reporters report.

Used as a context: a session directory with the page and the socket of docs/wire-protocol.md stands as long as it lasts. The
page says that a rule narrows the baseline, so reporters ask about everything instead of counting what they know to be harmless.
"""

import os
import pathlib
import socket
import struct
import tempfile
import threading

import frames

HEADER = struct.Struct("<IBBHQQ")
VERSION, ASK, ATTACH, REFUSED, VERDICT = 1, 2, 5, 8, 64
FIELD_VERDICT, DENY, ALLOW = 21, 0, 1
PAGE_SIZE, NARROWED, TRAP, FULL = 8192, 1, 4, 8


class Recorder:
    def __init__(self, library, gate, trap=False, deny=None, hold=None, log=None, loader=None, full=False):
        self._library, self._gate, self._loader = library, gate, loader or ""
        self._deny = os.fsencode(deny) if deny else None
        self._denying = True
        self._hold = os.fsencode(hold) if hold else None
        self._released = threading.Event()
        self._log = open(log, "a", buffering=1) if log else None
        self._flags = NARROWED | (TRAP if trap else 0) | (FULL if full else 0)
        self._temporary = tempfile.TemporaryDirectory(prefix="aegis-recorder-")
        self.directory = pathlib.Path(self._temporary.name)
        self.frames = 0

    def __enter__(self):
        session = self.directory / "session"
        home = self.directory / "home"
        session.mkdir(0o700)
        home.mkdir(0o700)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(str(session / "reporter.sock"))
        self._socket.listen(1024)
        (session / "page").write_bytes(self._page(session, home))
        (session / "page").chmod(0o600)
        threading.Thread(target=self._accept, daemon=True).start()
        self.environment = {"AEGIS_SESSION": str(session), "LD_PRELOAD": str(self._library)}
        return self

    def __exit__(self, *_):
        self._socket.close()
        self._temporary.cleanup()

    def _page(self, session, home):
        page = bytearray(PAGE_SIZE)
        struct.pack_into("<8sIII", page, 0, b"AEGISPG1", 1, 1, self._flags)
        texts = {24: "recorder", 56: session / "reporter.sock", 256: home, 1280: self.directory / "run", 2304: self._library,
                 3328: self._gate, 4352: self.directory / "distribution", 6400: self._loader}
        for offset, text in texts.items():
            data = os.fsencode(str(text))
            page[offset:offset + len(data)] = data
        return bytes(page)

    def _accept(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # closed: the recording is over
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            with connection, connection.makefile("rb") as stream:
                self._answer(connection, stream)
        except ConnectionError:
            return  # the process ended with an answer unread, or while it waited for one

    def _answer(self, connection, stream):
        while header := stream.read(HEADER.size):
            length, _, kind, _, transaction, _ = HEADER.unpack(header)
            body = stream.read(length - HEADER.size)
            self.frames += 1
            frame = frames.read(header + body, length)
            if self._log and kind == frames.HELLO:
                print("hello", frames.coverage(header + body), file=self._log)
            if self._log and frame:
                print(frame.detail, *sorted(map(os.fsdecode, frame.names)), file=self._log)
            self._wait_for_release(frame)
            if kind in (ASK, ATTACH, REFUSED):
                verdict = struct.pack("<HIB", FIELD_VERDICT, 1, DENY if self._denies(frame) else ALLOW)
                connection.sendall(
                    HEADER.pack(HEADER.size + len(verdict), VERSION, VERDICT, 0, transaction, 0) + verdict)

    def _denies(self, frame):
        """A guest says by a file of this name when its victims are to be left to it, and when no longer."""
        if not (self._deny and frame):
            return False
        if b"deny-nothing" in frame.names:
            self._denying = False
        if b"deny-again" in frame.names:
            self._denying = True
        return self._denying and any(self._deny in name for name in frame.names)

    def _wait_for_release(self, frame):
        """A question about deleting what is held is answered once deleting "release" was asked about."""
        if not (self._hold and frame and frame.kind == frames.DELETE_FILE):
            return
        if b"release" in frame.names:
            self._released.set()
        if any(self._hold in name for name in frame.names):
            self._released.wait()
            self._released.clear()
