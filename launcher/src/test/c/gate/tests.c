#include "office.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST = 4711 };

const char *gate_binary;
const char *library;

struct gate {
    pid_t pid;
    int output;
    int errors;
    char text[8192];
};

/* What a test may change of the start; zero is the ordinary case. */
struct way {
    const char *what;    /* "hold" */
    const char *subject; /* the request */
    const char *path;    /* the program */
    bool no_descriptor;
    bool closed_errors;
    void (*prepare)(void);
};

/* Become the gate as the core makes a process become it, with the program pinned by a descriptor. */
static struct gate start(const struct office *office, struct way way, const char *const argv[])
{
    int out[2], err[2];
    struct gate gate = {0};
    CHECK(pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0);
    gate.pid = fork();
    if (gate.pid == 0) {
        for (int number = 1; number < SIGRTMIN; number++)
            signal(number, SIG_DFL); /* whatever the caller of the tests ignores */
        setpgid(0, 0); /* with its parent in another group: the kernel stops no orphaned group */
        char fd[16] = "-", session[128], number[32];
        const char *line[32] = {"aegis-gate", way.what ? way.what : "hold", way.subject, way.path, fd, "0"};
        char *environment[] = {session, "COLOUR=blue", NULL};
        if (!way.subject) {
            sprintf(number, "%d", REQUEST);
            line[2] = number;
        }
        if (!way.no_descriptor)
            sprintf(fd, "%d", fcntl(open(way.path, O_PATH | O_CLOEXEC), F_DUPFD, 500));
        for (int i = 0; argv[i]; i++)
            line[6 + i] = argv[i];
        snprintf(session, sizeof session, "AEGIS_SESSION=%s", office->directory);
        dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
        dup2(out[1], 1);
        dup2(err[1], 2);
        if (way.closed_errors)
            close(2);
        if (way.prepare)
            way.prepare();
        execve(gate_binary, (char **)line, environment);
        _exit(99);
    }
    close(out[1]);
    close(err[1]);
    gate.output = out[0];
    gate.errors = err[0];
    return gate;
}

#define ARGV(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *read_to_end(struct gate *gate, int fd)
{
    size_t length = 0;
    ssize_t got;
    while ((got = read(fd, gate->text + length, sizeof gate->text - 1 - length)) > 0)
        length += (size_t)got;
    gate->text[length] = '\0';
    return gate->text;
}

static int wait_status(struct gate *gate)
{
    int status;
    CHECK(waitpid(gate->pid, &status, 0) == gate->pid);
    return status;
}

