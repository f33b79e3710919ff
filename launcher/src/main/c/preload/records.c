/* Functions that write one particular file of the system from deep inside libc. */
#include "preload.h"

#include <paths.h>
#include <string.h>
#include <unistd.h>
#include <utmp.h>
#include <utmpx.h>

#define PASSWORD_LOCK "/etc/.pwd.lock"
#define HOST_ID "/etc/hostid"

static char login_records[256] = _PATH_UTMP;

static long judge_write(const char *path, int flags) {
    return ASK(SYS_openat, AT_FDCWD, path, flags, 0644);
}

EXPORT int lckpwdf(void) {
    aegis_ready();
    long refused = judge_write(PASSWORD_LOCK, O_WRONLY | O_CREAT | O_CLOEXEC);
    return refused ? (int)aegis_result(refused) : aegis_real.lckpwdf();
}

/* Where pututline will write; a name too long to remember is refused rather than forgotten. */
EXPORT int utmpname(const char *path) {
    aegis_ready();
    if (strlen(path) >= sizeof login_records)
        return (int)aegis_result(-ENAMETOOLONG);
    strcpy(login_records, path);
    return aegis_real.utmpname(path);
}

EXPORT struct utmp *pututline(const struct utmp *entry) {
    aegis_ready();
    return aegis_result(judge_write(login_records, O_RDWR)) < 0 ? NULL : aegis_real.pututline(entry);
}

EXPORT struct utmpx *pututxline(const struct utmpx *entry) {
    aegis_ready();
    return aegis_result(judge_write(login_records, O_RDWR)) < 0 ? NULL : aegis_real.pututxline(entry);
}

EXPORT void updwtmp(const char *path, const struct utmp *entry) {
    aegis_ready();
    if (aegis_result(judge_write(path, O_WRONLY)) == 0)
        aegis_real.updwtmp(path, entry);
}

EXPORT void updwtmpx(const char *path, const struct utmpx *entry) {
    aegis_ready();
    if (aegis_result(judge_write(path, O_WRONLY)) == 0)
        aegis_real.updwtmpx(path, entry);
}

EXPORT void logwtmp(const char *line, const char *name, const char *host) {
    aegis_ready();
    if (aegis_result(judge_write(_PATH_WTMP, O_WRONLY)) == 0)
        aegis_real.logwtmp(line, name, host);
}

EXPORT int sethostid(long id) {
    aegis_ready();
    long refused = judge_write(HOST_ID, O_WRONLY | O_CREAT | O_TRUNC);
    return refused ? (int)aegis_result(refused) : aegis_real.sethostid(id);
}

ANOTHER_NAME(utmpxname, utmpname);
