/* The machine and the tree of file systems: always asked about. */
#include "ops.h"

#include <fcntl.h>
#include <sched.h>
#include <linux/mount.h>

#include "ask.h"
#include "guard.h"
#include "guest.h"
#include "judge.h"
#include "place.h"
#include "tell.h"

/* What gives a process no new view of the machine. */
#define OWN_AFFAIRS (CLONE_FILES | CLONE_FS | CLONE_SYSVSEM)

long core_refuse(struct core_call *call) {
    return -(long)call->op->deny;
}

/* Names mean something else for this process from now on. */
static bool moves(const struct core_call *call) {
    static const uint16_t movers[] = {__NR_chroot, __NR_pivot_root, __NR_unshare, __NR_setns, __NR_mount,
                                      __NR_move_mount};
    for (unsigned i = 0; i < sizeof movers / sizeof *movers; i++)
        if (call->op->number == movers[i])
            return true;
    return false;
}

/* A tree that is mounted nowhere. */
static bool is_copy(const struct core_call *call) {
    return (call->op->number == __NR_open_tree || call->op->number == __NR_open_tree_attr) && call->args[2] & OPEN_TREE_CLONE;
}

static bool is_own_affair(const struct core_call *call) {
    switch (call->op->number) {
    case __NR_unshare: return !(call->args[0] & ~(long)OWN_AFFAIRS);
    case __NR_open_tree: return !is_copy(call);
    default: return false;
    }
}

/* One path of the call: copied, resolved when it leads somewhere, guarded. */
static long take_path(struct core_call *call, int dir, int at, char *copy, char *room, struct core_place *place) {
    core_place_begin(place);
    *copy = 0;
    if (at < 0 || !call->args[at])
        return 0;
    long size = core_copy_text(copy, (const char *)call->args[at], CORE_PATH);
    if (size < 0)
        return size;
    if (core_pin_object(place, core_dir(call, dir), copy, 0) || core_name_place(place, room)) {
        place->path = NULL;
        return 0;
    }
    return 0;
}

static const char *guard(const struct core_place *place) {
    return place->path && place->path[0] == '/' ? core_guard(place, true) : NULL;
}

static long ask(struct core_call *call, const struct core_place *first, const struct core_place *second) {
    const char *why = guard(first);
    if (!why)
        why = guard(second);
    struct core_frame frame;
    core_ask_begin(call, &frame, why ? CORE_REFUSED : CORE_ASK, call->op->kind);
    if (first->path && first->path[0] == '/')
        core_put_text(&frame, CORE_PATH1, first->path);
    if (second->path && second->path[0] == '/')
        core_put_text(&frame, CORE_PATH2, second->path);
    else if (*call->scratch->other_spelled)
        core_put_text(&frame, CORE_PATH2, call->scratch->other_spelled);
    if (first->path && first->path[0] == '/' && !core_equal(first->path, call->scratch->spelled))
        core_put_text(&frame, CORE_SPELLED, call->scratch->spelled);
    if (!why)
        return core_judge_frame(call, &frame, call->op->kind, call->op->name);
    core_record_refusal(call, &frame, call->op->kind, call->op->name, why);
    return -EPERM;
}

/* The call with our copies of its paths; their descriptors are closed, since a pin keeps a mount busy. */
static long carry_out(const struct core_call *call) {
    long a[6];
    for (int i = 0; i < 6; i++)
        a[i] = call->args[i];
    if (call->op->path >= 0 && a[call->op->path])
        a[call->op->path] = (long)call->scratch->spelled;
    if (call->op->path2 >= 0 && a[call->op->path2])
        a[call->op->path2] = (long)call->scratch->other_spelled;
    return aegis_syscall6(call->op->number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

long core_system(struct core_call *call) {
    if (is_own_affair(call))
        return call->act ? core_as_it_is(call) : 0;
    if (is_copy(call))
        return -ENOSYS;
    if (!core_room(call))
        return -ENOMEM;
    struct core_scratch *scratch = call->scratch;
    struct core_place first, second;
    long error = take_path(call, call->op->dir, call->op->path, scratch->spelled, scratch->path, &first);
    long other = take_path(call, call->op->dir2, call->op->path2, scratch->other_spelled, scratch->other_path, &second);
    if (!error)
        error = other;
    if (!error)
        error = ask(call, &first, &second);
    core_place_end(&first);
    core_place_end(&second);
    if (error || !call->act)
        return error;
    if (moves(call)) {
        core_keep_proc();
        core_image.moved = true;
    }
    return carry_out(call);
}

/* POSIX message queues are files of a tree of their own. */
long core_queue(struct core_call *call) {
    static const char tree[] = "/dev/mqueue/";
    if (!core_room(call))
        return -ENOMEM;
    char *path = call->scratch->path;
    memcpy(path, tree, sizeof tree);
    long size = core_copy_text(path + sizeof tree - 1, (const char *)call->args[0], 256);
    if (size < 0)
        return size;
    struct core_frame frame;
    core_ask_begin(call, &frame, CORE_ASK, call->op->kind);
    core_put_text(&frame, CORE_PATH1, path);
    if (call->op->flags >= 0)
        core_put_u32(&frame, CORE_OPEN_FLAGS, (uint32_t)core_flags(call));
    long error = core_judge_frame(call, &frame, call->op->kind, path);
    const long *a = call->args;
    return error || !call->act ? error : SYS4(call->op->number, path + sizeof tree - 1, a[1], a[2], a[3]);
}
