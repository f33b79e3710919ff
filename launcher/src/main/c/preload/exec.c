/* The exec family. Runs in vfork children: no malloc, no stdio, nothing static is written. */
#include "preload.h"

#include "search.h"

#include <unistd.h>

static long execute(const char *path, char *const argv[], char *const envp[]) {
    aegis_ready();
    return aegis_execute(AT_FDCWD, path, argv, envp, 0);
}

EXPORT int execve(const char *path, char *const argv[], char *const envp[]) {
    return (int)aegis_result(execute(path, argv, envp));
}

EXPORT int execveat(int dir, const char *path, char *const argv[], char *const envp[], int flags);
int execveat(int dir, const char *path, char *const argv[], char *const envp[], int flags) {
    aegis_ready();
    return (int)aegis_result(aegis_execute(dir, path, argv, envp, flags));
}

EXPORT int fexecve(int fd, char *const argv[], char *const envp[]) {
    aegis_ready();
    long result = fd < 0 || !argv || !envp ? -EINVAL : aegis_execute(fd, "", argv, envp, AT_EMPTY_PATH);
    return (int)aegis_result(result);
}

EXPORT int execv(const char *path, char *const argv[]) {
    return execve(path, argv, environ);
}

static long execute_by_shell(const char *script, char *const argv[], char *const envp[]) {
    int room = aegis_count(argv) + 3;
    char *vector[room];
    aegis_shell_vector(argv, script, vector, room);
    return execute(vector[0], vector, envp);
}

static long search_and_execute(const char *file, char *const argv[], char *const envp[]) {
    struct aegis_search search;
    long error = aegis_search_begin(&search, file);
    if (error)
        return error;
    const char *candidate;
    while ((candidate = aegis_search_next(&search))) {
        error = execute(candidate, argv, envp);
        if (error == -ENOEXEC)
            error = execute_by_shell(candidate, argv, envp);
        if (!aegis_search_goes_on(&search, error))
            return error;
    }
    return aegis_search_failure(&search, error);
}

EXPORT int execvpe(const char *file, char *const argv[], char *const envp[]) {
    return (int)aegis_result(search_and_execute(file, argv, envp));
}

EXPORT int execvp(const char *file, char *const argv[]) {
    return execvpe(file, argv, environ);
}

/* Counts the arguments up to the NULL, then again for an array of that size on the stack. */
#define COLLECT(first, arguments) \
    va_list arguments; \
    int count_of_##arguments = 1; \
    va_start(arguments, first); \
    if (first) \
        while (va_arg(arguments, char *)) \
            count_of_##arguments++; \
    va_end(arguments); \
    char *argv[count_of_##arguments + 1]; \
    argv[0] = (char *)first; \
    va_start(arguments, first); \
    for (int i = 1; i <= count_of_##arguments; i++) \
        argv[i] = first ? va_arg(arguments, char *) : NULL;

EXPORT int execl(const char *path, const char *first, ...) {
    COLLECT(first, arguments)
    va_end(arguments);
    return execve(path, argv, environ);
}

EXPORT int execlp(const char *file, const char *first, ...) {
    COLLECT(first, arguments)
    va_end(arguments);
    return execvpe(file, argv, environ);
}

EXPORT int execle(const char *path, const char *first, ...) {
    COLLECT(first, arguments)
    char **envp = va_arg(arguments, char **);
    va_end(arguments);
    return execve(path, argv, envp);
}
