#include "program.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#include "page.h"
#include "place.h"
#include "state.h"

#define MOST_HEADERS 128
#define NO_EXEC 8  /* ST_NOEXEC */
#define NO_SUID 2  /* ST_NOSUID */
#define PR_GET_NO_NEW_PRIVS 39
#define X_OK_ 1

struct file {
    int fd;
    size_t size;
    uint8_t head[CORE_HEAD + 1];
};

static void declare(struct core_program *program, enum core_route route, enum core_coverage coverage,
                    enum core_cause cause) {
    program->route = route;
    program->coverage = coverage;
    program->cause = cause;
}

static bool has_loader(void) {
    return core_image.page && *core_image.page->loader && aegis_wants_trap();
}

static const char *base_name(const char *path) {
    const char *base = path;
    for (; *path; path++)
        if (*path == '/')
            base = path + 1;
    return base;
}

/* May it be executed at all? The kernel's answers, before anybody is asked. */
static long check(int object, struct stat *st) {
    struct statfs fs;
    long error = SYS4(__NR_newfstatat, object, "", st, AT_EMPTY_PATH);
    if (error)
        return error;
    if (!S_ISREG(st->st_mode))
        return -EACCES;
    if (!SYS2(__NR_fstatfs, object, &fs) && fs.f_flags & NO_EXEC)
        return -EACCES;
    return core_check_access(object, X_OK_);
}

