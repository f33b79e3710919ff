/* What nothing supervised may touch, whatever a policy says: the state, the run directory, the distribution. */
#ifndef AEGIS_GUARD_H
#define AEGIS_GUARD_H

#include "place.h"

/* Why touching place is refused, or NULL. */
const char *core_guard(const struct core_place *place, bool changes);

/* True when path is directory or lies below it. */
bool core_within(const char *path, const char *directory);

#define CORE_GUARD_RULE "builtin.guard"

#endif
