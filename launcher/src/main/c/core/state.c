#include "state.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "connection.h"
#include "guest.h"
#include "tell.h"

#define SESSION "AEGIS_SESSION"

struct core_image core_image;

/* Used when there is no wiped page to be had: every process but the first then counts as borrowing. */
static struct core_process unwiped;
static struct core_process *own = &unwiped;

static int getpid_now(void) {
    return (int)SYS0(__NR_getpid);
}

bool core_object_of(int dirfd, const char *path, int flags, struct core_object *object) {
    struct statx st;
    object->known = !SYS5(__NR_statx, dirfd, path, flags, STATX_INO | STATX_MNT_ID, &st);
    if (object->known) {
        object->device = (uint64_t)st.stx_dev_major << 32 | st.stx_dev_minor;
        object->inode = st.stx_ino;
        object->mount = st.stx_mask & STATX_MNT_ID ? st.stx_mnt_id : 0;
    }
    return object->known;
}

static void make_process(void) {
    long at = SYS6(__NR_mmap, 0, sizeof(struct core_process), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                   -1, 0);
    if (CORE_FAILED(at))
        return;
    if (SYS3(__NR_madvise, at, sizeof(struct core_process), MADV_WIPEONFORK) == 0)
        own = (struct core_process *)at;
    else
        SYS2(__NR_munmap, at, sizeof(struct core_process));
}

static void find_session(char *const envp[]) {
    for (; envp && *envp; envp++) {
        if (!core_names(*envp, SESSION))
            continue;
        core_append(core_image.session, sizeof core_image.session, *envp);
        core_image.page = core_page_map(core_image.session + sizeof SESSION);
        return;
    }
}

void aegis_prepare(enum aegis_front front, char *const envp[]) {
    if (core_image.pid)
        return;
    core_image.front = front;
    core_image.pid = getpid_now();
    core_image.coverage = front == AEGIS_GATE ? 1 : 2;
    make_process();
    own->pid = core_image.pid;
    core_tell_start();
    find_session(envp);
    if (!core_image.page)
        return;
    core_object_of(AT_FDCWD, core_image.page->home, 0, &core_image.home);
    core_object_of(AT_FDCWD, core_image.page->run, 0, &core_image.run);
    core_object_of(AT_FDCWD, "/", 0, &core_image.root);
}

void aegis_greet(int coverage, int reason) {
    core_image.coverage = (uint8_t)coverage;
    core_image.coverage_reason = (uint8_t)reason;
    if (core_image.page)
        core_greet();
}

void aegis_start(enum aegis_front front, char *const envp[]) {
    if (core_image.pid)
        return;
    aegis_prepare(front, envp);
    aegis_greet(core_image.coverage, 0);
}

const char *core_session_directory(void) {
    return *core_image.session ? core_image.session + sizeof SESSION : "";
}

static int wants(uint32_t flag) {
    const struct core_page *page = core_image.page;
    return page && (*(const volatile uint32_t *)&page->flags & flag) != 0;
}

int aegis_wants_trap(void) {
    return wants(CORE_TRAP);
}

int aegis_wants_loader(void) {
    return wants(CORE_FULL);
}

struct core_process *core_process(void) {
    if (CORE_UNLIKELY(!__atomic_load_n(&own->pid, __ATOMIC_ACQUIRE))) {
        int32_t wiped = 0;
        if (__atomic_compare_exchange_n(&own->pid, &wiped, getpid_now(), false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
            core_drop_inherited();
    }
    return own;
}

bool core_borrowing(const struct core_process *process) {
    return process->pid != getpid_now();
}

bool core_fresh(void) {
    return core_image.front == AEGIS_GATE || core_image.pid != getpid_now();
}

/* The slot of a vfork child; one that a finished child left behind is taken over. */
static uint32_t *borrowed_sequence(struct core_process *process, int32_t pid) {
    for (int i = 0; i < CORE_BORROWERS; i++)
        if (__atomic_load_n(&process->borrowers[i].pid, __ATOMIC_RELAXED) == pid)
            return &process->borrowers[i].sequence;
    int i = pid % CORE_BORROWERS;
    process->borrowers[i].sequence = 0;
    __atomic_store_n(&process->borrowers[i].pid, pid, __ATOMIC_RELEASE);
    return &process->borrowers[i].sequence;
}

uint64_t core_next_sequence(struct core_process *process) {
    int32_t pid = getpid_now();
    uint32_t *sequence = process->pid == pid ? &process->sequence : borrowed_sequence(process, pid);
    return __atomic_add_fetch(sequence, 1, __ATOMIC_RELAXED);
}

uint64_t core_next_transaction(struct core_process *process) {
    return __atomic_add_fetch(&process->transaction, 1, __ATOMIC_RELAXED);
}

void core_count(int kind) {
    __atomic_add_fetch(&core_process()->counts[kind - 1], 1, __ATOMIC_RELAXED);
}
