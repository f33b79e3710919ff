"""Was every mutating operation asked about, none lost and none twice? ledger.py LOG SAID

LOG is of scripts/strace-comparison/run_recorded.py, SAID what the guest printed: its lines "ledger WORKS VICTIMS" add up. A work
is a name that is made, moved to NAME.r, deleted there, and NAME.d, which is made and deleted; a victim is a refused deletion.
What jumps away from its work is named jump-…: asked about at most once.
"""

import collections
import re
import sys

WORK = re.compile(r"[a-z_]+(-[0-9]+)+(\.[rd])?$")
EXPECTED = {"": 1, " .r": 1, ".r": 1, ".d": 2}


def entries(path):
    """(call, names) of each line; names that hold no blank, as those of guests."""
    for line in open(path, errors="replace"):
        call, *names = line.split()
        yield call, names


def shape(names):
    """How a name and the one it is moved to differ from the name of the work."""
    return " ".join(name[name.rindex("."):] if "." in name else "" for name in sorted(names, key=len))


def main(log, said):
    asked, victims, jumps, wrong = collections.defaultdict(list), 0, collections.Counter(), []
    for call, names in entries(log):
        if names == ["victim"]:
            victims += call.startswith("unlink")
        elif names and names[0].startswith("jump-"):
            jumps[names[0]] += 1
        elif names and all(map(WORK.match, names)):
            work = min(names, key=len).split(".")[0]
            asked[work].append((shape(names), call))
    lines = [line.split() for line in open(said, errors="replace") if line.startswith("ledger ")]
    works_said, victims_said = (sum(int(line[i]) for line in lines) for i in (1, 2))
    if not works_said:
        wrong.append("the guest says of no work")
    if len(asked) != works_said:
        wrong.append(f"{works_said} works, {len(asked)} of them asked about")
    if victims != victims_said:
        wrong.append(f"{victims_said} deletions of a victim, {victims} asked about")
    for work, calls in sorted(asked.items()):
        found = collections.Counter(kind for kind, _ in calls)
        if found != EXPECTED or len(set(calls)) != len(calls):
            wrong.append(f"{work}: asked about {sorted(calls)}")
    wrong += [f"{name}: asked about {count} times" for name, count in jumps.items() if count > 1]
    print(*wrong[:20], sep="\n", end="\n" if wrong else "")
    return bool(wrong)


sys.exit(main(*sys.argv[1:]))
