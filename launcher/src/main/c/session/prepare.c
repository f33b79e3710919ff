#include "session/session.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

_Noreturn static void fail(const char *what)
{
    session_complain(what, errno);
    exit(SESSION_FAILED);
}

static void check_directory(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        fail(path);
    if (!S_ISDIR(status.st_mode)) {
        errno = ENOTDIR;
        fail(path);
    }
    if (setenv("AEGIS_SESSION", path, 1) != 0)
        fail("AEGIS_SESSION");
}

static void take_terminal(void)
{
    if (setsid() < 0 && getsid(0) != getpid())
        fail("cannot make a session of its own");
    if (ioctl(STDIN_FILENO, TIOCSCTTY, 0) != 0)
        fail("descriptor 0 cannot become the controlling terminal");
}

static void report_ready(int fd)
{
    static const char word[] = "ready\n";
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 || write(fd, word, sizeof word - 1) < 0)
        fail("cannot report that the session is ready");
}

/* One byte means go; the end of the pipe means that the launcher gave up or died. */
static void wait_for_go(int fd)
{
    char byte;
    ssize_t got;
    do
        got = read(fd, &byte, 1);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        fail("cannot wait for the launcher");
    if (got == 0)
        exit(SESSION_FAILED);
    close(fd);
}

void session_prepare(const struct session_options *options)
{
    check_directory(options->directory);
    session_check_level(options);
    if (options->terminal)
        take_terminal();
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
        fail("cannot take in orphans");
    if (options->ready_fd >= 0)
        report_ready(options->ready_fd);
    if (options->go_fd >= 0)
        wait_for_go(options->go_fd);
}
