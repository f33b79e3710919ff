/* What every program may do without a question, unless a rule narrows it: enough to start and to talk to its user. */
#ifndef AEGIS_BASELINE_H
#define AEGIS_BASELINE_H

#include "place.h"

/* False while a rule narrows the baseline, or names do not mean what they meant at the start. */
bool core_baseline_holds(void);

/* True when a device of this mode and number, whatever its name, may be opened by everybody or is a terminal of ours. */
bool core_baseline_device(uint32_t mode, uint64_t number);

/* A first look at a path that is not resolved, without "..": worth opening before it is judged? */
bool core_baseline_likely(const char *path);

/* True when a file or directory of this resolved path and mode may be read. */
bool core_baseline_reads(const char *path, uint32_t mode);

/* True when the object may be opened, for writing too when writes is set. */
bool core_baseline_opens(const struct core_place *place, bool writes);

/* True when a Unix socket of this resolved path may be spoken to. */
bool core_baseline_speaks(const char *path);

#endif
