/*
 * Symbol look-up without dlsym: that one takes a lock, may allocate and is itself taken over by us.
 * Reads the tables that the loader reads, so it works for glibc and musl and before any constructor.
 */
#include "preload.h"

#include "image.h"

#include <string.h>

#define HIDDEN_VERSION 0x8000

static const void *at(const struct image *image, ElfW(Addr) value) {
    /* glibc relocates these entries in place, musl leaves them as offsets. */
    return (const void *)(value < image->base ? image->base + value : value);
}

int aegis_image_read(struct image *image, const struct dl_phdr_info *info) {
    *image = (struct image){.base = info->dlpi_addr, .low = ~(ElfW(Addr))0};
    const ElfW(Dyn) *dynamic = NULL;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        ElfW(Addr) start = info->dlpi_addr + header->p_vaddr;
        if (header->p_type == PT_DYNAMIC)
            dynamic = (const ElfW(Dyn) *)start;
        if (header->p_type != PT_LOAD)
            continue;
        if (start < image->low)
            image->low = start;
        if (start + header->p_memsz > image->high)
            image->high = start + header->p_memsz;
    }
    if (!dynamic)
        return 0;
    ElfW(Addr) soname = 0;
    for (; dynamic->d_tag != DT_NULL; dynamic++) {
        ElfW(Addr) value = dynamic->d_un.d_ptr;
        switch (dynamic->d_tag) {
        case DT_SYMTAB: image->symbols = at(image, value); break;
        case DT_STRTAB: image->strings = at(image, value); break;
        case DT_VERSYM: image->versions = at(image, value); break;
        case DT_GNU_HASH: image->gnu_hash = at(image, value); break;
        case DT_HASH: image->hash = at(image, value); break;
        case DT_SONAME: soname = value; break;
        default: break;
        }
    }
    if (!image->symbols || !image->strings || !(image->gnu_hash || image->hash))
        return 0;
    image->soname = soname ? image->strings + soname : "";
    return 1;
}

static void *matches(const struct image *image, unsigned index, const char *name) {
    const ElfW(Sym) *symbol = &image->symbols[index];
    unsigned type = symbol->st_info & 0xf;
    if (symbol->st_shndx == SHN_UNDEF || (type != STT_FUNC && type != STT_NOTYPE))
        return NULL;
    if (image->versions && (image->versions[index] & HIDDEN_VERSION))
        return NULL;
    if (strcmp(image->strings + symbol->st_name, name) != 0)
        return NULL;
    return (void *)(image->base + symbol->st_value);
}

static void *find_by_gnu_hash(const struct image *image, const char *name) {
    unsigned code = 5381;
    for (const char *p = name; *p; p++)
        code = code * 33 + (unsigned char)*p;
    unsigned buckets = image->gnu_hash[0], first = image->gnu_hash[1], words = image->gnu_hash[2];
    const unsigned *bucket = image->gnu_hash + 4 + words * (sizeof(ElfW(Addr)) / sizeof(unsigned));
    const unsigned *chain = bucket + buckets;
    unsigned index = buckets ? bucket[code % buckets] : 0;
    if (index < first)
        return NULL;
    for (;; index++) {
        unsigned entry = chain[index - first];
        void *found = (entry | 1) == (code | 1) ? matches(image, index, name) : NULL;
        if (found || (entry & 1))
            return found;
    }
}

static void *find_by_hash(const struct image *image, const char *name) {
    unsigned code = 0;
    for (const char *p = name; *p; p++) {
        code = (code << 4) + (unsigned char)*p;
        unsigned top = code & 0xf0000000;
        code = (code ^ (top >> 24)) & ~top;
    }
    unsigned buckets = image->hash[0];
    const unsigned *bucket = image->hash + 2, *chain = bucket + buckets;
    for (unsigned index = buckets ? bucket[code % buckets] : 0; index; index = chain[index]) {
        void *found = matches(image, index, name);
        if (found)
            return found;
    }
    return NULL;
}

void *aegis_image_find(const struct image *image, const char *name) {
    return image->gnu_hash ? find_by_gnu_hash(image, name) : find_by_hash(image, name);
}
