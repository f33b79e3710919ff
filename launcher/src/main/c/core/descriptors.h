/* The guarded descriptor calls, in the kernel's convention. */
#ifndef AEGIS_DESCRIPTORS_H
#define AEGIS_DESCRIPTORS_H

long aegis_close(int fd);
long aegis_dup3(int fd, int newfd, int flags);
long aegis_close_range(unsigned first, unsigned last, unsigned flags);

#endif
