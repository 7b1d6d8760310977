// SPDX-License-Identifier: Apache-2.0
/*
 * Which blocks are counted: a bitmap for each slot, with a bit per 16 bytes of address. So a block that
 * was handed out before a table was changed, or by another library, is never subtracted when it is freed.
 */
#define _GNU_SOURCE
#include "marks.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

#include "record.h"

#define ADDRESS_BITS 48
#define REGION_BITS 26      /* 64 MiB of addresses have 512 KiB of bits, touched page by page */
#define REGIONS (1UL << (ADDRESS_BITS - REGION_BITS))
#define REGION_WORDS (1UL << (REGION_BITS - 4 - 6))

static void *address_space(size_t bytes) {
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

int make_marks(int slot) {
    atomic_store(&slots[slot].bitmap, address_space(REGIONS * sizeof(uint64_t *)));
    return atomic_load(&slots[slot].bitmap) != NULL;
}

static _Atomic uint64_t *word_of(int slot, void *block, int create) {
    uintptr_t address = (uintptr_t)block;
    _Atomic(uint64_t *) *regions = atomic_load(&slots[slot].bitmap);
    if (!regions || address >> ADDRESS_BITS) return NULL;
    _Atomic(uint64_t *) *entry = &regions[address >> REGION_BITS];
    uint64_t *region = atomic_load_explicit(entry, memory_order_acquire);
    if (!region) {
        if (!create) return NULL;
        uint64_t *fresh = address_space(REGION_WORDS * sizeof *fresh);
        if (!fresh) return NULL;
        if (atomic_compare_exchange_strong(entry, &region, fresh)) region = fresh;
        else munmap(fresh, REGION_WORDS * sizeof *fresh);
    }
    return (_Atomic uint64_t *)&region[(address >> 10) & (REGION_WORDS - 1)];
}

static uint64_t bit_of(void *block) { return 1ULL << (((uintptr_t)block >> 4) & 63); }

int mark(int slot, void *block) {
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

int unmark(int slot, void *block) {
    if (unmark_in(slot, block)) return slot;
    int used = atomic_load_explicit(&slots_used, memory_order_relaxed);
    for (int other = 0; other < used; other++) {
        if (other != slot && unmark_in(other, block)) return other;
    }
    return -1;
}

/* Pages that are given back read as zero from then on. */
void forget_marks(int slot) {
    _Atomic(uint64_t *) *regions = atomic_load(&slots[slot].bitmap);
    for (size_t i = 0; regions && i < REGIONS; i++) {
        uint64_t *region = atomic_load_explicit(&regions[i], memory_order_relaxed);
        if (region) madvise(region, REGION_WORDS * sizeof *region, MADV_DONTNEED);
    }
}
