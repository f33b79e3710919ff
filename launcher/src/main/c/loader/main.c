#include <fcntl.h>
#include <sys/mman.h>

#include "core/mediate.h"
#include "core/program.h"
#include "core/state.h"
#include "dispatch/dispatch.h"
#include "loader/loader.h"
#include "loader/names.h"
#include "loader/proc.h"

uintptr_t *loader_main(uintptr_t *kernel, uintptr_t *entry);

/* Too large for the stack of a program that has a small one. */
static struct image program, interpreter;

/* The only code here whose system calls the kernel takes: written by the dispatch, then made executable (x86_64/stubs.S). */
extern uint8_t loader_stubs[], loader_stubs_end[];

static void map_interpreter(void) {
    const char *path = program.interpreter;
    long fd = SYS4(__NR_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    long error = fd < 0 ? fd : image_map(&interpreter, (int)fd);
    if (error)
        loader_fail_with(path, error);
    SYS1(__NR_close, fd);
}

/* The kernel gave us the stack that our own headers ask for. */
static void make_stack_executable(const struct loader_stack *stack) {
    uintptr_t page = (uintptr_t)stack->start & ~4095UL;
    SYS3(__NR_mprotect, page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC | PROT_GROWSDOWN);
}

static enum core_cause cause(void) {
    if (!*program.interpreter)
        return CORE_STATIC;
    return core_is_glibc_loader(program.interpreter) ? CORE_DYNAMIC : CORE_FOREIGN_LIBC;
}

/* From here on the program's calls are the core's; without that it must not run. */
static void supervise(const struct loader_call *call, const struct loader_stack *stack) {
    aegis_prepare(AEGIS_LOADER, stack->envp);
    core_image.filtered = call->filtered;
    size_t size = (size_t)(loader_stubs_end - loader_stubs);
    long error = aegis_dispatch_place(loader_stubs, size);
    if (!error) {
        names_claim();
        loader_keep_kernel_told();
        error = aegis_dispatch_start(loader_stubs, size);
    }
    if (error)
        loader_fail_with(call->path, error == -EINVAL ? -ENOSYS : error);
    aegis_greet(CORE_EVERY_CALL, cause());
}

uintptr_t *loader_main(uintptr_t *kernel, uintptr_t *entry) {
    struct loader_call call;
    struct loader_stack stack;
    if (!loader_read(&call, &stack, kernel))
        loader_fail(AEGIS_LOADER_NAME, "it is started by Aegis alone");
    long fd = loader_open(&call);
    long error = fd < 0 ? fd : image_map(&program, (int)fd);
    if (error)
        loader_fail_with(call.path, error);
    proc_remember((int)fd);
    SYS1(__NR_close, fd);
    if (*program.interpreter)
        map_interpreter();
    bool interpreted = *program.interpreter;
    if (program.executable_stack)
        make_stack_executable(&stack);
    loader_tell_program(&stack, &call, &program, interpreted ? interpreter.bias : 0);
    if (loader_tell_kernel(&stack, &call, &program))
        loader_fail(call.path, "this kernel cannot be told what runs here (CONFIG_CHECKPOINT_RESTORE)");
    supervise(&call, &stack);
    *entry = interpreted ? interpreter.entry : program.entry;
    return stack.start;
}
