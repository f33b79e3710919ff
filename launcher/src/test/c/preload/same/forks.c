/* New processes of every kind, from a program with threads. */
#include "show.h"

#include <pthread.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>

extern char **environ;
static volatile int stop;
static int handlers[3];

static void *churn(void *unused) {
    while (!stop) {
        free(malloc(100));
        close(open("/dev/null", O_RDONLY));
    }
    return unused;
}

static void quiet_true(void) {
    int fd = open("/dev/null", O_WRONLY);
    dup2(fd, 1);
    execlp("true", "true", (char *)NULL);
    _exit(127);
}

static int ended_well(pid_t child) {
    int status = -1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static void storm(void) {
    pthread_t threads[4];
    int bad = 0;
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, churn, NULL);
    for (int i = 0; i < 100; i++) {
        pid_t child = vfork();
        if (child == 0)
            quiet_true();
        bad += !ended_well(child);
        child = fork();
        if (child == 0)
            quiet_true();
        bad += !ended_well(child);
        char *const argv[] = {"true", NULL};
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY | O_CREAT, 0600);
        bad += posix_spawn(&child, "/bin/true", &actions, NULL, argv, environ) != 0 || !ended_well(child);
        posix_spawn_file_actions_destroy(&actions);
    }
    stop = 1;
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    printf("failures in the storm: %d\n", bad);
}

static void before(void) { handlers[0]++; }
static void parent(void) { handlers[1]++; }
static void child(void) { handlers[2]++; }

static int in_clone(void *text) {
    printf("in clone: %s\n", (char *)text);
    fflush(stdout);
    return 9;
}

static void clones(void) {
    static char stack[65536] __attribute__((aligned(16)));
    fflush(stdout);
    show_wait("clone", clone(in_clone, stack + sizeof stack, SIGCHLD, "own memory"));
    show_wait("clone with our memory", clone(in_clone, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, "shared memory"));
    SHOW(clone(NULL, stack, SIGCHLD, NULL)), SHOW(clone(in_clone, NULL, SIGCHLD, NULL));
    pid_t raw = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (raw == 0)
        _exit(11);
    show_wait("raw clone", raw);
    raw = (pid_t)syscall(SYS_fork);
    if (raw == 0)
        _exit(12);
    show_wait("raw fork", raw);
}

static void terminal(void) {
    int master;
    char name[100], text[200];
    pid_t child = forkpty(&master, name, NULL, NULL);
    if (child == 0) {
        printf("tty %d %d %d leader %d\n", isatty(0), isatty(1), isatty(2), getsid(0) == getpid());
        fflush(stdout);
        _exit(3);
    }
    ssize_t length = read(master, text, sizeof text - 1);
    text[length > 0 ? length : 0] = 0;
    printf("from the terminal: %s named %d\n", text, strncmp(name, "/dev/pts/", 9) == 0);
    show_wait("forkpty", child);
}

static void daemons(void) {
    int ends[2];
    pipe(ends);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int result = daemon(0, 0);
        char cwd[100], text[300];
        struct stat status;
        fstat(0, &status);
        dprintf(ends[1], "%s", "");
        snprintf(text, sizeof text, "daemon %d in %s alone %d quiet %d", result, getcwd(cwd, sizeof cwd), getsid(0) == getpid(), S_ISCHR(status.st_mode));
        write(ends[1], text, strlen(text));
        _exit(0);
    }
    close(ends[1]);
    show_wait("daemon's parent", child);
    char text[300] = "";
    for (ssize_t length, used = 0; (length = read(ends[0], text + used, sizeof text - 1 - (size_t)used)) > 0; used += length)
        continue;
    printf("%s\n", text);
}

int main(void) {
    storm();
    pthread_atfork(before, parent, child);
    fflush(stdout);
    pid_t forked = fork();
    if (forked == 0)
        _exit(handlers[0] * 10 + handlers[2]);
    show_wait("fork", forked);
    forked = _Fork();
    if (forked == 0)
        _exit(handlers[0] * 10 + handlers[2]);
    show_wait("_Fork", forked);
    printf("handlers %d %d %d\n", handlers[0], handlers[1], handlers[2]);
    clones();
    terminal();
    daemons();
    return 0;
}
