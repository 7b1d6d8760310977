// SPDX-License-Identifier: Apache-2.0
#ifndef MEMREPORT_RELOCATIONS_H
#define MEMREPORT_RELOCATIONS_H

#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

struct library {
    ElfW(Addr) base;
    const ElfW(Phdr) *headers;
    int header_count;
    const ElfW(Sym) *symbols;
    const char *strings;
    const ElfW(Rela) *tables[2];
    size_t counts[2];
};

enum what { CHECK, PATCH, RESTORE };

struct tally {
    int found;
    int written;
    void *stranger;  /* what another tool has put into an entry */
};

/* Finds the tables of a library that has base and headers; 0 if it has none that are understood. */
int read_dynamic(struct library *l);

/* Whether an address is in the library's own code. */
int is_own_code(const struct library *l, void *target);

/* Why the library can't be accounted, or NULL; `tally` tells of its entries. */
const char *visit(const struct library *l, enum what what, int slot, struct tally *tally);

/* Leads a library's calls of a function from one place to another; 0 if none of them went there. */
int redirect(const struct library *l, const char *function, void *from, void *to);

#pragma GCC visibility pop

#endif
