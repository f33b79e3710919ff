/*
 * Arms the trap with libc's text exempt: its calls go through wrappers already and shall cost nothing more.
 *
 * The exempt range is one block, and our stubs must lie in it. The end of the last page of libc's text is empty and
 * already within; where it is too short, the pages beside libc are tried, so that the range never holds anything
 * but libc and the stubs.
 */
#include "preload.h"

#include "trap.h"

#include <link.h>
#include <stdint.h>
#include <sys/mman.h>

#include "../dispatch/dispatch.h"

#define PAGE 4096UL
#define LINE 64UL

struct place {
    uintptr_t text, text_end; /* of the instructions */
    uintptr_t low, high;      /* of all that is mapped */
};

static uintptr_t up(uintptr_t address, uintptr_t unit) {
    return (address + unit - 1) & ~(unit - 1);
}

static int look(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    struct place place = {.low = UINTPTR_MAX};
    uintptr_t known = (uintptr_t)aegis_real.gnu_get_libc_version;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        uintptr_t start = info->dlpi_addr + header->p_vaddr, end = start + header->p_memsz;
        if (header->p_type != PT_LOAD)
            continue;
        if (start < place.low)
            place.low = start & ~(PAGE - 1);
        if (end > place.high)
            place.high = up(end, PAGE);
        if (header->p_flags & PF_X && known >= start && known < end) {
            place.text = start & ~(PAGE - 1);
            place.text_end = end;
        }
    }
    if (!place.text)
        return 0;
    *(struct place *)data = place;
    return 1;
}

/* In the rest of the last page of the text. */
static long start_within(const struct place *place) {
    uintptr_t code = up(place->text_end, LINE), end = up(place->text_end, PAGE);
    long error = aegis_dispatch_place((void *)code, end - code);
    return error ? error : aegis_dispatch_start((void *)place->text, end - place->text);
}

static long start_at(const struct place *place, uintptr_t code) {
    long at = SYS6(SYS_mmap, code, AEGIS_DISPATCH_ENOUGH, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if ((unsigned long)at > -4096UL)
        return at;
    long error = (uintptr_t)at == code ? aegis_dispatch_place((void *)code, AEGIS_DISPATCH_ENOUGH) : -EEXIST;
    if (error) {
        SYS2(SYS_munmap, at, AEGIS_DISPATCH_ENOUGH);
        return error;
    }
    uintptr_t from = code < place->text ? code : place->text;
    uintptr_t end = code < place->text ? up(place->text_end, PAGE) : code + AEGIS_DISPATCH_ENOUGH;
    return aegis_dispatch_start((void *)from, end - from);
}

long aegis_trap_start(void) {
    struct place place = {0};
    if (!aegis_real.gnu_get_libc_version || !dl_iterate_phdr(look, &place))
        return -ENOSYS;
    long error = start_within(&place);
    if (error == -ENOSPC)
        error = start_at(&place, place.high);
    if (error == -EEXIST)
        error = start_at(&place, place.low - up(AEGIS_DISPATCH_ENOUGH, PAGE));
    return error;
}
