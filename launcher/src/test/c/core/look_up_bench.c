/* What one look-up in the snapshot costs: look_up_bench SNAPSHOT PATH. Ends with 1 above the bound; run by scripts/benchmark. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/ops.h"
#include "core/snapshot.h"

enum { ROUNDS = 201, LOOK_UPS = 10000, MOST_NANOSECONDS = 300 };

/* Of the processor, not of the clock: others may be using the machine. */
static double processor_time(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const uint8_t *bytes, size_t size, int kind, const char *path) {
    static double rounds[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double start = processor_time();
        for (int i = 0; i < LOOK_UPS; i++)
            if (!core_snapshot_look_up(bytes, size, kind, path))
                exit(2);
        rounds[round] = (processor_time() - start) / LOOK_UPS;
    }
    qsort(rounds, ROUNDS, sizeof *rounds, by_value);
    return rounds[ROUNDS / 2];
}

int main(int argc, char **argv) {
    struct stat st;
    int fd = argc == 3 ? open(argv[1], O_RDONLY) : -1;
    if (fd < 0 || fstat(fd, &st)) {
        fprintf(stderr, "look_up_bench: expected a snapshot that can be read and a path\n");
        return 2;
    }
    size_t size = (size_t)st.st_size;
    const uint8_t *bytes = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
    if (bytes == MAP_FAILED || !core_snapshot_valid(bytes, size, 1) || !core_snapshot_look_up(bytes, size, CORE_READ_FILE, argv[2])) {
        fprintf(stderr, "look_up_bench: %s is no snapshot of number 1 that allows to read %s\n", argv[1], argv[2]);
        return 2;
    }
    double took = median(bytes, size, CORE_READ_FILE, argv[2]);
    printf("look-up: %.0f ns for a path of %zu bytes in a snapshot of %zu bytes, median of %d rounds of %d, by CPU time\n", took,
           strlen(argv[2]), size, ROUNDS, LOOK_UPS);
    return took > MOST_NANOSECONDS;
}
