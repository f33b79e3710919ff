#include "loader/loader.h"

bool loader_read(struct loader_call *call, struct loader_stack *stack, uintptr_t *kernel) {
    long argc = (long)kernel[0];
    char **argv = (char **)(kernel + 1);
    bool filtered = argc > 0 && core_equal(argv[0], AEGIS_LOADER_FILTERED);
    if (argc <= AEGIS_LOADER_ARGV || (!filtered && !core_equal(argv[0], AEGIS_LOADER_NAME)))
        return false;
    *call = (struct loader_call){
        .file = argv[AEGIS_LOADER_FILE], .execfn = argv[AEGIS_LOADER_EXECFN], .path = argv[AEGIS_LOADER_PATH],
        .filtered = filtered};
    stack->start = kernel + AEGIS_LOADER_ARGV;
    stack->argc = argc - AEGIS_LOADER_ARGV;
    stack->argv = argv + AEGIS_LOADER_ARGV;
    stack->envp = argv + argc + 1;
    char **end = stack->envp;
    while (*end)
        end++;
    stack->vector = (Elf64_auxv_t *)(end + 1);
    const Elf64_auxv_t *last = stack->vector;
    while (last->a_type != AT_NULL)
        last++;
    stack->vector_size = (size_t)(last + 1 - stack->vector) * sizeof *last;
    return true;
}

void loader_tell_program(const struct loader_stack *stack, const struct loader_call *call,
                         const struct image *program, uintptr_t base) {
    const struct {
        uint64_t type, value;
    } truths[] = {
        {AT_PHDR, program->headers},  {AT_PHENT, sizeof(Elf64_Phdr)}, {AT_PHNUM, program->count},
        {AT_ENTRY, program->entry},   {AT_BASE, base},                {AT_EXECFN, (uintptr_t)call->execfn},
    };
    for (Elf64_auxv_t *word = stack->vector; word->a_type != AT_NULL; word++)
        for (size_t i = 0; i < sizeof truths / sizeof *truths; i++)
            if (word->a_type == truths[i].type)
                word->a_un.a_val = truths[i].value;
    stack->start[0] = (uintptr_t)stack->argc;
}
