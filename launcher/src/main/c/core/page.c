#include "page.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

static bool ends(const char *text, size_t room) {
    for (size_t i = 0; i < room; i++)
        if (!text[i])
            return true;
    return false;
}

static bool valid(const struct core_page *page) {
    return !memcmp(page->magic, CORE_PAGE_MAGIC, sizeof page->magic) && page->version == CORE_PAGE_VERSION &&
           ends(page->session, sizeof page->session) && ends(page->socket, sizeof page->socket) &&
           ends(page->home, sizeof page->home) && ends(page->run, sizeof page->run) &&
           ends(page->library, sizeof page->library) && ends(page->gate, sizeof page->gate) &&
           ends(page->distribution, sizeof page->distribution) && ends(page->loader, sizeof page->loader);
}

static const struct core_page *map(int fd) {
    struct stat st;
    if (SYS2(__NR_fstat, fd, &st) || !S_ISREG(st.st_mode) || st.st_size != CORE_PAGE_SIZE)
        return NULL;
    if ((st.st_uid != 0 && st.st_uid != (uid_t)SYS0(__NR_geteuid)) || (st.st_mode & 022))
        return NULL;
    long at = SYS6(__NR_mmap, 0, CORE_PAGE_SIZE, PROT_READ, MAP_SHARED, fd, 0);
    if (CORE_FAILED(at))
        return NULL;
    if (valid((const void *)at))
        return (const void *)at;
    SYS2(__NR_munmap, at, CORE_PAGE_SIZE);
    return NULL;
}

const struct core_page *core_page_map(const char *directory) {
    char path[1100];
    size_t size = core_append(path, sizeof path, directory);
    core_append(path + size, sizeof path - size, "/page");
    long fd = SYS4(__NR_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
    if (fd < 0)
        return NULL;
    const struct core_page *page = map((int)fd);
    SYS1(__NR_close, fd);
    return page;
}
