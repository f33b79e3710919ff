/* Forked children, vfork children, threads and signal handlers: whoever asks, asks for itself. */
#include "check.h"
#include "daemon.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/frame.h"

int failures;
extern char **environ;

static void make(const char *name) {
    close(open(name, O_WRONLY | O_CREAT, 0644));
}

static uint64_t sequence_of(const struct logged *frame) {
    uint64_t number;
    memcpy(&number, frame->bytes + 16, 8);
    return number;
}

static void finish(pid_t child, const char *what) {
    int status;
    waitpid(child, &status, 0);
    CHECK(status == 0, "%s: status %x", what, (unsigned)status);
}

static void a_forked_child_asks_over_its_own_connection(void) {
    const struct logged *last = NULL, *said = NULL;
    unsigned from = shared->frames, connections = shared->connections;
    make("file");
    pid_t child = fork();
    if (!child)
        _exit(M(SYS_unlink, "file", 0, 0, 0, 0) == 0 ? 0 : 1);
    aegis_forked(child);
    finish(child, "fork");
    make("file");
    M(SYS_unlink, "file", 0, 0, 0, 0); /* an answer comes after FORKED was read */
    CHECK(shared->connections == connections + 1, "%u new connections", shared->connections - connections);
    CHECK(frames_of(from, CORE_FORKED, &said) == 1, "FORKED");
    size_t size;
    const uint8_t *who = field(said, CORE_CHILD, &size);
    pid_t named = 0;
    if (who && size == 4)
        memcpy(&named, who, 4);
    CHECK(named == child, "FORKED names %d, not %d", named, child);
    int found = 0;
    for (unsigned i = from; i < shared->frames; i++) {
        last = &shared->log[i % LOGGED];
        if (last->bytes[5] == CORE_ASK && last->peer == child) {
            found++;
            CHECK(sequence_of(last) == 1, "its first question is number %lu", (unsigned long)sequence_of(last));
        }
    }
    CHECK(found == 1, "%d questions of the child", found);
}

static void a_child_keeps_none_of_its_parents_connections(void) {
    pid_t child = fork();
    if (!child) {
        make("file");
        M(SYS_unlink, "file", 0, 0, 0, 0);
        int sockets = 0;
        for (int fd = 3; fd < 1100; fd++) {
            struct stat st;
            sockets += !fstat(fd, &st) && S_ISSOCK(st.st_mode);
        }
        _exit(sockets == 1 ? 0 : 2);
    }
    finish(child, "descriptors of a forked child");
}

static void a_vfork_child_asks_for_itself(void) {
    unsigned from = shared->frames;
    static volatile long results[3];
    make("file"), make("file2");
    pid_t child = vfork();
    if (!child) {
        results[0] = M(SYS_unlink, "file", 0, 0, 0, 0);
        results[1] = M(SYS_unlink, "file2", 0, 0, 0, 0);
        results[2] = M(SYS_openat, AT_FDCWD, "/usr/bin/env", O_RDONLY, 0, 0);
        _exit(0);
    }
    finish(child, "vfork");
    CHECK(results[0] == 0 && results[1] == 0 && results[2] >= 0, "%ld %ld %ld", results[0], results[1], results[2]);
    uint64_t expected = 1;
    for (unsigned i = from; i < shared->frames; i++) {
        const struct logged *frame = &shared->log[i % LOGGED];
        if (frame->bytes[5] != CORE_ASK)
            continue;
        CHECK(frame->peer == child, "asked as %d, not %d", frame->peer, child);
        CHECK(sequence_of(frame) == expected++, "number %lu", (unsigned long)sequence_of(frame));
    }
    CHECK(expected == 3, "two questions");
    make("file");
    CHECK(M(SYS_unlink, "file", 0, 0, 0, 0) == 0, "the parent goes on");
}

static long maps(void) {
    long lines = 0;
    FILE *file = fopen("/proc/self/maps", "r");
    for (int c; (c = fgetc(file)) != EOF;)
        lines += c == '\n';
    fclose(file);
    return lines;
}

