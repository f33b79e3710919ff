#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

const char *session_binary;
const char *guest_binary;

static void pair(int ends[2])
{
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
}

static int open_terminal(char *slave, size_t size)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    CHECK(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    CHECK(ptsname_r(master, slave, size) == 0);
    return master;
}

static void add_number(const char **argv, int *count, const char *option, int fd, char *text)
{
    sprintf(text, "%d", fd);
    argv[(*count)++] = option;
    argv[(*count)++] = text;
}

struct starter start(int how, const char *const options[], const char *const command[])
{
    struct starter s = {.terminal = -1, .output = -1, .errors = -1, .ready = -1, .go = -1};
    int out[2], err[2], ready[2] = {-1, -1}, go[2] = {-1, -1};
    char slave[64], ready_text[16], go_text[16];
    const char *argv[64] = {session_binary, "--session", "/tmp"};
    int count = 3;
    pair(out);
    pair(err);
    if (how & TERMINAL) {
        s.terminal = open_terminal(slave, sizeof slave);
        argv[count++] = "--terminal";
    }
    if (how & READY_GO) {
        pair(ready);
        pair(go);
        add_number(argv, &count, "--ready-fd", ready[1], ready_text);
        add_number(argv, &count, "--go-fd", go[0], go_text);
    }
    for (int i = 0; options[i]; i++)
        argv[count++] = options[i];
    argv[count++] = "--";
    for (int i = 0; command[i]; i++)
        argv[count++] = command[i];

    s.pid = fork();
    CHECK(s.pid >= 0);
    if (s.pid == 0) {
        int in = how & TERMINAL ? open(slave, O_RDWR | O_NOCTTY) : open("/dev/null", O_RDONLY);
        dup2(in, 0);
        if (in > 2)
            close(in);
        dup2(out[1], 1);
        dup2(err[1], 2);
        for (int i = 0; (how & READY_GO) && i < 2; i++)
            fcntl(i ? ready[1] : go[0], F_SETFD, 0);
        execv(session_binary, (char **)argv);
        _exit(99);
    }
    close(out[1]);
    close(err[1]);
    s.output = out[0];
    s.errors = err[0];
    if (how & READY_GO) {
        close(ready[1]);
        close(go[0]);
        s.ready = ready[0];
        s.go = go[1];
    }
    return s;
}

int finish(struct starter *s)
{
    int status;
    CHECK(waitpid(s->pid, &status, 0) == s->pid);
    int all[] = {s->terminal, s->output, s->errors, s->ready, s->go};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] >= 0)
            close(all[i]);
    return status;
}

const char *read_line(int fd)
{
    static char line[4096];
    size_t length = 0;
    ssize_t got;
    while (length < sizeof line - 1) {
        got = read(fd, line + length, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || line[length] == '\n')
            break;
        length++;
    }
    line[length] = '\0';
    return line;
}

bool silent_for(int fd, int milliseconds)
{
    struct pollfd waiting = {.fd = fd, .events = POLLIN};
    return poll(&waiting, 1, milliseconds) == 0;
}

bool gone(pid_t pid)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd >= 0) {
        struct pollfd ended = {.fd = fd, .events = POLLIN};
        CHECK(poll(&ended, 1, 30000) == 1);
        close(fd);
    }
    if (waitpid(pid, NULL, 0) == pid)
        return true;
    /* Its parent reaps it a moment later, which has no event that a stranger could await. */
    for (int i = 0; i < 3000 && kill(pid, 0) == 0; i++)
        usleep(1000);
    return kill(pid, 0) != 0 && errno == ESRCH;
}

char state_of(pid_t pid, pid_t *parent)
{
    char path[32], text[1024] = "", state = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    CHECK(read(fd, text, sizeof text - 1) > 0);
    close(fd);
    CHECK(sscanf(strrchr(text, ')') + 1, " %c %d", &state, parent) == 2);
    return state;
}
