/* The walk along PATH that execvp and posix_spawnp make, with libc's rules. */
#ifndef AEGIS_SEARCH_H
#define AEGIS_SEARCH_H

#include <limits.h>

struct aegis_search {
    const char *file;
    const char *rest; /* of PATH, NULL at the end */
    int denied;       /* a candidate was there and could not be executed */
    char candidate[PATH_MAX + NAME_MAX + 2];
};

/* Begin; 0 or -errno (an empty or too long name). A name with a slash is its own only candidate. */
long aegis_search_begin(struct aegis_search *search, const char *file);

/* The next candidate, or NULL. */
const char *aegis_search_next(struct aegis_search *search);

/* Whether the search goes on after a candidate failed with -error. */
int aegis_search_goes_on(struct aegis_search *search, long error);

/* What the whole search fails with when the last candidate failed with -error. */
long aegis_search_failure(const struct aegis_search *search, long error);

/* The vector for a script without a first line: /bin/sh, the script, its arguments. */
long aegis_shell_vector(char *const argv[], const char *script, char *vector[], int room);

/* Arguments in argv, without the NULL. */
int aegis_count(char *const argv[]);

#endif
