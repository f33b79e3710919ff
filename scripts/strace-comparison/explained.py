"""Mutating calls that are not reported on purpose. The same table, for people, stands in docs/coverage.md."""

import re

BY_DESCRIPTOR = "acts on a descriptor that was judged when it was opened for writing"
TIMES = "a change of times takes nothing away"
OWN = "a signal to itself"

_BY_NAME = {name: BY_DESCRIPTOR for name in ("ftruncate", "fallocate", "copy_file_range", "sendfile", "splice")}
_BY_NAME.update({name: TIMES for name in ("utime", "utimes", "utimensat", "futimesat")})

_BY_ARGUMENTS = ()


def why(call, process):
    """The reason, or None, for a call that process made."""
    if call.name in ("kill", "tgkill", "rt_sigqueueinfo") and call.arguments.split(",")[0] == str(process):
        return OWN
    if call.name in _BY_NAME:
        return _BY_NAME[call.name]
    for name, arguments, reason in _BY_ARGUMENTS:
        if call.name == name and re.search(arguments, str(call)):
            return reason
    return None
