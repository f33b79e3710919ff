"""The built product with a home of its own and a policy that allows everything and narrows the baseline, for measuring.

Reporters then ask about everything instead of counting what they know to be harmless. Used as a context.
"""

import os
import pathlib
import subprocess
import tempfile

POLICY = """
[policy]
extends = "none"
default_action = "allow"

[[policy.rules]]
name = "narrows-the-baseline"
match = { tool = "read_file", path_glob = "/usr/share/nothing-of-this-name/**" }
action = "deny"
priority = 1
"""


class Supervised:
    def __init__(self, aegis):
        self._aegis = aegis
        self._temporary = tempfile.TemporaryDirectory(prefix="aegis-comparison-")
        self.home = pathlib.Path(self._temporary.name) / "home"
        self.environment = {key: value for key, value in os.environ.items() if key != "XDG_RUNTIME_DIR"}
        self.environment.update(AEGIS_HOME=str(self.home), AEGIS_DAEMON_PORT="0")

    def __enter__(self):
        self.home.mkdir(0o700)
        (self.home / "policy.toml").write_text(POLICY)
        return self

    def __exit__(self, *_):
        subprocess.run([self._aegis, "stop", "--force"], env=self.environment, check=True, capture_output=True)
        self._temporary.cleanup()

    def run(self, command, directory):
        """Run a command wrapped, without input, and return how it ended."""
        return subprocess.run([self._aegis, "wrap", *command], cwd=directory, env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=600)
