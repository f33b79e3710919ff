/* execve and execveat: asked about, then carried out, replaced by the gate, or refused. */
#include "execute.h"

#include <fcntl.h>

#include "connection.h"
#include "gate.h"
#include "judge.h"
#include "state.h"
#include "tell.h"

#define LARGEST_FIXED 24576 /* of an execute frame, beside arguments and environment */
#define GATE_WORDS AEGIS_GATE_ARGV

static const char *working_directory(struct core_execution *execution, char *room) {
    if (execution->cwd)
        return execution->cwd;
    long size = SYS4(__NR_readlinkat, AT_FDCWD, "/proc/self/cwd", room + 1, CORE_PATH - 2);
    if (size <= 0)
        return "/(unknown)";
    room[size + 1] = 0;
    if (room[1] == '/')
        return room + 1;
    room[0] = '/';
    return room;
}

static void put_execution(struct core_execution *execution, struct core_frame *frame, char *room) {
    const struct core_place *place = &execution->place;
    bool named = place->path[0] == '/';
    core_put_u16(frame, CORE_KIND, CORE_EXECUTE);
    core_put_text(frame, CORE_DETAIL, execution->flags || execution->dirfd != AT_FDCWD ? "execveat" : "execve");
    core_put_text(frame, CORE_PATH1, named ? place->path : "/(unreachable)");
    if (*execution->path && !core_equal(execution->path, place->path))
        core_put_text(frame, CORE_SPELLED, execution->path);
    core_put_text(frame, CORE_CWD, working_directory(execution, room));
    for (size_t i = 0; i < execution->argc; i++)
        core_put_text(frame, CORE_ARG, execution->argv[i]);
    core_environment_put(&execution->environment, frame);
    core_put(frame, CORE_IDENTITY, &place->identity, sizeof place->identity);
    if (execution->program.script)
        core_put_text(frame, CORE_INTERPRETER, execution->program.interpreter);
    core_put_u8(frame, CORE_COVERAGE, (uint8_t)execution->program.coverage);
    core_put_u8(frame, CORE_COVERAGE_REASON, (uint8_t)execution->program.cause);
    core_put_u8(frame, CORE_FRESH, core_fresh());
    if (execution->spawns)
        core_put_u8(frame, CORE_SPAWN, 1);
}

/* The reason with its rule: what the gate prints. */
static void keep_reason(struct core_execution *execution) {
    const struct core_answer *answer = &execution->answer;
    const size_t room = 1600;
    char *to = core_block_take(&execution->block, room);
    execution->reason = to ? to : "not allowed";
    if (!to)
        return;
    size_t size = core_append(to, room, *answer->reason ? answer->reason : "not allowed");
    if (*answer->rule) {
        size += core_append(to + size, room - size, " [");
        size += core_append(to + size, room - size, answer->rule);
        core_append(to + size, room - size, "]");
    }
}

long core_execution_judge(struct core_execution *execution) {
    struct core_block *block = &execution->block;
    size_t size = LARGEST_FIXED + execution->argument_bytes + execution->argc * 6 + execution->environment.watched;
    uint8_t *bytes = core_block_take(block, size), *buffer = core_block_take(block, CORE_ANSWER);
    char *room = core_block_take(block, CORE_PATH);
    if (!bytes || !buffer || !room)
        return -ENOMEM;
    struct core_frame frame;
    core_frame_begin(&frame, bytes, size < CORE_MOST_EXECUTE ? size : CORE_MOST_EXECUTE, CORE_ASK);
    put_execution(execution, &frame, room);
    core_ask(&frame, buffer, CORE_ANSWER, &execution->answer);
    switch (execution->answer.decision) {
    case CORE_ALLOW: return 0;
    case CORE_HOLD: return 1;
    default:
        keep_reason(execution);
        return -(long)(execution->answer.error ? execution->answer.error : EACCES);
    }
}

/* The program's descriptor, kept through the exec of the gate. */
static char *lend_descriptor(struct core_execution *execution) {
    char *word = core_block_take(&execution->block, 24);
    if (!word)
        return NULL;
    long fd = execution->spawns ? -1 : SYS3(__NR_fcntl, execution->place.object, F_DUPFD, 900);
    if (fd < 0 && !execution->spawns)
        fd = SYS3(__NR_fcntl, execution->place.object, F_DUPFD, 20);
    if (fd < 0)
        memcpy(word, "-", 2);
    else
        core_decimal(word, (unsigned long)fd);
    return word;
}

/* A path that means the same without the directory that it was relative to. */
static char *gate_path(const struct core_execution *execution) {
    bool elsewhere = execution->dirfd != AT_FDCWD && *execution->path && execution->path[0] != '/';
    return elsewhere ? (char *)execution->place.path : execution->path;
}

