// SPDX-License-Identifier: Apache-2.0
#ifndef MEMREPORT_LIBRARIES_H
#define MEMREPORT_LIBRARIES_H

#pragma GCC visibility push(hidden)

/*
 * Accounts SQLite's libraries, or all but the system's and those below java_home, or puts all back.
 * Returns whether anything was there to be looked at: libraries came or went, or all are put back.
 */
int scan_libraries(int all, int restore, const char *java_home);

/* Whether another tool has taken libraries over that were accounted: they are refused from now on. */
int taken_over(void);

#pragma GCC visibility pop

#endif
