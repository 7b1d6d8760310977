// SPDX-License-Identifier: Apache-2.0
#ifndef MEMREPORT_HEAP_H
#define MEMREPORT_HEAP_H

#pragma GCC visibility push(hidden)

/* Keeps which samples live now, the first time that it is called: whoever catches an error lets go of them. */
void freeze_heap(void);

#pragma GCC visibility pop

#endif
