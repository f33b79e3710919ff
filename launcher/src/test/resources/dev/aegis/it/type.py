"""Tries to press a key in terminals: type.py SECONDS RESULT TERMINAL...

Writes the terminals that it could open, and of those into which it could type, to RESULT.
"""
import fcntl
import os
import sys
import termios
import time

opened, typed = {}, set()
for name in sys.argv[3:]:
    for flags in (os.O_RDWR, os.O_RDONLY, os.O_WRONLY):
        try:
            descriptor = os.open(name, flags | os.O_NOCTTY)
        except OSError:
            continue
        opened.setdefault(name, []).append(descriptor)
for inherited in (0, 1, 2):
    opened.setdefault("inherited", []).append(inherited)
end = time.monotonic() + float(sys.argv[1])
while time.monotonic() < end:
    for name, descriptors in opened.items():
        for descriptor in descriptors:
            try:
                fcntl.ioctl(descriptor, termios.TIOCSTI, b"a")
                typed.add(name)
            except OSError:
                pass
    time.sleep(0.05)
with open(sys.argv[2], "w") as result:
    result.write(f"opened {' '.join(sorted(opened))}\ntyped {' '.join(sorted(typed))}\ndone\n")
