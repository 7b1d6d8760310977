// SPDX-License-Identifier: Apache-2.0
/*
 * Counts what chosen native libraries take from malloc.
 *
 * A library calls malloc and its kin through entries of its own relocation table. This shim puts
 * functions of its own there, which count and then call what the loader had put there. Nothing else
 * in the process is touched, and an entry that points where the loader would not have put it, because
 * another tool got there first, makes the whole library be refused.
 *
 * Each counted block is marked in a bitmap, so that a block which was handed out before the table was
 * changed, or by another library, is never subtracted when it is freed. Sizes are those of
 * malloc_usable_size. Each thread counts in a record of its own; the process is the sum of the
 * records, which outlive their threads and are used again, so that the sum never loses anything.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <jni.h>
#include <link.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include "old_glibc.h"
#include "record.h"

#if defined(__x86_64__)
#define RELOC_JUMP_SLOT R_X86_64_JUMP_SLOT
#define RELOC_GLOB_DAT R_X86_64_GLOB_DAT
#define RELOC_ABSOLUTE R_X86_64_64
#elif defined(__aarch64__)
#define RELOC_JUMP_SLOT R_AARCH64_JUMP_SLOT
#define RELOC_GLOB_DAT R_AARCH64_GLOB_DAT
#define RELOC_ABSOLUTE R_AARCH64_ABS64
#else
#error "unknown machine"
#endif

#ifdef __GLIBC__
OF_OLD_GLIBC(dlsym);
OF_OLD_GLIBC(pthread_create);
OF_OLD_GLIBC(pthread_key_create);
OF_OLD_GLIBC(pthread_mutex_trylock);
OF_OLD_GLIBC(pthread_once);
OF_OLD_GLIBC(pthread_setspecific);
#endif

#define NAMED (SLOTS - 2)   /* libraries told apart; further ones share a slot, SQLite's their own */
#define NAME_LENGTH 64
#define FLUSH (32 * 1024)   /* bytes that a thread counts before it tells the process's peak */

/* ---- records: one per thread ---------------------------------------------------------------- */

static _Atomic(struct record *) records;
static __thread struct record *own_record;
static pthread_key_t exit_key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static struct slot {
    char name[NAME_LENGTH];
    int sqlite;
    const char *refused;
    _Atomic(_Atomic(uint64_t *) *) bitmap;  /* indexed by address >> REGION_BITS */
    _Atomic int64_t held;                   /* as far as threads have told */
    _Atomic int64_t peak;
    _Atomic int64_t before_held;            /* what was counted before the tables were last put back */
    _Atomic int64_t before_allocated;
} slots[SLOTS];
static atomic_int slots_used;

static void thread_exits(void *record) {
    struct record *r = record;
    own_record = NULL;
    if (r->parent) atomic_fetch_sub(&r->parent->workers, 1);
    r->parent = NULL;
    r->test = 0;
    atomic_fetch_add(&r->life, 1);
    atomic_store(&r->taken, 0);
}

static void create_key(void) { pthread_key_create(&exit_key, thread_exits); }

