/*
 * The loader on guests, against the test daemon: tests LOADER GATE LIBRARY GUEST…, by their real paths. Each is a
 * build of our own guest (static, static-pie …); those whose names begin with "dynamic" run at the level `full`;
 * "busybox" and "go-static" are what they are called.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../core/check.h"
#include "../core/daemon.h"
#include "core/frame.h"
#include "core/page.h"
#include "run.h"

#define EVERY_CALL 4

int failures;
static char work[64], victim[96], plain[96];
static char *guest;
static struct run first, second;

static void fill(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    CHECK(fd >= 0 && write(fd, "content", 7) == 7, "%s", path);
    close(fd);
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* How many questions of this kind about this name came since the mark. */
static unsigned asked(unsigned from, unsigned kind, const char *name)
{
    unsigned count = 0;
    for (unsigned i = from; i < shared->frames; i++) {
        const struct logged *frame = &shared->log[i % LOGGED];
        size_t size;
        const uint8_t *is = field(frame, CORE_KIND, &size), *path = field(frame, CORE_PATH1, &size);
        count += frame->bytes[5] == CORE_ASK && is && *is == kind && path && size == strlen(name) &&
                 !memcmp(path, name, size);
    }
    return count;
}

static void supervised(const char *check, char *one, char *two)
{
    run(&second, SUPERVISED, (char *[]){guest, (char *)check, one, two, NULL});
}

static void begins_as_under_the_kernel(void)
{
    char *const argv[] = {guest, "describe", "a word", "", NULL};
    run(&first, NATIVE, argv);
    run(&second, SUPERVISED, argv);
    CHECK(first.status == 0 && second.status == 0, "%s: %d %d: %s", guest, first.status, second.status, second.output);
    CHECK(!strcmp(first.output, second.output), "%s: native:\n%s\nloaded:\n%s", guest, first.output, second.output);
}

static void keeps_its_first_argument_and_path(void)
{
    char *const argv[] = {"-another name", "describe", NULL}, *const none[] = {NULL};
    char *const only[] = {"LD_PRELOAD=/nowhere/own.so", "LD_BIND_NOW=1", NULL};
    run_as(&first, NATIVE, guest, argv, only);
    run_as(&second, SUPERVISED, guest, argv, only);
    CHECK(!strcmp(first.output, second.output), "%s: native:\n%s\nloaded:\n%s", guest, first.output, second.output);
    run_as(&first, NATIVE, guest, none, none);
    run_as(&second, SUPERVISED, guest, none, none);
    CHECK(second.status == 2 && first.status == 2, "%s: %d %s", guest, second.status, second.output);
}

static void says_what_covers_it(void)
{
    unsigned from = shared->frames;
    size_t size;
    supervised("threads", NULL, NULL);
    const struct logged *hello = NULL;
    for (unsigned i = from; i < shared->frames; i++) {
        const struct logged *frame = &shared->log[i % LOGGED];
        const uint8_t *front = field(frame, CORE_FRONT, &size);
        if (frame->bytes[5] == CORE_HELLO && front && *front == AEGIS_LOADER)
            hello = frame;
    }
    CHECK(hello, "%s said no hello", guest);
    const uint8_t *coverage = hello ? field(hello, CORE_COVERAGE, &size) : NULL;
    CHECK(coverage && *coverage == EVERY_CALL, "%s", guest);
}

