// SPDX-License-Identifier: Apache-2.0
/* Which of the process's libraries are accounted, and in which slot. */
#define _GNU_SOURCE
#include "libraries.h"

#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/auxv.h>

#include "marks.h"
#include "old_glibc.h"
#include "record.h"
#include "relocations.h"

#ifdef __GLIBC__
OF_OLD_GLIBC(pthread_mutex_trylock);
#endif

#define NAMED (SLOTS - 2)   /* libraries told apart; further ones share a slot, SQLite's their own */

#define STRANGERS 8

struct scan {
    void *strangers[STRANGERS];  /* of libraries that were refused for them */
    int stranger_count;
    int all;
    int restore;
    const char *java_home;
    unsigned long long adds;    /* the loader's counts, to see that nothing has changed since */
    unsigned long long subs;
    int visited;
    int written;
};

static pthread_mutex_t scan_lock = PTHREAD_MUTEX_INITIALIZER;

static int is_hex(const char *from, int length) {
    for (int i = 0; i < length; i++) {
        if (!strchr("0123456789abcdefABCDEF-", from[i]) || !from[i]) return 0;
    }
    return 1;
}

/* The end of a stem without a UUID or the random number that temporary files have, and its version. */
static size_t plain_end(const char *base, size_t stem) {
    static const char *const machines[] = {"x86_", "aarch_", "aarch", "amd"};
    size_t kept = stem;
    if (stem > 37 && base[stem - 37] == '-' && is_hex(base + stem - 36, 36)) {
        kept -= 37;
    } else {
        while (kept && strchr("0123456789", base[kept - 1])) kept--;
        if (stem - kept < 8) return stem;
        for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
            size_t length = strlen(machines[i]);
            if (kept > length && !memcmp(base + kept - length, machines[i], length)) return kept + 2;
        }
    }
    size_t version = kept;
    while (version && strchr("0123456789.-", base[version - 1])) version--;
    if (base[version] == '-') kept = version;
    return kept ? kept : stem;
}

/*
 * Drivers unpack their library under a new name each time: sqlite-3.50.3.0-<uuid>-libsqlitejdbc.so,
 * libzstd-jni-1.5.7-4<random number>.so, jna<random number>.tmp. The plain name is the same in each run.
 */
static void plain_name(const char *path, char *name) {
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *lib = strstr(base, "-lib");
    if (lib && lib > base) base = lib + 1;
    const char *end = strstr(base, ".so");
    if (!end) end = strrchr(base, '.');
    size_t stem = end ? (size_t)(end - base) : strlen(base);
    snprintf(name, NAME_LENGTH, "%.*s%s", (int)plain_end(base, stem), base, base + stem);
}

static int is_sqlite(const char *name) { return strcasestr(name, "sqlite") != NULL; }

static int belongs_to_system(const char *path, const char *java_home) {
    static const char *const system[] = {
        "libc.so", "libc-", "ld-", "libpthread", "libm.so", "libm-", "libdl", "librt", "libgcc_s",
        "linux-vdso", "libjvm", "libresolv", "libnss", "libz.so"};
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    size_t home = strlen(java_home);
    if (!*path || (strncmp(path, java_home, home) == 0 && path[home] == '/')) return 1;
    for (size_t i = 0; i < sizeof system / sizeof *system; i++) {
        if (strncmp(base, system[i], strlen(system[i])) == 0) return 1;
    }
    return 0;
}

static int slot_named(const char *name, int sqlite) {
    int used = atomic_load(&slots_used);
    for (int i = 0; i < used; i++) {
        if (!strcmp(slots[i].name, name)) return i;
    }
    const char *shared = sqlite ? "other SQLite libraries" : "other libraries";
    if (used >= NAMED && strcmp(name, shared)) return slot_named(shared, sqlite);
    strcpy(slots[used].name, name);
    slots[used].sqlite = sqlite;
    if (!make_marks(used)) slots[used].refused = "no address space for its marks";
    atomic_store(&slots_used, used + 1);
    return used;
}

/* Whatever name this shim was loaded by: patched, it would call itself. */
static int is_self(const struct library *l) {
    for (int i = 0; i < l->header_count; i++) {
        const ElfW(Phdr) *h = &l->headers[i];
        uintptr_t start = l->base + h->p_vaddr;
        if (h->p_type == PT_LOAD && (uintptr_t)slots >= start
            && (uintptr_t)slots < start + h->p_memsz) return 1;
    }
    return 0;
}

static int is_program(const struct library *l) {
    return (uintptr_t)l->headers == getauxval(AT_PHDR);
}

static struct library library_of(const struct dl_phdr_info *info) {
    return (struct library){.base = info->dlpi_addr, .headers = info->dlpi_phdr,
                            .header_count = info->dlpi_phnum};
}

