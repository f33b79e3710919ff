/*
 * wordexp runs a shell for $(…) and `…`, deep inside libc. The command is judged before; one that
 * cannot be allowed at once is refused as if the program had said WRDE_NOCMD.
 */
#include "preload.h"

#include "shell.h"

#include <string.h>
#include <unistd.h>
#include <wordexp.h>

static int runs_commands(const char *words) {
    return strchr(words, '`') || strstr(words, "$(");
}

EXPORT int wordexp(const char *words, wordexp_t *result, int flags) {
    aegis_ready();
    if ((flags & WRDE_NOCMD) || !runs_commands(words))
        return aegis_real.wordexp(words, result, flags);
    char *vector[AEGIS_SHELL_ARGUMENTS];
    aegis_shell_command(vector, words);
    struct aegis_spawn plan;
    long judged = aegis_spawn_begin(&plan, AEGIS_SHELL, NULL, vector, environ);
    if (judged != 0) {
        if (judged > 0)
            aegis_spawn_end(&plan);
        return WRDE_CMDSUB;
    }
    /* libc gives the shell environ as it is, and the shell must be supervised like any other. */
    char **before = environ;
    environ = (char **)plan.envp;
    int status = aegis_real.wordexp(words, result, flags);
    if (environ == (char **)plan.envp)
        environ = before;
    aegis_spawn_end(&plan);
    return status;
}
