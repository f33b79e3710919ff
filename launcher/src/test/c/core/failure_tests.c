/* A daemon that misbehaves, dies or comes back: never allowed by mistake, never for ever, and said on descriptor 2. */
#include "check.h"
#include "daemon.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/frame.h"
#include "core/gate.h"

int failures;
extern char **environ;
static int error_pipe;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void make(const char *name) {
    close(open(name, O_WRONLY | O_CREAT, 0644));
}

/* What was written to descriptor 2 since the last time. */
static const char *said(void) {
    static char text[4096];
    struct pollfd fd = {.fd = error_pipe, .events = POLLIN};
    size_t size = 0;
    while (poll(&fd, 1, 0) > 0) {
        if (size > 2048)
            size = 0; /* filling, not text */
        ssize_t got = read(error_pipe, text + size, sizeof text - 1 - size);
        if (got <= 0)
            break;
        size += (size_t)got;
    }
    text[size] = 0;
    return text;
}

static void a_bad_answer_denies(int behaviour, const char *word) {
    make("file");
    shared->behaviour = behaviour;
    double start = now();
    long result = M(SYS_unlink, "file", 0, 0, 0, 0);
    double took = now() - start;
    shared->behaviour = ALLOW;
    CHECK(result == -EPERM, "behaviour %d: %ld", behaviour, result);
    CHECK(access("file", F_OK) == 0, "behaviour %d: it is gone", behaviour);
    CHECK(took < 12, "behaviour %d took %.1f s", behaviour, took);
    const char *text = said();
    CHECK(!word || strstr(text, word), "behaviour %d said: %s", behaviour, text);
}

static void a_denial_is_said_once(void) {
    make("victim");
    shared->behaviour = DENY_VICTIM;
    M(SYS_unlink, "victim", 0, 0, 0, 0);
    M(SYS_unlink, "victim", 0, 0, 0, 0);
    char expected[256];
    snprintf(expected, sizeof expected, "aegis: denied delete_file %s/work/victim: the test says no [test-rule]\n", session);
    const char *text = said();
    CHECK(!strcmp(text, expected), "%s", text);
}

