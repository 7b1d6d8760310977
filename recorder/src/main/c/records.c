// SPDX-License-Identifier: Apache-2.0
/*
 * A record per thread of what it counts. The process is the sum of the records, which outlive their
 * threads and are used again, so that the sum never loses anything.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>

#include "marks.h"
#include "old_glibc.h"
#include "record.h"

#ifdef __GLIBC__
OF_OLD_GLIBC(pthread_key_create);
OF_OLD_GLIBC(pthread_once);
OF_OLD_GLIBC(pthread_setspecific);
#endif

#define FLUSH (32 * 1024)   /* bytes that a thread counts before it tells the process's peak */

static _Atomic(struct record *) records;
static __thread struct record *own_record;
static pthread_key_t exit_key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

struct slot slots[SLOTS];
atomic_int slots_used;

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

struct record *head_of(struct record *r) {
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

void count(int slot, int64_t bytes) {
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

void forget_counts(void) {
    for (int slot = 0; slot < atomic_load(&slots_used); slot++) {
        int64_t allocated, held = sum_of(slot, &allocated);
        forget_marks(slot);
        atomic_store(&slots[slot].before_held, held);
        atomic_store(&slots[slot].before_allocated, allocated);
        atomic_store(&slots[slot].held, 0);
        atomic_store(&slots[slot].peak, 0);
    }
}

void sum(int slot, int64_t figures[3]) {
    int64_t allocated, held = sum_of(slot, &allocated) - atomic_load(&slots[slot].before_held);
    raise_to(&slots[slot].peak, held);
    figures[0] = held;
    figures[1] = atomic_load(&slots[slot].peak);
    figures[2] = allocated - atomic_load(&slots[slot].before_allocated);
}
