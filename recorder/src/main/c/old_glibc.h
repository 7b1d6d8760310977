// SPDX-License-Identifier: Apache-2.0
/* What moved from libpthread and libdl into libc in glibc 2.34, by the versions that older ones have. */
#ifndef MEMREPORT_OLD_GLIBC_H
#define MEMREPORT_OLD_GLIBC_H

#if defined(__x86_64__)
#define FIRST_GLIBC "GLIBC_2.2.5"
#else
#define FIRST_GLIBC "GLIBC_2.17"
#endif
#define OF_OLD_GLIBC(name) __asm__(".symver " #name "," #name "@" FIRST_GLIBC)

#endif
