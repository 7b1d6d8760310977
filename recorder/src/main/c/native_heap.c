// SPDX-License-Identifier: Apache-2.0
/*
 * Counts what chosen native libraries take from malloc, for io.memreport.recorder.nativeheap.NativeHeap.
 * libraries.c chooses them, relocations.c leads their calls to wrappers.c, which notes in marks.c which
 * blocks are counted, and in records.c how many bytes they have.
 */
#define _GNU_SOURCE
#include <jni.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "libraries.h"
#include "record.h"

#define JAVA(type, method) \
    JNIEXPORT type JNICALL Java_io_memreport_recorder_nativeheap_NativeHeap_##method

JAVA(jboolean, scan)(JNIEnv *env, jclass type, jboolean all, jboolean restore, jstring java_home) {
    const char *home = (*env)->GetStringUTFChars(env, java_home, NULL);
    (void)type;
    if (!home) return JNI_FALSE;
    int visited = scan_libraries(all, restore, home);
    (*env)->ReleaseStringUTFChars(env, java_home, home);
    return visited != 0;
}

JAVA(jboolean, takenOver)(JNIEnv *env, jclass type) {
    (void)env, (void)type;
    return taken_over() != 0;
}

JAVA(jobject, currentRecord)(JNIEnv *env, jclass type) {
    struct record *r = current_record();
    (void)type;
    return r ? (*env)->NewDirectByteBuffer(env, r, offsetof(struct record, parent)) : NULL;
}

JAVA(jint, slots)(JNIEnv *env, jclass type) {
    (void)env, (void)type;
    return atomic_load(&slots_used);
}

JAVA(jstring, slotName)(JNIEnv *env, jclass type, jint slot) {
    (void)type;
    return (*env)->NewStringUTF(env, slots[slot].name);
}

JAVA(jstring, slotRefusal)(JNIEnv *env, jclass type, jint slot) {
    (void)type;
    return slots[slot].refused ? (*env)->NewStringUTF(env, slots[slot].refused) : NULL;
}

JAVA(jboolean, slotIsSqlite)(JNIEnv *env, jclass type, jint slot) {
    (void)env, (void)type;
    return slots[slot].sqlite != 0;
}

JAVA(void, slotFigures)(JNIEnv *env, jclass type, jint slot, jlongArray out) {
    int64_t figures[3];
    (void)type;
    sum(slot, figures);
    (*env)->SetLongArrayRegion(env, out, 0, 3, (const jlong *)figures);
}
