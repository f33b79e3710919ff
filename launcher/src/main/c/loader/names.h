/* System calls that take the name of a file, which may be the exe link of a process: the program is meant. */
#ifndef AEGIS_LOADER_NAMES_H
#define AEGIS_LOADER_NAMES_H

/* Claim them from the dispatch. Before it starts. */
void names_claim(void);

#endif
