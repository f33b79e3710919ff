/* The wrappers that are one system call, straight from the table. */
#include "preload.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

struct open_how;
struct mount_attr;

#define DIRECT(group, type, symbol, parameters, call, ...) \
    EXPORT type symbol parameters; \
    type symbol parameters { return (type)aegis_result(CARRY_OUT(SYS_##call, __VA_ARGS__)); }
#define OWN(group, symbol, how)
#define ALIAS(group, symbol, target)
#define VERSIONED(group, symbol, version, is_default, function)
#define LEFT(symbol, reason)
#include "symbols.def"

ANOTHER_NAME(creat64, creat);
ANOTHER_NAME(truncate64, truncate);
ANOTHER_NAME(__kill, kill);
