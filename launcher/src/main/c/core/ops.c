#include "ops.h"

#include <fcntl.h>

#define _ CORE_NONE
enum row {
#define OP(name, ...) ROW_##name,
#include "ops.def"
#undef OP
    ROWS
};

static const struct core_op ops[ROWS] = {
#define OP(name, kind, dir, path, dir2, path2, flags, value, deny, fixed, run) \
    {#name, __NR_##name, CORE_##kind, dir, path, dir2, path2, flags, value, deny, fixed, run},
#include "ops.def"
#undef OP
};
#undef _

/* Row + 1 of each system call, 0 for those that are not mediated. */
static const uint8_t row_of[CORE_NUMBERS] = {
#define OP(name, ...) [__NR_##name] = ROW_##name + 1,
#include "ops.def"
#undef OP
};

const struct core_op *core_op_of(long nr) {
    if ((unsigned long)nr >= CORE_NUMBERS || !row_of[nr])
        return NULL;
    return &ops[row_of[nr] - 1];
}

const char *core_kind_name(int kind) {
    static const char names[][12] = {"operation",  "execute", "read_file", "write_file", "delete_file", "move_file",
                                     "change_mode", "connect", "bind",      "signal",     "trace",       "mount",
                                     "system"};
    return names[kind >= 0 && kind <= CORE_SYSTEM ? kind : 0];
}
