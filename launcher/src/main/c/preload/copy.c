#include "preload.h"

#include "copy.h"

#include <string.h>
#include <sys/uio.h>

long aegis_copy(void *to, const void *from, size_t size) {
    if (size == 0)
        return 0;
    struct iovec here = {to, size}, there = {(void *)from, size};
    long copied = SYS6(SYS_process_vm_readv, SYS0(SYS_getpid), &here, 1, &there, 1, 0);
    if (copied == (long)size)
        return 0;
    if (copied != -EPERM && copied != -ENOSYS)
        return -EFAULT;
    memcpy(to, from, size); /* a sandbox forbids the careful way */
    return 0;
}
