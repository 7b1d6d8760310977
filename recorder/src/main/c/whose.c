// SPDX-License-Identifier: Apache-2.0
/*
 * Whose work a thread does, for the samples of the Java heap. What a thread was made in is known to Java
 * alone, which is asked on that thread itself: of a platform thread once, before it runs; of a virtual one,
 * which is on other threads' records, with each sample. Java answers from thread locals, without any lock.
 */
#define _GNU_SOURCE
#include <jvmti.h>
#include <stdatomic.h>
#include <stdint.h>

#include "record.h"
#include "whose.h"

#define TESTS 512               /* that run at once */
#define IS_VIRTUAL_THREAD 234   /* place of IsVirtualThread in JNI's table, from version 21 on */
#define OVER INT64_MIN          /* WorkOwner.OVER */

static _Atomic int64_t running[TESTS];
static atomic_int running_used;
static _Atomic int64_t sole;
static __thread int64_t born_in;    /* a test, or OVER; a carrier has virtual ones, too */

static _Atomic(jobject) owner;      /* an io.memreport.recorder.heap.WorkOwner, for good */
static jmethodID born_in_method;
static jmethodID now_method;

static int is_running(int64_t test) {
    int used = atomic_load_explicit(&running_used, memory_order_relaxed);
    for (int i = 0; i < used; i++) {
        if (atomic_load_explicit(&running[i], memory_order_relaxed) == test) return 1;
    }
    return 0;
}

static int is_virtual(JNIEnv *env, jthread thread) {
    typedef jboolean (JNICALL *question)(JNIEnv *, jobject);
    if ((*env)->GetVersion(env) < 0x00150000) return 0;
    return ((question *)*env)[IS_VIRTUAL_THREAD](env, thread);
}

/* What Java says: a test, OVER, or 0 if it doesn't know. */
static int64_t ask(JNIEnv *env, const jmethodID *question) {
    jobject asked = atomic_load(&owner);
    if (!asked || (*env)->ExceptionCheck(env)) return 0;
    int64_t answer = (*env)->CallLongMethod(env, asked, *question);
    if ((*env)->ExceptionCheck(env)) {
        (*env)->ExceptionClear(env);
        return 0;
    }
    return answer;
}

/*
 * Whose work it does, or what it is in while that runs; else who made it; else the one test that runs. Of a
 * thread that a test left running nobody knows for whom it works.
 */
int64_t test_of(JNIEnv *env, jthread thread) {
    if (is_virtual(env, thread)) {
        int64_t test = ask(env, &now_method);
        return test == OVER ? 0 : test ? test : atomic_load(&sole);
    }
    struct record *r = current_record();
    int64_t test = r ? __atomic_load_n(&r->test, __ATOMIC_RELAXED) : 0;
    if (test < 0) return -test;
    if (test && is_running(test)) return test;
    if (born_in) return is_running(born_in) ? born_in : 0;
    return atomic_load(&sole);
}

void thread_begins(JNIEnv *env) {
    int64_t made_in = ask(env, &born_in_method);
    born_in = made_in ? made_in : atomic_load(&sole);
}

/* ---- for Java: io.memreport.recorder.heap.HeapSamples ---------------------------------------------- */

#define JAVA(type, method) \
    JNIEXPORT type JNICALL Java_io_memreport_recorder_heap_HeapSamples_##method

JAVA(void, ask)(JNIEnv *env, jclass own, jobject asked) {
    (void)own;
    if (atomic_load(&owner)) return;
    jclass type = (*env)->GetObjectClass(env, asked);
    born_in_method = (*env)->GetMethodID(env, type, "bornIn", "()J");
    now_method = born_in_method ? (*env)->GetMethodID(env, type, "now", "()J") : NULL;
    if (now_method) atomic_store(&owner, (*env)->NewGlobalRef(env, asked));
    (*env)->DeleteLocalRef(env, type);
}

JAVA(void, testBegins)(JNIEnv *env, jclass own, jlong test) {
    (void)env, (void)own;
    for (int i = 0; i < TESTS; i++) {
        int64_t none = 0;
        if (atomic_compare_exchange_strong(&running[i], &none, test)) {
            if (i >= atomic_load(&running_used)) atomic_store(&running_used, i + 1);
            return;
        }
    }
}

JAVA(void, testEnds)(JNIEnv *env, jclass own, jlong test) {
    (void)env, (void)own;
    for (int i = 0; i < TESTS; i++) {
        int64_t expected = test;
        if (atomic_compare_exchange_strong(&running[i], &expected, 0)) return;
    }
}

JAVA(void, sole)(JNIEnv *env, jclass own, jlong test) {
    (void)env, (void)own;
    atomic_store(&sole, test);
}