static void operations_are_asked_once_and_denied(void)
{
    char other[96];
    snprintf(other, sizeof other, "%s/other", work);
    shared->behaviour = DENY_VICTIM;
    fill(victim);
    unsigned from = shared->frames;
    supervised("unlink", victim, NULL);
    CHECK(run_said(&second, "1") && exists(victim), "%s: %s", guest, second.output);
    CHECK(asked(from, 4, victim) == 1, "%s: %u", guest, asked(from, 4, victim));
    CHECK(strstr(second.output, "aegis: denied"), "%s: %s", guest, second.output);
    from = shared->frames;
    supervised("rename", victim, other);
    CHECK(run_said(&second, "1") && exists(victim) && !exists(other), "%s: %s", guest, second.output);
    CHECK(asked(from, 5, victim) == 1, "%s: %u", guest, asked(from, 5, victim));
    from = shared->frames;
    supervised("write", victim, NULL);
    CHECK(run_said(&second, "13") && asked(from, 3, victim) == 1, "%s: %s", guest, second.output);
    struct stat st;
    CHECK(!stat(victim, &st) && st.st_size == 7, "%s: cut", guest);
    from = shared->frames;
    supervised("raw", victim, NULL);
    CHECK(second.status == 0 && run_said(&second, "1") && asked(from, 4, victim) == 1, "%s: %s", guest, second.output);
    shared->behaviour = ALLOW;
}

static void operations_are_asked_once_and_carried_out(void)
{
    char other[96];
    snprintf(other, sizeof other, "%s/other", work);
    fill(plain);
    unsigned from = shared->frames;
    supervised("write", plain, NULL);
    CHECK(run_said(&second, "0") && asked(from, 3, plain) == 1, "%s: %s", guest, second.output);
    supervised("rename", plain, other);
    CHECK(run_said(&second, "0") && exists(other) && !exists(plain), "%s: %s", guest, second.output);
    from = shared->frames;
    supervised("unlink", other, NULL);
    CHECK(run_said(&second, "0") && !exists(other) && asked(from, 4, other) == 1, "%s: %s", guest, second.output);
    supervised("unlink", "/proc/self/nothing", NULL);
    CHECK(run_said(&second, "2"), "%s: %s", guest, second.output);
}

/* What a guest executes is judged, and supervised in turn: this very guest, a script of it, a dynamic program. */
static void programs_that_it_executes_are_routed(void)
{
    char script[96], line[PATH_MAX + 32];
    unsigned from = shared->frames;
    run(&second, SUPERVISED, (char *[]){guest, "execute", guest, "write", plain, NULL});
    CHECK(run_said(&second, "0") && asked(from, 1, guest) == 2 && asked(from, 3, plain) == 1, "%s: %s", guest, second.output);
    snprintf(script, sizeof script, "%s/script", work);
    snprintf(line, sizeof line, "#! %s  describe\n", guest);
    int fd = open(script, O_WRONLY | O_CREAT | O_TRUNC, 0700);
    CHECK(write(fd, line, strlen(line)) == (ssize_t)strlen(line), "script");
    close(fd);
    run(&first, NATIVE, (char *[]){script, "one", "two", NULL});
    from = shared->frames;
    run(&second, SUPERVISED, (char *[]){script, "one", "two", NULL});
    CHECK(!strcmp(first.output, second.output), "%s: native:\n%s\nloaded:\n%s", guest, first.output, second.output);
    CHECK(asked(from, 1, script) == 1, "%s", guest);
    run(&second, SUPERVISED, (char *[]){guest, "execute", "/bin/echo", "through", NULL});
    CHECK(run_said(&second, "through"), "%s: %s", guest, second.output);
    run(&second, SUPERVISED, (char *[]){guest, "execute", "/etc/passwd", NULL});
    CHECK(run_said(&second, "13"), "%s: %s", guest, second.output);
}

static void an_execution_that_is_denied_fails(void)
{
    char copy[96], command[PATH_MAX + 128];
    snprintf(copy, sizeof copy, "%s/victim-program", work);
    snprintf(command, sizeof command, "cp %s %s", guest, copy);
    CHECK(!system(command), "%s", command);
    shared->behaviour = DENY_VICTIM;
    run(&second, SUPERVISED, (char *[]){guest, "execute", copy, "describe", NULL});
    CHECK(run_said(&second, "13"), "%s: %s", guest, second.output);
    shared->behaviour = HOLD_ALLOW;
    run(&second, SUPERVISED, (char *[]){copy, "unlink", victim, NULL});
    CHECK(run_said(&second, "0"), "%s: %s", guest, second.output);
    shared->behaviour = ALLOW;
    unlink(copy);
}

