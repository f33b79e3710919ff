#include "tell.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <time.h>

#include "scratch.h"
#include "state.h"

#define ERROR_FD 2
#define LINE 1536

/* A pipe, a terminal or a file that is appended to: not a place that the program overwrites. */
static bool takes_lines(void) {
    struct stat st;
    char terminal[64];
    if (SYS2(__NR_fstat, ERROR_FD, &st))
        return false;
    if (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode))
        return true;
    if (S_ISCHR(st.st_mode))
        return SYS3(__NR_ioctl, ERROR_FD, 0x5401 /* TCGETS */, terminal) == 0;
    return S_ISREG(st.st_mode) && SYS2(__NR_fcntl, ERROR_FD, F_GETFL) & O_APPEND;
}

void core_tell_start(void) {
    if (takes_lines())
        core_object_of(ERROR_FD, "", AT_EMPTY_PATH, &core_image.error_fd);
}

static bool still_the_same(void) {
    struct core_object now;
    return core_image.error_fd.known && core_object_of(ERROR_FD, "", AT_EMPTY_PATH, &now) &&
           now.device == core_image.error_fd.device && now.inode == core_image.error_fd.inode;
}

/* Never block the program for a message, and never kill it by SIGPIPE. */
static bool writable(void) {
    struct pollfd fd = {.fd = ERROR_FD, .events = POLLOUT};
    struct timespec at_once = {0, 0};
    return SYS5(__NR_ppoll, &fd, 1, &at_once, 0, 8) == 1 && fd.revents == POLLOUT;
}

/* True the first time; FNV-1a of the text stands for it. */
static bool is_news(const char *text) {
    uint32_t hash = 2166136261u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    hash |= 1;
    struct core_process *process = core_process();
    for (int i = 0; i < CORE_TOLD; i++) {
        uint32_t empty = 0;
        if (__atomic_compare_exchange_n(&process->told[i], &empty, hash, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            return true;
        if (empty == hash)
            return false;
    }
    return false;
}

static size_t compose(char *line, const char *what, const char *reason, const char *rule) {
    size_t size = core_append(line, LINE - 1, "aegis: denied ");
    size += core_append(line + size, 300, what);
    size += core_append(line + size, LINE - 1 - size, ": ");
    size += core_append(line + size, 900, reason);
    if (*rule) {
        size += core_append(line + size, LINE - 3 - size, " [");
        size += core_append(line + size, LINE - 3 - size, rule);
        line[size++] = ']';
    }
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)line[i] < ' ' || line[i] == 127)
            line[i] = '?'; /* names may hold escape sequences */
    line[size++] = '\n';
    return size;
}

CORE_COLD void core_tell(const char *what, const char *reason, const char *rule) {
    if (!still_the_same() || !writable() || !is_news(*rule ? rule : reason))
        return;
    struct core_scratch *scratch = core_scratch_claim();
    if (!scratch)
        return;
    SYS3(__NR_write, ERROR_FD, scratch->text, compose(scratch->text, what, reason, rule));
    core_scratch_release(scratch);
}
