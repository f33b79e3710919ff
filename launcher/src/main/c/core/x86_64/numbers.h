/* System call numbers of this processor, with those that older kernel headers lack. */
#ifndef AEGIS_NUMBERS_H
#define AEGIS_NUMBERS_H

#include <asm/unistd.h>

#define CORE_NUMBERS 512

#ifndef __NR_close_range
#define __NR_close_range 436
#endif
#ifndef __NR_fchmodat2
#define __NR_fchmodat2 452
#endif
#ifndef __NR_setxattrat
#define __NR_setxattrat 463
#endif
#ifndef __NR_removexattrat
#define __NR_removexattrat 466
#endif
#ifndef __NR_open_tree_attr
#define __NR_open_tree_attr 467
#endif
#ifndef __NR_file_setattr
#define __NR_file_setattr 469
#endif

/* e_machine of the programs that the kernel of this processor runs natively. */
#define CORE_MACHINE 62 /* EM_X86_64 */

#endif