static void limits_leave_it_room(void)
{
    char *const argv[] = {guest, "limited", guest, "describe", NULL};
    run(&first, NATIVE, argv);
    run(&second, SUPERVISED, argv);
    CHECK(second.status == 0 && !strcmp(first.output, second.output), "%s: native:\n%s\nloaded:\n%s", guest,
          first.output, second.output);
}

/* A filter that forbids all sockets is the program's business; ours goes on, in its children as well. */
static void a_filter_of_its_own_cuts_nobody_off(void)
{
    shared->behaviour = DENY_VICTIM;
    fill(victim);
    unsigned from = shared->frames;
    run(&second, SUPERVISED, (char *[]){guest, "filtered", guest, "unlink", victim, NULL});
    CHECK(second.status == 0 && run_said(&second, "1") && exists(victim), "%s: %s", guest, second.output);
    CHECK(asked(from, 4, victim) == 1, "%s: %u", guest, asked(from, 4, victim));
    from = shared->frames;
    run(&second, SUPERVISED, (char *[]){guest, "filtered", "/bin/rm", "-f", victim, NULL});
    CHECK(exists(victim) && asked(from, 4, victim) == 1, "%s: %s", guest, second.output);
    shared->behaviour = HOLD_ALLOW; /* the gate waits for the answer under the filter */
    from = shared->frames;
    run(&second, SUPERVISED, (char *[]){guest, "filtered", guest, "unlink", victim, NULL});
    CHECK(second.status == 0 && run_said(&second, "0") && !exists(victim), "%s: %s", guest, second.output);
    CHECK(asked(from, 4, victim) == 1, "%s: %u", guest, asked(from, 4, victim));
    shared->behaviour = ALLOW;
}

/* Mapped, never read. */
static void a_huge_file_is_no_burden(void)
{
    char copy[96], command[PATH_MAX + 128];
    snprintf(copy, sizeof copy, "%s/huge", work);
    snprintf(command, sizeof command, "cp %s %s && truncate -s 8G %s", guest, copy, copy);
    CHECK(!system(command), "%s", command);
    run(&second, SUPERVISED, (char *[]){copy, "describe", NULL});
    CHECK(second.status == 0, "%s: %d %s", guest, second.status, second.output);
    unlink(copy);
}

static void its_links_in_proc_lead_to_it(void)
{
    supervised("links", guest, NULL);
    CHECK(second.status == 0 && run_said(&second, "arg re-executed"), "%s: %d %s", guest, second.status, second.output);
}

/* Each once as it is and once with a question that is denied in the midst of it. */
static void lives_as_under_the_kernel(void)
{
    static const char *const checks[] = {"threads", "forks", "vfork", "signals", "longjmp", "altstack", "tiny", "masks",
                                         "hidden"};
    fill(victim);
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        run(&first, NATIVE, (char *[]){guest, (char *)checks[i], NULL});
        CHECK(first.status == 0, "%s %s is no good test: %s", guest, checks[i], first.output);
        supervised(checks[i], NULL, NULL);
        CHECK(second.status == 0 && run_said(&second, checks[i]), "%s %s: %d %s", guest, checks[i], second.status, second.output);
        shared->behaviour = DENY_VICTIM;
        supervised(checks[i], victim, NULL);
        CHECK(second.status == 0 && exists(victim), "%s %s: %d %s", guest, checks[i], second.status, second.output);
        shared->behaviour = ALLOW;
    }
    supervised("spawn", "/bin/true", NULL);
    CHECK(second.status == 0, "%s: %d %s", guest, second.status, second.output);
}

/* ---- programs of others, each static ---- */

