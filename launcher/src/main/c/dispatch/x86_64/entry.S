/*
 * Entries that the kernel, the stubs or the handler jump to; none is called.
 *
 * Registers of a struct aegis_detour_frame stand in the order of the kernel's signal context.
 */
        .set    R8, 0
        .set    R9, 8
        .set    R10, 16
        .set    R12, 32
        .set    R13, 40
        .set    R14, 48
        .set    R15, 56
        .set    RDI, 64
        .set    RSI, 72
        .set    RBP, 80
        .set    RBX, 88
        .set    RDX, 96
        .set    RAX, 104
        .set    RSP, 120
        .set    RIP, 128
        .set    FLAGS, 136
        .set    RECORD, 144

        .set    CONTEXT_RIP, 168        /* in a ucontext_t */
        .set    CONTEXT_RAX, 144
        .set    CONTEXT_RSP, 160

        .text

#define ENTRY(name) \
        .globl  name; \
        .hidden name; \
        .type   name, @function; \
        .balign 16; \
name:

#define LABEL(name) \
        .globl  name; \
        .hidden name; \
name:

/*
 * A detour. In: rsp the frame, aligned to 64. All registers but rcx and r11, which a system call spoils anyway, are
 * the guest's when it ends; rax the result.
 */
ENTRY(aegis_detour_start)
        cld
        movq    %rsp, %rdi
        call    aegis_detour_run
        pushq   FLAGS(%rsp)
        popfq
        movq    R8(%rsp), %r8
        movq    R9(%rsp), %r9
        movq    R10(%rsp), %r10
        movq    R12(%rsp), %r12
        movq    R13(%rsp), %r13
        movq    R14(%rsp), %r14
        movq    R15(%rsp), %r15
        movq    RDI(%rsp), %rdi
        movq    RSI(%rsp), %rsi
        movq    RBP(%rsp), %rbp
        movq    RBX(%rsp), %rbx
        movq    RDX(%rsp), %rdx
        movq    RAX(%rsp), %rax
        movq    RIP(%rsp), %rcx
        movq    RECORD(%rsp), %r11
        movq    RSP(%rsp), %rsp
LABEL(aegis_detour_leaving)
        movq    $0, 8(%r11)
        movl    $0, (%r11)              /* the frame may be gone from here on */
LABEL(aegis_detour_left)
        jmp     *%rcx
        .size   aegis_detour_start, . - aegis_detour_start

/*
 * First steps of a child of clone or vfork. In: rcx the guest's return address, rax 0, everything else the guest's
 * own; its stack may be its parent's (vfork), so the red zone stays untouched.
 */
ENTRY(aegis_child_entry)
        leaq    -128(%rsp), %rsp
        pushq   %rcx
        pushq   %rdi
        pushq   %rsi
        pushq   %rdx
        pushq   %r8
        pushq   %r9
        pushq   %r10
        pushq   %rbp
        movq    %rsp, %rbp
        andq    $-16, %rsp
        cld
        call    aegis_dispatch_arm
        movq    %rbp, %rsp
        popq    %rbp
        popq    %r10
        popq    %r9
        popq    %r8
        popq    %rdx
        popq    %rsi
        popq    %rdi
        popq    %rcx
        leaq    128(%rsp), %rsp
        movl    $0, %eax
        jmp     *%rcx
        .size   aegis_child_entry, . - aegis_child_entry

/*
 * What the kernel calls in place of each handler of the guest. In: edi number, rsi info, rdx context, as the
 * handler gets them. Leaves no frame, but for a signal that interrupts a detour.
 */
ENTRY(aegis_signal_arrived)
        pushq   %rdi
        pushq   %rsi
        pushq   %rdx
        call    aegis_dispatch_arm_handler
        popq    %rdx
        popq    %rsi
        popq    %rdi
        movq    CONTEXT_RIP(%rdx), %rax
        subq    aegis_stubs_start(%rip), %rax
        cmpq    aegis_stubs_size(%rip), %rax
        jb      2f
1:      cmpl    $0, aegis_detours_used(%rip)
        jne     aegis_signal_maybe_in_detour
        leaq    aegis_signal_handlers(%rip), %rcx
        movl    %edi, %eax
        movq    (%rcx,%rax,8), %rcx
        xorl    %eax, %eax
        jmp     *%rcx
2:      pushq   %rdi
        pushq   %rsi
        pushq   %rdx
        movq    CONTEXT_RIP(%rdx), %rdi
        movq    CONTEXT_RAX(%rdx), %rsi
        call    aegis_stub_shown
        popq    %rdx
        popq    %rsi
        popq    %rdi
        testq   %rax, %rax
        jz      1b
        movq    %rax, CONTEXT_RIP(%rdx)
        jmp     1b
        .size   aegis_signal_arrived, . - aegis_signal_arrived

        .section .note.GNU-stack, "", @progbits
