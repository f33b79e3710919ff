/* The code whose system calls are not trapped. */
#ifndef AEGIS_RANGE_H
#define AEGIS_RANGE_H

struct aegis_range {
    unsigned long start, size;
};
extern struct aegis_range aegis_range;

#endif
