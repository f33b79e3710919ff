/*
 * Filters of system calls (seccomp) that the program installs for itself and its children: they would cut us
 * off from the daemon, and then everything would be denied. So each begins with words of ours: what is called
 * from the one address at which loaders speak to the daemon, and is a call of that kind, passes.
 */
#ifndef AEGIS_LOADER_FILTER_H
#define AEGIS_LOADER_FILTER_H

/* Claim seccomp from the dispatch. Before it starts. */
void filter_claim(void);

/* Make the call nr with our words before the filter that its argument at leads to. */
long filter_install(long nr, const long args[6], int at);

#endif
