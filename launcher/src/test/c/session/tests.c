#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/page.h"

static pid_t pid_after(const char *line, const char *word)
{
    const char *at = strstr(line, word);
    CHECK(at != NULL);
    return atoi(at + strlen(word));
}

static int status_of(const char *const command[])
{
    struct starter s = start(0, NO_OPTIONS, command);
    return finish(&s);
}

static void the_exit_status_is_the_programs(void)
{
    static const char *const codes[] = {"0", "1", "7", "125", "255"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        int status = status_of(GUEST("exit", codes[i]));
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == atoi(codes[i]));
    }
}

static void death_by_a_signal_is_passed_on_as_death_by_that_signal(void)
{
    const int deadly[] = {SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGKILL, SIGSEGV, SIGPIPE, SIGTERM, SIGRTMIN + 3};
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        char number[16];
        sprintf(number, "%d", deadly[i]);
        int status = status_of(GUEST("die", number));
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == deadly[i] && !WCOREDUMP(status));
    }
}

static void a_program_that_is_not_there_is_127_with_the_reason(void)
{
    struct starter s = start(READY_GO, NO_OPTIONS, OPTIONS("/nonexistent/program"));
    CHECK(strcmp(read_line(s.ready), "ready") == 0);
    CHECK(write(s.go, "g", 1) == 1);
    CHECK(strcmp(read_line(s.ready), "exec 2") == 0);
    CHECK(strcmp(read_line(s.errors), "aegis: /nonexistent/program: No such file or directory") == 0);
    int status = finish(&s);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 127);
}

static void a_program_that_cannot_be_executed_is_126(void)
{
    int status = status_of(OPTIONS("/etc/passwd"));
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 126);
}

static void a_started_program_closes_the_ready_pipe(void)
{
    struct starter s = start(READY_GO, NO_OPTIONS, GUEST("wait"));
    CHECK(strcmp(read_line(s.ready), "ready") == 0);
    CHECK(write(s.go, "g", 1) == 1);
    CHECK(strcmp(read_line(s.ready), "") == 0);
    kill(pid_after(read_line(s.output), "waiting "), SIGTERM);
    CHECK(WTERMSIG(finish(&s)) == SIGTERM);
}

static void nothing_runs_before_go(void)
{
    struct starter s = start(READY_GO, NO_OPTIONS, GUEST("exit", "3"));
    CHECK(strcmp(read_line(s.ready), "ready") == 0);
    CHECK(silent_for(s.output, 150));
    CHECK(write(s.go, "g", 1) == 1);
    CHECK(WEXITSTATUS(finish(&s)) == 3);
}

static void a_launcher_that_gives_up_before_go_starts_nothing(void)
{
    struct starter s = start(READY_GO, NO_OPTIONS, GUEST("place"));
    CHECK(strcmp(read_line(s.ready), "ready") == 0);
    close(s.go);
    s.go = -1;
    CHECK(strcmp(read_line(s.output), "") == 0);
    CHECK(WEXITSTATUS(finish(&s)) == 125);
}

static void mistakes_on_the_command_line_are_refused(void)
{
    static const char *const wrong[][5] = {
        {"--sesion", "/tmp", "--", "true"},
        {"--go-fd", "2", "--", "true"},
        {"--go-fd", "-1", "--", "true"},
        {"--restore-nofile", "20:10", "--", "true"},
        {"--restore-nofile", "x", "--", "true"},
        {"--restore-signals", "10", "--", "true"},
        {"--keep-fds", "3,,4", "--", "true"},
        {"--leftover", "maybe", "--", "true"},
        {"--leftover"},
        {"--terminal", "--"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *argv[16] = {session_binary, "--session", "/tmp"};
        for (int j = 0; j < 5 && wrong[i][j]; j++)
            argv[3 + j] = wrong[i][j];
        pid_t pid = fork();
        if (pid == 0) {
            dup2(open("/dev/null", O_WRONLY), 2);
            execv(session_binary, (char **)argv);
            _exit(99);
        }
        int status;
        CHECK(waitpid(pid, &status, 0) == pid);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 2);
    }
}