static void nothing_is_said_when_descriptor_2_is_another(void) {
    int kept = dup(2), file = open("log", O_RDWR | O_CREAT | O_TRUNC, 0600);
    pid_t child = fork(); /* says everything anew */
    if (!child) {
        dup2(file, 2);
        _exit(M(SYS_unlink, "victim", 0, 0, 0, 0) == -EPERM ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    CHECK(status == 0, "status %x", (unsigned)status);
    struct stat st;
    fstat(file, &st);
    CHECK(st.st_size == 0, "a message in the program's file");
    child = fork();
    if (!child)
        _exit(M(SYS_unlink, "victim", 0, 0, 0, 0) == -EPERM ? 0 : 1);
    waitpid(child, &status, 0);
    CHECK(strstr(said(), "test-rule"), "a child says it itself");
    close(kept);
    close(file);
}

static void a_full_or_closed_pipe_does_no_harm(void) {
    pid_t child = fork();
    if (!child) {
        char block[65536] = {0};
        fcntl(2, F_SETFL, O_NONBLOCK);
        while (write(2, block, sizeof block) > 0 || write(2, block, 1) > 0)
            ;
        fcntl(2, F_SETFL, 0);
        alarm(5);
        _exit(M(SYS_unlink, "victim", 0, 0, 0, 0) == -EPERM ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    CHECK(status == 0, "full pipe: status %x", (unsigned)status);
    said();
}

static void a_held_question_survives_the_connection(void) {
    shared->behaviour = HOLD_ALLOW;
    make("file");
    CHECK(M(SYS_unlink, "file", 0, 0, 0, 0) == 0, "held, then allowed");
    const struct logged *attach = NULL;
    unsigned from = shared->frames;
    shared->behaviour = HOLD_HANG_UP;
    make("file");
    CHECK(M(SYS_unlink, "file", 0, 0, 0, 0) == 0, "held, lost, attached");
    CHECK(frames_of(from, CORE_ASK, NULL) == 1 && frames_of(from, CORE_ATTACH, &attach) == 1, "one ASK, one ATTACH");
    from = shared->frames;
    shared->behaviour = HOLD_FORGET;
    make("file");
    CHECK(M(SYS_unlink, "file", 0, 0, 0, 0) == 0, "held, lost, forgotten, asked again");
    CHECK(frames_of(from, CORE_ASK, NULL) == 2, "%u questions", frames_of(from, CORE_ASK, NULL));
}

static void the_gate_attaches(void) {
    struct aegis_attached attached;
    shared->behaviour = ALLOW;
    aegis_attach(7, &attached);
    CHECK(attached.outcome == AEGIS_APPROVED, "%d", attached.outcome);
    shared->behaviour = DENY;
    aegis_attach(7, &attached);
    CHECK(attached.outcome == AEGIS_DENIED && !strcmp(attached.rule, "test-rule"), "%d %s", attached.outcome, attached.rule);
    shared->behaviour = HOLD_FORGET;
    aegis_attach(7, &attached);
    CHECK(attached.outcome == AEGIS_UNKNOWN, "%d", attached.outcome);
    shared->behaviour = GARBAGE;
    aegis_attach(7, &attached);
    CHECK(attached.outcome == AEGIS_FAILED && strstr(attached.reason, "malformed"), "%d %s", attached.outcome, attached.reason);
}

/* Signals arrive while a question is open, and do not end it. */
static volatile sig_atomic_t alarms;
static void count_alarm(int signal) {
    (void)signal;
    alarms++;
}

static void signals_go_through_while_waiting(void) {
    struct sigaction action = {.sa_handler = count_alarm};
    sigaction(SIGALRM, &action, NULL);
    timer_t timer;
    struct itimerspec every = {{0, 200000}, {0, 200000}}, never = {{0, 0}, {0, 0}};
    timer_create(CLOCK_MONOTONIC, NULL, &timer);
    timer_settime(timer, 0, &every, NULL);
    for (int behaviour = ALLOW; behaviour <= HOLD_HANG_UP; behaviour += HOLD_HANG_UP)
        for (int i = 0; i < 50; i++) {
            shared->behaviour = behaviour;
            make("file");
            CHECK(M(SYS_unlink, "file", 0, 0, 0, 0) == 0, "round %d", i);
        }
    timer_settime(timer, 0, &never, NULL);
    CHECK(alarms > 10, "only %d signals", (int)alarms);
}

static void our_descriptor_closed_or_taken_is_noticed(void) {
    shared->behaviour = ALLOW;
    int ours = -1;
    for (int fd = 3; fd < 2000; fd++)
        if (aegis_owns_descriptor(fd))
            ours = fd;
    CHECK(ours >= 900, "the connection is %d", ours);
    int file = open("precious", O_RDWR | O_CREAT, 0600);
    dup2(file, ours); /* as a program that closes everything and opens anew */
    CHECK(!aegis_owns_descriptor(ours), "it is not ours any more");
    make("file");
    CHECK(M(SYS_unlink, "file", 0, 0, 0, 0) == 0, "asked over a new connection");
    struct stat st;
    fstat(file, &st);
    CHECK(st.st_size == 0, "a frame in the program's file");
    close(ours);
    close(file);
}

static void a_daemon_that_comes_back_is_found(void) {
    make("file");
    daemon_restart();
    CHECK(M(SYS_unlink, "file", 0, 0, 0, 0) == 0, "restarted before the question");
    make("file");
    pid_t child = fork();
    if (!child) {
        daemon_stop();
        _exit(0);
    }
    waitpid(child, NULL, 0);
    pid_t asker = fork();
    if (!asker)
        _exit(M(SYS_unlink, "file", 0, 0, 0, 0) == 0 ? 0 : 1);
    struct timespec moment = {0, 300000000};
    nanosleep(&moment, NULL); /* the asker is being refused meanwhile; how often does not matter */
    daemon_restart();
    int status;
    waitpid(asker, &status, 0);
    CHECK(status == 0, "restarted during the question: %x", (unsigned)status);
}

static void without_a_daemon_all_is_denied(void) {
    make("file");
    daemon_stop();
    double start = now();
    CHECK(M(SYS_unlink, "file", 0, 0, 0, 0) == -EPERM, "no daemon");
    double took = now() - start;
    CHECK(took > 8 && took < 13, "%.1f s", took);
    CHECK(strstr(said(), "could not be reached"), "says so");
    long fd = M(SYS_openat, AT_FDCWD, "/usr/bin/env", O_RDONLY, 0, 0);
    CHECK(fd >= 0, "the baseline still holds");
    close((int)fd);
    daemon_restart();
}

int main(void) {
    char work[96];
    int ends[2];
    daemon_start("/nonexistent/libaegis.so", "/bin/true");
    snprintf(work, sizeof work, "%s/work", session);
    mkdir(work, 0755);
    if (chdir(work) || pipe2(ends, O_CLOEXEC))
        abort();
    int real_error = dup(2);
    dup2(ends[1], 2);
    close(ends[1]);
    error_pipe = ends[0];
    aegis_start(AEGIS_PRELOAD, environ);
    a_denial_is_said_once();
    nothing_is_said_when_descriptor_2_is_another();
    a_full_or_closed_pipe_does_no_harm();
    a_bad_answer_denies(GARBAGE, "malformed");
    a_bad_answer_denies(WRONG_NUMBER, NULL);
    a_held_question_survives_the_connection();
    the_gate_attaches();
    signals_go_through_while_waiting();
    our_descriptor_closed_or_taken_is_noticed();
    a_daemon_that_comes_back_is_found();
    a_bad_answer_denies(SILENT, "did not answer");
    without_a_daemon_all_is_denied();
    a_bad_answer_denies(HANG_UP, NULL); /* what there is to say was said */
    dup2(real_error, 2);
    session_remove();
    return failures != 0;
}
