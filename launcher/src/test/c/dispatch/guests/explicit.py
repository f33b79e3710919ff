"""libc by an explicit handle, past every symbol that was taken over: ctypes looks functions up in libc itself."""

import ctypes
import errno
import os
import sys

libc = ctypes.CDLL("libc.so.6", use_errno=True)
UNLINK = 87


def refused(result):
    return result == -1 and ctypes.get_errno() == errno.EPERM


failures = []
for name, call in (("unlink", lambda path: libc.unlink(path)), ("syscall", lambda path: libc.syscall(UNLINK, path))):
    if not refused(call(b"explicit-victim")) or not os.path.exists("explicit-victim"):
        failures.append(name)
    path = f"explicit-{name}"
    open(path, "w").close()
    if call(path.encode()) != 0 or os.path.exists(path):
        failures.append(path)
sys.exit(f"not as expected: {failures}" if failures else 0)