/* As a kernel that was built without it. */
static void forbid_dispatch(void)
{
    enum { LOAD = 0x20, WHEN = 0x15, RETURN = 0x06, MODE_FILTER = 2 };
    struct {
        unsigned short code;
        unsigned char yes, no;
        unsigned value;
    } words[] = {{LOAD, 0, 0, 0}, {WHEN, 0, 3, SYS_prctl}, {LOAD, 0, 0, 16}, {WHEN, 0, 1, 59},
                 {RETURN, 0, 0, 0x00050000u | EINVAL}, {RETURN, 0, 0, 0x7fff0000u}};
    struct {
        unsigned short count;
        void *words;
    } filter = {sizeof words / sizeof *words, words};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, MODE_FILTER, &filter))
        _exit(99);
}

static void a_level_that_the_kernel_cannot_give_is_refused_with_the_reason(void)
{
    struct core_page page = {.magic = CORE_PAGE_MAGIC, .flags = CORE_TRAP};
    char directory[] = "/tmp/aegis-session-XXXXXX", path[64], said[512];
    CHECK(mkdtemp(directory) != NULL);
    snprintf(path, sizeof path, "%s/page", directory);
    for (int able = 0; able < 2; able++) {
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600), ends[2], status;
        CHECK(write(fd, &page, sizeof page) == sizeof page && !close(fd) && !pipe(ends));
        pid_t child = fork();
        if (child == 0) {
            dup2(ends[1], 2);
            if (!able)
                forbid_dispatch();
            execl(session_binary, session_binary, "--session", directory, "--", "true", (char *)NULL);
            _exit(98);
        }
        close(ends[1]);
        ssize_t size = read(ends[0], said, sizeof said - 1);
        said[size > 0 ? size : 0] = 0;
        close(ends[0]);
        waitpid(child, &status, 0);
        CHECK(WEXITSTATUS(status) == (able ? 0 : 125));
        CHECK((strstr(said, "--supervision libc") != NULL) == !able);
    }
    unlink(path);
    rmdir(directory);
}

static void only_standard_and_kept_descriptors_reach_the_program(void)
{
    int a = open("/dev/null", O_RDONLY), b = open("/dev/null", O_RDONLY);
    char kept[16], expected[64];
    sprintf(kept, "%d", b);
    sprintf(expected, "0 1 2 %d ", b);
    CHECK(a > 2 && b > 2);
    struct starter s = start(READY_GO, OPTIONS("--keep-fds", kept), GUEST("descriptors"));
    CHECK(write(s.go, "g", 1) == 1);
    CHECK(strcmp(read_line(s.output), expected) == 0);
    finish(&s);
    close(a);
    close(b);
}

static void the_limit_of_open_files_is_restored(void)
{
    struct rlimit now;
    getrlimit(RLIMIT_NOFILE, &now);
    char value[64], expected[64];
    sprintf(value, "100:%llu", (unsigned long long)now.rlim_max);
    sprintf(expected, "100:%llu", (unsigned long long)now.rlim_max);
    struct starter s = start(0, OPTIONS("--restore-nofile", value), GUEST("nofile"));
    CHECK(strcmp(read_line(s.output), expected) == 0);
    finish(&s);
}

static void signals_start_at_their_defaults_whatever_the_launcher_has(void)
{
    sigset_t some;
    sigemptyset(&some);
    sigaddset(&some, SIGUSR2);
    sigprocmask(SIG_BLOCK, &some, NULL);
    signal(SIGPIPE, SIG_IGN);
    struct starter s = start(0, NO_OPTIONS, GUEST("signals"));
    CHECK(strcmp(read_line(s.output), "SigBlk=0000000000000000 SigIgn=0000000000000000 ") == 0);
    finish(&s);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &some, NULL);
}

static void ignored_and_blocked_signals_are_restored(void)
{
    /* nohup ignores SIGHUP (1); blocked: SIGUSR1 (10) */
    struct starter s = start(0, OPTIONS("--restore-signals", "1:0000000000000200"), GUEST("signals"));
    CHECK(strcmp(read_line(s.output), "SigBlk=0000000000000200 SigIgn=0000000000000001 ") == 0);
    finish(&s);
}

