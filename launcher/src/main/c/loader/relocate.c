/*
 * The loader moves itself: a static program that lies anywhere has nobody else to fill in its addresses.
 * Nothing that holds an address may be used before this is done, and nothing here does.
 */
#include <elf.h>
#include <sys/mman.h>

#include "core/base.h"
#include "loader/loader.h"

#define PAGE 4096UL

/* What was filled in is written by nobody from now on. */
static void protect(uintptr_t base) {
    const Elf64_Ehdr *head = (const Elf64_Ehdr *)base;
    const Elf64_Phdr *segments = (const Elf64_Phdr *)(base + head->e_phoff);
    for (unsigned i = 0; i < head->e_phnum; i++) {
        if (segments[i].p_type != PT_GNU_RELRO)
            continue;
        uintptr_t start = (base + segments[i].p_vaddr) & ~(PAGE - 1);
        uintptr_t end = (base + segments[i].p_vaddr + segments[i].p_memsz) & ~(PAGE - 1);
        SYS3(__NR_mprotect, start, end - start, PROT_READ);
    }
}

void loader_relocate(uintptr_t base, const Elf64_Dyn *dynamic) {
    const Elf64_Rela *at = NULL;
    size_t size = 0;
    for (; dynamic->d_tag != DT_NULL; dynamic++) {
        if (dynamic->d_tag == DT_RELA)
            at = (const Elf64_Rela *)(base + dynamic->d_un.d_ptr);
        else if (dynamic->d_tag == DT_RELASZ)
            size = dynamic->d_un.d_val;
    }
    for (const Elf64_Rela *end = at + size / sizeof *at; at < end; at++)
        if (ELF64_R_TYPE(at->r_info) == R_X86_64_RELATIVE)
            *(uintptr_t *)(base + at->r_offset) = base + (uintptr_t)at->r_addend;
    protect(base);
}