static struct record *take_record(void) {
    struct record *r;
    pthread_once(&once, create_key);
    for (r = atomic_load(&records); r; r = r->next) {
        int not_taken = 0;
        if (atomic_compare_exchange_strong(&r->taken, &not_taken, 1)) break;
    }
    if (!r) {
        r = mmap(NULL, sizeof *r, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (r == MAP_FAILED) return NULL;
        atomic_store(&r->taken, 1);
        r->next = atomic_load(&records);
        while (!atomic_compare_exchange_weak(&records, &r->next, r)) {}
    }
    pthread_setspecific(exit_key, r);
    own_record = r;
    return r;
}

struct record *current_record(void) {
    struct record *r = own_record;
    return r ? r : take_record();
}

static void raise_to(_Atomic int64_t *peak, int64_t value) {
    int64_t seen = atomic_load_explicit(peak, memory_order_relaxed);
    while (seen < value && !atomic_compare_exchange_weak(peak, &seen, value)) {}
}

/* A figure that its owner alone writes, and others read at any time: no more than a plain access. */
static int64_t get(const int64_t *figure) { return __atomic_load_n(figure, __ATOMIC_RELAXED); }
static void set(int64_t *figure, int64_t value) { __atomic_store_n(figure, value, __ATOMIC_RELAXED); }
static void add(int64_t *figure, int64_t bytes) { set(figure, get(figure) + bytes); }

static int64_t family_held(const struct record *r) {
    return get(&r->allocated) - get(&r->freed)
        + atomic_load_explicit(&r->adopted_allocated, memory_order_relaxed)
        - atomic_load_explicit(&r->adopted_freed, memory_order_relaxed);
}

/* Whose figures a thread's bytes are: a worker that outlives its parent is on its own. */
static struct record *head_of(struct record *r) {
    struct record *parent = r->parent;
    return parent && atomic_load_explicit(&parent->life, memory_order_relaxed) == r->parent_life
        ? parent : r;
}

/* Tells the parent; the thread function returns after the last of it, which pthread_join orders. */
static void tell_parent(struct record *parent, int64_t bytes) {
    if (bytes > 0) atomic_fetch_add(&parent->adopted_allocated, bytes);
    else atomic_fetch_add(&parent->adopted_freed, -bytes);
    raise_to((_Atomic int64_t *)&parent->peak, family_held(parent));
}

/* Adds bytes that library `slot` was given, or gave back if they are negative. */
static void count(int slot, int64_t bytes) {
    struct record *r = current_record();
    if (!r) return;
    if (bytes > 0) add(&r->slot_allocated[slot], bytes);
    else add(&r->slot_freed[slot], -bytes);
    if (slots[slot].sqlite) {
        struct record *head = head_of(r);
        if (head != r) {
            tell_parent(head, bytes);
        } else {
            int64_t held;
            if (bytes > 0) add(&r->allocated, bytes);
            else add(&r->freed, -bytes);
            held = family_held(r);
            /* Only its owner starts the first worker: none can come between these lines. */
            if (atomic_load_explicit(&r->workers, memory_order_relaxed)) {
                raise_to((_Atomic int64_t *)&r->peak, held);
            } else if (held > get(&r->peak)) {
                set(&r->peak, held);
            }
        }
    }
    int64_t pending = r->slot_pending[slot] + bytes;
    if (pending >= FLUSH || pending <= -FLUSH) {
        raise_to(&slots[slot].peak, atomic_fetch_add(&slots[slot].held, pending) + pending);
        pending = 0;
    }
    r->slot_pending[slot] = pending;
}

/* ---- bitmap: which blocks are counted, a bit per 16 bytes of address ---------------------------- */

#define ADDRESS_BITS 48
#define REGION_BITS 26      /* 64 MiB of addresses have 512 KiB of bits, touched page by page */
#define REGIONS (1UL << (ADDRESS_BITS - REGION_BITS))
#define REGION_WORDS (1UL << (REGION_BITS - 4 - 6))

static void *reserve(size_t bytes) {
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

static _Atomic uint64_t *word_of(int slot, void *block, int create) {
    uintptr_t address = (uintptr_t)block;
    _Atomic(uint64_t *) *regions = atomic_load(&slots[slot].bitmap);
    if (!regions || address >> ADDRESS_BITS) return NULL;
    _Atomic(uint64_t *) *entry = &regions[address >> REGION_BITS];
    uint64_t *region = atomic_load_explicit(entry, memory_order_acquire);
    if (!region) {
        if (!create) return NULL;
        uint64_t *fresh = reserve(REGION_WORDS * sizeof *fresh);
        if (!fresh) return NULL;
        if (atomic_compare_exchange_strong(entry, &region, fresh)) region = fresh;
        else munmap(fresh, REGION_WORDS * sizeof *fresh);
    }
    return (_Atomic uint64_t *)&region[(address >> 10) & (REGION_WORDS - 1)];
}

static uint64_t bit_of(void *block) { return 1ULL << (((uintptr_t)block >> 4) & 63); }

/* Marks a block; 0 if it can't be, or is marked already since it was freed behind our back. */
static int mark(int slot, void *block) {
    _Atomic uint64_t *word = word_of(slot, block, 1);
    uint64_t bit = bit_of(block);
    return word && !(atomic_fetch_or_explicit(word, bit, memory_order_relaxed) & bit);
}

static int unmark_in(int slot, void *block) {
    _Atomic uint64_t *word = word_of(slot, block, 0);
    uint64_t bit = bit_of(block);
    return word && (atomic_load_explicit(word, memory_order_relaxed) & bit)
        && (atomic_fetch_and_explicit(word, ~bit, memory_order_relaxed) & bit);
}

/* Takes the mark off a block; the slot that counted it, as a rule the one that frees it, or -1. */
static int unmark(int slot, void *block) {
    if (unmark_in(slot, block)) return slot;
    int used = atomic_load_explicit(&slots_used, memory_order_relaxed);
    for (int other = 0; other < used; other++) {
        if (other != slot && unmark_in(other, block)) return other;
    }
    return -1;
}

/* Forgets which blocks are counted; pages that are given back read as zero from then on. */
static void forget_marks(int slot) {
    _Atomic(uint64_t *) *regions = atomic_load(&slots[slot].bitmap);
    for (size_t i = 0; regions && i < REGIONS; i++) {
        uint64_t *region = atomic_load_explicit(&regions[i], memory_order_relaxed);
        if (region) madvise(region, REGION_WORDS * sizeof *region, MADV_DONTNEED);
    }
}

/* ---- malloc and its kin ---------------------------------------------------------------------------- */

enum kind {
    MALLOC, CALLOC, REALLOC, FREE, POSIX_MEMALIGN, ALIGNED_ALLOC, MEMALIGN, PTHREAD_CREATE, REALLOCARRAY, KINDS
};
static const char *const names[KINDS] = {
    "malloc", "calloc", "realloc", "free", "posix_memalign", "aligned_alloc", "memalign",
    "pthread_create", "reallocarray"};

/*
 * What the loader bound. Another tool may put functions of its own into this library's table, too, and
 * call back through ones of ours: what is called here is what was there when this was loaded.
 */
static void *originals[KINDS];

__attribute__((constructor)) static void remember_originals(void) {
    originals[MALLOC] = (void *)malloc;
    originals[CALLOC] = (void *)calloc;
    originals[REALLOC] = (void *)realloc;
    originals[FREE] = (void *)free;
    originals[POSIX_MEMALIGN] = (void *)posix_memalign;
    originals[ALIGNED_ALLOC] = (void *)aligned_alloc;
    originals[MEMALIGN] = (void *)memalign;
    originals[PTHREAD_CREATE] = (void *)pthread_create;
    originals[REALLOCARRAY] = dlsym(RTLD_DEFAULT, "reallocarray"); /* old C libraries have none */
}

static void *real_malloc(size_t size) { return ((void *(*)(size_t))originals[MALLOC])(size); }
static void *real_calloc(size_t count, size_t size) {
    return ((void *(*)(size_t, size_t))originals[CALLOC])(count, size);
}
static void *real_realloc(void *block, size_t size) {
    return ((void *(*)(void *, size_t))originals[REALLOC])(block, size);
}
static void real_free(void *block) { ((void (*)(void *))originals[FREE])(block); }
static int real_posix_memalign(void **block, size_t alignment, size_t size) {
    return ((int (*)(void **, size_t, size_t))originals[POSIX_MEMALIGN])(block, alignment, size);
}
static void *real_aligned_alloc(size_t alignment, size_t size) {
    return ((void *(*)(size_t, size_t))originals[ALIGNED_ALLOC])(alignment, size);
}
static void *real_memalign(size_t alignment, size_t size) {
    return ((void *(*)(size_t, size_t))originals[MEMALIGN])(alignment, size);
}
static int real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                               void *(*routine)(void *), void *argument) {
    return ((int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))
                originals[PTHREAD_CREATE])(thread, attributes, routine, argument);
}