static void the_program_knows_its_session(void)
{
    struct starter s = start(0, NO_OPTIONS, GUEST("environment", "AEGIS_SESSION"));
    CHECK(strcmp(read_line(s.output), "/tmp") == 0);
    finish(&s);
}

/* What the gate is told, shown by a gate that only repeats it. */
static void with_a_gate_the_program_found_on_the_path_starts_through_it(void)
{
    struct starter s = start(0, OPTIONS("--gate", "/bin/echo"), OPTIONS("sleep", "50"));
    const char *line = read_line(s.output);
    CHECK(strncmp(line, "ask - /", 7) == 0 && strstr(line, "/sleep - 0 sleep 50"));
    CHECK(WEXITSTATUS(finish(&s)) == 0);
}

static void a_gate_that_cannot_be_executed_starts_nothing(void)
{
    struct starter s = start(0, OPTIONS("--gate", "/nonexistent/gate"), GUEST("place"));
    CHECK(strcmp(read_line(s.errors), "aegis: /nonexistent/gate: No such file or directory") == 0);
    CHECK(strcmp(read_line(s.output), "") == 0);
    CHECK(WEXITSTATUS(finish(&s)) == 125);
}

static void in_a_terminal_the_program_has_a_foreground_group_in_a_session_of_the_starter(void)
{
    struct starter s = start(TERMINAL, NO_OPTIONS, GUEST("place"));
    const char *line = read_line(s.output);
    pid_t program = pid_after(line, "pid ");
    CHECK(pid_after(line, "group ") == program);
    CHECK(pid_after(line, "foreground ") == program);
    CHECK(pid_after(line, "session ") == s.pid);
    CHECK(pid_after(line, "parent ") == s.pid);
    CHECK(pid_after(line, "tty ") == 1);
    CHECK(WEXITSTATUS(finish(&s)) == 0);
}

static void without_a_terminal_the_program_stays_in_the_group_and_session_of_the_launcher(void)
{
    struct starter s = start(0, NO_OPTIONS, GUEST("place"));
    const char *line = read_line(s.output);
    CHECK(pid_after(line, "group ") == getpgrp());
    CHECK(pid_after(line, "session ") == getsid(0));
    finish(&s);
}

static void a_descriptor_that_is_no_terminal_is_refused_as_terminal(void)
{
    struct starter s = start(0, OPTIONS("--terminal"), GUEST("place"));
    CHECK(strstr(read_line(s.errors), "controlling terminal") != NULL);
    CHECK(WEXITSTATUS(finish(&s)) == 125);
}

static void what_is_typed_reaches_the_program(void)
{
    struct starter s = start(TERMINAL, NO_OPTIONS, GUEST("read-terminal"));
    CHECK(write(s.terminal, "hello\n", 6) == 6);
    CHECK(strcmp(read_line(s.output), "read hello") == 0);
    finish(&s);
}

