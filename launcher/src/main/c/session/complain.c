#include "session/session.h"

#include <stdio.h>
#include <string.h>

void session_complain(const char *what, int error)
{
    if (error)
        fprintf(stderr, "aegis: %s: %s\n", what, strerror(error));
    else
        fprintf(stderr, "aegis: %s\n", what);
}