/* ---- what takes the place of them ---------------------------------------------------------------------- */

static void *counted(int slot, void *block) {
    if (block && mark(slot, block)) count(slot, (int64_t)malloc_usable_size(block));
    return block;
}

static void slot_free(int slot, void *block) {
    if (block) {
        int saved = errno;
        int counted_in = unmark(slot, block);
        if (counted_in >= 0) count(counted_in, -(int64_t)malloc_usable_size(block));
        errno = saved;
    }
    real_free(block);
}

/* The mark goes before the block does: the next moment another thread may be given its address. */
static void *slot_realloc(int slot, void *block, size_t size) {
    if (!block) return counted(slot, real_malloc(size));
    int64_t before = (int64_t)malloc_usable_size(block);
    int counted_in = unmark(slot, block);
    void *moved = real_realloc(block, size);
    if (!moved && size) {
        if (counted_in >= 0) mark(counted_in, block);
        return NULL;
    }
    if (counted_in >= 0) count(counted_in, -before);
    return counted(slot, moved);
}

static void *slot_reallocarray(int slot, void *block, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return slot_realloc(slot, block, bytes);
}

static int slot_posix_memalign(int slot, void **block, size_t alignment, size_t size) {
    int failed = real_posix_memalign(block, alignment, size);
    if (!failed) counted(slot, *block);
    return failed;
}

