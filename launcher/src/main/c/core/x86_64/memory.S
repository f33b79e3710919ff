/*
 * void *memcpy(void *to, const void *from, size_t size)    rdi, rsi, rdx -> rax
 * void *memset(void *to, int byte, size_t size)            rdi, esi, rdx -> rax
 *
 * The compiler calls both by name. Clobbers: rcx, rdi, rsi.
 */
        .text
        .globl  memcpy
        .hidden memcpy
        .type   memcpy, @function
memcpy:
        movq    %rdi, %rax
        movq    %rdx, %rcx
        rep movsb
        ret
        .size   memcpy, . - memcpy

        .globl  memset
        .hidden memset
        .type   memset, @function
memset:
        movq    %rdi, %r8
        movl    %esi, %eax
        movq    %rdx, %rcx
        rep stosb
        movq    %r8, %rax
        ret
        .size   memset, . - memset

        .section .note.GNU-stack, "", @progbits
