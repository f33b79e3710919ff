"""What a hostile program can do with system calls of its own, which no wrapped function sees."""
import ctypes, mmap, os, socket, struct, sys, time

_page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
_page.write(bytes.fromhex("4889f84889f74889d64889ca4d89c24d89c84c8b4c24080f05c3"))
_call = ctypes.CFUNCTYPE(ctypes.c_long, *[ctypes.c_long] * 7)(
    ctypes.addressof(ctypes.c_char.from_buffer(_page)))


def syscall(number, *arguments):
    return _call(number, *arguments, *[0] * (6 - len(arguments)))


def connect(path):
    sock = socket.socket(socket.AF_UNIX)
    address = ctypes.create_string_buffer(struct.pack("<H108s", socket.AF_UNIX, path.encode()))
    error = syscall(42, sock.fileno(), ctypes.addressof(address), 110)
    if error:
        sys.exit(f"connect {path}: {os.strerror(-error)}")
    sock.settimeout(5)
    return sock


def field(tag, value):
    return struct.pack("<HI", tag, len(value)) + value


def frame(kind, *fields, transaction=0, sequence=0):
    body = b"".join(fields)
    return struct.pack("<IBBHQQ", 24 + len(body), 1, kind, 0, transaction, sequence) + body


def hello(front=1):
    return frame(1, field(13, b"\4"), field(14, b"\0"), field(19, bytes([front])))


def reporter():
    sock = connect(os.environ["AEGIS_SESSION"] + "/reporter.sock")
    return sock


def answer(sock):
    try:
        data = sock.recv(65536)
    except (TimeoutError, ConnectionError):
        return "silence", None
    if not data:
        return "closed", None
    verdict = data.find(struct.pack("<HI", 21, 1))
    return {64: "verdict", 65: "held"}[data[5]], data[verdict + 6] if verdict >= 0 else None


def control(path, request):
    sock = connect(path)
    sock.sendall(request.encode() + b"\n")
    print(sock.recv(65536).decode())


def orphan(work):
    """Run work in a process whose parents are all gone but the starter."""
    reading, writing = os.pipe()
    first = os.fork()
    if first == 0:
        os.setsid()
        first = os.getpid()
        if os.fork():
            os._exit(0)
        while os.getppid() == first:
            time.sleep(0.01)
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        try:
            work()
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.wait()
    os.close(writing)
    with os.fdopen(reading) as said:
        print(said.read())