struct start {
    void *(*routine)(void *);
    void *argument;
    struct record *parent;
    unsigned parent_life;
};

static void *run_worker(void *start) {
    struct start own = *(struct start *)start;
    real_free(start);
    struct record *r = current_record();
    if (r) {
        r->parent = own.parent;
        r->parent_life = own.parent_life;
    } else {
        atomic_fetch_sub(&own.parent->workers, 1);
    }
    return own.routine(own.argument);
}

/* SQLite's helper threads work for the thread that started them, and are joined by it. */
static int slot_pthread_create(int slot, pthread_t *thread, const pthread_attr_t *attributes,
                               void *(*routine)(void *), void *argument) {
    struct record *r = current_record();
    struct start *start = slots[slot].sqlite && r ? real_malloc(sizeof *start) : NULL;
    if (!start) return real_pthread_create(thread, attributes, routine, argument);
    struct record *head = head_of(r);
    *start = (struct start){routine, argument, head, atomic_load(&head->life)};
    atomic_fetch_add(&head->workers, 1);
    int failed = real_pthread_create(thread, attributes, run_worker, start);
    if (failed) {
        atomic_fetch_sub(&head->workers, 1);
        real_free(start);
    }
    return failed;
}

/* A set of functions per slot, so that each knows its library without looking at its caller. */
#define FUNCTIONS(n) \
    static void *malloc_##n(size_t s) { return counted(n, real_malloc(s)); } \
    static void *calloc_##n(size_t c, size_t s) { return counted(n, real_calloc(c, s)); } \
    static void *realloc_##n(void *b, size_t s) { return slot_realloc(n, b, s); } \
    static void *reallocarray_##n(void *b, size_t c, size_t s) { \
        return slot_reallocarray(n, b, c, s); } \
    static void free_##n(void *b) { slot_free(n, b); } \
    static int posix_memalign_##n(void **b, size_t a, size_t s) { \
        return slot_posix_memalign(n, b, a, s); } \
    static void *aligned_alloc_##n(size_t a, size_t s) { return counted(n, real_aligned_alloc(a, s)); } \
    static void *memalign_##n(size_t a, size_t s) { return counted(n, real_memalign(a, s)); } \
    static int pthread_create_##n(pthread_t *t, const pthread_attr_t *a, void *(*f)(void *), \
                                  void *g) { return slot_pthread_create(n, t, a, f, g); }
#define EACH_SLOT(X) \
    X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) \
    X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31)
EACH_SLOT(FUNCTIONS)

