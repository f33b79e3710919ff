#include "daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/frame.h"
#include "core/page.h"

#define MOST_CONNECTIONS 256
#define MOST_FRAME (9 << 20)

struct shared *shared;
char session[64], home[96];
static pid_t daemon_pid;
static int listener = -1;
static char socket_path[108];

static void must(bool good, const char *what) {
    if (good)
        return;
    fprintf(stderr, "harness: %s: %s\n", what, strerror(errno));
    exit(99);
}

const uint8_t *field(const struct logged *frame, unsigned tag, size_t *size) {
    size_t at = CORE_HEADER, end = frame->size < LOGGED_BYTES ? frame->size : LOGGED_BYTES;
    while (at + 6 <= end) {
        uint16_t t;
        uint32_t n;
        memcpy(&t, frame->bytes + at, 2);
        memcpy(&n, frame->bytes + at + 2, 4);
        at += 6;
        if (n > end - at)
            return NULL;
        if (t == tag) {
            *size = n;
            return frame->bytes + at;
        }
        at += n;
    }
    return NULL;
}

unsigned frames_of(unsigned from, unsigned type, const struct logged **last) {
    unsigned count = 0;
    for (unsigned i = from; i < shared->frames; i++)
        if (shared->log[i % LOGGED].bytes[5] == type) {
            count++;
            if (last)
                *last = &shared->log[i % LOGGED];
        }
    return count;
}

static bool mentions_victim(const struct logged *frame) {
    static const unsigned tags[] = {CORE_PATH1, CORE_PATH2};
    for (int i = 0; i < 2; i++) {
        size_t size;
        const uint8_t *path = field(frame, tags[i], &size);
        if (path && memmem(path, size, "victim", 6))
            return true;
    }
    return false;
}

static bool reply(int fd, const struct core_frame *frame) {
    return send(fd, frame->bytes, frame->size, MSG_NOSIGNAL) == (ssize_t)frame->size;
}

static bool verdict(int fd, uint64_t transaction, int decision, uint32_t error) {
    uint8_t bytes[512];
    struct core_frame frame;
    core_frame_begin(&frame, bytes, sizeof bytes, CORE_VERDICT);
    core_put_u8(&frame, CORE_VERDICT_IS, (uint8_t)decision);
    if (decision == CORE_HOLD)
        core_put_u64(&frame, CORE_REQUEST, 7);
    if (decision == CORE_DENY) {
        if (error)
            core_put_u32(&frame, CORE_ERRNO, error);
        core_put_text(&frame, CORE_RULE, "test-rule");
        core_put_text(&frame, CORE_REASON, "the test says no");
        core_put_u8(&frame, CORE_TELL, 1);
    }
    core_frame_end(&frame, transaction, 0);
    return reply(fd, &frame);
}

static bool held(int fd, uint64_t transaction) {
    uint8_t bytes[64];
    struct core_frame frame;
    core_frame_begin(&frame, bytes, sizeof bytes, CORE_HELD);
    core_put_u64(&frame, CORE_REQUEST, 7);
    core_frame_end(&frame, transaction, 0);
    return reply(fd, &frame);
}

/* False: close the connection. */
static bool answer(int fd, const struct logged *frame) {
    size_t size;
    uint64_t transaction;
    memcpy(&transaction, frame->bytes + 8, 8);
    const uint8_t *kind = field(frame, CORE_KIND, &size);
    bool attach = frame->bytes[5] == CORE_ATTACH, execute = kind && *kind == 1;
    switch ((enum behaviour)shared->behaviour) {
    case ALLOW: return verdict(fd, transaction, CORE_ALLOW, 0);
    case DENY: return verdict(fd, transaction, CORE_DENY, 0);
    case DENY_VICTIM: return verdict(fd, transaction, mentions_victim(frame) ? CORE_DENY : CORE_ALLOW, 0);
    case SILENT: return true;
    case GARBAGE: return send(fd, "this is no frame of any kind at all", 35, MSG_NOSIGNAL) == 35;
    case WRONG_NUMBER: return verdict(fd, transaction + 1, CORE_ALLOW, 0);
    case HANG_UP: return false;
    case HOLD_ALLOW:
        if (execute)
            return verdict(fd, transaction, CORE_HOLD, 0);
        return attach || held(fd, transaction) ? verdict(fd, transaction, CORE_ALLOW, 0) : false;
    case HOLD_HANG_UP: return attach ? verdict(fd, transaction, CORE_ALLOW, 0) : held(fd, transaction) && false;
    case HOLD_FORGET:
        if (!attach)
            return held(fd, transaction) && false;
        shared->behaviour = ALLOW;
        return verdict(fd, transaction, CORE_DENY, ESRCH);
    }
    return false;
}

