// SPDX-License-Identifier: Apache-2.0
#ifndef MEMREPORT_MARKS_H
#define MEMREPORT_MARKS_H

#pragma GCC visibility push(hidden)

/* Makes room for the marks of a slot; 0 if there is no address space for them. */
int make_marks(int slot);

/* Marks a block; 0 if it can't be, or is marked already since it was freed behind our back. */
int mark(int slot, void *block);

/* Takes the mark off a block; the slot that counted it, as a rule the one that frees it, or -1. */
int unmark(int slot, void *block);

/* Forgets which blocks are counted. */
void forget_marks(int slot);

#pragma GCC visibility pop

#endif