static int exit_code(struct gate *gate)
{
    int status = wait_status(gate);
    CHECK(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void approve(struct office *office)
{
    office_expect_attach(office, REQUEST);
    office_decide(office, ALLOW, REQUEST, "ask-first", "approved");
}

static void write_file(const char *path, const char *content, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    CHECK(fd >= 0 && write(fd, content, strlen(content)) == (ssize_t)strlen(content));
    close(fd);
    CHECK(chmod(path, mode) == 0);
}

static void a_denial_says_what_and_why_and_ends_with_126(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = start(&office, (struct way){.what = "deny", .subject = "too wide", .path = "/bin/rm"},
                             ARGV("rm", "-rf", "build"));
    CHECK(strcmp(read_to_end(&gate, gate.errors), "aegis: denied rm -rf build: too wide\n") == 0);
    CHECK(exit_code(&gate) == 126);
    office_close(&office);
}

static void a_denial_cannot_steer_the_terminal(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = start(&office, (struct way){.what = "deny", .subject = "bad \033]0;x\a", .path = "/bin/rm"},
                             ARGV("rm", "a\nb\rc\x7f", "\xc2\x9b" "31m", "\xc3\xa9"));
    CHECK(strcmp(read_to_end(&gate, gate.errors), "aegis: denied rm a?b?c? ?31m \xc3\xa9: bad ?]0;x?\n") == 0);
    CHECK(exit_code(&gate) == 126);
    office_close(&office);
}

static void a_long_command_is_cut_between_characters(void)
{
    struct office office;
    char argument[2001];
    office_open(&office);
    for (int i = 0; i < 2000; i += 2)
        memcpy(argument + i, "\xc3\xa9", 2);
    argument[2000] = '\0';
    struct gate gate = start(&office, (struct way){.what = "deny", .subject = "no", .path = "/bin/rm"},
                             ARGV("r", argument));
    read_to_end(&gate, gate.errors);
    CHECK(strstr(gate.text, "\xc3\xa9\xe2\x80\xa6: no\n") != NULL && strlen(gate.text) < 300);
    CHECK(exit_code(&gate) == 126);
    office_close(&office);
}

static void with_descriptor_2_closed_nothing_is_written_anywhere(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = start(&office, (struct way){.path = "/bin/true", .closed_errors = true}, ARGV("true"));
    office_accept(&office);
    office_expect_attach(&office, REQUEST);
    office_decide(&office, DENY, REQUEST, "r", "no");
    CHECK(office_read(&office)->type == 0);
    CHECK(exit_code(&gate) == 126);
    CHECK(strcmp(read_to_end(&gate, gate.output), "") == 0);
    office_close(&office);
}

static void an_approved_program_runs_after_it_was_said_to(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = start(&office, (struct way){.path = "/bin/sh"},
                             ARGV("my-shell", "-c", "echo $0 $COLOUR $1 $(cat /proc/$$/comm) $(umask)", "x", "y z"));
    office_accept(&office);
    approve(&office);
    const struct frame *released = office_read(&office);
    CHECK(released->type == RELEASED && frame_number(released, TAG_REQUEST) == REQUEST);
    read_to_end(&gate, gate.output);
    char expected[64];
    mode_t mask = umask(0);
    sprintf(expected, "x blue y z sh %04o\n", mask);
    CHECK(strcmp(gate.text, expected) == 0);
    CHECK(strcmp(read_to_end(&gate, gate.errors), "") == 0);
    CHECK(exit_code(&gate) == 0);
    office_close(&office);
}

static void only_the_callers_descriptors_reach_the_program(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = start(&office, (struct way){.path = "/bin/ls"}, ARGV("ls", "/proc/self/fd"));
    office_accept(&office);
    approve(&office);
    CHECK(strcmp(read_to_end(&gate, gate.output), "0\n1\n2\n3\n") == 0); /* 3 is the directory that ls reads */
    CHECK(exit_code(&gate) == 0);
    office_close(&office);
}

static void a_script_is_run_by_its_path(void)
{
    struct office office;
    char path[128];
    office_open(&office);
    snprintf(path, sizeof path, "%s/script", office.directory);
    write_file(path, "#!/bin/sh\necho $0 $1\n", 0755);
    struct gate gate = start(&office, (struct way){.path = path}, ARGV("script", "one"));
    office_accept(&office);
    approve(&office);
    read_to_end(&gate, gate.output);
    CHECK(strncmp(gate.text, path, strlen(path)) == 0 && strcmp(gate.text + strlen(path), " one\n") == 0);
    CHECK(exit_code(&gate) == 0);
    unlink(path);
    office_close(&office);
}

static void held_then_denied(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = start(&office, (struct way){.path = "/bin/echo"}, ARGV("echo", "hello"));
    office_accept(&office);
    office_expect_attach(&office, REQUEST);
    office_hold(&office, REQUEST);
    office_decide(&office, DENY, REQUEST, "no-echo", "denied by a person");
    CHECK(strcmp(read_to_end(&gate, gate.errors),
                 "aegis: denied echo hello: denied by a person (rule no-echo)\n") == 0);
    CHECK(strcmp(read_to_end(&gate, gate.output), "") == 0);
    CHECK(exit_code(&gate) == 126);
    office_close(&office);
}

static void a_lost_daemon_is_found_again(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = start(&office, (struct way){.path = "/bin/echo"}, ARGV("echo", "hello"));
    office_accept(&office);
    office_expect_attach(&office, REQUEST);
    office_hold(&office, REQUEST);
    office_die(&office);
    usleep(300000);
    office_return(&office);
    office_accept(&office);
    approve(&office);
    CHECK(strcmp(read_to_end(&gate, gate.output), "hello\n") == 0);
    CHECK(exit_code(&gate) == 0);
    office_close(&office);
}

static void a_question_that_the_daemon_lost_is_asked_again(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = start(&office, (struct way){.path = "/bin/echo"}, ARGV("echo", "hello"));
    office_accept(&office);
    office_expect_attach(&office, REQUEST);
    office_decide_unknown(&office);
    const struct frame *ask = office_read(&office);
    CHECK(ask->type == ASK && frame_number(ask, TAG_KIND) == 1);
    office_decide(&office, HOLD, REQUEST + 1, NULL, NULL);
    office_accept(&office);
    office_expect_attach(&office, REQUEST + 1);
    office_decide(&office, ALLOW, REQUEST + 1, NULL, NULL);
    CHECK(strcmp(read_to_end(&gate, gate.output), "hello\n") == 0);
    CHECK(exit_code(&gate) == 0);
    office_close(&office);
}

static struct gate ask_about(const struct office *office, const char *path, const char *const argv[])
{
    return start(office, (struct way){.what = "ask", .subject = "-", .path = path, .no_descriptor = true}, argv);
}

static void the_wrapped_program_is_asked_about_before_it_starts(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = ask_about(&office, "/bin/echo", ARGV("echo", "hello"));
    office_accept(&office);
    const struct frame *ask = office_read(&office);
    CHECK(ask->type == ASK && frame_number(ask, TAG_KIND) == 1);
    office_decide(&office, ALLOW, 0, "r", NULL);
    CHECK(strcmp(read_to_end(&gate, gate.output), "hello\n") == 0);
    CHECK(exit_code(&gate) == 0);
    office_close(&office);
}

static void the_wrapped_program_can_be_held(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = ask_about(&office, "/bin/echo", ARGV("echo", "hello"));
    office_accept(&office);
    CHECK(office_read(&office)->type == ASK);
    office_decide(&office, HOLD, REQUEST, NULL, NULL);
    office_accept(&office);
    approve(&office);
    CHECK(strcmp(read_to_end(&gate, gate.output), "hello\n") == 0);
    CHECK(exit_code(&gate) == 0);
    office_close(&office);
}

static void the_wrapped_program_can_be_denied(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = ask_about(&office, "/bin/echo", ARGV("echo", "hello"));
    office_accept(&office);
    CHECK(office_read(&office)->type == ASK);
    office_decide(&office, DENY, 0, "r", "not here");
    CHECK(strncmp(read_to_end(&gate, gate.errors), "aegis: denied echo hello: not here", 34) == 0);
    CHECK(strcmp(read_to_end(&gate, gate.output), "") == 0);
    CHECK(exit_code(&gate) == 126);
    office_close(&office);
}

static void what_the_kernel_cannot_run_is_run_by_the_shell(void)
{
    struct office office;
    office_open(&office);
    char script[96];
    snprintf(script, sizeof script, "%s/plain", office.directory);
    int fd = open(script, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
    CHECK(fd >= 0 && write(fd, "echo by shell $1\n", 17) == 17 && close(fd) == 0);
    struct gate gate = ask_about(&office, script, ARGV("plain", "one"));
    office_accept(&office);
    CHECK(office_read(&office)->type == ASK);
    office_decide(&office, ALLOW, 0, "r", NULL);
    CHECK(strcmp(read_to_end(&gate, gate.output), "by shell one\n") == 0);
    CHECK(exit_code(&gate) == 0);
    unlink(script);
    office_close(&office);
}

static void a_daemon_that_stays_away_means_no(void)
{
    struct office office;
    struct timespec before, after;
    office_open(&office);
    struct gate gate = start(&office, (struct way){.path = "/bin/echo"}, ARGV("echo", "hello"));
    office_accept(&office);
    office_expect_attach(&office, REQUEST);
    office_hold(&office, REQUEST);
    office_die(&office);
    clock_gettime(CLOCK_MONOTONIC, &before);
    read_to_end(&gate, gate.errors);
    clock_gettime(CLOCK_MONOTONIC, &after);
    CHECK(strncmp(gate.text, "aegis: denied echo hello: ", 26) == 0 && strlen(gate.text) > 35);
    CHECK(after.tv_sec - before.tv_sec >= 8 && after.tv_sec - before.tv_sec <= 15);
    CHECK(exit_code(&gate) == 126);
    CHECK(strcmp(read_to_end(&gate, gate.output), "") == 0);
    office_close(&office);
}

static void without_a_session_nothing_runs(void)
{
    struct office office = {.directory = "/nonexistent"};
    struct gate gate = start(&office, (struct way){.path = "/bin/echo"}, ARGV("echo", "hello"));
    CHECK(strncmp(read_to_end(&gate, gate.errors), "aegis: denied echo hello: ", 26) == 0);
    CHECK(strcmp(read_to_end(&gate, gate.output), "") == 0);
    CHECK(exit_code(&gate) == 126);
}

static void a_nonsense_answer_means_no(void)
{
    struct office office;
    office_open(&office);
    struct gate gate = start(&office, (struct way){.path = "/bin/echo"}, ARGV("echo", "hello"));
    for (int attempt = 0;; attempt++) {
        struct pollfd coming[] = {{.fd = office.listener, .events = POLLIN}, {.fd = gate.errors, .events = POLLIN}};
        CHECK(poll(coming, 2, 30000) > 0);
        if (coming[1].revents)
            break;
        CHECK(attempt < 100000);
        office_accept(&office);
        office_expect_attach(&office, REQUEST);
        CHECK(write(office.peer, "\x18\0\0\0\x01\x40nonsense_nonsense!", 24) == 24);
        close(office.peer);
    }
    CHECK(strncmp(read_to_end(&gate, gate.errors), "aegis: denied echo hello: ", 26) == 0);
    CHECK(strcmp(read_to_end(&gate, gate.output), "") == 0);
    CHECK(exit_code(&gate) == 126);
    office_close(&office);
}

/* Hold path, change something, approve: nothing may have run. */
static void changed_while_waiting(const char *path, bool no_descriptor, const struct office *from,
                                  void (*change)(const char *directory))
{
    struct office office = *from;
    struct gate gate = start(&office, (struct way){.path = path, .no_descriptor = no_descriptor}, ARGV("prog"));
    office_accept(&office);
    office_expect_attach(&office, REQUEST);
    office_hold(&office, REQUEST);
    change(office.directory);
    office_decide(&office, ALLOW, REQUEST, "r", "approved");
    CHECK(office_read(&office)->type == 0);
    CHECK(strcmp(read_to_end(&gate, gate.errors),
                 "aegis: denied prog: it changed while waiting, so the approval is void\n") == 0);
    CHECK(strcmp(read_to_end(&gate, gate.output), "") == 0);
    CHECK(exit_code(&gate) == 126);
}

static void replace_program(const char *directory)
{
    char path[128], other[128];
    snprintf(path, sizeof path, "%s/prog", directory);
    snprintf(other, sizeof other, "%s/other", directory);
    write_file(other, "#!/bin/sh\necho evil\n", 0755);
    CHECK(rename(other, path) == 0);
}

static void rewrite_program(const char *directory)
{
    char path[128];
    snprintf(path, sizeof path, "%s/prog", directory);
    write_file(path, "#!/bin/sh\necho evil\n", 0755);
}

static void replace_interpreter(const char *directory)
{
    char path[128];
    snprintf(path, sizeof path, "%s/shell", directory);
    CHECK(unlink(path) == 0 && symlink("/bin/cat", path) == 0);
}

static void what_changed_while_waiting_does_not_run(void)
{
    struct office office;
    char path[128], shell[128], script[256];
    office_open(&office);
    snprintf(path, sizeof path, "%s/prog", office.directory);
    snprintf(shell, sizeof shell, "%s/shell", office.directory);
    snprintf(script, sizeof script, "#! %s\necho good\n", shell);
    for (int no_descriptor = 0; no_descriptor < 2; no_descriptor++) {
        write_file(path, "#!/bin/sh\necho good\n", 0755);
        changed_while_waiting(path, no_descriptor, &office, replace_program);
        write_file(path, "#!/bin/sh\necho good\n", 0755);
        changed_while_waiting(path, no_descriptor, &office, rewrite_program);
        CHECK(symlink("/bin/sh", shell) == 0);
        write_file(path, script, 0755);
        changed_while_waiting(path, no_descriptor, &office, replace_interpreter);
        unlink(shell);
    }
    unlink(path);
    office_close(&office);
}

static void ignore_interrupts(void)
{
    signal(SIGINT, SIG_IGN);
}

static void signals_do_what_they_would_have_done_to_the_program(void)
{
    const int deadly[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1};
    struct office office;
    office_open(&office);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        struct gate gate = start(&office, (struct way){.path = "/bin/true"}, ARGV("true"));
        office_accept(&office);
        office_expect_attach(&office, REQUEST);
        kill(gate.pid, deadly[i]);
        int status = wait_status(&gate);
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == deadly[i]);
    }
    struct gate gate = start(&office, (struct way){.path = "/bin/echo", .prepare = ignore_interrupts},
                             ARGV("echo", "still here"));
    office_accept(&office);
    office_expect_attach(&office, REQUEST);
    kill(gate.pid, SIGINT);
    office_decide(&office, ALLOW, REQUEST, NULL, NULL);
    CHECK(strcmp(read_to_end(&gate, gate.output), "still here\n") == 0);
    CHECK(exit_code(&gate) == 0);
    office_close(&office);
}

static void a_stopped_gate_goes_on_waiting_when_it_is_continued(void)
{
    struct office office;
    int status;
    office_open(&office);
    struct gate gate = start(&office, (struct way){.path = "/bin/echo"}, ARGV("echo", "on"));
    office_accept(&office);
    office_expect_attach(&office, REQUEST);
    office_hold(&office, REQUEST);
    for (int i = 0; i < 3; i++) {
        kill(gate.pid, SIGTSTP);
        CHECK(waitpid(gate.pid, &status, WUNTRACED) == gate.pid && WIFSTOPPED(status));
        kill(gate.pid, SIGCONT);
    }
    office_decide(&office, ALLOW, REQUEST, NULL, NULL);
    CHECK(strcmp(read_to_end(&gate, gate.output), "on\n") == 0);
    CHECK(exit_code(&gate) == 0);
    office_close(&office);
}

static void while_waiting_it_has_the_name_of_the_program(void)
{
    struct office office;
    char path[64], name[32] = "";
    office_open(&office);
    struct gate gate = start(&office, (struct way){.path = "/bin/echo"}, ARGV("echo"));
    office_accept(&office);
    office_expect_attach(&office, REQUEST);
    sprintf(path, "/proc/%d/comm", gate.pid);
    int fd = open(path, O_RDONLY);
    CHECK(read(fd, name, sizeof name - 1) > 0 && strcmp(name, "echo\n") == 0);
    close(fd);
    kill(gate.pid, SIGKILL);
    wait_status(&gate);
    office_close(&office);
}

static void started_by_hand_it_refuses(void)
{
    struct office office = {.directory = "/nonexistent"};
    const char *const subjects[] = {"x", "", "12x", "-1"};
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        struct gate gate = start(&office, (struct way){.subject = subjects[i], .path = "/bin/echo"}, ARGV("echo"));
        CHECK(strstr(read_to_end(&gate, gate.errors), "aegis-gate is started by Aegis alone") != NULL);
        CHECK(exit_code(&gate) == 126);
    }
}

