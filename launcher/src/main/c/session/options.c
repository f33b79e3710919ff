#include "session/session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: aegis-session --session DIR [--terminal] [--ready-fd N] [--go-fd N]\n"
    "                     [--restore-nofile SOFT:HARD] [--restore-signals IGNORED:BLOCKED]\n"
    "                     [--keep-fds N[,N]...] [--on-launcher-death end|keep]\n"
    "                     [--leftover end|keep] [--gate PATH]\n"
    "                     [--floor none|scope|scope,no-new-privileges] -- PROGRAM [ARGUMENT]...\n";

_Noreturn static void reject(const char *option, const char *value, const char *expected)
{
    fprintf(stderr, "aegis-session: %s%s%s: expected %s\n%s", option, value ? " " : "",
            value ? value : "", expected, usage);
    exit(2);
}

/* Read an unsigned number in the given base up to the delimiter; false when it is none. */
static bool number(const char **text, int base, char delimiter, uint64_t max, uint64_t *value)
{
    if (!strchr("0123456789abcdefABCDEF", **text) || **text == '\0')
        return false;
    char *end;
    errno = 0;
    *value = strtoull(*text, &end, base);
    if (errno != 0 || *value > max || *end != delimiter)
        return false;
    *text = delimiter ? end + 1 : end;
    return true;
}

static void directory(struct session_options *o, const char *option, const char *value)
{
    if (value[0] != '/')
        reject(option, value, "an absolute path");
    o->directory = value;
}

static void gate(struct session_options *o, const char *option, const char *value)
{
    if (value[0] != '/')
        reject(option, value, "an absolute path");
    o->gate = value;
}

static int descriptor(const char *option, const char *value)
{
    const char *text = value;
    uint64_t fd;
    if (!number(&text, 10, '\0', INT32_MAX, &fd) || fd < 3)
        reject(option, value, "a descriptor from 3 up");
    return (int)fd;
}

static void ready(struct session_options *o, const char *option, const char *value)
{
    o->ready_fd = descriptor(option, value);
}

static void go(struct session_options *o, const char *option, const char *value)
{
    o->go_fd = descriptor(option, value);
}

static bool limit(const char **text, char delimiter, rlim_t *value)
{
    static const char unlimited[] = "unlimited";
    if (strncmp(*text, unlimited, sizeof unlimited - 1) == 0 && (*text)[sizeof unlimited - 1] == delimiter) {
        *text += sizeof unlimited - (delimiter == '\0');
        *value = RLIM_INFINITY;
        return true;
    }
    uint64_t plain;
    if (!number(text, 10, delimiter, UINT64_MAX - 1, &plain))
        return false;
    *value = plain;
    return true;
}

static void nofile(struct session_options *o, const char *option, const char *value)
{
    const char *text = value;
    if (!limit(&text, ':', &o->nofile.rlim_cur) || !limit(&text, '\0', &o->nofile.rlim_max)
        || o->nofile.rlim_cur > o->nofile.rlim_max)
        reject(option, value, "SOFT:HARD, each a number or `unlimited`, SOFT at most HARD");
    o->restore_nofile = true;
}

static void signals(struct session_options *o, const char *option, const char *value)
{
    const char *text = value;
    if (!number(&text, 16, ':', UINT64_MAX, &o->ignored) || !number(&text, 16, '\0', UINT64_MAX, &o->blocked))
        reject(option, value, "IGNORED:BLOCKED, two hexadecimal masks as in /proc/PID/status");
}

static void keep(struct session_options *o, const char *option, const char *value)
{
    const char *text = value;
    while (*text != '\0') {
        uint64_t fd;
        char delimiter = strchr(text, ',') ? ',' : '\0';
        if (!number(&text, 10, delimiter, INT32_MAX, &fd) || fd < 3 || o->kept_count == SESSION_KEPT_MAX)
            reject(option, value, "descriptors from 3 up, at most 256, with commas between");
        o->kept[o->kept_count++] = (int)fd;
    }
}

static bool end_or_keep(const char *option, const char *value)
{
    if (strcmp(value, "end") != 0 && strcmp(value, "keep") != 0)
        reject(option, value, "`end` or `keep`");
    return value[0] == 'e';
}

static void launcher_death(struct session_options *o, const char *option, const char *value)
{
    o->end_with_launcher = end_or_keep(option, value);
}

static void leftover(struct session_options *o, const char *option, const char *value)
{
    o->end_leftover = end_or_keep(option, value);
}

static void terminal(struct session_options *o, const char *option, const char *value)
{
    (void)option;
    (void)value;
    o->terminal = true;
}

static void floor_of(struct session_options *o, const char *option, const char *value)
{
    static const char *const words[] = {"none", "scope", "scope,no-new-privileges"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(value, words[i]) == 0) {
            o->floor = (enum session_floor)i;
            return;
        }
    reject(option, value, "`none`, `scope` or `scope,no-new-privileges`");
}

static const struct {
    const char *name;
    bool valued;
    void (*read)(struct session_options *, const char *option, const char *value);
} table[] = {
    {"--session", true, directory},
    {"--gate", true, gate},
    {"--terminal", false, terminal},
    {"--ready-fd", true, ready},
    {"--go-fd", true, go},
    {"--restore-nofile", true, nofile},
    {"--restore-signals", true, signals},
    {"--keep-fds", true, keep},
    {"--on-launcher-death", true, launcher_death},
    {"--leftover", true, leftover},
    {"--floor", true, floor_of},
};

/* Read one option and return what follows it. */
static char **option(struct session_options *options, char **argv)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].name, *argv) != 0)
            continue;
        if (table[i].valued && !argv[1])
            reject(*argv, NULL, "a value");
        table[i].read(options, *argv, argv[1]);
        return argv + 1 + table[i].valued;
    }
    reject(*argv, NULL, "an option listed below");
}

void session_options_read(struct session_options *options, char **argv)
{
    *options = (struct session_options){.ready_fd = -1, .go_fd = -1, .end_with_launcher = true};
    char **next = *argv ? argv + 1 : argv;
    while (*next && strcmp(*next, "--") != 0)
        next = option(options, next);
    if (!*next || !next[1])
        reject("PROGRAM", NULL, "`--` and the program to run");
    if (!options->directory)
        reject("--session", NULL, "the directory of the session");
    options->command = next + 1;
}
