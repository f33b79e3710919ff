/* An ELF file in memory, where and as the kernel would have put it. */
#ifndef AEGIS_LOADER_IMAGE_H
#define AEGIS_LOADER_IMAGE_H

#include <elf.h>

#include "core/base.h"

#define IMAGE_MOST_HEADERS 128

struct image {
    uintptr_t bias; /* added to every address of the file */
    uintptr_t entry;
    uintptr_t headers; /* its program headers in memory, 0 when no segment holds them */
    uintptr_t start_code, end_code, start_data, end_data;
    uint16_t count; /* of program headers */
    bool executable_stack, asks_stack; /* what PT_GNU_STACK says, when it is there */
    char interpreter[CORE_PATH]; /* "" for none */
    Elf64_Phdr segments[IMAGE_MOST_HEADERS];
};

/*
 * Map the file that fd is: 0, -ENOEXEC for what is no program of this machine, or the error of the
 * kernel, with which its addresses could not be given. fd stays open.
 */
long image_map(struct image *image, int fd);

#endif
