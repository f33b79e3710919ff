/* Copying, pinning and inspecting what is to be executed. */
#include "execute.h"

#include <fcntl.h>

#include "guest.h"
#include "state.h"

#define MOST_ARGUMENT 131072 /* MAX_ARG_STRLEN */
#define MOST_ARGUMENTS 3000000
#define MOST_BYTES 6291456 /* three quarters of the largest stack that the kernel counts with */
#define FIXED 65536        /* paths, the gate's words, the answer */
#define FIELD 6
#define ARG_ROOM 16

static long measure_arguments(struct core_execution *execution) {
    long count = core_measure_vector(execution->guest_argv, MOST_ARGUMENTS);
    if (count < 0)
        return count;
    execution->argc = (size_t)count;
    core_probed probed = CORE_UNPROBED;
    for (long i = 0; i < count; i++) {
        long size = core_measure_word(execution->guest_argv[i], MOST_ARGUMENT, &probed);
        if (size < 0)
            return size;
        execution->argument_bytes += (size_t)size + 1;
        if (execution->argument_bytes > MOST_BYTES)
            return -E2BIG;
    }
    return 0;
}

static long copy_arguments(struct core_execution *execution) {
    struct core_block *block = &execution->block;
    execution->argv = core_block_take(block, (execution->argc + 1) * sizeof(char *));
    if (!execution->argv)
        return -ENOMEM;
    core_probed probed = CORE_UNPROBED;
    for (size_t i = 0; i < execution->argc; i++) {
        const char *word = execution->guest_argv[i];
        long size = core_measure_word(word, MOST_ARGUMENT, &probed);
        char *copy = size < 0 ? NULL : core_block_take(block, (size_t)size + 1);
        if (!copy)
            return size < 0 ? size : -E2BIG; /* grown since it was measured */
        if (core_copy_word(copy, word, (size_t)size + 1, &probed) != size)
            return -EFAULT;
        execution->argv[i] = copy;
    }
    execution->argv[execution->argc] = NULL;
    return 0;
}

static size_t block_size(const struct core_execution *execution) {
    size_t arguments = execution->argument_bytes + execution->argc * (sizeof(char *) + ARG_ROOM);
    size_t frame = execution->argument_bytes + execution->argc * FIELD + execution->environment.watched;
    size_t gate = 2 * execution->argc * sizeof(char *); /* and the loader */
    return FIXED + arguments + frame + gate + core_environment_size(&execution->environment);
}

static bool means_descriptor(const struct core_execution *execution) {
    return !*execution->path && execution->flags & AT_EMPTY_PATH;
}

static long pin(struct core_execution *execution) {
    struct core_place *place = &execution->place;
    if (means_descriptor(execution) && execution->dirfd != AT_FDCWD)
        return core_pin_descriptor(place, execution->dirfd);
    long error = core_pin_object(place, execution->dirfd, execution->path,
                                 execution->flags & AT_SYMLINK_NOFOLLOW ? O_NOFOLLOW : 0);
    bool link = !error && (place->identity.mode & 0170000) == 0120000;
    return link ? -ELOOP : error;
}

static long allot(struct core_execution *execution) {
    struct core_block *block = &execution->block;
    long error = core_block_map(block, block_size(execution));
    if (error)
        return error;
    execution->path = core_block_take(block, CORE_PATH);
    execution->program.interpreter = core_block_take(block, CORE_PATH + 64);
    execution->program.room = core_block_take(block, CORE_PATH);
    execution->program.shebangs = core_block_take(block, CORE_INTERPRETERS * sizeof(struct core_shebang));
    return 0;
}

static long find_program(struct core_execution *execution) {
    char *name = core_block_take(&execution->block, CORE_PATH + 64);
    long error = core_copy_text(execution->path, execution->guest_path, CORE_PATH);
    if (error >= 0)
        error = pin(execution);
    if (!error)
        error = core_name_place(&execution->place, name);
    if (!error)
        error = core_program_inspect(&execution->program, execution->place.object, execution->place.path);
    return error;
}

long core_execution_prepare(struct core_execution *execution) {
    core_place_begin(&execution->place);
    execution->program.file = -1;
    execution->block.start = NULL;
    if (execution->flags & ~(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW))
        return -EINVAL;
    long error = measure_arguments(execution);
    if (!error)
        error = core_environment_measure(&execution->environment, execution->guest_envp);
    if (!error)
        error = allot(execution);
    if (!error)
        error = find_program(execution);
    if (!error)
        error = copy_arguments(execution);
    if (error)
        return error;
    /* What a static program starts past us may take the library all the same. */
    const struct core_program *program = &execution->program;
    bool preloads = program->route == CORE_PRELOADED || (program->route == CORE_NATIVE && program->cause == CORE_STATIC);
    execution->envp = core_environment_rebuild(&execution->environment, &execution->block, preloads);
    return execution->envp ? 0 : -EFAULT;
}

void core_execution_end(struct core_execution *execution) {
    core_place_end(&execution->place);
    core_program_end(&execution->program);
    core_block_unmap(&execution->block);
}