static bool receive(int fd, void *to, size_t size) {
    return recv(fd, to, size, MSG_WAITALL) == (ssize_t)size;
}

static bool serve(int fd, uint8_t *frame) {
    uint32_t size;
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (!receive(fd, frame, CORE_HEADER))
        return false;
    memcpy(&size, frame, 4);
    if (size < CORE_HEADER || size > MOST_FRAME || !receive(fd, frame + CORE_HEADER, size - CORE_HEADER))
        return false;
    getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length);
    struct logged *log = &shared->log[shared->frames % LOGGED];
    log->size = size;
    log->peer = peer.pid;
    memcpy(log->bytes, frame, size < LOGGED_BYTES ? size : LOGGED_BYTES);
    shared->frames++;
    bool asks = frame[5] == CORE_ASK || frame[5] == CORE_ATTACH || frame[5] == CORE_REFUSED;
    return !asks || answer(fd, log);
}

static void loop(void) {
    struct pollfd fds[MOST_CONNECTIONS] = {{.fd = listener, .events = POLLIN}};
    int count = 1;
    uint8_t *frame = malloc(MOST_FRAME);
    for (;;) {
        if (poll(fds, (nfds_t)count, -1) < 0)
            continue;
        for (int i = count - 1; i > 0; i--)
            if (fds[i].revents && !serve(fds[i].fd, frame)) {
                close(fds[i].fd);
                fds[i] = fds[--count];
            }
        if (fds[0].revents && count < MOST_CONNECTIONS) {
            fds[count++] = (struct pollfd){.fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC), .events = POLLIN};
            shared->connections++;
        }
    }
}

static void listen_again(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, socket_path);
    unlink(socket_path);
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(!bind(listener, (struct sockaddr *)&address, sizeof address) && !listen(listener, 128), "listen");
    pid_t parent = getpid();
    daemon_pid = fork();
    must(daemon_pid >= 0, "fork");
    if (!daemon_pid) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(0);
        loop();
    }
    close(listener);
}

void daemon_start(const char *library, const char *gate) {
    static struct core_page page;
    char path[80];
    strcpy(session, "/tmp/aegis-core-XXXXXX");
    must(mkdtemp(session) != NULL, "mkdtemp");
    snprintf(home, sizeof home, "%s/home", session);
    snprintf(path, sizeof path, "%s/run", session);
    must(!mkdir(home, 0700) && !mkdir(path, 0700), "mkdir");
    snprintf(socket_path, sizeof socket_path, "%s/reporter.sock", path);
    memcpy(page.magic, CORE_PAGE_MAGIC, 8);
    page.version = CORE_PAGE_VERSION;
    strcpy(page.session, "test");
    strcpy(page.socket, socket_path);
    strcpy(page.home, home);
    strcpy(page.run, path);
    snprintf(page.library, sizeof page.library, "%s", library);
    snprintf(page.gate, sizeof page.gate, "%s", gate);
    snprintf(page.distribution, sizeof page.distribution, "%s/distribution", session);
    snprintf(path, sizeof path, "%s/run/page", session);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    must(write(fd, &page, sizeof page) == sizeof page && !close(fd), "page");
    snprintf(path, sizeof path, "%s/run", session);
    setenv("AEGIS_SESSION", path, 1);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    must(shared != MAP_FAILED, "mmap");
    listen_again();
}

void daemon_load(const char *loader, uint32_t flags) {
    struct core_page page;
    char path[80];
    snprintf(path, sizeof path, "%s/run/page", session);
    int fd = open(path, O_RDWR);
    must(read(fd, &page, sizeof page) == sizeof page, "page");
    snprintf(page.loader, sizeof page.loader, "%s", loader);
    page.flags = flags;
    must(pwrite(fd, &page, sizeof page, 0) == sizeof page && !close(fd), "page");
}

void daemon_for_everybody(void) {
    char run[80];
    snprintf(run, sizeof run, "%s/run", session);
    must(!chmod(session, 0755) && !chmod(run, 0755) && !chmod(socket_path, 0777), "chmod");
}

void daemon_stop(void) {
    kill(daemon_pid, SIGKILL);
    waitpid(daemon_pid, NULL, 0);
}

void daemon_restart(void) {
    daemon_stop();
    listen_again();
}

void session_remove(void) {
    char command[128];
    daemon_stop();
    snprintf(command, sizeof command, "rm -rf %s", session);
    must(!system(command), command);
}
