/* Programs: what is asked of them, with what they start, and what a hold or a denial turns into. */
#include "check.h"
#include "daemon.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/frame.h"
#include "core/gate.h"

int failures;
extern char **environ;

static char program[256], fixed[256], output[65536], library[256];

/* How a child executes, given what the test set up. */
typedef long execution(void);
static char *const *run_argv, *const *run_envp;
static const char *run_path;
static int run_dir = AT_FDCWD, run_flags;

static long by_execve(void) {
    return aegis_execute(run_dir, run_path, run_argv, run_envp, run_flags);
}

/* Run in a child and return its status; output holds what it wrote. */
static int run(execution *how) {
    int ends[2], status;
    pipe(ends);
    pid_t child = fork();
    if (!child) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        long result = how();
        dprintf(1, "failed %ld\n", result);
        _exit(99);
    }
    close(ends[1]);
    size_t size = 0;
    ssize_t got;
    while (size < sizeof output - 1 && (got = read(ends[0], output + size, sizeof output - 1 - size)) > 0)
        size += (size_t)got;
    output[size] = 0;
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static bool has_line(const char *line) {
    size_t size = strlen(line);
    for (const char *at = output; (at = strstr(at, line)); at++)
        if ((at == output || at[-1] == '\n') && at[size] == '\n')
            return true;
    return false;
}

static void put(const char *name, const char *text, mode_t mode) {
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    write(fd, text, strlen(text));
    fchmod(fd, mode);
    close(fd);
}

static char *const three[] = {"zero", "one", "exit=5", NULL};

static const struct logged *last_question(unsigned from) {
    const struct logged *ask = NULL;
    frames_of(from, CORE_ASK, &ask);
    return ask;
}

static bool field_is(const struct logged *frame, unsigned tag, const void *content, size_t expected) {
    size_t size;
    const uint8_t *found = field(frame, tag, &size);
    return found && size == expected && !memcmp(found, content, size);
}

static void an_allowed_program_runs_with_supervision_in_its_environment(void) {
    char line[512];
    static char *const scrubbed[] = {"LD_PRELOAD=/other.so /third.so", "X=1", "AEGIS_SESSION=/forged", "AEGIS_SESSION=/twice", NULL};
    shared->behaviour = ALLOW;
    run_path = fixed; /* static: our library changes nothing there, and does not load */
    run_argv = three;
    run_envp = scrubbed;
    CHECK(run(by_execve) == 5, "%s", output);
    snprintf(line, sizeof line, "env LD_PRELOAD=%s:/other.so:/third.so", library);
    CHECK(has_line(line), "%s", output);
    snprintf(line, sizeof line, "env AEGIS_SESSION=%s/run", session);
    CHECK(has_line(line) && has_line("env X=1") && has_line("arg one"), "%s", output);
    CHECK(!strstr(output, "forged") && !strstr(output, "twice"), "%s", output);
    static char *const nothing[] = {NULL};
    run_envp = nothing;
    CHECK(run(by_execve) == 5 && has_line(line), "env -i: %s", output);
    run_envp = NULL;
    CHECK(run(by_execve) == 5 && has_line(line), "no envp: %s", output);
    snprintf(line, sizeof line, "env LD_PRELOAD=%s", library);
    CHECK(has_line(line), "%s", output);
    run_envp = environ;
}

