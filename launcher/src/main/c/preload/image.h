/* One object that the loader has mapped, and the symbols that it defines. */
#ifndef AEGIS_IMAGE_H
#define AEGIS_IMAGE_H

#include <link.h>

struct image {
    ElfW(Addr) base, low, high;
    const ElfW(Sym) *symbols;
    const char *strings;
    const ElfW(Half) *versions;
    const unsigned *gnu_hash;
    const unsigned *hash;
    const char *soname;
};

/* Read what dl_iterate_phdr tells of an object; 0 when it has no dynamic symbols. */
int aegis_image_read(struct image *image, const struct dl_phdr_info *info);

/* The default version of a function, or NULL. */
void *aegis_image_find(const struct image *image, const char *name);

#endif
