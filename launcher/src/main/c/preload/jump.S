/*
 * Wrappers that must leave no frame of their own behind (x86-64, System V calling convention).
 */
        .text

#define EXPORTED(name) \
        .globl name; \
        .type name, @function; \
        .balign 16; \
name:

/*
 * vfork: the child returns first, on the same stack, so libc's own must find our caller's return
 * address on top of it. In: nothing. Out: rax. Clobbers what a call may.
 */
EXPORTED(vfork)
        cmpl    $0, aegis_preload_started(%rip)
        jne     1f
        sub     $8, %rsp
        xor     %edi, %edi
        call    aegis_preload_start
        add     $8, %rsp
1:      cmpb    $0, aegis_dispatch_on(%rip)
        je      2f
        pop     %rdi                    /* a trapped call: the child is armed before it goes on */
        mov     $58, %eax
        syscall
        push    %rdi
        cmp     $-4095, %rax
        jae     3f
        ret
2:      jmp     *aegis_jump_vfork(%rip)
3:      mov     %rax, %rdi
        jmp     aegis_result_of
        .size   vfork, . - vfork
        .globl  __vfork
        .set    __vfork, vfork

/*
 * dlsym and dlvsym: libc looks at the return address to know what RTLD_NEXT means.
 * In: rdi handle, rsi name, rdx version (dlvsym). aegis_lookup gets them and the caller's address in
 * rcx, and answers the wrapper to hand out, or NULL: then libc's own is entered as if called directly.
 */
EXPORTED(dlsym)
        push    %rdi
        push    %rsi
        sub     $8, %rsp
        xor     %edx, %edx
        mov     24(%rsp), %rcx
        call    aegis_lookup
        add     $8, %rsp
        pop     %rsi
        pop     %rdi
        test    %rax, %rax
        jz      1f
        ret
1:      jmp     *aegis_jump_dlsym(%rip)
        .size   dlsym, . - dlsym

EXPORTED(dlvsym)
        push    %rdi
        push    %rsi
        push    %rdx
        mov     24(%rsp), %rcx
        call    aegis_lookup
        pop     %rdx
        pop     %rsi
        pop     %rdi
        test    %rax, %rax
        jz      1f
        ret
1:      jmp     *aegis_jump_dlvsym(%rip)
        .size   dlvsym, . - dlvsym

/*
 * syscall: a raw clone may give the child a stack of its own, where no frame of ours exists; such a
 * call is made by libc's syscall, entered as if called directly. In: rdi number, rsi rdx rcx r8 r9 and
 * one word on the stack its arguments. aegis_syscall_passes says which those are.
 */
EXPORTED(syscall)
        push    %rdi
        push    %rsi
        push    %rdx
        push    %rcx
        push    %r8
        push    %r9
        sub     $8, %rsp
        call    aegis_syscall_passes
        add     $8, %rsp
        pop     %r9
        pop     %r8
        pop     %rcx
        pop     %rdx
        pop     %rsi
        pop     %rdi
        test    %eax, %eax
        jz      aegis_syscall_wrapper
        jmp     *aegis_jump_syscall(%rip)
        .size   syscall, . - syscall

/*
 * setcontext, swapcontext, makecontext: the mask that is going to be installed loses SIGSYS, then libc's own function is entered
 * as if called directly, since it keeps the caller's stack pointer. In: rdi the context (swapcontext: rsi; makecontext:
 * rdi, whose successor counts). Spoils r11.
 */
        .set    LINK, 8                 /* in a ucontext_t */
        .set    MASK_BYTE, 299          /* of its set of signals, the byte that holds SIGSYS */
        .set    SIGSYS_BIT, 0x40

#define WITHOUT_SIGSYS(context, jump) \
        cmpl    $0, aegis_preload_started(%rip); \
        jne     1f; \
        push    %rdi; push %rsi; push %rdx; push %rcx; push %r8; push %r9; push %rax; \
        xor     %edi, %edi; \
        call    aegis_preload_start; \
        pop     %rax; pop %r9; pop %r8; pop %rcx; pop %rdx; pop %rsi; pop %rdi; \
1:      cmpb    $0, aegis_dispatch_on(%rip); \
        je      2f; \
        mov     context, %r11; \
        test    %r11, %r11; \
        jz      2f; \
        testb   $SIGSYS_BIT, MASK_BYTE(%r11); \
        jz      2f; \
        andb    $~SIGSYS_BIT, MASK_BYTE(%r11); \
2:      jmp     *jump(%rip)

EXPORTED(setcontext)
        WITHOUT_SIGSYS(%rdi, aegis_jump_setcontext)
        .size   setcontext, . - setcontext

EXPORTED(swapcontext)
        WITHOUT_SIGSYS(%rsi, aegis_jump_swapcontext)
        .size   swapcontext, . - swapcontext

EXPORTED(makecontext)
        WITHOUT_SIGSYS(LINK(%rdi), aegis_jump_makecontext)
        .size   makecontext, . - makecontext

/*
 * libc's syscall, but outside the exempt range: the trap gives these calls a meaning of its own. In: as syscall.
 */
        .globl  aegis_trapped_syscall
        .hidden aegis_trapped_syscall
        .type   aegis_trapped_syscall, @function
        .balign 16
aegis_trapped_syscall:
        mov     %rdi, %rax
        mov     %rsi, %rdi
        mov     %rdx, %rsi
        mov     %rcx, %rdx
        mov     %r8, %r10
        mov     %r9, %r8
        mov     8(%rsp), %r9
        syscall
        cmp     $-4095, %rax
        jae     1f
        ret
1:      mov     %rax, %rdi
        jmp     aegis_result_of
        .size   aegis_trapped_syscall, . - aegis_trapped_syscall

        .section .note.GNU-stack, "", @progbits