static void the_question_says_what_will_run(void) {
    unsigned from = shared->frames;
    static char *const watched[] = {"LD_PRELOAD=/evil.so", "GIT_DIR=/x", "PLAIN=1", "NODE_OPTIONS=--require=x", NULL};
    shared->behaviour = ALLOW;
    symlink(program, "alias");
    run_path = "./alias";
    run_argv = three;
    run_envp = watched;
    run(by_execve);
    const struct logged *ask = last_question(from);
    char cwd[256];
    getcwd(cwd, sizeof cwd);
    CHECK(field_is(ask, CORE_PATH1, program, strlen(program)), "PATH");
    CHECK(field_is(ask, CORE_SPELLED, "./alias", 7), "SPELLED");
    CHECK(field_is(ask, CORE_CWD, cwd, strlen(cwd)), "CWD");
    CHECK(field_is(ask, CORE_ARG, "zero", 4), "ARG");
    CHECK(field_is(ask, CORE_ENV, "LD_PRELOAD=/evil.so", 19), "ENV");
    CHECK(field_is(ask, CORE_COVERAGE, "\2", 1) && field_is(ask, CORE_COVERAGE_REASON, "\0", 1), "coverage libc");
    CHECK(field_is(ask, CORE_FRESH, "\1", 1), "FRESH");
    CHECK(!memmem(ask->bytes, ask->size, "PLAIN", 5), "unwatched variable sent");
    struct stat st;
    uint64_t inode;
    size_t size;
    stat(program, &st);
    memcpy(&inode, field(ask, CORE_IDENTITY, &size) + 8, 8);
    CHECK(inode == st.st_ino, "IDENTITY");
    run_envp = environ;
}

static void coverage_is_told_by_the_file(void) {
    unsigned from = shared->frames;
    shared->behaviour = ALLOW;
    run_argv = three;
    run_path = fixed;
    run(by_execve);
    const struct logged *ask = last_question(from);
    CHECK(field_is(ask, CORE_COVERAGE, "\1", 1) && field_is(ask, CORE_COVERAGE_REASON, "\1", 1), "static");
    if (getuid() == 0) {
        pid_t child = fork();
        if (!child) { /* a set-user-id program is one only for another user */
            char copy[400];
            snprintf(copy, sizeof copy, "cp %s setid && chown 0 setid && chmod 4755 setid", fixed);
            system(copy);
            from = shared->frames;
            setresuid(12345, 12345, 12345);
            run_path = "./setid";
            run(by_execve);
            _exit(0);
        }
        waitpid(child, NULL, 0);
        ask = last_question(from);
        CHECK(field_is(ask, CORE_COVERAGE, "\0", 1) && field_is(ask, CORE_COVERAGE_REASON, "\2", 1), "set-id");
    }
}

static void scripts_are_followed_to_what_runs_them(void) {
    char text[600];
    shared->behaviour = ALLOW;
    snprintf(text, sizeof text, "#! %s  first second \nignored\n", fixed);
    put("inner", text, 0755);
    put("outer", "#!./inner\n", 0755);
    unsigned from = shared->frames;
    run_path = "./outer";
    run_argv = three;
    CHECK(run(by_execve) == 5, "%s", output);
    CHECK(has_line("arg first second ") || has_line("arg first second"), "%s", output);
    CHECK(has_line("arg ./outer") && has_line("arg one"), "%s", output);
    CHECK(field_is(last_question(from), CORE_INTERPRETER, fixed, strlen(fixed)), "INTERPRETER");
}

static void a_held_program_becomes_the_gate(void) {
    char line[400];
    shared->behaviour = HOLD_ALLOW;
    run_path = "./alias";
    run_argv = three;
    CHECK(run(by_execve) == 5, "%s", output);
    CHECK(has_line("arg aegis-gate") && has_line("arg hold") && has_line("arg 7") && has_line("arg ./alias"), "%s", output);
    CHECK(has_line("arg zero") && has_line("arg one") && has_line("arg 0"), "%s", output);
    snprintf(line, sizeof line, "env LD_PRELOAD=%s", library);
    CHECK(has_line(line), "%s", output);
    int directory = open(".", O_PATH);
    run_dir = directory;
    run_path = "alias";
    CHECK(run(by_execve) == 5 && has_line((snprintf(line, sizeof line, "arg %s", program), line)), "relative to another directory: %s", output);
    int descriptor = open(program, O_RDONLY | O_CLOEXEC);
    run_dir = descriptor;
    run_path = "";
    run_flags = AT_EMPTY_PATH;
    CHECK(run(by_execve) == 5 && has_line("arg 4096"), "by descriptor: %s", output);
    run_dir = AT_FDCWD;
    run_flags = 0;
    close(directory);
    close(descriptor);
}

