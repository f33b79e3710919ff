"""Writes to Aegis's state as its owner can; prints SUCCEEDED where that worked."""
import hashlib, hmac, json, os, signal, sqlite3, sys, time, urllib.request

what, home = sys.argv[1], os.environ["H"]
DECIDED = "update approvals set state = 'approved', decided_at = 1, decided_by = 'me', channel = 'cli', scope = 'once'"


def database():
    return sqlite3.connect(home + "/aegis.db", timeout=10)


def deliver(data):
    """As if Telegram said that the admin tapped a button."""
    body = json.dumps({"user": 7, "message": int(sys.argv[3]), "data": data}).encode()
    urllib.request.urlopen(urllib.request.Request(os.environ["BOT"] + "/deliver", body)).read()


def link(key, previous, record):
    return hmac.new(key, (previous + "\n" + record).encode(), hashlib.sha256).hexdigest()


def rewrite(db):
    """Forget every denial and write the chain anew, with the key."""
    key = bytes.fromhex(open(home + "/audit.key").read().strip())
    rows = [json.loads(row[0]) for row in db.execute("select record from audit order by seq")]
    kept = [row for row in rows if row["kind"] != "operation.denied"]
    db.execute("delete from audit")
    previous = "0" * 64
    for number, row in enumerate(kept, 1):
        row["seq"] = number
        record = json.dumps(row, sort_keys=True, separators=(",", ":"))
        mac = link(key, previous, record)
        db.execute("insert into audit values (?, ?, ?, ?, ?, ?, ?)",
                   (number, row["at"], row["kind"], row["session"], record, previous, mac))
        previous = mac
    head = "%d %s" % (len(kept), link(key, previous, "head %d" % len(kept)))
    db.execute("update meta set value = ? where name = 'audit_head'", (head,))


def drop_triggers(db):
    for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        db.execute("drop trigger " + name)


if what == "approve":
    with database() as db:
        db.execute(DECIDED + " where id = ?", (int(sys.argv[2]),))
elif what == "callback":
    deliver(sys.argv[2])
    sys.exit()
elif what == "edit":
    with database() as db:
        drop_triggers(db)
        db.execute("update audit set record = replace(record, 'denied', 'allowed') where kind = 'operation.denied'")
elif what == "policy":
    with open(home + "/policy.toml", "w") as policy:
        policy.write('[policy]\ndefault_action = "allow"\n')
elif what == "kill":
    os.kill(int(sys.argv[2]), signal.SIGKILL)
elif what == "rewrite":
    os.kill(int(sys.argv[2]), signal.SIGKILL)
    while os.path.exists("/proc/" + sys.argv[2]):
        time.sleep(0.01)
    with database() as db:
        drop_triggers(db)
        rewrite(db)
print("SUCCEEDED")
