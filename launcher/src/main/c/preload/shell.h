/* What system, popen and wordexp have in common: the shell. */
#ifndef AEGIS_SHELL_H
#define AEGIS_SHELL_H

#define AEGIS_SHELL "/bin/sh"

/* The vector for /bin/sh -c command, as this libc writes it. */
#define AEGIS_SHELL_ARGUMENTS 5
void aegis_shell_command(char *vector[AEGIS_SHELL_ARGUMENTS], const char *command);

#endif
