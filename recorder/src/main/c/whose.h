// SPDX-License-Identifier: Apache-2.0
#ifndef MEMREPORT_WHOSE_H
#define MEMREPORT_WHOSE_H

#include <jvmti.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/* The test that this thread works for, or 0. */
int64_t test_of(JNIEnv *env, jthread thread);

/* This thread is about to run: asks who made it. */
void thread_begins(JNIEnv *env);

#pragma GCC visibility pop

#endif
