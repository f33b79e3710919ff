#include "connection.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>

#include "frame.h"
#include "state.h"

/* The same numbers outside the wiped page, so that a forked child can close its copies. */
static struct core_connection mirror[CORE_CONNECTIONS];

static uint64_t inode_of(int fd) {
    struct stat st;
    return SYS2(__NR_fstat, fd, &st) || !S_ISSOCK(st.st_mode) ? 0 : st.st_ino;
}

int core_raise(int fd) {
    static const int floors[] = {900, 200, 60, 20};
    for (unsigned i = 0; i < sizeof floors / sizeof *floors && fd < floors[i]; i++) {
        long high = SYS3(__NR_fcntl, fd, F_DUPFD_CLOEXEC, floors[i]);
        if (high >= 0) {
            SYS1(__NR_close, fd);
            return (int)high;
        }
    }
    return fd;
}

static long say_hello(int fd) {
    uint8_t bytes[64];
    struct core_frame frame;
    core_frame_begin(&frame, bytes, sizeof bytes, CORE_HELLO);
    core_put_u8(&frame, CORE_FRONT, (uint8_t)core_image.front);
    core_put_u8(&frame, CORE_COVERAGE, core_image.coverage);
    core_put_u8(&frame, CORE_COVERAGE_REASON, core_image.coverage_reason);
    core_frame_end(&frame, 0, 0);
    long sent = LINE6(__NR_sendto, fd, bytes, frame.size, MSG_NOSIGNAL, 0, 0);
    return sent < 0 ? sent : 0;
}

/* A connected descriptor, or -errno. */
static long dial(void) {
    const struct core_page *page = core_image.page;
    if (!page)
        return -ENOTCONN;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    core_append(address.sun_path, sizeof address.sun_path, page->socket);
    long fd = LINE3(__NR_socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fd;
    fd = core_raise((int)fd);
    struct timeval patience = {CORE_PATIENCE / 1000000000L, 0};
    LINE5(__NR_setsockopt, fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    LINE5(__NR_setsockopt, fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    long error;
    do
        error = LINE3(__NR_connect, fd, &address, sizeof address);
    while (error == -EINTR);
    if (!error)
        error = say_hello((int)fd);
    if (error) {
        SYS1(__NR_close, fd);
        return error;
    }
    return fd;
}

static void forget(int slot, struct core_connection *connection) {
    connection->inode = 0;
    mirror[slot].inode = 0;
}

static void hang_up(int slot, struct core_connection *connection) {
    if (connection->inode && inode_of(connection->fd) == connection->inode)
        SYS1(__NR_close, connection->fd);
    forget(slot, connection);
}

/* Open what is not, check what is: the program may have closed our number and opened it anew. */
static long make_ready(int slot, struct core_connection *connection) {
    if (connection->inode && inode_of(connection->fd) == connection->inode)
        return 0;
    forget(slot, connection);
    long fd = dial();
    if (fd < 0)
        return fd;
    connection->fd = (int)fd;
    connection->inode = inode_of((int)fd);
    mirror[slot] = *connection;
    return 0;
}

static long one_shot(struct core_line *line) {
    long fd = dial();
    *line = (struct core_line){.fd = (int)fd, .slot = -1};
    return fd < 0 ? fd : 0;
}

long core_line_claim(struct core_line *line) {
    struct core_process *process = core_process();
    if (core_borrowing(process))
        return one_shot(line);
    uint32_t thread = core_thread();
    for (int slot = 0; slot < CORE_CONNECTIONS; slot++) {
        struct core_connection *connection = &process->connections[slot];
        enum core_claimed claimed = core_claim_take(&connection->claim, thread);
        if (claimed == CORE_TAKEN_BY_ANOTHER)
            continue;
        if (claimed == CORE_CLAIMED_FROM_THE_LOST)
            hang_up(slot, connection); /* an answer may still be on its way */
        long error = make_ready(slot, connection);
        *line = (struct core_line){.fd = connection->fd, .slot = slot};
        if (error)
            core_claim_release(&connection->claim);
        return error;
    }
    return one_shot(line);
}

void core_line_release(struct core_line *line, bool broken) {
    if (line->slot < 0) {
        SYS1(__NR_close, line->fd);
        return;
    }
    struct core_connection *connection = &core_process()->connections[line->slot];
    if (broken)
        hang_up(line->slot, connection);
    core_claim_release(&connection->claim);
}

long core_line_send(struct core_line *line, const void *bytes, size_t size) {
    const char *at = bytes;
    while (size) {
        long sent = LINE6(__NR_sendto, line->fd, at, size, MSG_NOSIGNAL, 0, 0);
        if (sent == -EINTR)
            continue;
        if (sent < 0)
            return sent == -EAGAIN ? -ETIMEDOUT : sent;
        at += sent;
        size -= (size_t)sent;
    }
    return 0;
}

long core_line_receive(struct core_line *line, void *bytes, size_t size, bool forever) {
    char *at = bytes;
    long deadline = 0;
    while (size) {
        long got = LINE6(__NR_recvfrom, line->fd, at, size, 0, 0, 0);
        if (got > 0) {
            at += got;
            size -= (size_t)got;
            continue;
        }
        if (got == 0)
            return -EPIPE;
        if (got == -EAGAIN && !forever)
            return -ETIMEDOUT;
        if (got != -EINTR && got != -EAGAIN)
            return got;
        /* Signals may come faster than the time-out of the socket ever passes. */
        long now = core_now();
        deadline = deadline ? deadline : now + CORE_PATIENCE;
        if (!forever && now > deadline)
            return -ETIMEDOUT;
    }
    return 0;
}

void core_greet(void) {
    struct core_line line;
    if (!core_line_claim(&line))
        core_line_release(&line, false);
}

void core_drop_inherited(void) {
    for (int slot = 0; slot < CORE_CONNECTIONS; slot++) {
        if (mirror[slot].inode && inode_of(mirror[slot].fd) == mirror[slot].inode)
            SYS1(__NR_close, mirror[slot].fd);
        mirror[slot].inode = 0;
    }
}

static bool is_ours(const struct core_connection *connection, int fd) {
    return connection->inode && connection->fd == fd && inode_of(fd) == connection->inode;
}

static bool is_proc(int fd) {
    return core_image.proc.known && fd == core_image.proc_fd;
}

int aegis_owns_descriptor(int fd) {
    const struct core_process *process = core_process();
    if (is_proc(fd))
        return 1;
    for (int slot = 0; slot < CORE_CONNECTIONS; slot++)
        if (is_ours(&process->connections[slot], fd))
            return 1;
    return 0;
}

int aegis_next_descriptor(int from) {
    const struct core_process *process = core_process();
    int next = core_image.proc.known && core_image.proc_fd >= from ? core_image.proc_fd : -1;
    for (int slot = 0; slot < CORE_CONNECTIONS; slot++) {
        int fd = process->connections[slot].fd;
        if (fd >= from && (next < 0 || fd < next) && is_ours(&process->connections[slot], fd))
            next = fd;
    }
    return next;
}
