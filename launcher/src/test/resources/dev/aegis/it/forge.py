"""Calls and frames of one who has no right to them; prints SUCCEEDED where one is believed."""
import json, os, socket, struct, sys
import raw

what, number = sys.argv[1], int(sys.argv[2])
CONTROL = os.environ.get("H", "") + "/run/control.sock"
DECIDE = json.dumps({"call": "approvals.decide", "id": number, "decision": "approve",
                     "scope": "once", "channel": "cli"})
if what == "decide":
    raw.control(CONTROL, DECIDE)
    sys.exit()
if what == "decide-orphaned":
    raw.orphan(lambda: raw.control(CONTROL, DECIDE))
    sys.exit()
if "." in what:
    raw.control(CONTROL, json.dumps({"call": what, "id": number, "token": "of-an-admin"}))
    sys.exit()
if what == "stop":
    raw.control(CONTROL, json.dumps({"call": "stop", "force": True}))
    sys.exit()
if what == "connect-by-libc":
    socket.socket(socket.AF_UNIX).connect(os.environ["AEGIS_SESSION"] + "/reporter.sock")
    print("SUCCEEDED")
    sys.exit()
sock = raw.reporter()
request = raw.field(20, struct.pack("<Q", number))
if what == "attach":
    sock.sendall(raw.hello() + raw.frame(5, request, transaction=7))
    kind, verdict = raw.answer(sock)
    print("SUCCEEDED" if kind == "held" or verdict else f"{kind} {verdict}")
elif what == "released":
    sock.sendall(raw.hello() + raw.frame(6, request))
elif what == "forked":
    sock.sendall(raw.hello() + raw.frame(4, raw.field(25, struct.pack("<i", number))))
elif what == "gate":
    sock.sendall(raw.hello(front=2) + raw.frame(5, request, transaction=7))
    kind, verdict = raw.answer(sock)
    print("SUCCEEDED" if verdict or kind == "held" else kind)
elif what == "answer":
    sock.sendall(raw.hello() + raw.frame(64, raw.field(21, b"\1"), transaction=1))
    print("SUCCEEDED" if raw.answer(sock)[0] != "closed" else "closed")
elif what == "garbage":
    sock.sendall(os.urandom(16) * 4096)
    print("SUCCEEDED" if raw.answer(sock)[0] not in ("closed", "silence") else "closed")
elif what == "signal":
    fields = [raw.field(1, struct.pack("<H", 9)), raw.field(16, struct.pack("<I", 9)),
              raw.field(17, struct.pack("<i", number))]
    sock.sendall(raw.hello() + raw.frame(2, *fields, transaction=3, sequence=1))
    print("SUCCEEDED" if raw.answer(sock)[1] else "denied")
sock.close()
