"""A supervised process that does what the test says, over a socket of the test's own.

Usage: guest.py CONTROL REPORTER NAME
"""
import json
import os
import socket
import struct
import sys

CONTROL, REPORTER = sys.argv[1:3]


def introduce(name):
    control = socket.socket(socket.AF_UNIX)
    control.connect(CONTROL)
    lines = control.makefile("rw")
    print(json.dumps({"name": name, "pid": os.getpid()}), file=lines, flush=True)
    return control, lines


def exactly(connection, size):
    data = b""
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            return data
        data += more
    return data


def receive(connection):
    head = exactly(connection, 4)
    if len(head) < 4:
        return ""
    return (head + exactly(connection, struct.unpack("<I", head)[0] - 4)).hex()


def one_by_one(count, frames):
    """Ask from many short-lived connections, one after the other."""
    answers = {}
    for _ in range(count):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(REPORTER)
        connection.sendall(frames)
        answer = receive(connection)
        answers[answer] = answers.get(answer, 0) + 1
        connection.close()
    return answers


def serve(name):
    control, lines = introduce(name)
    connections = {}
    for line in lines:
        command = json.loads(line)
        verb = command["do"]
        result = {}
        if verb == "connect":
            connection = socket.socket(socket.AF_UNIX)
            connection.connect(REPORTER)
            connections[command["as"]] = connection
        elif verb == "send":
            try:
                connections[command["as"]].sendall(bytes.fromhex(command["hex"]))
            except (BrokenPipeError, ConnectionResetError):
                result = {"closed": True}
        elif verb == "receive":
            try:
                result = {"hex": receive(connections[command["as"]])}
            except ConnectionResetError:
                result = {"hex": ""}
        elif verb == "close":
            connections.pop(command["as"]).close()
        elif verb == "fork":
            child = os.fork()
            if child == 0:
                control.close()
                return serve(command["name"])
            if "report" in command:
                frame = bytes.fromhex(command["report"]) + struct.pack("<i", child)
                connections[command["as"]].sendall(frame)
            result = {"pid": child}
        elif verb == "vanish":
            # Fork a child that reports its own child on a connection of its own, and is gone at once.
            child = os.fork()
            if child == 0:
                control.close()
                grandchild = os.fork()
                if grandchild == 0:
                    return serve(command["name"])
                connection = socket.socket(socket.AF_UNIX)
                connection.connect(REPORTER)
                connection.sendall(bytes.fromhex(command["report"]) + struct.pack("<i", grandchild))
                os._exit(0)
            frame = bytes.fromhex(command["report"]) + struct.pack("<i", child)
            connections[command["as"]].sendall(frame)
            os.waitpid(child, 0)
        elif verb == "exec":
            os.execve(command["program"], command["argv"], {"PYTHONHOME": sys.prefix})
        elif verb == "many":
            result = {"answers": one_by_one(command["count"], bytes.fromhex(command["hex"]))}
        elif verb == "exit":
            os._exit(0)
        print(json.dumps(result), file=lines, flush=True)
    os._exit(0)


serve(sys.argv[3])