#define ROW(n) \
    {(void *)malloc_##n, (void *)calloc_##n, (void *)realloc_##n, (void *)free_##n, \
     (void *)posix_memalign_##n, (void *)aligned_alloc_##n, (void *)memalign_##n, \
     (void *)pthread_create_##n, (void *)reallocarray_##n},
static void *const replacements[SLOTS][KINDS] = {EACH_SLOT(ROW)};

/* ---- finding and changing relocation tables ------------------------------------------------------- */

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

/* glibc has made these pointers absolute, musl has not. */
static const void *absolute(const struct library *l, ElfW(Addr) value) {
    return (const void *)(value < l->base ? l->base + value : value);
}

static int read_dynamic(struct library *l) {
    const ElfW(Dyn) *d = NULL;
    for (int i = 0; i < l->header_count; i++) {
        if (l->headers[i].p_type == PT_DYNAMIC) {
            d = (const ElfW(Dyn) *)(l->base + l->headers[i].p_vaddr);
        }
    }
    for (; d && d->d_tag != DT_NULL; d++) {
        switch (d->d_tag) {
            case DT_SYMTAB: l->symbols = absolute(l, d->d_un.d_ptr); break;
            case DT_STRTAB: l->strings = absolute(l, d->d_un.d_ptr); break;
            case DT_JMPREL: l->tables[0] = absolute(l, d->d_un.d_ptr); break;
            case DT_PLTRELSZ: l->counts[0] = d->d_un.d_val / sizeof(ElfW(Rela)); break;
            case DT_RELA: l->tables[1] = absolute(l, d->d_un.d_ptr); break;
            case DT_RELASZ: l->counts[1] = d->d_un.d_val / sizeof(ElfW(Rela)); break;
            case DT_PLTREL: if (d->d_un.d_val != DT_RELA) return 0; break;
            default: break;
        }
    }
    return l->symbols && l->strings;
}

/* Lazy binding: until it is first used, an entry points at the library's own linkage table. */
static int is_own_code(const struct library *l, void *target) {
    for (int i = 0; i < l->header_count; i++) {
        const ElfW(Phdr) *h = &l->headers[i];
        uintptr_t start = l->base + h->p_vaddr;
        if (h->p_type == PT_LOAD && (h->p_flags & PF_X) && (uintptr_t)target >= start
            && (uintptr_t)target < start + h->p_memsz) return 1;
    }
    return 0;
}

/* False for one in the middle of code or constants, which the loader wrote before it protected them. */
static int is_data(const struct library *l, void **entry) {
    for (int i = 0; i < l->header_count; i++) {
        const ElfW(Phdr) *h = &l->headers[i];
        uintptr_t start = l->base + h->p_vaddr;
        if (h->p_type == PT_LOAD && (h->p_flags & PF_W) && (uintptr_t)entry >= start
            && (uintptr_t)entry < start + h->p_memsz) return 1;
    }
    return 0;
}

static int is_ours(int kind, void *target) {
    for (int slot = 0; slot < SLOTS; slot++) {
        if (replacements[slot][kind] == target) return 1;
    }
    return 0;
}

/* Writes an entry, through the protection that the loader put on it after relocation. */
static int write_entry(const struct library *l, void **entry, void *target) {
    uintptr_t size = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t page = (uintptr_t)entry & ~(size - 1);
    int read_only = 0;
    for (int i = 0; i < l->header_count; i++) {
        const ElfW(Phdr) *h = &l->headers[i];
        if (h->p_type == PT_GNU_RELRO) {
            uintptr_t start = (l->base + h->p_vaddr) & ~(size - 1);
            uintptr_t end = (l->base + h->p_vaddr + h->p_memsz) & ~(size - 1);
            read_only |= (uintptr_t)entry >= start && (uintptr_t)entry < end;
        }
    }
    if (read_only && mprotect((void *)page, size, PROT_READ | PROT_WRITE)) return 0;
    __atomic_store_n(entry, target, __ATOMIC_RELEASE);
    if (read_only) mprotect((void *)page, size, PROT_READ);
    return 1;
}

struct tally {
    int found;
    int written;
    void *stranger;  /* what another tool has put into an entry */
};

/* Why the library can't be accounted, or NULL; `tally` tells of its entries. */
static const char *visit(const struct library *l, enum what what, int slot, struct tally *tally) {
    for (int t = 0; t < 2; t++) {
        for (size_t i = 0; l->tables[t] && i < l->counts[t]; i++) {
            const ElfW(Rela) *r = &l->tables[t][i];
            unsigned type = ELF64_R_TYPE(r->r_info);
            const ElfW(Sym) *symbol = &l->symbols[ELF64_R_SYM(r->r_info)];
            if ((type != RELOC_JUMP_SLOT && type != RELOC_GLOB_DAT && type != RELOC_ABSOLUTE)
                || symbol->st_shndx != SHN_UNDEF) continue;
            int kind = 0;
            while (kind < KINDS && strcmp(l->strings + symbol->st_name, names[kind])) kind++;
            if (kind == KINDS || !originals[kind]) continue;
            void **entry = (void **)(l->base + r->r_offset);
            void *target = __atomic_load_n(entry, __ATOMIC_ACQUIRE);
            tally->found++;
            if (what == RESTORE) {
                if (is_ours(kind, target)) write_entry(l, entry, originals[kind]);
            } else if (is_ours(kind, target)) {
                continue;
            } else if (!is_data(l, entry)) {
                return "its code holds addresses of malloc";
            } else if (target != originals[kind]
                       && !(type == RELOC_JUMP_SLOT && is_own_code(l, target))) {
                tally->stranger = target;
                return "its calls of malloc go to another tool";
            } else if (what == PATCH) {
                if (!write_entry(l, entry, replacements[slot][kind])) {
                    visit(l, RESTORE, slot, tally);
                    return "the system does not let its relocation table be changed";
                }
                tally->written++;
            }
        }
    }
    return NULL;
}

/* ---- which libraries -------------------------------------------------------------------------------- */

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
    atomic_store(&slots[used].bitmap, reserve(REGIONS * sizeof(uint64_t *)));
    if (!atomic_load(&slots[used].bitmap)) slots[used].refused = "no address space for its marks";
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

/* Exact sums over all threads, since the tables were last put back. */
static int64_t sum_of(int slot, int64_t *allocated) {
    int64_t freed = 0;
    *allocated = 0;
    for (struct record *r = atomic_load(&records); r; r = r->next) {
        *allocated += get(&r->slot_allocated[slot]);
        freed += get(&r->slot_freed[slot]);
    }
    return *allocated - freed;
}

/* What is counted ends here: blocks that are freed from now on would never be taken off. */
static void forget_counts(void) {
    for (int slot = 0; slot < atomic_load(&slots_used); slot++) {
        int64_t allocated, held = sum_of(slot, &allocated);
        forget_marks(slot);
        atomic_store(&slots[slot].before_held, held);
        atomic_store(&slots[slot].before_allocated, allocated);
        atomic_store(&slots[slot].held, 0);
        atomic_store(&slots[slot].peak, 0);
    }
}

/* Returns whether anything was there to be looked at: libraries came or went, or all are put back. */
static int scan_libraries(int all, int restore, const char *java_home) {
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

/* Whether another tool has taken libraries over that were accounted: they are refused from now on. */
static int taken_over(void) {
    struct scan scan = {0};
    if (pthread_mutex_trylock(&scan_lock)) return 0;
    dl_iterate_phdr(verify_library, &scan);
    if (scan.stranger_count) dl_iterate_phdr(refuse_tool, &scan);
    pthread_mutex_unlock(&scan_lock);
    return scan.stranger_count != 0;
}

/* In the order of NativeHeap's constants. */
static void sum(int slot, int64_t figures[3]) {
    int64_t allocated, held = sum_of(slot, &allocated) - atomic_load(&slots[slot].before_held);
    raise_to(&slots[slot].peak, held);
    figures[0] = held;
    figures[1] = atomic_load(&slots[slot].peak);
    figures[2] = allocated - atomic_load(&slots[slot].before_allocated);
}

/* ---- for Java: io.memreport.recorder.nativeheap.NativeHeap --------------------------------------------- */

#define JAVA(type, method) \
    JNIEXPORT type JNICALL Java_io_memreport_recorder_nativeheap_NativeHeap_##method

JAVA(jboolean, scan)(JNIEnv *env, jclass type, jboolean all, jboolean restore, jstring java_home) {
    const char *home = (*env)->GetStringUTFChars(env, java_home, NULL);
    (void)type;
    if (!home) return JNI_FALSE;
    int visited = scan_libraries(all, restore, home);
    (*env)->ReleaseStringUTFChars(env, java_home, home);
    return visited != 0;
}

JAVA(jboolean, takenOver)(JNIEnv *env, jclass type) {
    (void)env, (void)type;
    return taken_over() != 0;
}

JAVA(jobject, currentRecord)(JNIEnv *env, jclass type) {
    struct record *r = current_record();
    (void)type;
    return r ? (*env)->NewDirectByteBuffer(env, r, offsetof(struct record, parent)) : NULL;
}

JAVA(jint, slots)(JNIEnv *env, jclass type) {
    (void)env, (void)type;
    return atomic_load(&slots_used);
}

JAVA(jstring, slotName)(JNIEnv *env, jclass type, jint slot) {
    (void)type;
    return (*env)->NewStringUTF(env, slots[slot].name);
}

JAVA(jstring, slotRefusal)(JNIEnv *env, jclass type, jint slot) {
    (void)type;
    return slots[slot].refused ? (*env)->NewStringUTF(env, slots[slot].refused) : NULL;
}

JAVA(jboolean, slotIsSqlite)(JNIEnv *env, jclass type, jint slot) {
    (void)env, (void)type;
    return slots[slot].sqlite != 0;
}

JAVA(void, slotFigures)(JNIEnv *env, jclass type, jint slot, jlongArray out) {
    int64_t figures[3];
    (void)type;
    sum(slot, figures);
    (*env)->SetLongArrayRegion(env, out, 0, 3, (const jlong *)figures);
}
