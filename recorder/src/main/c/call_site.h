// SPDX-License-Identifier: Apache-2.0
#ifndef MEMREPORT_CALL_SITE_H
#define MEMREPORT_CALL_SITE_H

#include <jvmti.h>
#include <stddef.h>

#define SITE_ROOM 640

#pragma GCC visibility push(hidden)

/* Lcom/acme/Order; or [Lcom/acme/Order; or [[B into com.acme.Order, com.acme.Order[], byte[][]. */
void class_name(const char *signature, char *name, size_t room);

/*
 * The library that allocated, or nothing, and then frames, a line each, in SITE_ROOM bytes. To be called
 * while the frames are on this thread's stack, so that their classes can't be unloaded. `libraries` are
 * prefixes of class names, each ended by a line feed. False for what the recorder allocates itself.
 */
int describe(jvmtiEnv *jvmti, JNIEnv *env, const jvmtiFrameInfo *frames, jint count,
             const char *libraries, char *text);

#pragma GCC visibility pop

#endif
