/* Names nobody else has. */
#ifndef AEGIS_TEMPORARY_H
#define AEGIS_TEMPORARY_H

/*
 * Replace the XXXXXX before the last suffix bytes of template and create that file (mode 0600, the
 * descriptor is the result) or directory (mode 0700). -errno on failure.
 */
long aegis_temporary(char *template, int suffix, int flags, int directory);

#endif
