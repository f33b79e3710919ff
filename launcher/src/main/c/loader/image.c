#include "loader/image.h"

#include <sys/mman.h>

#define PAGE 4096UL
#define MOST_ADDRESS 0x800000000000UL

static uintptr_t down(uintptr_t address) {
    return address & ~(PAGE - 1);
}

static uintptr_t up(uintptr_t address) {
    return down(address + PAGE - 1);
}

static bool read_at(int fd, void *to, size_t size, uint64_t offset) {
    char *at = to;
    while (size) {
        long got = SYS4(__NR_pread64, fd, at, size, offset);
        if (got == -EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        offset += (uint64_t)got;
        size -= (size_t)got;
    }
    return true;
}

/* What the kernel checks of the header. */
static bool is_program(const Elf64_Ehdr *head) {
    return !memcmp(head->e_ident, ELFMAG, SELFMAG) && head->e_ident[EI_CLASS] == ELFCLASS64 &&
           head->e_machine == CORE_MACHINE && (head->e_type == ET_EXEC || head->e_type == ET_DYN) &&
           head->e_phentsize == sizeof(Elf64_Phdr) && head->e_phnum && head->e_phnum <= IMAGE_MOST_HEADERS;
}

static bool is_sound(const Elf64_Phdr *segment) {
    return segment->p_filesz <= segment->p_memsz && segment->p_vaddr < MOST_ADDRESS &&
           segment->p_memsz < MOST_ADDRESS - segment->p_vaddr &&
           (!segment->p_filesz || !((segment->p_vaddr ^ segment->p_offset) & (PAGE - 1)));
}

static long read_interpreter(struct image *image, int fd, const Elf64_Phdr *segment) {
    if (segment->p_filesz < 2 || segment->p_filesz > sizeof image->interpreter ||
        !read_at(fd, image->interpreter, segment->p_filesz, segment->p_offset) ||
        image->interpreter[segment->p_filesz - 1])
        return -ENOEXEC;
    return 0;
}

/* All of the headers but the segments to map. */
static long read_notes(struct image *image, int fd) {
    for (unsigned i = 0; i < image->count; i++) {
        const Elf64_Phdr *segment = &image->segments[i];
        if (segment->p_type == PT_INTERP && !*image->interpreter) {
            long error = read_interpreter(image, fd, segment);
            if (error)
                return error;
        } else if (segment->p_type == PT_GNU_STACK) {
            image->asks_stack = true;
            image->executable_stack = segment->p_flags & PF_X;
        } else if (segment->p_type == PT_LOAD && !is_sound(segment)) {
            return -ENOEXEC;
        }
    }
    return 0;
}

static bool is_mapped(const Elf64_Phdr *segment) {
    return segment->p_type == PT_LOAD && segment->p_memsz;
}

struct span {
    uintptr_t low, high, align;
};

static struct span span_of(const struct image *image) {
    struct span span = {.low = MOST_ADDRESS, .align = PAGE};
    for (unsigned i = 0; i < image->count; i++) {
        const Elf64_Phdr *segment = &image->segments[i];
        if (!is_mapped(segment))
            continue;
        if (down(segment->p_vaddr) < span.low)
            span.low = down(segment->p_vaddr);
        if (up(segment->p_vaddr + segment->p_memsz) > span.high)
            span.high = up(segment->p_vaddr + segment->p_memsz);
        if (!(segment->p_align & (segment->p_align - 1)) && segment->p_align > span.align)
            span.align = segment->p_align;
    }
    return span;
}

/*
 * Find room for the whole file, and leave it free: nothing else runs here yet, and gaps between its
 * segments must count neither as mapped nor against a limit.
 */
static long find_room(const struct span *span, bool fixed, uintptr_t *at) {
    size_t size = span->high - span->low, spare = fixed ? 0 : span->align - PAGE;
    if (size + spare < size)
        return -ENOMEM;
    long room = SYS6(__NR_mmap, fixed ? span->low : 0, size + spare, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (fixed ? MAP_FIXED_NOREPLACE : 0), -1, 0);
    if (CORE_FAILED(room))
        return room;
    SYS2(__NR_munmap, room, size + spare);
    *at = fixed ? (uintptr_t)room : (((uintptr_t)room + spare) & ~(span->align - 1));
    return 0;
}

static int protection(const Elf64_Phdr *segment) {
    return (segment->p_flags & PF_R ? PROT_READ : 0) | (segment->p_flags & PF_W ? PROT_WRITE : 0) |
           (segment->p_flags & PF_X ? PROT_EXEC : 0);
}

/* The part that the file holds, then zeros: to the end of that page, and in pages of their own. */
static long map_segment(const struct image *image, int fd, const Elf64_Phdr *segment) {
    uintptr_t start = down(segment->p_vaddr) + image->bias, from_file = segment->p_vaddr + segment->p_filesz + image->bias;
    uintptr_t end = up(segment->p_vaddr + segment->p_memsz + image->bias), zeros = start;
    int rights = protection(segment);
    if (segment->p_filesz) {
        zeros = up(from_file);
        long at = SYS6(__NR_mmap, start, zeros - start, rights, MAP_PRIVATE | MAP_FIXED, fd, down(segment->p_offset));
        if (CORE_FAILED(at))
            return at;
        if (segment->p_memsz > segment->p_filesz && rights & PROT_WRITE)
            memset((void *)from_file, 0, zeros - from_file);
    }
    if (end <= zeros)
        return 0;
    long at = SYS6(__NR_mmap, zeros, end - zeros, rights, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0);
    return CORE_FAILED(at) ? at : 0;
}

static void note_bounds(struct image *image, const Elf64_Ehdr *head, const Elf64_Phdr *segment) {
    uintptr_t start = segment->p_vaddr + image->bias, end = start + segment->p_filesz;
    if (!image->headers && head->e_phoff >= segment->p_offset &&
        head->e_phoff - segment->p_offset < segment->p_filesz)
        image->headers = start + (head->e_phoff - segment->p_offset);
    if (segment->p_flags & PF_X && (!image->start_code || start < image->start_code))
        image->start_code = start;
    if (segment->p_flags & PF_X && end > image->end_code)
        image->end_code = end;
    if (start > image->start_data)
        image->start_data = start;
    if (end > image->end_data)
        image->end_data = end;
}

static long map_segments(struct image *image, int fd, const Elf64_Ehdr *head) {
    struct span span = span_of(image);
    uintptr_t room;
    if (span.high <= span.low)
        return -ENOEXEC;
    long error = find_room(&span, head->e_type == ET_EXEC, &room);
    if (error)
        return error;
    image->bias = room - span.low;
    image->entry = head->e_entry + image->bias;
    for (unsigned i = 0; !error && i < image->count; i++) {
        if (!is_mapped(&image->segments[i]))
            continue;
        error = map_segment(image, fd, &image->segments[i]);
        note_bounds(image, head, &image->segments[i]);
    }
    return error;
}

long image_map(struct image *image, int fd) {
    Elf64_Ehdr head;
    *image->interpreter = 0;
    if (!read_at(fd, &head, sizeof head, 0) || !is_program(&head))
        return -ENOEXEC;
    image->count = head.e_phnum;
    if (!read_at(fd, image->segments, head.e_phnum * sizeof(Elf64_Phdr), head.e_phoff))
        return -ENOEXEC;
    long error = read_notes(image, fd);
    return error ? error : map_segments(image, fd, &head);
}
