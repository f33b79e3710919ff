/* The wrapped programs of the tests: each shows one thing that it sees, or does one thing. */
#include "harness.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void say_pid(const char *what, pid_t pid)
{
    dprintf(1, "%s %d\n", what, pid);
}

static int leave(char **argv)
{
    return atoi(argv[0]);
}

static int die(char **argv)
{
    kill(getpid(), atoi(argv[0]));
    return 98;
}

static int descriptors(char **argv)
{
    (void)argv;
    DIR *dir = opendir("/proc/self/fd");
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.' && atoi(entry->d_name) != dirfd(dir))
            dprintf(1, "%s ", entry->d_name);
    dprintf(1, "\n");
    return 0;
}

static int nofile(char **argv)
{
    (void)argv;
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    dprintf(1, "%llu:%llu\n", (unsigned long long)limit.rlim_cur, (unsigned long long)limit.rlim_max);
    return 0;
}

static int signals(char **argv)
{
    (void)argv;
    char line[256];
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (strncmp(line, "SigIgn:\t", 8) == 0 || strncmp(line, "SigBlk:\t", 8) == 0)
            dprintf(1, "%.6s=%.16s ", line, line + 8);
    dprintf(1, "\n");
    return 0;
}

static int place(char **argv)
{
    (void)argv;
    dprintf(1, "pid %d group %d session %d parent %d foreground %d tty %d\n", getpid(), getpgrp(), getsid(0),
            getppid(), tcgetpgrp(0), isatty(0));
    return 0;
}

/* Say hello, then wait for a signal that ends us; tell of SIGCONT and SIGUSR1. */
static volatile sig_atomic_t seen;

static void note(int signal)
{
    seen = signal;
}

_Noreturn static int wait_here(char **argv)
{
    (void)argv;
    struct sigaction action = {.sa_handler = note};
    sigaction(SIGCONT, &action, NULL);
    sigaction(SIGUSR1, &action, NULL);
    sigset_t both, old;
    sigemptyset(&both);
    sigaddset(&both, SIGCONT);
    sigaddset(&both, SIGUSR1);
    sigprocmask(SIG_BLOCK, &both, &old);
    say_pid("waiting", getpid());
    for (;;) {
        sigsuspend(&old);
        say_pid("signal", seen);
    }
}

/* Leave a process behind, orphaned by its parent at once; it says who it is once it is an orphan. */
static int orphan(char **argv)
{
    int started[2];
    if (pipe(started) != 0)
        return 97;
    if (fork() == 0) {
        pid_t middle = getpid();
        if (fork() == 0) {
            if (argv[1] && strcmp(argv[1], "deaf") == 0)
                signal(SIGHUP, SIG_IGN);
            while (getppid() == middle)
                usleep(1000);
            dprintf(1, "orphan %d of %d\n", getpid(), getppid());
            close(started[1]);
            pause();
        }
        _exit(0);
    }
    close(started[1]);
    char byte;
    while (read(started[0], &byte, 1) > 0)
        ;
    if (strcmp(argv[0], "stay") == 0)
        pause();
    return atoi(argv[0]);
}

static int close_output(char **argv)
{
    (void)argv;
    close(1);
    pause();
    return 0;
}

static int read_terminal(char **argv)
{
    (void)argv;
    char buffer[64];
    ssize_t got = read(0, buffer, sizeof buffer - 1);
    buffer[got > 0 ? got : 0] = '\0';
    dprintf(1, "read %s", buffer);
    return 0;
}

static int environment(char **argv)
{
    dprintf(1, "%s\n", getenv(argv[0]) ? getenv(argv[0]) : "(unset)");
    return 0;
}

/* Reach out: signal and trace another process, connect to an abstract socket, mount in a namespace of our own. */
static int reach(char **argv)
{
    pid_t other = atoi(argv[0]);
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    memcpy(name.sun_path + 1, argv[1], strlen(argv[1]));
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(argv[1]));
    int outside = kill(other, SIGURG) ? errno : 0;
    int traced = ptrace(PTRACE_SEIZE, other, 0, 0) ? errno : 0;
    int connected = connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&name, size) ? errno : 0;
    pid_t child = fork();
    if (child == 0) {
        pause();
        _exit(0);
    }
    int inside = kill(child, SIGKILL) ? errno : 0;
    waitpid(child, NULL, 0);
    int unshared = unshare(CLONE_NEWUSER | CLONE_NEWNS) ? errno : 0;
    int mounted = mount("none", "/mnt", "tmpfs", 0, NULL) ? errno : 0;
    dprintf(1, "signal %d trace %d connect %d child %d unshare %d mount %d\n", outside, traced, connected, inside,
            unshared, mounted);
    return 0;
}

int guest(char **argv)
{
    static const struct {
        const char *name;
        int (*run)(char **);
    } table[] = {
        {"exit", leave},         {"die", die},       {"descriptors", descriptors},
        {"nofile", nofile},      {"signals", signals}, {"place", place},
        {"wait", wait_here},     {"orphan", orphan}, {"close-output", close_output},
        {"read-terminal", read_terminal}, {"environment", environment},
        {"reach", reach},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, argv[0]) == 0)
            return table[i].run(argv + 1);
    return 96;
}