static void execs_of_vfork_children_leave_no_memory_behind(void) {
    static char *const argv[] = {"true", NULL};
    static long before;
    static volatile int i;
    for (i = 0; i < 120; i++) {
        pid_t child = vfork();
        if (!child) {
            aegis_execute(AT_FDCWD, "/bin/true", argv, environ, 0);
            _exit(1);
        }
        finish(child, "vfork and exec");
        if (i == 20)
            before = maps();
    }
    CHECK(maps() <= before + 2, "%ld mappings, then %ld", before, maps());
}

#define THREADS 24
static void *ask_often(void *argument) {
    char name[32];
    snprintf(name, sizeof name, "thread-%ld", (long)argument);
    long wrong = 0;
    for (int i = 0; i < 200; i++) {
        long fd = M(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_EXCL, 0600, 0);
        wrong += fd < 0;
        close((int)fd);
        wrong += M(SYS_unlink, name, 0, 0, 0, 0) != 0;
    }
    return (void *)wrong;
}

static void many_threads_ask_at_once(void) {
    pthread_t threads[THREADS];
    for (long i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, ask_often, (void *)i);
    for (long i = 0; i < THREADS; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        CHECK(!wrong, "thread %ld: %ld wrong results", i, (long)wrong);
    }
    int owned = 0;
    for (int fd = 3; fd < 2000; fd++)
        owned += aegis_owns_descriptor(fd);
    CHECK(owned <= 8, "%d connections", owned);
}

static volatile sig_atomic_t handled, refused;
static void ask_from_handler(int signal) {
    (void)signal;
    int fd = open("from-handler", O_WRONLY | O_CREAT, 0600);
    close(fd);
    refused += M(SYS_unlink, "from-handler", 0, 0, 0, 0) != 0;
    handled++;
}

static void a_signal_handler_may_ask_in_the_middle_of_a_question(void) {
    struct sigaction action = {.sa_handler = ask_from_handler};
    sigaction(SIGALRM, &action, NULL);
    timer_t timer;
    struct itimerspec every = {{0, 700000}, {0, 700000}}, never = {{0, 0}, {0, 0}};
    timer_create(CLOCK_MONOTONIC, NULL, &timer);
    timer_settime(timer, 0, &every, NULL);
    for (int i = 0; i < 2000; i++) {
        make("file");
        CHECK(M(SYS_unlink, "file", 0, 0, 0, 0) == 0, "round %d", i);
    }
    timer_settime(timer, 0, &never, NULL);
    CHECK(handled > 20 && !refused, "%d handled, %d refused", (int)handled, (int)refused);
}

/* A fork in a threaded process: claims of the other threads must not bind the child. */
static void forks_among_threads_are_free(void) {
    pthread_t threads[4];
    for (long i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, ask_often, (void *)(100 + i));
    for (int i = 0; i < 60; i++) {
        pid_t child = fork();
        if (!child) {
            alarm(20);
            long fd = M(SYS_openat, AT_FDCWD, "in-child", O_WRONLY | O_CREAT, 0600, 0);
            _exit(fd >= 0 ? 0 : 1);
        }
        finish(child, "fork among threads");
    }
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}

int main(void) {
    char work[96];
    daemon_start("", "/bin/true");
    snprintf(work, sizeof work, "%s/work", session);
    mkdir(work, 0755);
    if (chdir(work))
        abort();
    aegis_start(AEGIS_PRELOAD, environ);
    shared->behaviour = ALLOW;
    make("file");
    M(SYS_unlink, "file", 0, 0, 0, 0); /* the connection of the start has been accepted */
    a_forked_child_asks_over_its_own_connection();
    a_child_keeps_none_of_its_parents_connections();
    a_vfork_child_asks_for_itself();
    execs_of_vfork_children_leave_no_memory_behind();
    many_threads_ask_at_once();
    a_signal_handler_may_ask_in_the_middle_of_a_question();
    forks_among_threads_are_free();
    session_remove();
    return failures != 0;
}
