/* What mediation costs: nanoseconds a call, natively and mediated. Not a test; run it on a quiet machine. */
#include "check.h"
#include "daemon.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int failures;
extern char **environ;

#define ROUNDS 9

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

typedef void work(int mediated_calls);

static void open_baseline(int ours) {
    long fd = ours ? M(SYS_openat, AT_FDCWD, "/usr/bin/env", O_RDONLY | O_CLOEXEC, 0, 0)
                   : syscall(SYS_openat, AT_FDCWD, "/usr/bin/env", O_RDONLY | O_CLOEXEC);
    close((int)fd);
}

static void open_missing(int ours) {
    ours ? M(SYS_openat, AT_FDCWD, "/usr/lib/no-such-file", O_RDONLY | O_CLOEXEC, 0, 0) : syscall(SYS_openat, AT_FDCWD, "/usr/lib/no-such-file", O_RDONLY);
}

static void open_null(int ours) {
    long fd = ours ? M(SYS_openat, AT_FDCWD, "/dev/null", O_WRONLY, 0, 0) : syscall(SYS_openat, AT_FDCWD, "/dev/null", O_WRONLY);
    close((int)fd);
}

static void open_asked(int ours) {
    long fd = ours ? M(SYS_openat, AT_FDCWD, "file", O_RDONLY, 0, 0) : syscall(SYS_openat, AT_FDCWD, "file", O_RDONLY);
    close((int)fd);
}

static void make_and_unlink(int ours) {
    long fd = ours ? M(SYS_openat, AT_FDCWD, "made", O_WRONLY | O_CREAT, 0600, 0) : syscall(SYS_openat, AT_FDCWD, "made", O_WRONLY | O_CREAT, 0600);
    close((int)fd);
    ours ? M(SYS_unlink, "made", 0, 0, 0, 0) : syscall(SYS_unlink, "made");
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(work *what, int ours, int times) {
    double rounds[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (int i = 0; i < times; i++)
            what(ours);
        rounds[round] = (now() - start) / times;
    }
    qsort(rounds, ROUNDS, sizeof *rounds, by_value);
    return rounds[0];
}

static void compare(const char *name, work *what, int times) {
    double native = median(what, 0, times), ours = median(what, 1, times);
    printf("%-24s native %6.0f ns, mediated %6.0f ns, added %6.0f ns\n", name, native, ours, ours - native);
}

int main(void) {
    char work_directory[96];
    daemon_start("", "/bin/true");
    snprintf(work_directory, sizeof work_directory, "%s/work", session);
    mkdir(work_directory, 0755);
    if (chdir(work_directory))
        abort();
    close(open("file", O_WRONLY | O_CREAT, 0644));
    aegis_start(AEGIS_PRELOAD, environ);
    shared->behaviour = ALLOW;
    compare("open, baseline", open_baseline, 20000);
    compare("open, missing", open_missing, 20000);
    compare("open, /dev/null", open_null, 10000);
    compare("open, asked", open_asked, 3000);
    compare("create + unlink, asked", make_and_unlink, 2000);
    session_remove();
    return 0;
}