static void busybox_is_asked_about_every_entry(void)
{
    char tree[96], command[3 * PATH_MAX], entry[128];
    snprintf(tree, sizeof tree, "%s/tree", work);
    snprintf(command, sizeof command, "mkdir -p %s/a/b && touch %s/1 %s/a/2 %s/a/b/3", tree, tree, tree, tree);
    CHECK(!system(command), "%s", command);
    unsigned from = shared->frames;
    run(&second, SUPERVISED, (char *[]){guest, "rm", "-rf", tree, NULL});
    CHECK(second.status == 0 && !exists(tree), "%s", second.output);
    static const char *const entries[] = {"/1", "/a/2", "/a/b/3", "/a/b", "/a", ""};
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        snprintf(entry, sizeof entry, "%s%s", tree, entries[i]);
        CHECK(asked(from, 4, entry) == 1, "%s: %u", entry, asked(from, 4, entry));
    }
    snprintf(command, sizeof command, "%s cat /proc/self/comm; %s ls / | %s wc -l", guest, guest, guest);
    run(&first, NATIVE, (char *[]){guest, "sh", "-c", command, NULL});
    run(&second, SUPERVISED, (char *[]){guest, "sh", "-c", command, NULL});
    CHECK(!strcmp(first.output, second.output), "native:\n%s\nloaded:\n%s", first.output, second.output);
}

static void go_lives_as_under_the_kernel(void)
{
    fill(victim);
    shared->behaviour = DENY_VICTIM;
    unsigned from = shared->frames;
    run(&second, SUPERVISED, (char *[]){guest, "unlink", victim, NULL});
    CHECK(run_said(&second, "operation not permitted") && exists(victim), "%s", second.output);
    CHECK(asked(from, 4, victim) >= 1, "%u", asked(from, 4, victim));
    shared->behaviour = ALLOW;
    for (int i = 0; i < 10; i++) {
        run(&second, SUPERVISED, (char *[]){guest, "busy", "/bin/true", NULL});
        CHECK(second.status == 0 && run_said(&second, "busy true"), "%d %s", second.status, second.output);
    }
}

static void (*const all[])(void) = {
    begins_as_under_the_kernel,
    keeps_its_first_argument_and_path,
    says_what_covers_it,
    operations_are_asked_once_and_denied,
    operations_are_asked_once_and_carried_out,
    programs_that_it_executes_are_routed,
    an_execution_that_is_denied_fails,
    limits_leave_it_room,
    a_filter_of_its_own_cuts_nobody_off,
    a_huge_file_is_no_burden,
    its_links_in_proc_lead_to_it,
    lives_as_under_the_kernel,
};

int main(int argc, char **argv)
{
    extern char **environ;
    if (argc < 4)
        return 2;
    daemon_start(argv[3], argv[2]);
    daemon_load(argv[1], CORE_TRAP);
    aegis_start(AEGIS_PRELOAD, environ);
    shared->behaviour = ALLOW;
    strcpy(work, "/tmp/aegis-loader-XXXXXX");
    if (!mkdtemp(work))
        return 99;
    snprintf(victim, sizeof victim, "%s/victim", work);
    snprintf(plain, sizeof plain, "%s/plain", work);
    int tests = 0;
    for (int i = 4; i < argc; i++) {
        guest = argv[i];
        const char *name = strrchr(guest, '/') + 1;
        daemon_load(argv[1], strncmp(name, "dynamic", 7) ? CORE_TRAP : CORE_TRAP | CORE_FULL);
        if (!strcmp(name, "busybox"))
            busybox_is_asked_about_every_entry(), tests++;
        else if (!strcmp(name, "go-static"))
            go_lives_as_under_the_kernel(), tests++;
        else
            for (size_t t = 0; t < sizeof all / sizeof *all; t++, tests++)
                all[t]();
    }
    session_remove();
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", work);
    failures += system(command) != 0;
    printf("aegis-loader: %d tests, %d failures\n", tests, failures);
    return failures != 0;
}
