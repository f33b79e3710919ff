/* What the kernel says of this process to others: its command line, its name, where its code begins. */
#include <linux/prctl.h>

#include "dispatch/dispatch.h"
#include "loader/loader.h"

#define BY_DESCRIPTOR "/dev/fd/"

#define PR_SET_SYSCALL_USER_DISPATCH_ 59

static const char *base_name(const char *path) {
    const char *base = path;
    for (; *path; path++)
        if (*path == '/')
            base = path + 1;
    return base;
}

/* As the kernel names a process: after what was executed, by descriptor after the file itself. */
static void tell_name(const struct loader_call *call) {
    const char *named = core_starts_with(call->execfn, BY_DESCRIPTOR) ? call->path : call->execfn;
    SYS5(__NR_prctl, PR_SET_NAME, base_name(named), 0, 0, 0);
}

static uintptr_t after(const char *text) {
    return (uintptr_t)text + strlen(text) + 1;
}

/* The texts lie in the order in which the kernel copied them: arguments, then environment. */
static uintptr_t end_of_environment(const struct loader_stack *stack, uintptr_t arguments) {
    uintptr_t end = arguments;
    for (char **variable = stack->envp; *variable; variable++)
        end = after(*variable);
    return end;
}

/*
 * Needs no privilege as long as the executable stays the same. A kernel built without it (checkpoint and
 * restore) refuses; then nobody could tell what runs here.
 */
long loader_tell_kernel(const struct loader_stack *stack, const struct loader_call *call,
                        const struct image *program) {
    uint64_t break_now = (uint64_t)SYS1(__NR_brk, 0);
    uintptr_t arguments_end = after(stack->argv[stack->argc - 1]);
    struct prctl_mm_map map = {
        .start_code = program->start_code, .end_code = program->end_code,
        .start_data = program->start_data, .end_data = program->end_data,
        .start_brk = break_now, .brk = break_now,
        .start_stack = (uintptr_t)stack->start,
        .arg_start = (uintptr_t)stack->argv[0], .arg_end = arguments_end,
        .env_start = arguments_end, .env_end = end_of_environment(stack, arguments_end),
        .auxv = (void *)stack->vector, .auxv_size = (uint32_t)stack->vector_size, .exe_fd = (uint32_t)-1};
    tell_name(call);
    return SYS5(__NR_prctl, PR_SET_MM, PR_SET_MM_MAP, &map, sizeof map, 0);
}

/* What the daemon is told by the kernel is not the program's to change; nor is the trap. */
static long set_of_process(long nr, const long a[6]) {
    if ((int)a[0] == PR_SET_MM)
        return -EPERM;
    if ((int)a[0] == PR_SET_SYSCALL_USER_DISPATCH_)
        return -EINVAL;
    if (aegis_filter_is(nr, a))
        return aegis_filter_install(nr, a);
    return SYS5(nr, a[0], a[1], a[2], a[3], a[4]);
}

void loader_keep_kernel_told(void) {
    aegis_dispatch_claim(__NR_prctl, set_of_process);
}
