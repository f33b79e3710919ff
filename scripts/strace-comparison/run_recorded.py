"""run_recorded.py [--trap] LIBRARY GATE COMMAND...: run a command supervised by the recorder, with its exit status."""

import os
import subprocess
import sys

from recorder import Recorder

arguments = sys.argv[1:]
trap = arguments[0] == "--trap"
if trap:
    arguments.pop(0)
with Recorder(arguments[0], arguments[1], trap) as recorder:
    status = subprocess.run(arguments[2:], env=dict(os.environ, **recorder.environment)).returncode
    print(f"recorder: {recorder.frames} frames", file=sys.stderr)
sys.exit(status if status >= 0 else 128 - status)
