/* Finds libc's own functions in the order in which the loader would, from this library on. */
#include "preload.h"

#include "image.h"

#include <string.h>
#include <unistd.h>

#define LIBC_IMAGES 8

struct aegis_real aegis_real;

static struct { ElfW(Addr) low, high; } libc_images[LIBC_IMAGES];
static int libc_count;

static long absent_number(void) {
    errno = ENOSYS;
    return -1;
}

static void *absent_pointer(void) {
    errno = ENOSYS;
    return NULL;
}

static const struct wanted {
    const char *name;
    size_t offset;
    void *absent;
} wanted[] = {
#define WANT(name, absent) {#name, offsetof(struct aegis_real, name), (void *)(absent)},
#define NUMBER(type, name, parameters) WANT(name, absent_number)
#define POINTER(type, name, parameters) WANT(name, absent_pointer)
#define OPTIONAL(type, name, parameters) WANT(name, NULL)
#include "real.def"
#undef NUMBER
#undef POINTER
#undef OPTIONAL
};
#define WANTED (sizeof wanted / sizeof *wanted)

static void **slot(const struct wanted *want) {
    return (void **)((char *)&aegis_real + want->offset);
}

static int holds(const struct image *image, const void *address) {
    return (ElfW(Addr))address >= image->low && (ElfW(Addr))address < image->high;
}

static int is_libc(const char *soname) {
    static const char *const names[] = {"libc.", "libpthread.", "librt.", "libdl.", "libutil.", "ld-musl"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(soname, names[i], strlen(names[i])) == 0)
            return 1;
    return 0;
}

static int take_from(struct dl_phdr_info *info, size_t size, void *passed_us) {
    (void)size;
    struct image image;
    if (!aegis_image_read(&image, info))
        return 0;
    if (holds(&image, &aegis_real)) {
        *(int *)passed_us = 1;
        return 0;
    }
    if ((is_libc(image.soname) || holds(&image, &environ)) && libc_count < LIBC_IMAGES) {
        libc_images[libc_count].low = image.low;
        libc_images[libc_count++].high = image.high;
    }
    if (!*(int *)passed_us)
        return 0;
    for (size_t i = 0; i < WANTED; i++)
        if (!*slot(&wanted[i]))
            *slot(&wanted[i]) = aegis_image_find(&image, wanted[i].name);
    return 0;
}

void aegis_real_find(void) {
    int passed_us = 0;
    dl_iterate_phdr(take_from, &passed_us);
    for (size_t i = 0; i < WANTED; i++)
        if (!*slot(&wanted[i]))
            *slot(&wanted[i]) = wanted[i].absent;
}

int aegis_in_libc(const void *address) {
    for (int i = 0; i < libc_count; i++)
        if ((ElfW(Addr))address >= libc_images[i].low && (ElfW(Addr))address < libc_images[i].high)
            return 1;
    return 0;
}

struct search {
    const void *after;
    const char *name;
    void *found;
    int passed;
};

static int look_after(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    struct search *search = data;
    struct image image;
    if (!aegis_image_read(&image, info))
        return 0;
    if (holds(&image, search->after))
        search->passed = 1;
    else if (search->passed)
        search->found = aegis_image_find(&image, search->name);
    return search->found != NULL;
}

void *aegis_next_definition(const void *address, const char *name) {
    struct search search = {.after = address, .name = name};
    dl_iterate_phdr(look_after, &search);
    return search.found;
}
