// SPDX-License-Identifier: Apache-2.0
#ifndef MEMREPORT_WRAPPERS_H
#define MEMREPORT_WRAPPERS_H

#include "record.h"

#pragma GCC visibility push(hidden)

enum kind {
    MALLOC, CALLOC, REALLOC, FREE, POSIX_MEMALIGN, ALIGNED_ALLOC, MEMALIGN, PTHREAD_CREATE, REALLOCARRAY, KINDS
};
extern const char *const names[KINDS];

/*
 * What the loader bound, NULL for what this C library does not have. Another tool may put functions of
 * its own into this library's table, too, and call back through ones of ours: what is called here is
 * what was there when this was loaded.
 */
extern void *originals[KINDS];

/* What takes the place of them in the table of a library that counts in a slot. */
extern void *const replacements[SLOTS][KINDS];

#pragma GCC visibility pop

#endif
