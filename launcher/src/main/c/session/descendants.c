#include "session/session.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct process {
    pid_t pid;
    pid_t parent;
    unsigned long long started;
    bool ours;
};

struct processes {
    struct process *list;
    size_t count;
    size_t room;
};

/* Read /proc/PID/stat; false when the process is gone or already dead. */
static bool look(pid_t pid, struct process *process)
{
    char path[32], text[1024], state;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    if (length <= 0)
        return false;
    text[length] = '\0';
    /* The name may hold anything, parentheses too: the fields begin after the last one. */
    const char *fields = strrchr(text, ')');
    *process = (struct process){.pid = pid};
    return fields
        && sscanf(fields + 1,
                  " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu",
                  &state, &process->parent, &process->started) == 3
        && state != 'Z' && state != 'X';
}

static bool add(struct processes *all, struct process process)
{
    if (all->count == all->room) {
        size_t room = all->room ? all->room * 2 : 256;
        struct process *list = realloc(all->list, room * sizeof *list);
        if (!list)
            return false;
        all->list = list;
        all->room = room;
    }
    all->list[all->count++] = process;
    return true;
}

static void list_all(struct processes *all)
{
    DIR *proc = opendir("/proc");
    if (!proc)
        return;
    for (struct dirent *entry; (entry = readdir(proc));) {
        struct process process;
        if (isdigit((unsigned char)entry->d_name[0]) && look(atoi(entry->d_name), &process)
            && !add(all, process))
            break;
    }
    closedir(proc);
}

static bool is_ours(const struct processes *all, pid_t pid)
{
    if (pid == getpid())
        return true;
    for (size_t i = 0; i < all->count; i++)
        if (all->list[i].pid == pid)
            return all->list[i].ours;
    return false;
}

static void mark(struct processes *all)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < all->count; i++) {
            struct process *process = &all->list[i];
            if (!process->ours && is_ours(all, process->parent))
                changed = process->ours = true;
        }
    }
}

/* Through a descriptor of the process, checked again, so that a number used anew is never hit. */
static void send(const struct process *process, int signal)
{
    int fd = (int)syscall(SYS_pidfd_open, process->pid, 0);
    struct process now;
    if (look(process->pid, &now) && now.started == process->started) {
        if (fd >= 0)
            syscall(SYS_pidfd_send_signal, fd, signal, NULL, 0);
        else
            kill(process->pid, signal);
    }
    if (fd >= 0)
        close(fd);
}

int session_signal_descendants(int signal)
{
    struct processes all = {0};
    list_all(&all);
    mark(&all);
    int count = 0;
    for (size_t i = 0; i < all.count; i++) {
        if (!all.list[i].ours)
            continue;
        count++;
        send(&all.list[i], signal);
    }
    free(all.list);
    return count;
}
