#include "preload.h"

#include "search.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define DEFAULT_PATH "/bin:/usr/bin"
#define MOUNTED_NOEXEC 8

/* libc's getenv is not for vfork children of hostile libraries; environ is all it reads. */
static const char *path_variable(void) {
    for (char **entry = environ; entry && *entry; entry++)
        if (strncmp(*entry, "PATH=", 5) == 0)
            return *entry + 5;
    return DEFAULT_PATH;
}

long aegis_search_begin(struct aegis_search *search, const char *file) {
    search->file = file;
    search->denied = 0;
    if (!*file)
        return -ENOENT;
    search->rest = strchr(file, '/') ? file : path_variable();
    if (search->rest != file && strnlen(file, NAME_MAX + 1) > NAME_MAX)
        return -ENAMETOOLONG;
    return 0;
}

const char *aegis_search_next(struct aegis_search *search) {
    if (search->rest == search->file) {
        search->rest = NULL;
        return search->file;
    }
    while (search->rest) {
        const char *start = search->rest, *end = strchrnul(start, ':');
        search->rest = *end ? end + 1 : NULL;
        size_t length = (size_t)(end - start);
        if (length >= PATH_MAX)
            continue;
        char *to = mempcpy(search->candidate, start, length);
        if (length)
            *to++ = '/';
        strcpy(to, search->file);
        return search->candidate;
    }
    return NULL;
}

/*
 * The kernel would execute it, so it was the policy that said no: other copies of the program along
 * PATH are the same program, and asking for each would deny it once per directory.
 */
static int kernel_would_execute(const char *path) {
    struct stat status;
    struct statfs place;
    if (SYS4(SYS_newfstatat, AT_FDCWD, path, &status, 0) != 0 || !S_ISREG(status.st_mode))
        return 0;
    if (SYS3(SYS_faccessat, AT_FDCWD, path, X_OK) != 0)
        return 0;
    return SYS2(SYS_statfs, path, &place) == 0 && !(place.f_flags & MOUNTED_NOEXEC);
}

int aegis_search_goes_on(struct aegis_search *search, long error) {
    switch (-error) {
    case EACCES:
        search->denied = 1;
        return search->rest && !kernel_would_execute(search->candidate);
    case ENOENT:
    case ESTALE:
    case ENOTDIR:
    case ENODEV:
    case ETIMEDOUT: return 1;
    default: return 0;
    }
}

long aegis_search_failure(const struct aegis_search *search, long error) {
    return search->denied ? -EACCES : error;
}

int aegis_count(char *const argv[]) {
    int count = 0;
    while (argv && argv[count])
        count++;
    return count;
}

long aegis_shell_vector(char *const argv[], const char *script, char *vector[], int room) {
    int count = aegis_count(argv);
    if (room < count + 3)
        return -E2BIG;
    vector[0] = (char *)"/bin/sh";
    vector[1] = (char *)script;
    int used = 2;
    for (int i = 1; i < count; i++)
        vector[used++] = argv[i];
    vector[used] = NULL;
    return 0;
}
