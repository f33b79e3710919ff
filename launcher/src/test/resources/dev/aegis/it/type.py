"""Tries to press a key in the terminal that shows the question."""
import fcntl, os, sys, termios, time

opened = []
for name in ("/dev/tty", sys.argv[1]):
    for flags in (os.O_RDWR, os.O_RDONLY, os.O_WRONLY):
        try:
            opened.append((name, os.open(name, flags | os.O_NOCTTY)))
        except PermissionError:
            pass
end = time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:
    for name, fd in opened:
        try:
            fcntl.ioctl(fd, termios.TIOCSTI, b"a")
        except OSError:
            pass
    time.sleep(0.05)
with open(sys.argv[3], "w") as result:
    result.write(" ".join(sorted({name for name, _ in opened})) + " done")
