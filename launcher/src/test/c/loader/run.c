#include "run.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/mediate.h"

#define PATIENCE 60000 /* ms */

static long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void become(enum way way, const char *path, char *const argv[], char *const envp[])
{
    char session[256];
    char *all[64];
    int count = 0;
    snprintf(session, sizeof session, "AEGIS_SESSION=%s", getenv("AEGIS_SESSION"));
    while (envp[count] && count < 62) {
        all[count] = envp[count];
        count++;
    }
    if (way == SUPERVISED)
        all[count++] = session;
    all[count] = NULL;
    if (way == NATIVE)
        execve(path, argv, all);
    else
        aegis_execute(AT_FDCWD, path, argv, all, 0);
}

static void read_all(struct run *result, int fd, pid_t child)
{
    size_t size = 0;
    long deadline = now() + PATIENCE;
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    while (size < sizeof result->output - 1) {
        long left = deadline - now();
        if (left <= 0 || poll(&ready, 1, (int)left) == 0) {
            kill(-child, SIGKILL);
            size += (size_t)snprintf(result->output + size, sizeof result->output - size, "(killed: time is up)\n");
            break;
        }
        ssize_t got = read(fd, result->output + size, sizeof result->output - 1 - size);
        if (got <= 0)
            break;
        size += (size_t)got;
    }
    result->output[size] = 0;
}

void run_as(struct run *result, enum way way, const char *path, char *const argv[], char *const envp[])
{
    int ends[2], status;
    if (pipe2(ends, O_CLOEXEC))
        exit(99);
    fflush(NULL);
    pid_t child = fork();
    if (!child) {
        setpgid(0, 0);
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        become(way, path, argv, envp);
        _exit(99);
    }
    setpgid(child, child);
    close(ends[1]);
    read_all(result, ends[0], child);
    close(ends[0]);
    waitpid(child, &status, 0);
    result->status = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

void run(struct run *result, enum way way, char *const argv[])
{
    char *const environment[] = {"PATH=/usr/bin:/bin", "LD_LIBRARY_PATH=/nowhere", "EMPTY=", NULL};
    run_as(result, way, argv[0], argv, environment);
}

bool run_said(const struct run *result, const char *line)
{
    size_t size = strlen(line);
    for (const char *at = result->output; (at = strstr(at, line)); at++)
        if ((at == result->output || at[-1] == '\n') && (at[size] == '\n' || !at[size]))
            return true;
    return false;
}
