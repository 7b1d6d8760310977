// SPDX-License-Identifier: Apache-2.0
/*
 * malloc and its kin as accounted libraries call them: they count, and then call what the loader had put
 * there. Sizes are those of malloc_usable_size.
 */
#define _GNU_SOURCE
#include "wrappers.h"

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "marks.h"
#include "old_glibc.h"
#include "record.h"

#ifdef __GLIBC__
OF_OLD_GLIBC(dlsym);
OF_OLD_GLIBC(pthread_create);
#endif

const char *const names[KINDS] = {
    "malloc", "calloc", "realloc", "free", "posix_memalign", "aligned_alloc", "memalign",
    "pthread_create", "reallocarray"};

void *originals[KINDS];

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
void *const replacements[SLOTS][KINDS] = {EACH_SLOT(ROW)};
