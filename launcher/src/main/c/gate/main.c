#include "gate/gate.h"

#include <sys/prctl.h>

#include "core/mediate.h"
#include "core/state.h"
#include "core/sys.h"

_Noreturn void gate_main(long argc, char **argv, char **envp);

_Noreturn static void leave(int status)
{
    for (;;)
        SYS1(__NR_exit_group, status);
}

_Noreturn static void refuse(const struct gate_call *call, const char *reason, const char *rule)
{
    gate_say("denied", call, reason, rule);
    leave(AEGIS_GATE_DENIED);
}

/* As the kernel would name the process: the last part of the path, which prctl cuts to 15 bytes. */
static void take_name(const struct gate_call *call)
{
    const char *name = call->path;
    for (const char *at = call->path; *at; at++)
        if (*at == '/')
            name = at + 1;
    if (*name)
        SYS2(__NR_prctl, PR_SET_NAME, name);
}

/* Its address is the one that filters are told of (core/line.h). */
extern const char gate_line[];

static void start(const struct gate_call *call)
{
    core_image.filtered = call->filtered;
    aegis_line_gate = (unsigned long)gate_line;
    aegis_start(AEGIS_GATE, call->envp);
}

static const char *failure(long error)
{
    static const struct {
        int number;
        const char *text;
    } table[] = {
        {EACCES, "Permission denied"},       {ENOENT, "No such file or directory"},
        {ENOEXEC, "Exec format error"},      {ETXTBSY, "Text file busy"},
        {E2BIG, "Argument list too long"},   {ENOMEM, "Cannot allocate memory"},
        {ENOTDIR, "Not a directory"},        {ELOOP, "Too many levels of symbolic links"},
        {EPERM, "Operation not permitted"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].number == -error)
            return table[i].text;
    return "the kernel refused to execute it";
}

_Noreturn static void give_up(const struct gate_call *call, long error)
{
    gate_say("cannot execute", call, failure(error), "");
    leave(error == -ENOENT ? AEGIS_GATE_DENIED + 1 : AEGIS_GATE_DENIED);
}

_Noreturn static void run(const struct gate_call *call, const struct gate_subject *before)
{
    struct gate_subject now;
    gate_look(call, &now);
    if (!gate_same(before, &now))
        refuse(call, "it changed while waiting, so the approval is void", "");
    aegis_released(call->request);
    give_up(call, gate_become(call, now.script));
}

/* The first question. What the kernel cannot run is run by the shell, as execvp does. */
_Noreturn static void begin(const struct gate_call *call)
{
    static char shell[] = "/bin/sh";
    long error = aegis_execute(AT_FDCWD, call->path, call->argv, call->envp, 0);
    if (error == -ENOEXEC && call->argv[0]) {
        /* The word before the program's own was ours: room for one more. */
        call->argv[0] = (char *)call->path;
        call->argv[-1] = shell;
        error = aegis_execute(AT_FDCWD, shell, call->argv - 1, call->envp, 0);
    }
    give_up(call, error);
}

/* The daemon lost the question: ask anew, as if nothing had been asked. Held again, this is a gate again. */
_Noreturn static void ask_again(const struct gate_call *call)
{
    int directory = call->flags & AT_EMPTY_PATH ? call->fd : AT_FDCWD;
    if (call->fd >= 0 && !(call->flags & AT_EMPTY_PATH))
        SYS1(__NR_close, call->fd);
    give_up(call, aegis_execute(directory, call->path, call->argv, call->envp, call->flags));
}

_Noreturn static void hold(const struct gate_call *call)
{
    struct gate_subject before;
    struct aegis_attached attached;
    if (gate_is_traced())
        refuse(call, "a process that another one traces cannot wait here: the other could do what is asked about", "builtin.guard");
    gate_look(call, &before);
    if (before.error)
        refuse(call, "what was to be approved is no longer there", "");
    aegis_attach(call->request, &attached);
    switch (attached.outcome) {
    case AEGIS_APPROVED:
        run(call, &before);
    case AEGIS_UNKNOWN:
        ask_again(call);
    default:
        refuse(call, attached.reason[0] ? attached.reason : "no answer from the daemon", attached.rule);
    }
}

_Noreturn void gate_main(long argc, char **argv, char **envp)
{
    (void)argc;
    struct gate_call call;
    gate_listen();
    if (!gate_read(&call, argv, envp))
        refuse(&call, "aegis-gate is started by Aegis alone", "");
    take_name(&call);
    if (call.ask) {
        start(&call);
        begin(&call);
    }
    if (!call.hold)
        refuse(&call, call.reason, "");
    /* Nobody else of the session may read or steer a process whose next program was approved. */
    SYS2(__NR_prctl, PR_SET_DUMPABLE, 0);
    start(&call);
    hold(&call);
}