static void a_denied_program_is_explained_by_the_gate_in_a_fresh_process(void) {
    shared->behaviour = DENY;
    run_path = program;
    run_argv = three;
    CHECK(run(by_execve) == 5, "%s", output); /* the gate of the test ends like the program */
    CHECK(has_line("arg deny") && has_line("arg the test says no [test-rule]") && has_line("arg -"), "%s", output);
}

static void elsewhere_a_denial_is_an_error(void) {
    shared->behaviour = DENY;
    long result = aegis_execute(AT_FDCWD, program, three, environ, 0);
    CHECK(result == -EACCES, "%ld", result);
}

static long by_descriptor(void) {
    int fd = open(fixed, O_RDONLY | O_CLOEXEC);
    return aegis_execute(fd, "", run_argv, run_envp, AT_EMPTY_PATH);
}

static void descriptors_can_be_executed(void) {
    shared->behaviour = ALLOW;
    run_argv = three;
    CHECK(run(by_descriptor) == 5 && has_line("arg zero"), "%s", output);
}

#define MANY 20000
static void large_vectors_pass_whole(void) {
    static char *many[MANY + 2];
    static char big[100000];
    memset(big, 'b', sizeof big - 1);
    for (int i = 0; i < MANY; i++)
        many[i] = "an argument of some length";
    many[10] = big;
    many[MANY] = "exit=5";
    shared->behaviour = ALLOW;
    unsigned from = shared->frames;
    run_argv = many;
    run_path = fixed;
    pid_t child = fork();
    if (!child) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 1);
        by_execve();
        _exit(99);
    }
    int status;
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 5, "status %x", (unsigned)status);
    CHECK(last_question(from)->size > MANY * 20 + sizeof big, "%u bytes", last_question(from)->size);
}

static void a_spawn_is_planned(void) {
    struct aegis_spawn plan;
    shared->behaviour = ALLOW;
    CHECK(aegis_spawn_begin(&plan, "./alias", NULL, three, environ) == 0, "allowed");
    CHECK(!strcmp(plan.path, "./alias") && !strcmp(plan.argv[1], "one"), "%s", plan.path);
    aegis_spawn_end(&plan);
    shared->behaviour = HOLD_ALLOW;
    CHECK(aegis_spawn_begin(&plan, "alias", ".", three, environ) == 1, "held");
    CHECK(!strcmp(plan.path, program) && !strcmp(plan.argv[0], "aegis-gate") && !strcmp(plan.argv[3], program), "%s", plan.argv[3]);
    aegis_spawn_end(&plan);
    shared->behaviour = DENY;
    CHECK(aegis_spawn_begin(&plan, "alias", NULL, three, environ) == 1 && !strcmp(plan.argv[1], "deny"), "denied");
    aegis_spawn_end(&plan);
    CHECK(aegis_spawn_begin(&plan, "missing", NULL, three, environ) == -ENOENT, "missing");
    CHECK(aegis_spawn_begin(&plan, "alias", "missing", three, environ) == -ENOENT, "missing directory");
    CHECK(aegis_spawn_begin(&plan, (char *)16, NULL, three, environ) == -EFAULT, "bad pointer");
}

int main(void) {
    char work[96], self[200];
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
    self[size] = 0;
    *strrchr(self, '/') = 0;
    snprintf(program, sizeof program, "%s/program", self);
    snprintf(fixed, sizeof fixed, "%s/program-static", self);
    snprintf(library, sizeof library, "%s/libnothing.so", self);
    daemon_start(library, program);
    daemon_for_everybody();
    snprintf(work, sizeof work, "%s/work", session);
    mkdir(work, 0777);
    if (chdir(work))
        abort();
    aegis_start(AEGIS_PRELOAD, environ);
    run_envp = environ;
    an_allowed_program_runs_with_supervision_in_its_environment();
    the_question_says_what_will_run();
    coverage_is_told_by_the_file();
    scripts_are_followed_to_what_runs_them();
    a_held_program_becomes_the_gate();
    a_denied_program_is_explained_by_the_gate_in_a_fresh_process();
    elsewhere_a_denial_is_an_error();
    descriptors_can_be_executed();
    large_vectors_pass_whole();
    a_spawn_is_planned();
    session_remove();
    return failures != 0;
}