static void ctrl_c_interrupts_the_program(void)
{
    struct starter s = start(TERMINAL, NO_OPTIONS, GUEST("wait"));
    pid_after(read_line(s.output), "waiting ");
    CHECK(write(s.terminal, "\003", 1) == 1);
    int status = finish(&s);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

static void a_stop_is_seen_by_the_launcher_and_a_continue_reaches_the_program(int how, bool by_key)
{
    struct starter s = start(how, NO_OPTIONS, GUEST("wait"));
    pid_t program = pid_after(read_line(s.output), "waiting ");
    for (int round = 0; round < 3; round++) {
        if (by_key)
            CHECK(write(s.terminal, "\032", 1) == 1);
        else
            kill(program, SIGSTOP);
        int status;
        pid_t parent;
        CHECK(waitpid(s.pid, &status, WUNTRACED) == s.pid && WIFSTOPPED(status));
        CHECK(state_of(program, &parent) == 'T');
        kill(s.pid, SIGCONT);
        char expected[32];
        sprintf(expected, "signal %d", SIGCONT);
        CHECK(strcmp(read_line(s.output), expected) == 0);
    }
    kill(program, SIGTERM);
    CHECK(WTERMSIG(finish(&s)) == SIGTERM);
}

static void ctrl_z_and_fg(void)
{
    a_stop_is_seen_by_the_launcher_and_a_continue_reaches_the_program(TERMINAL, true);
}

static void stop_and_continue_without_a_terminal(void)
{
    a_stop_is_seen_by_the_launcher_and_a_continue_reaches_the_program(0, false);
}

static void signals_of_the_launcher_are_passed_on(int how)
{
    struct starter s = start(how, NO_OPTIONS, GUEST("wait"));
    pid_after(read_line(s.output), "waiting ");
    char expected[32];
    sprintf(expected, "signal %d", SIGUSR1);
    kill(s.pid, SIGUSR1);
    CHECK(strcmp(read_line(s.output), expected) == 0);
    kill(s.pid, SIGTERM);
    CHECK(WTERMSIG(finish(&s)) == SIGTERM);
}

static void signals_pass_with_and_without_a_terminal(void)
{
    signals_of_the_launcher_are_passed_on(TERMINAL);
    signals_of_the_launcher_are_passed_on(0);
}

static void a_signal_to_the_whole_group_reaches_the_program_once(void)
{
    pid_t group = fork();
    if (group == 0) {
        setpgid(0, 0);
        signal(SIGUSR1, SIG_IGN);
        struct starter s = start(0, NO_OPTIONS, GUEST("wait"));
        pid_t program = pid_after(read_line(s.output), "waiting ");
        /* A stranger signals the group, as timeout(1) and shells do. */
        if (fork() == 0) {
            kill(0, SIGUSR1);
            _exit(0);
        }
        char expected[32];
        sprintf(expected, "signal %d", SIGUSR1);
        CHECK(strcmp(read_line(s.output), expected) == 0);
        CHECK(silent_for(s.output, 150));
        kill(program, SIGTERM);
        finish(&s);
        _exit(0);
    }
    int status;
    CHECK(waitpid(group, &status, 0) == group && status == 0);
}

static void the_reader_of_a_pipe_sees_its_end_while_the_program_lives(void)
{
    struct starter s = start(0, NO_OPTIONS, GUEST("close-output"));
    CHECK(strcmp(read_line(s.output), "") == 0);
    CHECK(waitpid(s.pid, NULL, WNOHANG) == 0);
    kill(s.pid, SIGTERM);
    CHECK(WTERMSIG(finish(&s)) == SIGTERM);
}

static void orphans_come_to_the_starter_and_are_reaped(void)
{
    struct starter s = start(0, NO_OPTIONS, GUEST("orphan", "stay"));
    const char *line = read_line(s.output);
    pid_t orphan = pid_after(line, "orphan ");
    CHECK(pid_after(line, "of ") == s.pid);
    kill(orphan, SIGKILL);
    CHECK(gone(orphan));
    CHECK(waitpid(s.pid, NULL, WNOHANG) == 0);
    kill(s.pid, SIGTERM);
    CHECK(WTERMSIG(finish(&s)) == SIGTERM);
}

static void what_is_left_over_is_kept_by_default(void)
{
    struct starter s = start(0, NO_OPTIONS, GUEST("orphan", "5"));
    pid_t orphan = pid_after(read_line(s.output), "orphan ");
    CHECK(WEXITSTATUS(finish(&s)) == 5);
    CHECK(kill(orphan, 0) == 0);
    kill(orphan, SIGKILL);
}

static void what_is_left_over_is_ended_when_asked(void)
{
    struct starter s = start(0, OPTIONS("--leftover", "end"), GUEST("orphan", "5", "deaf"));
    pid_t orphan = pid_after(read_line(s.output), "orphan ");
    CHECK(WEXITSTATUS(finish(&s)) == 5);
    CHECK(gone(orphan));
}

/* A launcher of its own, which is killed; the starter's pid. Its output stays readable by us. */
static pid_t start_under_doomed_launcher(int how, const char *const options[], const char *const command[],
                                         struct starter *seen)
{
    int pipe_ends[2];
    CHECK(pipe(pipe_ends) == 0);
    CHECK(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0);
    pid_t doomed = fork();
    if (doomed == 0) {
        struct starter s = start(how, options, command);
        int words[2] = {s.pid, s.output};
        CHECK(write(pipe_ends[1], words, sizeof words) == sizeof words);
        char line[256];
        snprintf(line, sizeof line, "%s\n", read_line(s.output));
        CHECK(write(pipe_ends[1], line, strlen(line)) > 0);
        pause();
    }
    int words[2];
    CHECK(read(pipe_ends[0], words, sizeof words) == sizeof words);
    *seen = (struct starter){.pid = words[0], .output = pipe_ends[0]};
    return doomed;
}

static void the_death_of_the_launcher_ends_the_session(int how)
{
    struct starter s;
    pid_t doomed = start_under_doomed_launcher(how, NO_OPTIONS, GUEST("orphan", "stay", "deaf"), &s);
    pid_t orphan = pid_after(read_line(s.output), "orphan ");
    kill(doomed, SIGKILL);
    CHECK(waitpid(doomed, NULL, 0) == doomed);
    CHECK(gone(orphan));
    CHECK(gone(s.pid));
}

static void the_death_of_the_launcher_ends_all_even_what_ignores_hangups(void)
{
    the_death_of_the_launcher_ends_the_session(0);
    the_death_of_the_launcher_ends_the_session(TERMINAL);
}

static void the_death_of_the_launcher_ends_a_stopped_session(void)
{
    struct starter s;
    pid_t doomed = start_under_doomed_launcher(0, NO_OPTIONS, GUEST("wait"), &s);
    pid_t program = pid_after(read_line(s.output), "waiting ");
    pid_t parent;
    kill(program, SIGSTOP);
    while (state_of(s.pid, &parent) != 'T')
        usleep(1000);
    kill(doomed, SIGKILL);
    CHECK(waitpid(doomed, NULL, 0) == doomed);
    CHECK(gone(program));
    CHECK(gone(s.pid));
}

static void a_session_that_is_to_be_kept_survives_its_launcher(void)
{
    for (int how = 0; how <= TERMINAL; how++) {
        struct starter s;
        pid_t doomed = start_under_doomed_launcher(how, OPTIONS("--on-launcher-death", "keep"), GUEST("wait"), &s);
        pid_t program = pid_after(read_line(s.output), "waiting ");
        kill(doomed, SIGKILL);
        CHECK(waitpid(doomed, NULL, 0) == doomed);
        usleep(100000);
        pid_t parent;
        CHECK(state_of(program, &parent) == 'S' && parent == s.pid);
        kill(program, SIGTERM);
        CHECK(gone(s.pid));
    }
}

/* What a wrapped program reaches of this process, with options for the starter. */
static const char *reached(const char *const options[])
{
    char self[16], name[32];
    sprintf(self, "%d", getpid());
    sprintf(name, "aegis-session-test-%d", getpid());
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path + 1, name);
    int listening = socket(AF_UNIX, SOCK_STREAM, 0);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name));
    CHECK(bind(listening, (struct sockaddr *)&address, size) == 0 && listen(listening, 1) == 0);
    struct starter s = start(0, options, GUEST("reach", self, name));
    const char *line = read_line(s.output);
    ptrace(PTRACE_DETACH, getpid(), 0, 0);
    CHECK(finish(&s) == 0);
    close(listening);
    return line;
}

