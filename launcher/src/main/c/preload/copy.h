#ifndef AEGIS_COPY_H
#define AEGIS_COPY_H

#include <stddef.h>

/* Copy size bytes of the program's memory: 0, or -EFAULT where they cannot be read. */
long aegis_copy(void *to, const void *from, size_t size);

#endif
