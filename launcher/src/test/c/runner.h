/* What every test program of built binaries shares: an expectation that ends the test, and the runner of tests. */
#ifndef AEGIS_TEST_RUNNER_H
#define AEGIS_TEST_RUNNER_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEST_SECONDS = 60 };

struct test {
    const char *name;
    void (*run)(void);
};

#define TEST(name) {#name, name}

static inline void check(bool held, const char *file, int line, const char *what)
{
    if (held)
        return;
    fprintf(stderr, "%s:%d: not so: %s (errno: %s)\n", file, line, what, strerror(errno));
    exit(1);
}
#define CHECK(condition) check((condition), __FILE__, __LINE__, #condition)

/* Run each in a process of its own, or only the one of that name; 0 when none failed. */
static inline int run_tests(const char *subject, const struct test *tests, size_t count, const char *only)
{
    int ran = 0, failed = 0;
    for (size_t i = 0; i < count; i++) {
        if (only && strcmp(only, tests[i].name) != 0)
            continue;
        pid_t pid = fork();
        if (pid == 0) {
            alarm(TEST_SECONDS);
            tests[i].run();
            exit(0);
        }
        int status;
        waitpid(pid, &status, 0);
        if (status != 0)
            fprintf(stderr, "FAIL %s (wait status %x)\n", tests[i].name, (unsigned)status);
        ran++;
        failed += status != 0;
    }
    fprintf(stderr, "%s: %d tests, %d failed\n", subject, ran, failed);
    return failed != 0 || ran == 0;
}

#endif