long core_execution_redirect(struct core_execution *execution) {
    bool held = execution->answer.decision == CORE_HOLD;
    const struct core_page *page = core_image.page;
    if (!page || !*page->gate)
        return -EACCES;
    char **argv = core_block_take(&execution->block, (GATE_WORDS + execution->argc + 1) * sizeof *argv);
    char *number = core_block_take(&execution->block, 24), *flags = core_block_take(&execution->block, 24);
    if (!argv || !number || !flags)
        return -ENOMEM;
    core_decimal(number, execution->answer.request);
    core_decimal(flags, (unsigned long)execution->flags);
    argv[0] = core_image.filtered ? AEGIS_GATE_FILTERED : AEGIS_GATE_NAME;
    argv[AEGIS_GATE_WHAT] = held ? AEGIS_GATE_HOLD : AEGIS_GATE_DENY;
    argv[AEGIS_GATE_SUBJECT] = held ? number : execution->reason;
    argv[AEGIS_GATE_PATH] = gate_path(execution);
    argv[AEGIS_GATE_FD] = held ? lend_descriptor(execution) : "-";
    argv[AEGIS_GATE_FLAGS] = flags;
    if (!argv[AEGIS_GATE_FD])
        return -ENOMEM;
    for (size_t i = 0; i <= execution->argc; i++)
        argv[AEGIS_GATE_ARGV + i] = execution->argv[i];
    execution->argv = argv;
    execution->path = (char *)page->gate;
    return 0;
}

/* Replace this process by the gate; comes back only with an error. */
static long become_gate(struct core_execution *execution) {
    long error = core_execution_redirect(execution);
    return error ? error : SYS3(__NR_execve, execution->path, execution->argv, execution->envp);
}

static bool still_the_same(const struct core_execution *execution) {
    struct aegis_identity now;
    int flags = execution->flags & AT_SYMLINK_NOFOLLOW;
    if (!*execution->path)
        return true;
    return !aegis_identify(execution->dirfd, execution->path, flags, &now) &&
           now.inode == execution->place.identity.inode && now.device == execution->place.identity.device;
}

/* The loader may have no name where the program lives; in a program that it loaded, it is our own executable. */
static long execute_loader(struct core_execution *execution) {
    int lent;
    long error = core_execution_load(execution, &lent);
    if (error)
        return error;
    error = SYS3(__NR_execve, execution->path, execution->argv, execution->envp);
    if (error == -ENOENT && core_image.front == AEGIS_LOADER)
        error = SYS3(__NR_execve, "/proc/self/exe", execution->argv, execution->envp);
    SYS1(__NR_close, lent);
    return error;
}

static long carry_out(struct core_execution *execution) {
    if (!core_borrowing(core_process()))
        core_say_counts(true);
    if (!still_the_same(execution))
        return -EACCES;
    if (execution->program.route == CORE_LOADED)
        return execute_loader(execution);
    if (!execution->flags && execution->dirfd == AT_FDCWD)
        return SYS3(__NR_execve, execution->path, execution->argv, execution->envp);
    return SYS5(__NR_execveat, execution->dirfd, execution->path, execution->argv, execution->envp, execution->flags);
}

static void tell(const struct core_execution *execution) {
    struct core_answer answer = execution->answer;
    core_tell_denial(CORE_EXECUTE, execution->place.path, &answer);
}

static long judged(struct core_execution *execution, bool act) {
    long result = core_execution_judge(execution);
    if (!act)
        return result < 0 ? result : 0;
    if (result == 0)
        return carry_out(execution);
    if (result == 1) {
        become_gate(execution); /* a gate that cannot run denies */
        core_tell("execute", "the gate cannot be executed", "");
        return -EACCES;
    }
    if (core_fresh())
        become_gate(execution);
    tell(execution);
    return result;
}

static struct core_execution begin(int dirfd, const char *path, char *const argv[], char *const envp[], int flags) {
    return (struct core_execution){
        .dirfd = dirfd, .guest_path = path, .guest_argv = argv, .guest_envp = envp, .flags = flags};
}

long aegis_execute(int dirfd, const char *path, char *const argv[], char *const envp[], int flags) {
    struct core_execution execution = begin(dirfd, path, argv, envp, flags);
    long result = core_execution_prepare(&execution);
    if (!result)
        result = judged(&execution, true);
    core_execution_end(&execution);
    return result;
}

long aegis_execute_approved(int dirfd, const char *path, char *const argv[], char *const envp[], int flags) {
    struct core_execution execution = begin(dirfd, path, argv, envp, flags);
    long result = core_execution_prepare(&execution);
    if (!result)
        result = carry_out(&execution);
    core_execution_end(&execution);
    return result;
}

long core_execve(struct core_call *call) {
    const long *a = call->args;
    int path = call->op->path;
    struct core_execution execution =
        begin(core_dir(call, call->op->dir), (const char *)a[path], (char *const *)a[path + 1],
              (char *const *)a[path + 2], core_flags(call));
    long result = core_execution_prepare(&execution);
    if (!result)
        result = judged(&execution, call->act);
    core_execution_end(&execution);
    return result;
}
