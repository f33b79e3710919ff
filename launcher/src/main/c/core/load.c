/* The words with which aegis-loader is executed in place of a program. */
#include "execute.h"

#include <fcntl.h>

#include "loader.h"
#include "state.h"

/* Out of the way, as far as the limit of open files allows. */
static const int floors[] = {900, 200, 60, 20, 3};

/* What the kernel calls a program that was executed by its descriptor. */
static const char *path_of_descriptor(struct core_execution *execution) {
    const size_t room = CORE_PATH + 32;
    char *to = core_block_take(&execution->block, room);
    if (!to)
        return NULL;
    size_t size = core_append(to, room, "/dev/fd/");
    size = (size_t)(core_decimal(to + size, (unsigned long)execution->dirfd) - to);
    if (*execution->path) {
        size += core_append(to + size, room - size, "/");
        core_append(to + size, room - size, execution->path);
    }
    return to;
}

static const char *executed_path(struct core_execution *execution) {
    bool named = *execution->path == '/' || (*execution->path && (execution->spawns || execution->dirfd == AT_FDCWD));
    return named ? execution->path : path_of_descriptor(execution);
}

/* A script that its interpreter could not open is no program: the kernel says so itself. */
static bool is_out_of_reach(const struct core_execution *execution, const char *path) {
    return execution->program.script && path != execution->path &&
           SYS2(__NR_fcntl, execution->dirfd, F_GETFD) & FD_CLOEXEC;
}

/* The file in the first word: by a descriptor that survives the exec, or by what it is. */
static char *file_word(struct core_execution *execution, int *lent) {
    const struct core_program *program = &execution->program;
    char *word = core_block_take(&execution->block, 48);
    *lent = -1;
    if (!word)
        return NULL;
    if (execution->spawns) {
        *word = '-';
        char *end = core_decimal(word + 1, program->identity.device);
        *end = ':';
        core_decimal(end + 1, program->identity.inode);
        return word;
    }
    long fd = -EMFILE;
    for (size_t i = 0; fd < 0 && i < sizeof floors / sizeof *floors; i++)
        fd = SYS3(__NR_fcntl, program->file, F_DUPFD, floors[i]);
    if (fd < 0)
        return NULL;
    *lent = (int)fd;
    core_decimal(word, (unsigned long)fd);
    return word;
}

/* As the kernel puts them before the arguments: from the last interpreter to the first, then the script. */
static size_t put_interpreters(const struct core_program *program, const char *script, const char **argv) {
    size_t count = 0;
    for (unsigned i = program->depth; i-- > 0;) {
        argv[count++] = program->shebangs[i].interpreter;
        if (program->shebangs[i].argument)
            argv[count++] = program->shebangs[i].argument;
    }
    if (program->depth)
        argv[count++] = script;
    return count;
}

long core_execution_load(struct core_execution *execution, int *lent) {
    const struct core_program *program = &execution->program;
    const char *executed = executed_path(execution);
    size_t most = AEGIS_LOADER_ARGV + 2 * CORE_INTERPRETERS + 1 + execution->argc + 2;
    const char **argv = core_block_take(&execution->block, most * sizeof *argv);
    *lent = -1;
    if (!executed || !argv)
        return -ENOMEM;
    if (is_out_of_reach(execution, executed))
        return -ENOENT;
    argv[0] = core_image.filtered ? AEGIS_LOADER_FILTERED : AEGIS_LOADER_NAME;
    argv[AEGIS_LOADER_FILE] = file_word(execution, lent);
    if (!argv[AEGIS_LOADER_FILE])
        return -EMFILE;
    argv[AEGIS_LOADER_EXECFN] = executed;
    argv[AEGIS_LOADER_PATH] = program->script ? program->interpreter : execution->place.path;
    size_t count = AEGIS_LOADER_ARGV + put_interpreters(program, executed, argv + AEGIS_LOADER_ARGV);
    for (size_t i = program->depth ? 1 : 0; i < execution->argc; i++)
        argv[count++] = execution->argv[i];
    if (count == AEGIS_LOADER_ARGV)
        argv[count++] = "";
    argv[count] = NULL;
    execution->argv = (char **)argv;
    execution->path = (char *)core_image.page->loader;
    return 0;
}
