// SPDX-License-Identifier: Apache-2.0
/*
 * OutOfMemoryErrors of the JVM's own, and the status of a process that exits without Java's knowing.
 *
 * JVM TI tells of each OutOfMemoryError that the JVM throws (ResourceExhausted), whoever catches it.
 * What is told goes straight into the black box, where it outlives the process: the next instruction
 * may be its last. Errors that Java code throws, as for direct buffers, are not among them.
 *
 * From JDK 21 on -XX:+ExitOnOutOfMemoryError ends the process by _exit(2), which runs nothing that was
 * registered for an end: the JVM's calls of it go through here.
 *
 * The first entries stay, the last one is of whatever came last. The lock is held for some stores only.
 */
#define _GNU_SOURCE
#include <jni.h>
#include <jvmti.h>
#include <link.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "heap.h"
#include "relocations.h"

#define EXIT_FLAG 0x100 /* none of JVM TI's */
#define TEXT 80

/* As BoxLayout says. */
struct entry {
    uint64_t number;
    uint64_t epoch_millis;
    uint64_t flags;
    uint64_t thread;
    char text[TEXT];
    uint64_t check;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct entry *entries; /* NULL: nobody listens */
static int room;
static uint64_t last;
static jvmtiEnv *tools;
static pid_t owner; /* whose black box it is: a child that fails to start what it is for exits, too */

/* BoxCheck.of */
static uint64_t check_of(const struct entry *entry) {
    const uint64_t *words = (const uint64_t *)entry;
    uint64_t sum = 0x6d656d7265706f72ULL;
    for (uint64_t i = 0; i < offsetof(struct entry, check) / 8; i++) {
        sum += (words[i] ^ (words[i] >> 32)) * (0x9E3779B97F4A7C15ULL * (2 * i + 1));
    }
    return sum;
}

static void write_entry(uint64_t flags, const char *text) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    pthread_mutex_lock(&lock);
    if (entries) {
        uint64_t number = ++last;
        struct entry *at = &entries[number < (uint64_t)room ? number - 1 : (uint64_t)room - 1];
        struct entry next = {.number = number, .flags = flags, .thread = (uint64_t)syscall(SYS_gettid),
                             .epoch_millis = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000};
        strncpy(next.text, text ? text : "", TEXT - 1);
        __atomic_store_n(&at->check, 0, __ATOMIC_RELEASE);
        __atomic_thread_fence(__ATOMIC_RELEASE);
        memcpy(at, &next, offsetof(struct entry, check));
        __atomic_store_n(&at->check, check_of(&next), __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&lock);
}

static void JNICALL exhausted(jvmtiEnv *env, JNIEnv *jni, jint flags, const void *reserved, const char *what) {
    (void)env, (void)jni, (void)reserved;
    write_entry((uint64_t)flags, what);
    if (flags & JVMTI_RESOURCE_EXHAUSTED_JAVA_HEAP) freeze_heap();
}

static void write_status(int status) {
    char text[TEXT];
    if (getpid() != owner) return;
    snprintf(text, sizeof text, "%d", status);
    write_entry(EXIT_FLAG, text);
}

#ifdef __GLIBC__
/* A JVM that halts may run this as its last. */
static void exits(int status, void *data) {
    (void)data;
    write_status(status);
}
#endif

static void exits_at_once(int status) {
    write_status(status);
    _exit(status);
}

struct search {
    void *code; /* of the library that is looked for */
    int listens;
};

static int redirect_exit(struct dl_phdr_info *info, size_t size, void *data) {
    struct search *search = data;
    struct library l = {.base = info->dlpi_addr, .headers = info->dlpi_phdr, .header_count = info->dlpi_phnum};
    (void)size;
    if (!is_own_code(&l, search->code)) return 0;
    if (read_dynamic(&l)) {
        if (search->listens) redirect(&l, "_exit", (void *)_exit, (void *)exits_at_once);
        else redirect(&l, "_exit", (void *)exits_at_once, (void *)_exit);
    }
    return 1;
}

/* ---- for Java: io.memreport.recorder.nativeheap.Exhaustion ----------------------------------------- */

#define JAVA(type, method) \
    JNIEXPORT type JNICALL Java_io_memreport_recorder_nativeheap_Exhaustion_##method

/* Tells of what comes from now on in this buffer of zeros, or with NULL no more; false if the JVM can't. */
JAVA(jboolean, listen)(JNIEnv *env, jclass type, jobject buffer) {
    jvmtiCapabilities wanted = {.can_generate_resource_exhaustion_heap_events = 1,
                                .can_generate_resource_exhaustion_threads_events = 1};
    jvmtiEventCallbacks callbacks = {.ResourceExhausted = exhausted};
    JavaVM *vm;
    (void)type;
    /* Asked before the lock is held: who has it must not be stopped at a safepoint. */
    struct entry *place = buffer ? (*env)->GetDirectBufferAddress(env, buffer) : NULL;
    jlong bytes = buffer ? (*env)->GetDirectBufferCapacity(env, buffer) : 0;
    pthread_mutex_lock(&lock);
    entries = place;
    room = (int)((size_t)bytes / sizeof(struct entry));
    last = 0;
    owner = getpid();
    pthread_mutex_unlock(&lock);
    dl_iterate_phdr(redirect_exit, &(struct search){.code = (void *)(*env)->GetVersion, .listens = place != NULL});
    if (!buffer) {
        if (tools) (*tools)->SetEventNotificationMode(tools, JVMTI_DISABLE, JVMTI_EVENT_RESOURCE_EXHAUSTED, NULL);
        return JNI_TRUE;
    }
    if (!tools) {
        if ((*env)->GetJavaVM(env, &vm) || (*vm)->GetEnv(vm, (void **)&tools, JVMTI_VERSION_1_1)) return JNI_FALSE;
        if ((*tools)->AddCapabilities(tools, &wanted)
            || (*tools)->SetEventCallbacks(tools, &callbacks, sizeof callbacks)) {
            (*tools)->DisposeEnvironment(tools);
            tools = NULL;
            return JNI_FALSE;
        }
#ifdef __GLIBC__
        on_exit(exits, NULL);
#endif
    }
    return !(*tools)->SetEventNotificationMode(tools, JVMTI_ENABLE, JVMTI_EVENT_RESOURCE_EXHAUSTED, NULL);
}
