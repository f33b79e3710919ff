"""run_recorded.py LIBRARY GATE COMMAND...: run a command supervised by the recorder, with its exit status."""

import os
import subprocess
import sys

from recorder import Recorder

with Recorder(sys.argv[1], sys.argv[2]) as recorder:
    status = subprocess.run(sys.argv[3:], env=dict(os.environ, **recorder.environment)).returncode
    print(f"recorder: {recorder.frames} frames", file=sys.stderr)
sys.exit(status if status >= 0 else 128 - status)
