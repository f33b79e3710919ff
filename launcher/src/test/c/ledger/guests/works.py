"""Mutating work by functions of libc that ctypes finds by an explicit handle, past every symbol that was taken over, and by
python itself: in threads, and how much there was of it, for ledger.py."""

import ctypes
import errno
import itertools
import os
import sys
import threading

libc = ctypes.CDLL("libc.so.6", use_errno=True)
RENAME, MKDIR, RMDIR, UNLINK = 82, 83, 84, 87
serial = itertools.count(1)
works, victims, failures = [], [], []


def checked(result):
    if result != 0:
        failures.append(os.strerror(ctypes.get_errno()))


def by_handle(name):
    checked(libc.rename(name.encode(), f"{name}.r".encode()))
    checked(libc.unlink(f"{name}.r".encode()))
    checked(libc.mkdir(f"{name}.d".encode(), 0o700))
    checked(libc.rmdir(f"{name}.d".encode()))


def by_number(name):
    checked(libc.syscall(RENAME, name.encode(), f"{name}.r".encode()))
    checked(libc.syscall(UNLINK, f"{name}.r".encode()))
    checked(libc.syscall(MKDIR, f"{name}.d".encode(), 0o700))
    checked(libc.syscall(RMDIR, f"{name}.d".encode()))


def by_python(name):
    os.rename(name, f"{name}.r")
    os.unlink(f"{name}.r")
    os.mkdir(f"{name}.d", 0o700)
    os.rmdir(f"{name}.d")


def work(way):
    name = f"{way.__name__}-{next(serial)}"
    os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    way(name)
    works.append(name)
    for result in (libc.unlink(b"victim"), libc.syscall(UNLINK, b"victim")):
        victims.append(result)
        if result != -1 or ctypes.get_errno() != errno.EPERM:
            failures.append("victim")


def several():
    for _ in range(4):
        for way in (by_handle, by_number, by_python):
            work(way)


threads = [threading.Thread(target=several) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("ledger", len(works), len(victims))
sys.exit(f"not so: {failures}" if failures else 0)
