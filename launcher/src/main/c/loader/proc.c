#include "loader/proc.h"

#include <fcntl.h>

#include "core/place.h"

#define PROC "/proc/"
#define DELETED " (deleted)"
#define START_CODE 26 /* field of /proc/PID/stat, the first being 1 */

static char own[CORE_PATH], loader[CORE_PATH];
static struct aegis_identity own_identity;

/* Where a symbolic link leads to: its length, 0 when it cannot be read. */
static size_t follow(const char *link, char *to, size_t room) {
    long size = SYS4(__NR_readlinkat, AT_FDCWD, link, to, room - 1);
    to[size > 0 ? size : 0] = 0;
    return size > 0 ? (size_t)size : 0;
}

void proc_remember(int fd) {
    char link[40];
    core_descriptor_path(link, fd);
    follow(link, own, sizeof own);
    follow("/proc/self/exe", loader, sizeof loader);
    aegis_identify(fd, "", AT_EMPTY_PATH, &own_identity);
}

/* The process that a spelling of its exe link names: 0 when it is none. Text after "/proc/". */
static unsigned long process_of(const char *text) {
    unsigned long pid, thread;
    const char *at;
    if (core_starts_with(text, "self/") || core_starts_with(text, "thread-self/")) {
        pid = (unsigned long)SYS0(__NR_getpid);
        at = text + (*text == 's' ? 4 : 11);
    } else if (!core_number(text, &pid, &at)) {
        return 0;
    }
    if (core_starts_with(at, "/task/") && !core_number(at + 6, &thread, &at))
        return 0;
    return core_equal(at, "/exe") ? pid : 0;
}

static bool is_own(unsigned long pid) {
    unsigned long self = (unsigned long)SYS0(__NR_getpid);
    return pid == self || SYS3(__NR_tgkill, self, pid, 0) == 0;
}

static long open_of(unsigned long pid, const char *name) {
    char path[40] = PROC;
    char *end = core_decimal(path + sizeof PROC - 1, pid);
    core_append(end, sizeof path - (size_t)(end - path), name);
    return SYS4(__NR_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
}

/* Where the code begins of a process that allows a look: 0 when it does not. */
static unsigned long start_code(unsigned long pid) {
    char text[1024];
    long fd = open_of(pid, "/stat");
    if (fd < 0)
        return 0;
    long size = SYS3(__NR_read, fd, text, sizeof text - 1);
    SYS1(__NR_close, fd);
    text[size > 0 ? size : 0] = 0;
    const char *at = text + (size > 0 ? size : 0);
    while (at > text && *at != ')') /* the name before it may hold anything */
        at--;
    for (int field = 2; *at && field < START_CODE; at++)
        field += *at == ' ';
    unsigned long address;
    return core_number(at, &address, &at) ? address : 0;
}

static bool hexadecimal(const char **at, unsigned long *number) {
    *number = 0;
    const char *start = *at;
    for (;; (*at)++) {
        char c = **at;
        unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
        if (digit == 16)
            return *at != start;
        *number = *number << 4 | digit;
    }
}

/* The file of a line of /proc/PID/maps that holds address: its length, 0 for another line. */
static size_t file_at(const char *line, unsigned long address, char *to) {
    unsigned long from, end;
    if (!hexadecimal(&line, &from) || *line++ != '-' || !hexadecimal(&line, &end) || address < from || address >= end)
        return 0;
    while (*line && *line != '/')
        line++;
    return *line ? core_append(to, CORE_PATH, line) : 0;
}

/* Line by line: a line that is longer than the buffer belongs to no name that could be used. */
static size_t mapped_file(struct proc_program *program, unsigned long pid, unsigned long address) {
    char *lines = program->lines;
    size_t kept = 0, found = 0;
    long got, fd = open_of(pid, "/maps");
    if (fd < 0)
        return 0;
    while (!found && (got = SYS3(__NR_read, fd, lines + kept, sizeof program->lines - kept)) > 0) {
        size_t end = kept + (size_t)got, line = 0;
        for (size_t i = kept; i < end && !found; i++) {
            if (lines[i] != '\n')
                continue;
            lines[i] = 0;
            found = file_at(lines + line, address, program->path);
            line = i + 1;
        }
        kept = end - line < sizeof program->lines ? end - line : 0;
        memmove(lines, lines + line, kept);
    }
    SYS1(__NR_close, fd);
    return found;
}

static bool find_other(struct proc_program *program, unsigned long pid) {
    char link[40] = PROC;
    char *end = core_decimal(link + sizeof PROC - 1, pid);
    core_append(end, sizeof link - (size_t)(end - link), "/exe");
    if (!follow(link, program->path, CORE_PATH) || !core_equal(program->path, loader))
        return false;
    unsigned long address = start_code(pid);
    program->size = address ? mapped_file(program, pid, address) : 0;
    program->gone = program->size >= sizeof DELETED - 1 &&
                    core_equal(program->path + program->size - (sizeof DELETED - 1), DELETED);
    return program->size;
}

static bool find_own(struct proc_program *program) {
    struct aegis_identity now;
    program->size = core_append(program->path, CORE_PATH, own);
    program->gone = aegis_identify(AT_FDCWD, own, 0, &now) || now.inode != own_identity.inode ||
                    now.device != own_identity.device;
    if (program->gone)
        program->size += core_append(program->path + program->size, 16, DELETED);
    return true;
}

/* path as it would be spelled from the root, when it is short enough to be an exe link. */
static bool spell(int dirfd, const char *path, char *to) {
    char link[40];
    size_t size = 0;
    if (*path != '/') {
        if (dirfd == AT_FDCWD)
            core_append(link, sizeof link, "/proc/self/cwd");
        else if (dirfd >= 0)
            core_descriptor_path(link, dirfd);
        else
            return false;
        size = follow(link, to, PROC_SPELLING - 1);
        to[size++] = '/';
    }
    return core_append(to + size, PROC_SPELLING - size, path) == strlen(path) && core_starts_with(to, PROC);
}

bool proc_find_program(struct proc_program *program, int dirfd, const char *path) {
    char spelled[PROC_SPELLING];
    unsigned long pid;
    if (!spell(dirfd, path, spelled) || !(pid = process_of(spelled + sizeof PROC - 1)))
        return false;
    return is_own(pid) ? find_own(program) : find_other(program, pid);
}