static void without_a_floor_the_program_reaches_what_its_user_does(void)
{
    CHECK(strncmp(reached(NO_OPTIONS), "signal 0 ", 9) == 0);
}

/* Signals, tracing and abstract sockets end at the session; sandboxes inside it can still be made. */
static void the_floor_ends_the_reach_at_the_session_and_leaves_sandboxes_alone(void)
{
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1u) < 6) {
        fprintf(stderr, "skipped: this kernel has no scopes\n");
        return;
    }
    CHECK(strcmp(reached(OPTIONS("--floor", "scope,no-new-privileges")),
                 "signal 1 trace 1 connect 1 child 0 unshare 0 mount 0") == 0);
    if (getuid() == 0)
        CHECK(strcmp(reached(OPTIONS("--floor", "scope")), "signal 1 trace 1 connect 1 child 0 unshare 0 mount 0") == 0);
}

/* Root may read everything, so this test lets go of it; the binary is then reached by its descriptor. */
static void the_starter_cannot_be_read_or_traced(void)
{
    char binary[64], path[64];
    sprintf(binary, "/proc/self/fd/%d", open(session_binary, O_PATH));
    session_binary = binary;
    if (getuid() == 0)
        CHECK(setgid(65534) == 0 && setuid(65534) == 0);
    struct starter s = start(READY_GO, NO_OPTIONS, OPTIONS("sleep", "50"));
    CHECK(strcmp(read_line(s.ready), "ready") == 0);
    const char *const secret[] = {"mem", "environ", "fd/0", "root/etc/passwd"};
    for (size_t i = 0; i < sizeof secret / sizeof *secret; i++) {
        sprintf(path, "/proc/%d/%s", s.pid, secret[i]);
        CHECK(open(path, O_RDONLY) < 0 && errno == EACCES);
    }
    CHECK(ptrace(PTRACE_SEIZE, s.pid, 0, 0) < 0 && errno == EPERM);
    close(s.go);
    s.go = -1;
    CHECK(WEXITSTATUS(finish(&s)) == 125);
}