static const struct test tests[] = {
    TEST(a_denial_says_what_and_why_and_ends_with_126),
    TEST(a_denial_cannot_steer_the_terminal),
    TEST(a_long_command_is_cut_between_characters),
    TEST(with_descriptor_2_closed_nothing_is_written_anywhere),
    TEST(an_approved_program_runs_after_it_was_said_to),
    TEST(only_the_callers_descriptors_reach_the_program),
    TEST(a_script_is_run_by_its_path),
    TEST(held_then_denied),
    TEST(a_lost_daemon_is_found_again),
    TEST(a_question_that_the_daemon_lost_is_asked_again),
    TEST(the_wrapped_program_is_asked_about_before_it_starts),
    TEST(the_wrapped_program_can_be_held),
    TEST(the_wrapped_program_can_be_denied),
    TEST(what_the_kernel_cannot_run_is_run_by_the_shell),
    TEST(a_daemon_that_stays_away_means_no),
    TEST(without_a_session_nothing_runs),
    TEST(a_nonsense_answer_means_no),
    TEST(what_changed_while_waiting_does_not_run),
    TEST(signals_do_what_they_would_have_done_to_the_program),
    TEST(a_stopped_gate_goes_on_waiting_when_it_is_continued),
    TEST(while_waiting_it_has_the_name_of_the_program),
    TEST(started_by_hand_it_refuses),
};

int main(int argc, char **argv)
{
    CHECK(argc >= 3);
    close_range(3, ~0U, 0);
    gate_binary = argv[1];
    library = argv[2];
    return run_tests("aegis-gate", tests, sizeof tests / sizeof *tests, argc > 3 ? argv[3] : NULL);
}
