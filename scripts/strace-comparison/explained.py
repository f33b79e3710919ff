"""Mutating calls that are not reported on purpose. The same table, for people, stands in docs/coverage.md."""

import re

BY_DESCRIPTOR = "acts on a descriptor that was judged when it was opened for writing"
TIMES = "a change of times takes nothing away"
OWN = "a signal to the process itself"
PROBE = "signal 0 only asks whether a process exists"
SEMAPHORE = "sem_open makes its semaphore under another name first; the name that it gets was judged before"
NETLINK = "libc asks the kernel for its own addresses, inside getaddrinfo and getifaddrs"
TERMINAL = "a terminal of one's own: baseline"

CALLS = {
    BY_DESCRIPTOR: "ftruncate, fallocate, copy_file_range, sendfile, splice",
    TIMES: "utime, utimes, utimensat, futimesat",
    OWN: "kill, tgkill, rt_sigqueueinfo with its own pid",
    PROBE: "kill with signal 0",
    SEMAPHORE: "openat, link, unlink of `/dev/shm/sem.XXXXXX`",
    NETLINK: "bind of an AF_NETLINK socket",
    TERMINAL: "openat of `/dev/ptmx`",
}

_BY_NAME = {name: reason for reason in (BY_DESCRIPTOR, TIMES) for name in CALLS[reason].split(", ")}

_BY_ARGUMENTS = (
    (r"kill\(-?\d+, 0\)", PROBE),
    (r"(openat|link|unlink)\(.*'/dev/shm/sem\.\w{6}'", SEMAPHORE),
    (r"bind\(\d+, \{sa_family=AF_NETLINK", NETLINK),
    (r"openat\(AT_FDCWD, '/dev/ptmx'", TERMINAL),
)


def why(call, process):
    """The reason, or None, for a call that process made."""
    if call.name in _BY_NAME:
        return _BY_NAME[call.name]
    if call.name in ("kill", "tgkill", "rt_sigqueueinfo") and call.arguments.split(",")[0] == str(process):
        return OWN
    return next((reason for pattern, reason in _BY_ARGUMENTS if re.match(pattern, str(call))), None)
