#include "mediate.h"

#include "ask.h"
#include "ops.h"

#define X32_BIT 0x40000000L

struct core_scratch *core_room(struct core_call *call) {
    if (!call->scratch)
        call->scratch = core_scratch_claim();
    return call->scratch;
}

static long run(const struct core_op *op, const long args[6], bool act) {
    struct core_call call = {.op = op, .args = args, .act = act};
    long result = op->run(&call);
    if (call.scratch)
        core_scratch_release(call.scratch);
    return result;
}

long aegis_mediate(long nr, const long args[6]) {
    const struct core_op *op = core_op_of(nr);
    if (op)
        return run(op, args, true);
    if (nr & X32_BIT)
        return -ENOSYS; /* the same calls under other numbers */
    return aegis_syscall6(nr, args[0], args[1], args[2], args[3], args[4], args[5]);
}

long aegis_judge(long nr, const long args[6]) {
    const struct core_op *op = core_op_of(nr);
    if (!op)
        return nr & X32_BIT ? -ENOSYS : 0;
    long result = run(op, args, false);
    return result > 0 ? 0 : result;
}

void aegis_forked(int child) {
    uint8_t bytes[64];
    struct core_frame frame;
    core_frame_begin(&frame, bytes, sizeof bytes, CORE_FORKED);
    core_put(&frame, CORE_CHILD, &child, sizeof child);
    core_say(&frame);
}
