// SPDX-License-Identifier: Apache-2.0
/* Stands for a library that is accounted: passes calls on to the C library. */
#define _GNU_SOURCE
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>

void *lib_malloc(size_t size) { return malloc(size); }
void *lib_calloc(size_t count, size_t size) { return calloc(count, size); }
void *lib_realloc(void *block, size_t size) { return realloc(block, size); }
void *lib_reallocarray(void *block, size_t count, size_t size) {
    return reallocarray(block, count, size);
}
void lib_free(void *block) { free(block); }
int lib_posix_memalign(void **block, size_t alignment, size_t size) {
    return posix_memalign(block, alignment, size);
}
int lib_start(pthread_t *thread, void *(*routine)(void *), void *argument) {
    return pthread_create(thread, NULL, routine, argument);
}

/* An entry of the relocation table that a program can reach by name. */
void *(*lib_malloc_entry)(size_t) = malloc;

/* With text relocations, a table among the constants, which the loader has made read-only. */
#ifdef CONSTANT_TABLE
__asm__(".pushsection .rodata.table,\"a\"\n.balign 8\ntable: .quad malloc\n.popsection");
#endif
