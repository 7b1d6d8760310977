// SPDX-License-Identifier: Apache-2.0
/* What one thread counts: memory by the functions in wrappers.c, the work of statements by
 * sqlite_status.c, and what heap.c asks for. */
#ifndef MEMREPORT_RECORD_H
#define MEMREPORT_RECORD_H

#include <stdatomic.h>
#include <stdint.h>

#define SLOTS 32
#define NAME_LENGTH 64

#pragma GCC visibility push(hidden)

struct record {
    /* Of SQLite libraries, read by Java at these offsets. Only the owner writes the first three. */
    int64_t allocated;
    int64_t freed;
    int64_t peak;                       /* of what is held, since Java last set it */
    _Atomic int64_t adopted_allocated;  /* by threads that SQLite started for the owner */
    _Atomic int64_t adopted_freed;
    int64_t full_scan_steps;            /* of statements, when they are looked at */
    int64_t sorts;
    int64_t auto_index_rows;
    int64_t vm_steps;
    int64_t test;                       /* see NativeHeap.TEST */
    struct record *parent;              /* set for a thread that SQLite started */
    unsigned parent_life;               /* the parent's when it did */
    atomic_uint life;                   /* threads that had this record before */
    atomic_int workers;                 /* threads with this parent that are not over */
    struct record *next;
    atomic_int taken;
    int64_t slot_allocated[SLOTS];
    int64_t slot_freed[SLOTS];
    int64_t slot_pending[SLOTS];
} __attribute__((aligned(128)));

/* What is counted of one library, or of several that share a slot. */
struct slot {
    char name[NAME_LENGTH];
    int sqlite;
    const char *refused;
    _Atomic(_Atomic(uint64_t *) *) bitmap;  /* see marks.c */
    _Atomic int64_t held;                   /* as far as threads have told */
    _Atomic int64_t peak;
    _Atomic int64_t before_held;            /* what was counted before the tables were last put back */
    _Atomic int64_t before_allocated;
};
extern struct slot slots[SLOTS];
extern atomic_int slots_used;

/* The current thread's, or NULL if there is no memory for it. */
struct record *current_record(void);

/* Whose figures a thread's bytes are: a worker that outlives its parent is on its own. */
struct record *head_of(struct record *r);

/* Adds bytes that library `slot` was given, or gave back if they are negative. */
void count(int slot, int64_t bytes);

/* Held, its peak and allocated, in the order of NativeHeap's constants. */
void sum(int slot, int64_t figures[3]);

/* What is counted ends here: blocks that are freed from now on would never be taken off. */
void forget_counts(void);

#pragma GCC visibility pop

#endif