static const struct test tests[] = {
    TEST(the_exit_status_is_the_programs),
    TEST(death_by_a_signal_is_passed_on_as_death_by_that_signal),
    TEST(a_program_that_is_not_there_is_127_with_the_reason),
    TEST(a_program_that_cannot_be_executed_is_126),
    TEST(a_started_program_closes_the_ready_pipe),
    TEST(nothing_runs_before_go),
    TEST(a_launcher_that_gives_up_before_go_starts_nothing),
    TEST(mistakes_on_the_command_line_are_refused),
    TEST(a_level_that_the_kernel_cannot_give_is_refused_with_the_reason),
    TEST(only_standard_and_kept_descriptors_reach_the_program),
    TEST(the_limit_of_open_files_is_restored),
    TEST(signals_start_at_their_defaults_whatever_the_launcher_has),
    TEST(ignored_and_blocked_signals_are_restored),
    TEST(the_program_knows_its_session),
    TEST(with_a_gate_the_program_found_on_the_path_starts_through_it),
    TEST(a_gate_that_cannot_be_executed_starts_nothing),
    TEST(in_a_terminal_the_program_has_a_foreground_group_in_a_session_of_the_starter),
    TEST(without_a_terminal_the_program_stays_in_the_group_and_session_of_the_launcher),
    TEST(a_descriptor_that_is_no_terminal_is_refused_as_terminal),
    TEST(what_is_typed_reaches_the_program),
    TEST(ctrl_c_interrupts_the_program),
    TEST(ctrl_z_and_fg),
    TEST(stop_and_continue_without_a_terminal),
    TEST(signals_pass_with_and_without_a_terminal),
    TEST(a_signal_to_the_whole_group_reaches_the_program_once),
    TEST(the_reader_of_a_pipe_sees_its_end_while_the_program_lives),
    TEST(orphans_come_to_the_starter_and_are_reaped),
    TEST(what_is_left_over_is_kept_by_default),
    TEST(what_is_left_over_is_ended_when_asked),
    TEST(the_death_of_the_launcher_ends_all_even_what_ignores_hangups),
    TEST(the_death_of_the_launcher_ends_a_stopped_session),
    TEST(a_session_that_is_to_be_kept_survives_its_launcher),
    TEST(without_a_floor_the_program_reaches_what_its_user_does),
    TEST(the_floor_ends_the_reach_at_the_session_and_leaves_sandboxes_alone),
    TEST(the_starter_cannot_be_read_or_traced),
};

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "guest") == 0)
        return guest(argv + 2);
    CHECK(argc >= 2);
    static char self[4096];
    CHECK(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    guest_binary = self;
    session_binary = argv[1];
    return run_tests("aegis-session", tests, sizeof tests / sizeof *tests, argc > 2 ? argv[2] : NULL);
}
