#include "session/session.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/gate.h"

static bool is_program(const char *path)
{
    struct stat found;
    if (stat(path, &found) != 0)
        return false;
    if (S_ISREG(found.st_mode) && access(path, X_OK) == 0)
        return true;
    errno = EACCES;
    return false;
}

/* As execvp looks: the first that can be executed; EACCES when something was there, but nothing to execute. */
static const char *search(const char *name, char room[PATH_MAX])
{
    const char *path = getenv("PATH");
    int error = ENOENT;
    for (const char *at = path ? path : "/bin:/usr/bin"; at; at = strchr(at, ':') ? strchr(at, ':') + 1 : NULL) {
        size_t length = strcspn(at, ":");
        int size = snprintf(room, PATH_MAX, "%.*s%s%s", (int)length, at, length ? "/" : "", name);
        if (size >= PATH_MAX)
            continue;
        if (is_program(room))
            return room;
        if (errno == EACCES)
            error = EACCES;
    }
    errno = error;
    return NULL;
}

void session_ask_for(const struct session_options *options)
{
    char room[PATH_MAX];
    char *name = options->command[0];
    const char *path = strchr(name, '/') ? (is_program(name) ? name : NULL) : search(name, room);
    if (!path)
        return;
    size_t count = 0;
    while (options->command[count])
        count++;
    const char **words = calloc(AEGIS_GATE_ARGV + count + 1, sizeof *words);
    if (!words)
        return;
    words[0] = AEGIS_GATE_NAME;
    words[AEGIS_GATE_WHAT] = AEGIS_GATE_ASK;
    words[AEGIS_GATE_SUBJECT] = "-";
    words[AEGIS_GATE_PATH] = path;
    words[AEGIS_GATE_FD] = "-";
    words[AEGIS_GATE_FLAGS] = "0";
    memcpy(words + AEGIS_GATE_ARGV, options->command, count * sizeof *words);
    execv(options->gate, (char *const *)words);
    session_complain(options->gate, errno);
    _exit(SESSION_FAILED);
}
