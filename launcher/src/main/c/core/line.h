/*
 * The one address from which loaders and gates speak to the daemon: the same in every process, so that the filters of
 * system calls that programs install for themselves and their children can be told of it (dispatch/filter.c).
 *
 * build.sh has the same numbers: the linker puts the loader's stubs at AEGIS_LINE_PAGE, and the gate's at AEGIS_LINE.
 */
#ifndef AEGIS_LINE_H
#define AEGIS_LINE_H

#define AEGIS_LINE_PAGE 0x2ae8fff00000UL
#define AEGIS_LINE_OFFSET 48
#define AEGIS_LINE (AEGIS_LINE_PAGE + AEGIS_LINE_OFFSET)

#endif
