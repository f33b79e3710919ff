/* Threads and processes: each of them works, and each of them is still under the trap. */
#include "guest.h"

#include <errno.h>
#include <pthread.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 32
#define FORKS 200

/* With a word, each thread, child … also asks about that name: it is allowed or not, and never unseen. */
static const char *name;

static void *work(void *unused)
{
    for (int i = 0; i < 200; i++)
        MUST(getppid() > 0);
    if (name)
        MUST(unlink(name) == -1 && (errno == EPERM || errno == ENOENT));
    return unused;
}

static void take(int argc, char **argv)
{
    name = argc ? argv[0] : NULL;
}

int guest_threads(int argc, char **argv)
{
    take(argc, argv);
    for (int round = 0; round < 4; round++) {
        pthread_t threads[THREADS];
        for (int i = 0; i < THREADS; i++)
            MUST(!pthread_create(&threads[i], NULL, work, NULL));
        for (int i = 0; i < THREADS; i++)
            MUST(!pthread_join(threads[i], NULL));
    }
    puts("threads");
    return 0;
}

static void reap(pid_t child, int status)
{
    int got;
    pid_t pid;
    do
        pid = waitpid(child, &got, 0);
    while (pid < 0 && errno == EINTR);
    MUST(pid == child && WIFEXITED(got) && WEXITSTATUS(got) == status);
}

static void *fork_often(void *unused)
{
    for (int i = 0; i < FORKS / 4; i++) {
        pid_t child = fork();
        MUST(child >= 0);
        if (!child) {
            if (i % 10 == 0)
                work(NULL);
            _exit(i % 100);
        }
        reap(child, i % 100);
    }
    return unused;
}

/* Four threads at once, so that forks meet calls of others in the middle. */
int guest_forks(int argc, char **argv)
{
    pthread_t threads[4];
    take(argc, argv);
    for (int i = 0; i < 4; i++)
        MUST(!pthread_create(&threads[i], NULL, fork_often, NULL));
    for (int i = 0; i < 4; i++)
        MUST(!pthread_join(threads[i], NULL));
    puts("forks");
    return 0;
}

int guest_vfork(int argc, char **argv)
{
    take(argc, argv);
    for (volatile int i = 0; i < 50; i++) {
        volatile int seen = 0;
        pid_t child = vfork();
        MUST(child >= 0);
        if (!child) {
            seen = 1; /* in the memory of the parent */
            if (i % 10 == 0)
                work(NULL);
            _exit(7);
        }
        MUST(seen == 1);
        reap(child, 7);
    }
    puts("vfork");
    return 0;
}

static void spawn(const char *path, int expected)
{
    char *const words[] = {(char *)path, NULL};
    pid_t child;
    int error = posix_spawn(&child, path, NULL, NULL, words, (char *[]){NULL});
    MUST(error == expected);
    if (!error)
        reap(child, 0);
}

/* WORD is a program that ends with 0. */
int guest_spawn(int argc, char **argv)
{
    MUST(argc == 1);
    for (int i = 0; i < 20; i++)
        spawn(argv[0], 0);
    spawn("/nonexistent/program", ENOENT);
    spawn("/etc/passwd", EACCES);
    puts("spawn");
    return 0;
}
