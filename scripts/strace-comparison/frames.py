"""The frames of docs/wire-protocol.md as they appear in a trace of the process that sent them."""

import dataclasses
import os
import struct

HEADER = struct.Struct("<IBBHQQ")
FIELD = struct.Struct("<HI")
HELLO, ASK, REPORT = 1, 2, 3
DELETE_FILE = 4
KIND, PATH, PATH2, COVERAGE, DETAIL, SPAWN = 1, 2, 3, 13, 28, 29
COVERAGES = ("none", "exec", "libc", "libc+raw", "every-call")


@dataclasses.dataclass
class Frame:
    kind: int
    detail: str
    names: frozenset  # last components of the paths
    spawn: bool


def coverage(data):
    """What a HELLO says of its sender, or None for another frame."""
    length, _, kind, _, _, _ = HEADER.unpack_from(data)
    if kind != HELLO:
        return None
    at = HEADER.size
    while at < length:
        tag, room = FIELD.unpack_from(data, at)
        at += FIELD.size + room
        if tag == COVERAGE:
            return COVERAGES[data[at - 1]]
    return None


def read(data, size):
    """The frame in data (which a trace may have cut short), or None for other bytes."""
    if len(data) < HEADER.size:
        return None
    length, version, kind, flags, _, _ = HEADER.unpack_from(data)
    if version != 1 or kind not in (ASK, REPORT) or flags or length != size:
        return None
    fields, at = {}, HEADER.size
    while at + FIELD.size <= len(data):
        tag, room = FIELD.unpack_from(data, at)
        fields.setdefault(tag, data[at + FIELD.size:at + FIELD.size + room])
        at += FIELD.size + room
    names = frozenset(os.path.basename(fields[tag].rstrip(b"/")) for tag in (PATH, PATH2) if tag in fields)
    return Frame(struct.unpack("<H", fields[KIND])[0], fields.get(DETAIL, b"").decode(), names, SPAWN in fields)
