#include "block.h"

#include <sys/mman.h>

#include "state.h"

#define LENT 16
#define RESERVED (-1)
#define KCMP_VM 1

/* Mappings made by vfork children of this process, by the pid of the child. */
static struct {
    int32_t pid;
    void *start;
    size_t size;
} lent[LENT];

static bool shares_memory(int32_t pid) {
    long order = SYS5(__NR_kcmp, SYS0(__NR_getpid), pid, KCMP_VM, 0, 0);
    return order == 0 || (order < 0 && order != -ESRCH);
}

static void sweep(void) {
    int32_t own = (int32_t)SYS0(__NR_getpid);
    for (int i = 0; i < LENT; i++) {
        int32_t pid = __atomic_load_n(&lent[i].pid, __ATOMIC_ACQUIRE);
        if (pid <= 0 || (pid != own && shares_memory(pid)))
            continue;
        if (!__atomic_compare_exchange_n(&lent[i].pid, &pid, RESERVED, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
            continue;
        SYS2(__NR_munmap, lent[i].start, lent[i].size);
        __atomic_store_n(&lent[i].pid, 0, __ATOMIC_RELEASE);
    }
}

static void remember(const struct core_block *block) {
    for (int i = 0; i < LENT; i++) {
        int32_t none = 0;
        if (!__atomic_compare_exchange_n(&lent[i].pid, &none, RESERVED, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
            continue;
        lent[i].start = block->start;
        lent[i].size = block->size;
        __atomic_store_n(&lent[i].pid, (int32_t)SYS0(__NR_getpid), __ATOMIC_RELEASE);
        return;
    }
}

static void forget(const struct core_block *block) {
    for (int i = 0; i < LENT; i++)
        if (__atomic_load_n(&lent[i].pid, __ATOMIC_ACQUIRE) > 0 && lent[i].start == block->start)
            __atomic_store_n(&lent[i].pid, 0, __ATOMIC_RELEASE);
}

long core_block_map(struct core_block *block, size_t size) {
    sweep();
    long at = SYS6(__NR_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (CORE_FAILED(at))
        return -ENOMEM;
    *block = (struct core_block){.start = (char *)at, .size = size};
    if (core_borrowing(core_process()))
        remember(block);
    return 0;
}

void core_block_unmap(struct core_block *block) {
    if (!block->start)
        return;
    forget(block);
    SYS2(__NR_munmap, block->start, block->size);
    block->start = NULL;
}

void *core_block_take(struct core_block *block, size_t size) {
    size_t rounded = (size + 15) & ~(size_t)15;
    if (rounded < size || block->size - block->used < rounded)
        return NULL;
    void *taken = block->start + block->used;
    block->used += rounded;
    return taken;
}
