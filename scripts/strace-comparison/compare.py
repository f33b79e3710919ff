"""compare.py AEGIS TABLE [PROGRAM...]: every mutating system call that strace sees, against what was reported.

A call counts as reported when the thread that makes it has just before sent a question of the same kind about the same name (or,
for what posix_spawn does in the child, when its parent has). What is neither reported nor explained by explained.py is printed
and makes the comparison fail. TABLE gets the result as Markdown.
"""

import collections
import configparser
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import explained
import frames
from supervised import Supervised

EXECUTE, WRITE, DELETE, MOVE, MODE, CONNECT, BIND, SIGNAL, TRACE, MOUNT, SYSTEM = 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
KINDS = {
    EXECUTE: "execve execveat",
    WRITE: "open openat openat2 creat mkdir mkdirat mknod mknodat link linkat symlink symlinkat truncate mq_open",
    DELETE: "unlink unlinkat rmdir mq_unlink",
    MOVE: "rename renameat renameat2",
    MODE: "chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr",
    CONNECT: "connect",
    BIND: "bind",
    SIGNAL: "kill tkill tgkill rt_sigqueueinfo pidfd_send_signal",
    TRACE: "ptrace process_vm_writev",
    MOUNT: "mount umount2 pivot_root chroot move_mount",
    SYSTEM: "unshare setns swapon acct reboot io_uring_setup",
    0: "ftruncate fallocate copy_file_range sendfile splice utime utimes utimensat futimesat",
}
KIND_OF = {call: kind for kind, calls in KINDS.items() for call in calls.split()}
FORKS = ("clone", "clone3", "vfork", "fork")
OPENS = ("open", "openat", "openat2", "creat")
OPEN_CHANGES = re.compile(r"\bO_(WRONLY|RDWR|CREAT|TRUNC|TMPFILE)\b")
LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|0x[0-9a-f]+)")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
CUT = 4096  # bytes of a string that the trace keeps


class Call:
    def __init__(self, line):
        match = LINE.match(line)
        self.name = match and match.group(1)
        if not match:
            return
        self.arguments = match.group(2)
        self.result = int(match.group(3), 0)
        self.texts = [bytes.fromhex(text.replace("\\x", "")) for text in TEXT.findall(self.arguments)]

    def changes(self):
        if self.name not in KIND_OF or self.result < 0:
            return False
        return self.name not in OPENS or self.name == "creat" or bool(OPEN_CHANGES.search(self.arguments))

    def names(self):
        return {os.path.basename(text.rstrip(b"/")) for text in self.texts} - {b""}

    def __str__(self):
        return f"{self.name}({TEXT.sub(self._readable, self.arguments)[:150]})"

    @staticmethod
    def _readable(match):
        return ascii(os.fsdecode(bytes.fromhex(match.group(1).replace("\\x", ""))))


def matches(frame, call):
    if frame.kind != KIND_OF[call.name]:
        return False
    if frame.kind not in (WRITE, DELETE, MOVE):
        return True
    mentioned = call.names()
    return not mentioned or bool(mentioned & frame.names) or any(text.startswith(b"/proc/self/fd/") for text in call.texts)


class Thread:
    def __init__(self, path):
        self.calls = [call for call in map(Call, path.read_text().splitlines()) if call.name]
        self.open_frames = []
        self.parent = None
        self.process = int(path.suffix[1:])

    def take(self, call, spawned):
        for frame in reversed(self.open_frames):
            if matches(frame, call) and (not spawned or frame.spawn or frame.kind == WRITE):
                self.open_frames.remove(frame)
                return True
        return False


def read_threads(prefix):
    threads = {int(path.suffix[1:]): Thread(path) for path in prefix.parent.glob(prefix.name + ".*")}
    for number in sorted(threads):  # a parent has the lower number, save for the one time in 32,768 that they wrap around
        thread = threads[number]
        for call in thread.calls:
            if call.name in FORKS and call.result in threads:
                child = threads[call.result]
                child.parent = thread
                if "CLONE_THREAD" in call.arguments:
                    child.process = thread.process
    return threads


