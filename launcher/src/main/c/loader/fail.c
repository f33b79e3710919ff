#include "loader/loader.h"

static const struct {
    int number;
    const char *text;
} texts[] = {
    {ENOEXEC, "Exec format error"},
    {ENOMEM, "Cannot allocate memory"},
    {EEXIST, "its addresses are taken"},
    {EPERM, "its addresses may not be used"},
    {ESTALE, "it is not the file that was asked about any more"},
    {ENOENT, "No such file or directory"},
    {EACCES, "Permission denied"},
    {EMFILE, "Too many open files"},
    {ENFILE, "Too many open files in system"},
    {ENOSYS, "this kernel cannot dispatch system calls"},
};

void loader_fail(const char *path, const char *what) {
    char line[1024];
    size_t size = core_append(line, sizeof line - 1, "aegis: cannot run ");
    size += core_append(line + size, 600, path);
    size += core_append(line + size, sizeof line - 1 - size, ": ");
    size += core_append(line + size, sizeof line - 1 - size, what);
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)line[i] < ' ' || line[i] == 127)
            line[i] = '?'; /* names may hold escape sequences */
    line[size++] = '\n';
    SYS3(__NR_write, 2, line, size);
    for (;;)
        SYS1(__NR_exit_group, AEGIS_LOADER_FAILED);
}

void loader_fail_with(const char *path, long error) {
    const char *text = "the kernel refused";
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].number == -error)
            text = texts[i].text;
    loader_fail(path, text);
}
