/* Printing what a call did, without anything that differs from run to run. */
#ifndef SHOW_H
#define SHOW_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* The result of a call, its errno when it failed, and that errno is left alone when it did not. */
#define SHOW(call) \
    ({ \
        errno = 4242; \
        long result_ = (long)(call); \
        int errno_ = errno; \
        printf("%s = %ld%s%s%s\n", #call, result_, result_ == -1 ? " " : "", \
               result_ == -1 ? strerrorname_np(errno_) : "", result_ != -1 && errno_ != 4242 ? " errno changed" : ""); \
        fflush(stdout); \
    })

/* The same for a call that answers a pointer. */
#define SHOW_POINTER(call) \
    ({ \
        errno = 4242; \
        void *result_ = (void *)(call); \
        int errno_ = errno; \
        printf("%s = %s %s\n", #call, result_ ? "something" : "NULL", result_ ? "" : strerrorname_np(errno_)); \
        fflush(stdout); \
    })

static inline void show_status(const char *what, int status) {
    if (WIFEXITED(status))
        printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else
        printf("%s: signal %d\n", what, WTERMSIG(status));
    fflush(stdout);
}

static inline void show_wait(const char *what, pid_t child) {
    int status = 0;
    if (waitpid(child, &status, 0) != child)
        printf("%s: waitpid %s\n", what, strerrorname_np(errno));
    else
        show_status(what, status);
}

static inline void write_file(const char *path, const char *text, mode_t mode) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || fchmod(fd, mode) != 0)
        perror(path), exit(99);
    close(fd);
}

/* Whatever the test's runner left open would be counted. */
static inline void __attribute__((constructor)) close_inherited(void) {
    for (int fd = 3; fd < 256; fd++)
        close(fd);
}

#endif
