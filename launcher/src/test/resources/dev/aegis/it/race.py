"""Unlinks through a symbolic link while somebody else exchanges where it leads."""
import os, sys, time

end = time.monotonic() + float(sys.argv[1])
other = os.fork()
if other == 0:
    while time.monotonic() < end:
        for target in ("open", "protected"):
            os.symlink(target, "next")
            os.rename("next", "link")
    os._exit(0)
removed = refused = 0
while time.monotonic() < end:
    if not os.path.exists("open/file"):
        open("open/file", "w").close()
    try:
        os.unlink("link/file")
        removed += 1
    except PermissionError:
        refused += 1
    except FileNotFoundError:
        pass
os.waitpid(other, 0)
print(f"removed={removed > 0} refused={refused > 0}")
