/* Ways around: other conventions, other numbers, rings, the dispatch itself, the exempt code. */
#include "raw.h"

#include <link.h>
#include <sys/mman.h>
#include <sys/prctl.h>

static uintptr_t text, text_size;

static int find_text(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size, (void)data;
    if (!strstr(info->dlpi_name, "/libc.so"))
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_flags & PF_X) {
            text = (info->dlpi_addr + info->dlpi_phdr[i].p_vaddr) & ~4095UL;
            text_size = info->dlpi_phdr[i].p_memsz;
        }
    return 1;
}

static long by_int80(long nr, long a) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(nr), "b"(a) : "memory", "r8", "r9", "r10", "r11");
    return result;
}

int main(void) {
    char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    make("int80");
    strcpy(low, "int80");
    EXPECT((int)by_int80(10 /* unlink */, (long)low) == -ENOSYS && is_there("int80"), "int $0x80");
    make("x32");
    EXPECT(RAW(SYS_unlink | 0x40000000, "x32") == -ENOSYS && is_there("x32"), "x32");
    make("upper-victim");
    EXPECT(RAW(SYS_unlink | 0x100000000, "upper-victim") < 0 && is_there("upper-victim"), "upper half of the number");
    EXPECT(RAW(435, NULL, 0) == -ENOSYS, "clone3");
    EXPECT(RAW(425, 8, NULL) == -ENOSYS, "io_uring_setup");
    EXPECT(syscall(425, 8, NULL) == -1 && errno == ENOSYS, "io_uring_setup by libc");
    EXPECT(RAW(SYS_prctl, 59, 0, 0, 0, 0) == -EINVAL, "dispatch off");
    EXPECT(prctl(59, 0, 0, 0, 0) == -1 && errno == EINVAL, "dispatch off, by libc");
    EXPECT(syscall(SYS_prctl, 59, 0, 0, 0, 0) == -1 && errno == EINVAL, "dispatch off, by number");
    dl_iterate_phdr(find_text, NULL);
    EXPECT(RAW(SYS_mprotect, text, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) == -EPERM, "mprotect of exempt code");
    EXPECT(RAW(SYS_munmap, text + text_size - 1 & ~4095UL, 4096) == -EPERM, "munmap of exempt code");
    EXPECT(RAW(SYS_mmap, text, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == -EPERM, "mmap over exempt code");
    EXPECT(RAW(SYS_mremap, low, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, text) == -EPERM, "mremap over exempt code");
    EXPECT(mprotect((void *)text, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) == -1 && errno == EPERM, "mprotect by libc");
    EXPECT(mmap((void *)text, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED, "mmap by libc");
    EXPECT(munmap((void *)text, 4096) == -1 && errno == EPERM, "munmap by libc");
    EXPECT(mremap(low, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)text) == MAP_FAILED, "mremap by libc");
    make("after-victim");
    EXPECT(RAW(SYS_unlink, "after-victim") == -EPERM && is_there("after-victim"), "afterwards");
    return failures != 0;
}
