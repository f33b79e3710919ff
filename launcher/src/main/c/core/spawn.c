/* posix_spawn: judged in the parent, for a child that does not exist yet. */
#include "execute.h"

#include <fcntl.h>

#include "state.h"

_Static_assert(sizeof(void *) == sizeof(size_t), "one word");

/* The directory in which the path of the program is looked up. */
static long enter(struct core_execution *execution, const char *cwd, char *room) {
    if (!cwd)
        return 0;
    long fd = SYS4(__NR_openat, AT_FDCWD, cwd, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0)
        return fd;
    execution->dirfd = (int)fd;
    execution->cwd = core_name_of((int)fd, room, CORE_PATH) > 0 && room[0] == '/' ? room : "/(unknown)";
    return 0;
}

static long plan_for(struct core_execution *execution) {
    long result = core_execution_prepare(execution);
    if (result)
        return result;
    int lent;
    result = core_execution_judge(execution);
    if (result == 0)
        return execution->program.route == CORE_LOADED ? core_execution_load(execution, &lent) : 0;
    long error = core_execution_redirect(execution);
    return error ? error : 1;
}

long aegis_spawn_begin(struct aegis_spawn *plan, const char *path, const char *cwd, char *const argv[],
                       char *const envp[]) {
    struct core_block room;
    long result = core_block_map(&room, CORE_PATH);
    if (result)
        return result;
    struct core_execution execution = {
        .dirfd = AT_FDCWD, .guest_path = path, .guest_argv = argv, .guest_envp = envp, .spawns = true};
    core_place_begin(&execution.place);
    result = enter(&execution, cwd, room.start);
    if (!result)
        result = plan_for(&execution);
    core_place_end(&execution.place);
    core_program_end(&execution.program);
    if (execution.dirfd != AT_FDCWD)
        SYS1(__NR_close, execution.dirfd);
    core_block_unmap(&room);
    if (result < 0) {
        core_block_unmap(&execution.block);
        return result;
    }
    *plan = (struct aegis_spawn){.path = execution.path, .argv = execution.argv, .envp = execution.envp,
                                 .memory = execution.block.start, .size = execution.block.size};
    return result;
}

void aegis_spawn_end(struct aegis_spawn *plan) {
    struct core_block block = {.start = plan->memory, .size = plan->size};
    core_block_unmap(&block);
    plan->memory = NULL;
}