def judge(prefix, ours):
    """(seen, reported, {reason: count}, [unexplained]) of one traced run."""
    threads = read_threads(prefix)
    pending, reported, seen = [], 0, 0
    for thread in threads.values():
        # What strace starts is executed before there is any library.
        for call in thread.calls if thread.parent else thread.calls[1:]:
            if call.name == "sendto":
                frame = call.texts and frames.read(call.texts[0], call.result)
                if frame:
                    thread.open_frames.append(frame)
            elif call.changes() and not any(ours in text for text in call.texts):
                seen += 1
                if thread.take(call, False):
                    reported += 1
                else:
                    pending.append((thread, call))
    reasons, unexplained = collections.Counter(), []
    for thread, call in pending:
        reason = explained.why(call, thread.process)
        if thread.parent and thread.parent.take(call, True):
            reported += 1
        elif reason:
            reasons[reason] += 1
        else:
            unexplained.append(str(call))
    return seen, reported, reasons, unexplained


def run(name, section, product, work):
    directory = work / name
    directory.mkdir()
    if "prepare" in section:
        subprocess.run(["sh", "-c", section["prepare"]], cwd=directory, check=True)
    traced = ["strace", "-ff", "-o", str(work / "trace"), "-xx", "-s", str(CUT), "-qq", "-e", "signal=none",
              "-e", "trace=sendto," + ",".join("?" + call for call in (*KIND_OF, *FORKS))]
    finished = product.run([*traced, "sh", "-c", section["run"]], directory)
    result = judge(work / "trace", os.fsencode(product.home))
    for path in work.glob("trace.*"):
        path.unlink()
    return result, finished


def show(name, seen, reported, reasons, unexplained, finished):
    ended = f" (exit {finished.returncode}: {finished.stderr[-200:]!r})" if finished.returncode else ""
    print(f"{name:12} {reported}/{seen} reported, {sum(reasons.values())} explained, {len(unexplained)} unexplained{ended}", flush=True)
    for call in unexplained:
        print("    not reported:", call)


def table(rows, reasons):
    yield "\n| program | reported / seen | not reported, with a reason |\n|---|---|---|\n"
    for name, seen, reported, of_program in rows:
        yield f"| {name} | {reported} / {seen} | {sum(of_program.values()) or ''} |\n"
    yield f"| **all** | {sum(row[2] for row in rows)} / {sum(row[1] for row in rows)} | {sum(reasons.values())} |\n"
    yield "\n| not reported | why | calls |\n|---|---|---|\n"
    for reason, count in reasons.most_common():
        yield f"| {explained.CALLS[reason]} | {reason} | {count} |\n"
    yield "\n"


def main(aegis, result, *wanted):
    programs = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    programs.read(pathlib.Path(__file__).with_name("programs.ini"))
    failed, rows, all_reasons = False, [], collections.Counter()
    with Supervised(aegis) as product:
        for name in wanted or programs.sections():
            if not shutil.which(programs[name].get("needs", name)):
                print(f"{name:12} skipped: not installed")
                continue
            with tempfile.TemporaryDirectory(prefix="aegis-coverage-") as work:
                (seen, reported, reasons, unexplained), finished = run(name, programs[name], product, pathlib.Path(work))
            show(name, seen, reported, reasons, unexplained, finished)
            rows.append((name, seen, reported, reasons))
            all_reasons += reasons
            failed |= bool(unexplained) or seen == 0 or finished.returncode != 0
    print(f"\nall          {sum(row[2] for row in rows)}/{sum(row[1] for row in rows)} reported")
    for reason, count in all_reasons.most_common():
        print(f"    {count:6} {reason}")
    pathlib.Path(result).write_text("".join(table(rows, all_reasons)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