/* The slot of a library that has one, or -1. */
static int slot_of(const struct dl_phdr_info *info) {
    char name[NAME_LENGTH];
    plain_name(info->dlpi_name ? info->dlpi_name : "", name);
    for (int slot = 0; slot < atomic_load(&slots_used); slot++) {
        if (!strcmp(slots[slot].name, name)) return slot;
    }
    return -1;
}

/* Accounts it no longer: entries that are still ours are put back. */
static void refuse(struct scan *scan, const struct library *l, int slot, const char *because,
                   const struct tally *tally) {
    struct tally restored = {0};
    if (tally->stranger && scan->stranger_count < STRANGERS) {
        scan->strangers[scan->stranger_count++] = tally->stranger;
    }
    visit(l, RESTORE, slot, &restored);
    slots[slot].refused = because;
}

static int visit_library(struct dl_phdr_info *info, size_t size, void *data) {
    struct scan *scan = data;
    struct library l = library_of(info);
    const char *path = info->dlpi_name ? info->dlpi_name : "";
    char name[NAME_LENGTH];
    struct tally tally = {0};
    if (size >= offsetof(struct dl_phdr_info, dlpi_subs) + sizeof info->dlpi_subs) {
        if (info->dlpi_adds == scan->adds && info->dlpi_subs == scan->subs && !scan->visited) {
            return 1;
        }
        scan->adds = info->dlpi_adds;
        scan->subs = info->dlpi_subs;
    }
    scan->visited = 1;
    plain_name(path, name);
    int sqlite = is_sqlite(name);
    int wanted = sqlite || scan->restore
        || (scan->all && !belongs_to_system(path, scan->java_home));
    if (!wanted || is_self(&l) || is_program(&l) || !read_dynamic(&l)) return 0;
    if (scan->restore) {
        visit(&l, RESTORE, 0, &tally);
        return 0;
    }
    const char *refused = visit(&l, CHECK, 0, &tally);
    if (!tally.found && !refused) return 0;
    int slot = slot_named(name, sqlite);
    if (slots[slot].refused) return 0;
    if (!refused) refused = visit(&l, PATCH, slot, &tally);
    if (refused) refuse(scan, &l, slot, refused, &tally);
    scan->written += tally.written;
    return 0;
}

/* Looks whether tables that were changed still are as they were left. */
static int verify_library(struct dl_phdr_info *info, size_t size, void *data) {
    struct library l = library_of(info);
    struct tally tally = {0};
    int slot = slot_of(info);
    (void)size;
    if (slot < 0 || slots[slot].refused || is_self(&l) || is_program(&l) || !read_dynamic(&l)) return 0;
    const char *taken = visit(&l, CHECK, slot, &tally);
    if (taken) refuse(data, &l, slot, taken, &tally);
    return 0;
}

/*
 * The tool itself passes on what it was asked for: through entries of ours, if it was accounted before
 * it took over, so that what all others hold would be its own.
 */
static int refuse_tool(struct dl_phdr_info *info, size_t size, void *data) {
    struct scan *scan = data;
    struct library l = library_of(info);
    int slot = slot_of(info);
    (void)size;
    for (int i = 0; i < scan->stranger_count; i++) {
        if (slot >= 0 && !slots[slot].refused && is_own_code(&l, scan->strangers[i])
            && read_dynamic(&l)) {
            struct tally none = {0};
            refuse(scan, &l, slot, "other libraries get their memory through it", &none);
        }
    }
    return 0;
}

int scan_libraries(int all, int restore, const char *java_home) {
    static struct scan last;
    pthread_mutex_lock(&scan_lock);
    struct scan scan = {.all = all, .restore = restore, .java_home = java_home,
                        .adds = last.adds, .subs = last.subs};
    if (restore || all != last.all) scan.adds = scan.subs = 0;
    dl_iterate_phdr(visit_library, &scan);
    if (scan.stranger_count) dl_iterate_phdr(refuse_tool, &scan);
    if (restore) forget_counts();
    last.all = all;
    /* A first call that was being bound may have overwritten ours: the next scan looks once more. */
    int settled = !restore && !scan.written;
    last.adds = settled ? scan.adds : 0;
    last.subs = settled ? scan.subs : 0;
    pthread_mutex_unlock(&scan_lock);
    return scan.visited;
}

int taken_over(void) {
    struct scan scan = {0};
    if (pthread_mutex_trylock(&scan_lock)) return 0;
    dl_iterate_phdr(verify_library, &scan);
    if (scan.stranger_count) dl_iterate_phdr(refuse_tool, &scan);
    pthread_mutex_unlock(&scan_lock);
    return scan.stranger_count != 0;
}
