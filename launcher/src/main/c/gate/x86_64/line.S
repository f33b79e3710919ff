/*
 * The call by which the gate speaks to the daemon, at the address that filters of system calls are told of: the linker
 * puts this section at AEGIS_LINE of core/line.h. In and out as the kernel has it.
 */
        .section .aegis_line, "ax", @progbits
        .globl  gate_line
        .type   gate_line, @function
gate_line:
        syscall
        ret
        .size   gate_line, . - gate_line

        .section .note.GNU-stack, "", @progbits
