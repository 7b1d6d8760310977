// SPDX-License-Identifier: Apache-2.0
/* What one thread counts: memory by memreport.c, the work of statements by sqlite_status.c,
 * and what heap.c asks for. */
#ifndef MEMREPORT_RECORD_H
#define MEMREPORT_RECORD_H

#include <stdatomic.h>
#include <stdint.h>

#define SLOTS 32

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

/* The current thread's, or NULL if there is no memory for it. */
struct record *current_record(void) __attribute__((visibility("hidden")));

#endif
