"""A session starter: a subreaper whose one child of its own is a guest."""
import ctypes
import os
import subprocess
import sys

PR_SET_CHILD_SUBREAPER = 36

ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
sys.stdin.readline()  # the session has started
guest = subprocess.Popen([sys.executable, "-S", "-E", *sys.argv[1:]])
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
