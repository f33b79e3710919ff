/*
 * Room for the stubs of the dispatch: the linker puts this section at AEGIS_LINE_PAGE of core/line.h, so that the loader
 * speaks to the daemon from the same address in every process.
 */
        .section .aegis_stubs, "aw", @nobits
        .globl  loader_stubs, loader_stubs_end
        .balign 4096
loader_stubs:
        .zero   36864                   /* whole pages, AEGIS_DISPATCH_ENOUGH of dispatch.h in them */
loader_stubs_end:

        .section .note.GNU-stack, "", @progbits