/* True when the kernel gives the program other rights than its caller has, and its loader so ignores us. */
static bool raises(int object, const struct stat *st, enum core_cause *cause) {
    struct statfs fs;
    char link[40], capabilities[32];
    if (SYS5(__NR_prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
        return false;
    if (!SYS2(__NR_fstatfs, object, &fs) && fs.f_flags & NO_SUID)
        return false;
    *cause = CORE_SET_ID;
    if (st->st_mode & S_ISUID && st->st_uid != (uid_t)SYS0(__NR_getuid))
        return true;
    if ((st->st_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP) && st->st_gid != (gid_t)SYS0(__NR_getgid))
        return true;
    *cause = CORE_FILE_CAPABILITIES;
    core_descriptor_path(link, object);
    return SYS0(__NR_getuid) != 0 &&
           SYS4(__NR_getxattr, link, "security.capability", capabilities, sizeof capabilities) > 0;
}

static bool read_at(int fd, void *to, size_t size, uint64_t offset) {
    return SYS4(__NR_pread64, fd, to, size, offset) == (long)size;
}

/* Name of the loader: 0 when the program has none, -1 when the file makes no sense. */
static int find_loader(const struct file *file, char *loader, size_t room) {
    Elf64_Ehdr head;
    memcpy(&head, file->head, sizeof head);
    if (head.e_phentsize != sizeof(Elf64_Phdr) || !head.e_phnum || head.e_phnum > MOST_HEADERS)
        return -1;
    for (unsigned i = 0; i < head.e_phnum; i++) {
        Elf64_Phdr segment;
        if (!read_at(file->fd, &segment, sizeof segment, head.e_phoff + i * sizeof segment))
            return -1;
        if (segment.p_type != PT_INTERP)
            continue;
        if (segment.p_filesz < 2 || segment.p_filesz > room || !read_at(file->fd, loader, segment.p_filesz, segment.p_offset))
            return -1;
        return loader[segment.p_filesz - 1] ? -1 : 1;
    }
    return 0;
}

bool core_is_glibc_loader(const char *path) {
    const char *name = base_name(path);
    return core_starts_with(name, "ld-linux") || core_starts_with(name, "ld-2.");
}

static long inspect_elf(struct core_program *program, const struct file *file, const char *path) {
    Elf64_Ehdr head;
    memcpy(&head, file->head, sizeof head);
    if (head.e_ident[EI_CLASS] != ELFCLASS64 || head.e_machine != CORE_MACHINE) {
        declare(program, CORE_NATIVE, CORE_UNCOVERED, CORE_FOREIGN_CLASS);
        return 0;
    }
    if (file->size < sizeof head || (head.e_type != ET_EXEC && head.e_type != ET_DYN))
        return -ENOEXEC;
    int found = find_loader(file, program->room, CORE_PATH);
    if (found < 0)
        return -ENOEXEC;
    /* The linker, when it is started itself, maps any program, which our library may not be able to watch from within. */
    bool is_linker = !found && core_is_glibc_loader(path);
    bool is_static = !found && (!is_linker || (has_loader() && aegis_wants_trap()));
    bool foreign = found && !core_is_glibc_loader(program->room);
    enum core_cause cause = is_static ? CORE_STATIC : foreign ? CORE_FOREIGN_LIBC : CORE_DYNAMIC;
    if (has_loader() && (is_static || foreign || aegis_wants_loader() || core_image.filtered))
        declare(program, CORE_LOADED, CORE_EVERY_CALL, cause);
    else if (is_static || foreign)
        declare(program, CORE_NATIVE, is_static ? CORE_EXEC_ONLY : CORE_UNCOVERED, cause);
    else
        declare(program, CORE_PRELOADED, aegis_wants_trap() ? CORE_LIBC_RAW : CORE_LIBC, cause);
    return 0;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* The words after "#!": false when the kernel would not take the file as a script. */
static bool read_shebang(struct core_shebang *shebang, const struct file *file) {
    memcpy(shebang->line, file->head, sizeof shebang->line);
    char *at = shebang->line + 2, *end = shebang->line + file->size, *line = at;
    while (line < end && *line && *line != '\n')
        line++;
    bool whole = line < end || file->size < CORE_HEAD;
    const char *cut = line;
    while (line > at && is_blank(line[-1]))
        line--;
    while (at < line && is_blank(*at))
        at++;
    shebang->interpreter = at;
    while (at < line && !is_blank(*at))
        at++;
    if (at == shebang->interpreter || (at == cut && !whole))
        return false;
    *line = 0;
    shebang->argument = NULL;
    if (at == line)
        return true;
    *at++ = 0;
    while (is_blank(*at))
        at++;
    shebang->argument = *at ? at : NULL;
    return true;
}

/* Some kernels are told of further formats; only they know. */
static bool knows_other_formats(void) {
    struct stat st;
    return SYS4(__NR_newfstatat, AT_FDCWD, "/proc/sys/fs/binfmt_misc/status", &st, 0) == 0;
}

/* Keep the file of a program that is to be loaded, open as it is, or close it. */
static void keep(struct core_program *program, const struct file *file) {
    if (program->route == CORE_LOADED && !aegis_identify(file->fd, "", AT_EMPTY_PATH, &program->identity))
        program->file = file->fd;
    else
        SYS1(__NR_close, file->fd);
}

static long look(struct core_program *program, int object, const char *path, struct file *file,
                 struct core_shebang *shebang, const char **next) {
    struct stat st;
    enum core_cause cause = CORE_DYNAMIC;
    char link[40];
    long error = check(object, &st);
    if (error)
        return error;
    *next = NULL;
    int proc = core_descriptor_link(link, object);
    long fd = SYS4(__NR_openat, proc, link, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
    if (fd < 0) {
        declare(program, CORE_NATIVE, CORE_UNCOVERED, CORE_UNREADABLE);
        return 0;
    }
    file->fd = (int)fd;
    long size = SYS4(__NR_pread64, fd, file->head, CORE_HEAD, 0);
    file->size = size > 0 ? (size_t)size : 0;
    file->head[file->size] = 0;
    if (file->size > 4 && !memcmp(file->head, ELFMAG, SELFMAG)) {
        memset(file->head + file->size, 0, CORE_HEAD - file->size);
        error = inspect_elf(program, file, path);
        if (!error && raises(object, &st, &cause))
            declare(program, CORE_NATIVE, CORE_UNCOVERED, cause);
    } else if (file->size > 2 && file->head[0] == '#' && file->head[1] == '!') {
        error = shebang && read_shebang(shebang, file) ? 0 : shebang ? -ENOEXEC : -ELOOP;
        if (!error)
            *next = shebang->interpreter;
    } else {
        declare(program, CORE_NATIVE, CORE_UNCOVERED, CORE_NOT_ELF);
        error = knows_other_formats() && file->size ? 0 : -ENOEXEC;
    }
    if (error)
        program->route = CORE_NATIVE;
    keep(program, file);
    return error;
}

static struct core_shebang *room_for(struct core_program *program) {
    return program->depth < CORE_INTERPRETERS ? &program->shebangs[program->depth] : NULL;
}

long core_program_inspect(struct core_program *program, int object, const char *path) {
    struct core_place place;
    struct file file;
    const char *next;
    core_place_begin(&place);
    program->script = false;
    program->route = CORE_NATIVE;
    program->depth = 0;
    long error = look(program, object, path, &file, room_for(program), &next);
    while (!error && next) {
        struct core_place interpreter;
        core_place_begin(&interpreter);
        program->depth++;
        error = core_pin_object(&interpreter, AT_FDCWD, next, 0);
        if (!error)
            error = core_name_place(&interpreter, program->interpreter);
        core_place_end(&place);
        place = interpreter;
        program->script = true;
        if (!error)
            error = look(program, place.object, place.path, &file, room_for(program), &next);
    }
    core_place_end(&place);
    return error;
}

void core_program_end(struct core_program *program) {
    if (program->file >= 0)
        SYS1(__NR_close, program->file);
    program->file = -1;
}
