/*
 * The contract between the core, which executes the loader in place of a program, and the loader.
 *
 *   argv[0]   "aegis-loader", or "aegis-loader-filtered" when a filter of system calls is in force that lets the
 *             loader speak to the daemon, and nobody else
 *   argv[1]   the ELF file to load: decimal number of a descriptor open for reading, which the loader
 *             closes; or "-DEVICE:INODE", both decimal, when the loader must open argv[3] itself and
 *             find that file (posix_spawn, whose actions may close any descriptor)
 *   argv[2]   the path that was executed, as the program spelled it: what AT_EXECFN is to say
 *   argv[3]   the resolved path of the ELF file: the program, or the interpreter of a script
 *   argv[4…]  argv of the program, argv[0] first; at least one
 *
 * Four words, so that the stack that the kernel made becomes the program's own by moving its start: it
 * stays aligned to 16 bytes. The environment is the one that the program gets.
 *
 * The loader tells the kernel where the code of the program begins (start_code of /proc/PID/stat). That
 * is how the daemon, and the loader of another process, learn from the kernel alone what runs in it.
 */
#ifndef AEGIS_LOADER_H
#define AEGIS_LOADER_H

#define AEGIS_LOADER_NAME "aegis-loader"
#define AEGIS_LOADER_FILTERED "aegis-loader-filtered"
enum { AEGIS_LOADER_FILE = 1, AEGIS_LOADER_EXECFN, AEGIS_LOADER_PATH, AEGIS_LOADER_ARGV };

/* Exit status of a loader that cannot run the program, whose execution the kernel cannot take back any more. */
#define AEGIS_LOADER_FAILED 126

#endif
