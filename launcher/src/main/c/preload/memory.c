/*
 * The code that the trap lets through stays what it is: nothing is mapped over it, taken away or made writable. libc's
 * allocator and loader call past these, on memory of their own.
 */
#include "preload.h"

#include <stdarg.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include "../dispatch/dispatch.h"

static int kept(const void *start, size_t size) {
    return aegis_dispatch_guards(start, size);
}

EXPORT void *mmap(void *start, size_t size, int protection, int flags, int fd, off_t offset) {
    long result = flags & MAP_FIXED && kept(start, size) ? -EPERM : SYS6(SYS_mmap, start, size, protection, flags, fd, offset);
    return (void *)aegis_result(result);
}

EXPORT int munmap(void *start, size_t size) {
    return (int)aegis_result(kept(start, size) ? -EPERM : SYS2(SYS_munmap, start, size));
}

EXPORT int mprotect(void *start, size_t size, int protection) {
    return (int)aegis_result(kept(start, size) ? -EPERM : SYS3(SYS_mprotect, start, size, protection));
}

EXPORT int pkey_mprotect(void *start, size_t size, int protection, int key) {
    if (key == -1)
        return mprotect(start, size, protection);
    return (int)aegis_result(kept(start, size) ? -EPERM : SYS4(SYS_pkey_mprotect, start, size, protection, key));
}

EXPORT void *mremap(void *start, size_t size, size_t new_size, int flags, ...) {
    va_list more;
    va_start(more, flags);
    void *to = flags & MREMAP_FIXED ? va_arg(more, void *) : NULL;
    va_end(more);
    int refused = kept(start, size) || (flags & MREMAP_FIXED && kept(to, new_size));
    return (void *)aegis_result(refused ? -EPERM : SYS5(SYS_mremap, start, size, new_size, flags, to));
}

EXPORT void *shmat(int segment, const void *start, int flags) {
    return (void *)aegis_result(aegis_dispatch_guards_attach(start, flags) ? -EPERM : SYS3(SYS_shmat, segment, start, flags));
}

ANOTHER_NAME(mmap64, mmap);
ANOTHER_NAME(__mmap, mmap);
ANOTHER_NAME(__munmap, munmap);
ANOTHER_NAME(__mprotect, mprotect);
