// SPDX-License-Identifier: Apache-2.0
/*
 * A library calls malloc and its kin through entries of its own relocation table. Functions of wrappers.c
 * are put there. Nothing else in the process is touched, and an entry that points where the loader would
 * not have put it, because another tool got there first, makes the whole library be refused.
 */
#define _GNU_SOURCE
#include "relocations.h"

#include <elf.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "wrappers.h"

/* Of linux/futex.h, which is not among musl's headers. */
#define FUTEX_WAKE_OP_PRIVATE (5 | 128)
#define FUTEX_OP_OR_ZERO (2 << 28)

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

/* glibc has made these pointers absolute, musl has not. */
static const void *absolute(const struct library *l, ElfW(Addr) value) {
    return (const void *)(value < l->base ? l->base + value : value);
}

int read_dynamic(struct library *l) {
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

int is_own_code(const struct library *l, void *target) {
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

/*
 * Whether an entry can be written now, which another tool may have allowed since the loader forbade it:
 * futex(2) has the kernel OR a zero into it, and wakes nobody, for nobody waits there.
 */
static int is_writable(void **entry) {
    return syscall(SYS_futex, entry, FUTEX_WAKE_OP_PRIVATE, 0, NULL, entry,
                   FUTEX_OP_OR_ZERO) >= 0;
}

/* Whether the loader forbids writing to a page once it has relocated the library. */
static int is_relro(const struct library *l, uintptr_t page, uintptr_t size) {
    for (int i = 0; i < l->header_count; i++) {
        const ElfW(Phdr) *h = &l->headers[i];
        uintptr_t start = (l->base + h->p_vaddr) & ~(size - 1);
        uintptr_t end = (l->base + h->p_vaddr + h->p_memsz) & ~(size - 1);
        if (h->p_type == PT_GNU_RELRO && page >= start && page < end) return 1;
    }
    return 0;
}

/*
 * Writes an entry, through the protection that the loader put on it after relocation. A page that is
 * writable stays so: async-profiler makes those of libjvm writable once, and ends the process at its
 * next write if they are not. One that the loader has yet to protect may be protected by now.
 */
static int write_entry(const struct library *l, void **entry, void *target) {
    uintptr_t size = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t page = (uintptr_t)entry & ~(size - 1);
    int read_only = !is_writable(entry);
    int closed = read_only || is_relro(l, page, size);
    if (closed && mprotect((void *)page, size, PROT_READ | PROT_WRITE)) return 0;
    __atomic_store_n(entry, target, __ATOMIC_RELEASE);
    if (read_only) mprotect((void *)page, size, PROT_READ);
    return 1;
}

/* The name of the function of other libraries that an entry has the address of; NULL if it has none. */
static const char *function_of(const struct library *l, const ElfW(Rela) *r) {
    unsigned type = ELF64_R_TYPE(r->r_info);
    const ElfW(Sym) *symbol = &l->symbols[ELF64_R_SYM(r->r_info)];
    int address = type == RELOC_JUMP_SLOT || type == RELOC_GLOB_DAT || type == RELOC_ABSOLUTE;
    return address && symbol->st_shndx == SHN_UNDEF ? l->strings + symbol->st_name : NULL;
}

/* Until it is first used, one that is bound lazily points at the library itself. */
static int is_unbound(const struct library *l, const ElfW(Rela) *r, void *target) {
    return ELF64_R_TYPE(r->r_info) == RELOC_JUMP_SLOT && is_own_code(l, target);
}

const char *visit(const struct library *l, enum what what, int slot, struct tally *tally) {
    for (int t = 0; t < 2; t++) {
        for (size_t i = 0; l->tables[t] && i < l->counts[t]; i++) {
            const ElfW(Rela) *r = &l->tables[t][i];
            const char *function = function_of(l, r);
            int kind = 0;
            if (!function) continue;
            while (kind < KINDS && strcmp(function, names[kind])) kind++;
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
            } else if (target != originals[kind] && !is_unbound(l, r, target)) {
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

int redirect(const struct library *l, const char *function, void *from, void *to) {
    int written = 0;
    for (int t = 0; t < 2; t++) {
        for (size_t i = 0; l->tables[t] && i < l->counts[t]; i++) {
            const ElfW(Rela) *r = &l->tables[t][i];
            const char *called = function_of(l, r);
            if (!called || strcmp(called, function)) continue;
            void **entry = (void **)(l->base + r->r_offset);
            void *target = __atomic_load_n(entry, __ATOMIC_ACQUIRE);
            if (is_data(l, entry) && (target == from || is_unbound(l, r, target))) {
                written += write_entry(l, entry, to);
            }
        }
    }
    return written;
}
