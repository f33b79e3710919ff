"""Run a command supervised by the recorder, with its exit status: run_recorded.py [OPTION...] LIBRARY GATE COMMAND...

  --trap        raw system calls are trapped
  --loader FILE programs that no library reaches run in it; the command is then started by the gate, as a session does
  --full        all programs do
  --deny TEXT   what names a file with TEXT in its last component is denied
  --hold TEXT   deleting a file with TEXT in its name waits until "release" is deleted
  --log FILE    one line for each operation that was asked about or reported, system call and names, and
                one for each program that began: hello and its coverage
"""

import argparse
import os
import shutil
import subprocess
import sys

from recorder import Recorder

parser = argparse.ArgumentParser()
parser.add_argument("--trap", action="store_true")
parser.add_argument("--loader")
parser.add_argument("--full", action="store_true")
parser.add_argument("--deny")
parser.add_argument("--hold")
parser.add_argument("--log")
parser.add_argument("library")
parser.add_argument("gate")
parser.add_argument("command", nargs=argparse.REMAINDER)
options = parser.parse_args()
command = options.command
if options.loader:
    command = [options.gate, "ask", "-", shutil.which(command[0]) or command[0], "-", "0", *command]
with Recorder(options.library, options.gate, options.trap, options.deny, options.hold, options.log, options.loader,
              options.full) as recorder:
    status = subprocess.run(command, env=dict(os.environ, **recorder.environment)).returncode
    print(f"recorder: {recorder.frames} frames", file=sys.stderr)
sys.exit(status if status >= 0 else 128 - status)
