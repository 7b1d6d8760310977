// SPDX-License-Identifier: Apache-2.0
/*
 * Samples the Java heap: which objects, allocated where and in which test, are still alive.
 *
 * JVM TI reports an allocation about every `interval` bytes (JEP 331). The object is tagged, so that
 * the JVM tells when it was collected: what is left in the table is what no collection has freed.
 * An object of s bytes is seen with probability p = 1 - e^(-s/interval), and so stands for s/p bytes.
 * Of a short run there would be too few samples to tell of what it took: so the interval begins smaller than it
 * was asked for and doubles with each ENOUGH samples, which costs 0.2 s of CPU in all. The table is
 * of fixed size: when it is full the interval doubles, too. Each sample stays with the probability that the new
 * interval would have given it.
 *
 * The lock is held for some lines of C only, in which nothing of the JVM is called: a thread that has
 * it is never stopped at a safepoint.
 */
#define _GNU_SOURCE
#include <jvmti.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "call_site.h"
#include "heap.h"
#include "whose.h"

#define SAMPLES (1 << 14)
#define SITES (1 << 11)
#define TYPES (1 << 10)
#define TYPE_ROOM 120
#define FRAMES 64               /* that are looked at */
#define LIBRARIES_ROOM 8192
#define PATHS (1 << 12)         /* stacks whose text is known, each where its hash says */
#define ROWS (1 << 15)          /* twice as many as samples: a hash table */
#define LARGEST_INTERVAL (1 << 30)
#define SMALLEST_INTERVAL (1 << 14)
#define FINER 16                /* is the first interval than the one that was asked for */
#define ENOUGH (1 << 13)        /* samples of one interval */

struct sample {
    int64_t tag;                /* 0: free */
    int64_t size;
    int64_t test;
    uint32_t site;
    uint32_t type;
    uint32_t born;              /* collections before it */
    uint32_t next_free;
};

struct row {
    int64_t test;
    uint32_t site;
    uint32_t type;
    int32_t samples;            /* 0: free */
    int32_t survivors;          /* of a collection */
    int32_t proven;             /* of a full one */
    double bytes;
    double variance;
};

static struct heap {
    struct sample samples[SAMPLES];
    uint64_t site_hashes[SITES];    /* 0: free; the first stands for those that have no room */
    uint64_t type_hashes[TYPES];    /* likewise */
    int32_t site_uses[SITES];
    int32_t type_uses[TYPES];
    char sites[SITES][SITE_ROOM];   /* the library that allocated, or nothing; then frames, a line each */
    char types[TYPES][TYPE_ROOM];
    struct {
        uint64_t stack;
        uint64_t site;
    } paths[PATHS];
    struct sample copy[SAMPLES];    /* the reader's, of whom there is one at a time */
    struct sample frozen[SAMPLES];  /* when memory first ran out */
    struct row rows[ROWS];
    char libraries[LIBRARIES_ROOM]; /* prefixes of class names, each ended by a line feed */
} *heap;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint32_t first_free;         /* its index + 1 */
static uint32_t ever_used;
static uint32_t taken;              /* samples since the interval changed */
static int64_t last_tag;
static uint32_t frozen_used;        /* 0: not frozen */
static int64_t frozen_interval;
static enum { KEPT_FOR_NONE, KEPT_UNTIL_READ, KEPT_WHILE_READ } frozen_texts;
static uint64_t seed = 88172645463325252ULL;

static jvmtiEnv *jvmti;
static atomic_int sampling;
static _Atomic int64_t interval;
static int64_t wanted_interval;
static atomic_uint collections;
static atomic_uint full_collection; /* how many there had been at the last full one */
static atomic_int inside_any;       /* threads in a callback */
static __thread int inside;

/* ---- arithmetic ------------------------------------------------------------------------------ */

/* 1 - e^(-size/every), without libm: e^(-x) - 1 of a small x by its series, then doubled again. */
static double seen_with(int64_t size, int64_t every) {
    double x = (double)size / (double)every, term = 1, sum = 0;
    int doublings = 0;
    if (x > 40) return 1;
    for (; x > 0.25; x /= 2) doublings++;
    for (int n = 1; n <= 12; n++) {
        term *= -x / n;
        sum += term;
    }
    for (; doublings; doublings--) sum *= sum + 2;
    return -sum;
}

static double random_below_1(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (double)(seed >> 11) / (double)(1ULL << 53);
}

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
    return hash ^ (hash >> 29);
}

static uint64_t hash_of(const char *text) {
    uint64_t hash = 1469598103934665603ULL;
    for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 1099511628211ULL;
    return hash ? hash : 1;
}

/* ---- the tables, all with the lock held ------------------------------------------------------- */

/* 0 if it is not there. */
static uint32_t find(const uint64_t *hashes, uint32_t room, uint64_t hash) {
    for (uint32_t i = 1; i < room; i++) {
        if (hashes[i] == hash) return i;
    }
    return 0;
}

/* In the place of one that no sample uses any more; 0 if there is none. */
static uint32_t add(uint64_t *hashes, const int32_t *uses, uint32_t room, uint64_t hash) {
    static uint32_t last;
    uint32_t known = find(hashes, room, hash);
    for (uint32_t n = 1; !known && n < room; n++) {
        last = last % (room - 1) + 1;
        if (!uses[last]) {
            hashes[last] = hash;
            return last;
        }
    }
    return known;
}

/* The site that a stack is known to belong to, or 0. */
static uint32_t site_of(uint64_t stack) {
    return heap->paths[stack & (PATHS - 1)].stack == stack
        ? find(heap->site_hashes, SITES, heap->paths[stack & (PATHS - 1)].site) : 0;
}

static uint32_t add_site(uint64_t stack, const char *text) {
    uint64_t hash = hash_of(text);
    uint32_t at = add(heap->site_hashes, heap->site_uses, SITES, hash);
    heap->paths[stack & (PATHS - 1)].stack = stack;
    heap->paths[stack & (PATHS - 1)].site = hash;
    if (at) strcpy(heap->sites[at], text);
    return at;
}

static uint32_t type_of(const char *name) {
    uint64_t hash = hash_of(name);
    uint32_t at = find(heap->type_hashes, TYPES, hash);
    if (!at && (at = add(heap->type_hashes, heap->type_uses, TYPES, hash))) {
        strcpy(heap->types[at], name);
    }
    return at;
}

static void release(struct sample *s) {
    heap->site_uses[s->site]--;
    heap->type_uses[s->type]--;
    s->tag = 0;
    s->next_free = first_free;
    first_free = (uint32_t)(s - heap->samples) + 1;
}

/* Texts of what is frozen, which may be free by now, stay until they are read. */
static void use_frozen(int more) {
    for (uint32_t i = 0; i < frozen_used; i++) {
        if (!heap->frozen[i].tag) continue;
        heap->site_uses[heap->frozen[i].site] += more;
        heap->type_uses[heap->frozen[i].type] += more;
    }
    frozen_texts = more > 0 ? KEPT_UNTIL_READ : KEPT_FOR_NONE;
}

/* Of those that the next interval would not have seen. */
static void thin(void) {
    int64_t before = atomic_load(&interval), after = before * 2;
    if (after > LARGEST_INTERVAL) return;
    for (uint32_t i = 0; i < ever_used; i++) {
        struct sample *s = &heap->samples[i];
        if (s->tag
            && random_below_1() >= seen_with(s->size, after) / seen_with(s->size, before)) release(s);
    }
    atomic_store(&interval, after);
    taken = 0;
}

static struct sample *take(void) {
    if (++taken > ENOUGH && atomic_load(&interval) < wanted_interval) thin();
    if (!first_free) return ever_used < SAMPLES ? &heap->samples[ever_used++] : NULL;
    struct sample *s = &heap->samples[first_free - 1];
    first_free = s->next_free;
    return s;
}

void freeze_heap(void) {
    if (!atomic_load(&sampling)) return;
    pthread_mutex_lock(&lock);
    if (!frozen_used) {
        memcpy(heap->frozen, heap->samples, ever_used * sizeof *heap->samples);
        frozen_used = ever_used;
        frozen_interval = atomic_load(&interval);
        use_frozen(1);
    }
    pthread_mutex_unlock(&lock);
}

/* ---- what the JVM calls ------------------------------------------------------------------------ */

static void record_sample(JNIEnv *env, jthread thread, jobject object, jclass type, jlong size) {
    jvmtiFrameInfo frames[FRAMES];
    jint count = 0;
    char site_text[SITE_ROOM], type_text[TYPE_ROOM], *signature = NULL;
    uint64_t stack = 1;
    int64_t tag = 0, test = test_of(env, thread), before = atomic_load(&interval);
    if ((*jvmti)->GetStackTrace(jvmti, NULL, 0, FRAMES, frames, &count)) return;
    if ((*jvmti)->GetClassSignature(jvmti, type, &signature, NULL)) return;
    class_name(signature, type_text, TYPE_ROOM);
    (*jvmti)->Deallocate(jvmti, (unsigned char *)signature);
    for (jint i = 0; i < count; i++) {
        stack = mix(mix(stack, (uint64_t)(uintptr_t)frames[i].method), (uint64_t)frames[i].location);
    }
    pthread_mutex_lock(&lock);
    int known = site_of(stack) != 0;
    pthread_mutex_unlock(&lock);
    if (!known && !describe(jvmti, env, frames, count, heap->libraries, site_text)) return;
    pthread_mutex_lock(&lock);
    struct sample *s = take();
    if (!s) {
        thin();
        s = take();
    }
    if (s) {
        s->site = known ? site_of(stack) : add_site(stack, site_text);
        s->type = type_of(type_text);
        heap->site_uses[s->site]++;
        heap->type_uses[s->type]++;
        s->size = size;
        s->test = test;
        s->born = atomic_load(&collections);
        s->tag = tag = ++last_tag * SAMPLES + (s - heap->samples);
    }
    pthread_mutex_unlock(&lock);
    if (tag) (*jvmti)->SetTag(jvmti, object, tag);
    int64_t after = atomic_load(&interval);
    if (after != before) (*jvmti)->SetHeapSamplingInterval(jvmti, (jint)after);
}

static void JNICALL allocated(jvmtiEnv *own, JNIEnv *env, jthread thread, jobject object, jclass type,
                              jlong size) {
    (void)own;
    if (inside) return;
    inside = 1;
    atomic_fetch_add(&inside_any, 1);
    if (atomic_load(&sampling)) record_sample(env, thread, object, type, size);
    atomic_fetch_sub(&inside_any, 1);
    inside = 0;
}

static void JNICALL freed(jvmtiEnv *own, jlong tag) {
    (void)own;
    pthread_mutex_lock(&lock);
    struct sample *s = &heap->samples[tag & (SAMPLES - 1)];
    if (s->tag == tag) release(s);
    pthread_mutex_unlock(&lock);
}

static void JNICALL started(jvmtiEnv *own, JNIEnv *env, jthread thread) {
    (void)own, (void)thread;
    if (inside) return;
    inside = 1;
    atomic_fetch_add(&inside_any, 1);
    if (atomic_load(&sampling)) thread_begins(env);
    atomic_fetch_sub(&inside_any, 1);
    inside = 0;
}

static void JNICALL collected(jvmtiEnv *own) {
    (void)own;
    atomic_fetch_add(&collections, 1);
}

/* ---- for Java: io.memreport.recorder.heap.HeapSamples ---------------------------------------------- */

#define JAVA(type, method) \
    JNIEXPORT type JNICALL Java_io_memreport_recorder_heap_HeapSamples_##method

static const jvmtiEvent events[] = {
    JVMTI_EVENT_SAMPLED_OBJECT_ALLOC, JVMTI_EVENT_OBJECT_FREE,
    JVMTI_EVENT_GARBAGE_COLLECTION_FINISH, JVMTI_EVENT_THREAD_START};

static int notify(jvmtiEventMode mode) {
    int failed = 0;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        failed |= (*jvmti)->SetEventNotificationMode(jvmti, mode, events[i], NULL);
    }
    return failed;
}

static const jvmtiCapabilities wanted = {
    .can_generate_sampled_object_alloc_events = 1, .can_tag_objects = 1,
    .can_generate_object_free_events = 1, .can_generate_garbage_collection_events = 1,
    .can_get_line_numbers = 1, .can_get_source_file_name = 1};

/* Never disposed of: a callback may be on its way. */
static const char *open_environment(JNIEnv *env) {
    JavaVM *vm;
    jvmtiEventCallbacks callbacks = {
        .SampledObjectAlloc = allocated, .ObjectFree = freed, .GarbageCollectionFinish = collected,
        .ThreadStart = started};
    if (!jvmti) {
        void *opened = NULL;
        if ((*env)->GetJavaVM(env, &vm)
            || (*vm)->GetEnv(vm, &opened, JVMTI_VERSION_11)) return "the JVM has no JVM TI 11";
        jvmti = opened;
    }
    jvmtiError error = (*jvmti)->AddCapabilities(jvmti, &wanted);
    if (error == JVMTI_ERROR_NOT_AVAILABLE) {
        return "another tool in the process samples allocations, and the JVM lets only one do so";
    }
    if (!error) error = (*jvmti)->SetEventCallbacks(jvmti, &callbacks, sizeof callbacks);
    return error ? "the JVM can't sample allocations" : NULL;
}

/* Why not, or null. One at a time, as the others below. */
JAVA(jstring, begin)(JNIEnv *env, jclass own, jlong every, jstring libraries) {
    (void)own;
    const char *failed = NULL;
    if (!heap) {
        void *room = mmap(NULL, sizeof *heap, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (room == MAP_FAILED) return (*env)->NewStringUTF(env, "there is no memory for its table");
        heap = room;
    }
    if ((failed = open_environment(env))) return (*env)->NewStringUTF(env, failed);
    jsize length = (*env)->GetStringUTFLength(env, libraries);
    if (length < LIBRARIES_ROOM) {
        (*env)->GetStringUTFRegion(env, libraries, 0, (*env)->GetStringLength(env, libraries),
                                   heap->libraries);
    }
    int64_t first = every / FINER < SMALLEST_INTERVAL ? SMALLEST_INTERVAL : every / FINER;
    wanted_interval = every;
    atomic_store(&interval, first);
    if ((*jvmti)->SetHeapSamplingInterval(jvmti, (jint)first) || notify(JVMTI_ENABLE)) {
        notify(JVMTI_DISABLE);
        return (*env)->NewStringUTF(env, "the JVM does not let allocations be sampled");
    }
    atomic_store(&sampling, 1);
    return NULL;
}

/* Gives the capability back, and the table's pages once no thread is in a callback: soon, or never. */
JAVA(void, end)(JNIEnv *env, jclass own) {
    (void)env, (void)own;
    if (!atomic_exchange(&sampling, 0)) return;
    notify(JVMTI_DISABLE);
    (*jvmti)->RelinquishCapabilities(jvmti, &wanted);
    for (int i = 0; atomic_load(&inside_any) && i < 1000; i++) usleep(1000);
    if (atomic_load(&inside_any)) return;
    pthread_mutex_lock(&lock);
    madvise(heap, sizeof *heap, MADV_DONTNEED);
    first_free = ever_used = frozen_used = taken = 0;
    frozen_texts = KEPT_FOR_NONE;
    pthread_mutex_unlock(&lock);
}

/* A full collection is over: waits for nothing, but has the JVM tell of what it freed. */
JAVA(void, collected)(JNIEnv *env, jclass own) {
    (void)env, (void)own;
    if (!atomic_load(&sampling)) return;
    /* Ending its notification makes the JVM post what is due. */
    (*jvmti)->SetEventNotificationMode(jvmti, JVMTI_DISABLE, JVMTI_EVENT_OBJECT_FREE, NULL);
    (*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE, JVMTI_EVENT_OBJECT_FREE, NULL);
    atomic_store(&full_collection, atomic_load(&collections));
}

static struct row *row_of(const struct sample *s, uint32_t rooms) {
    uint64_t at = mix(mix(1, (uint64_t)s->test), ((uint64_t)s->site << 32) | s->type);
    for (;; at++) {
        struct row *r = &heap->rows[at & (rooms - 1)];
        if (!r->samples || (r->test == s->test && r->site == s->site && r->type == s->type)) return r;
    }
}

/* In the first rows, as many as there is use for; how many that are. */
static uint32_t sum_up(uint32_t used, int64_t every) {
    uint32_t full = atomic_load(&full_collection), now = atomic_load(&collections), rooms = 2;
    while (rooms < 2 * used) rooms *= 2;
    memset(heap->rows, 0, rooms * sizeof *heap->rows);
    for (uint32_t i = 0; i < used; i++) {
        const struct sample *s = &heap->copy[i];
        if (!s->tag) continue;
        struct row *r = row_of(s, rooms);
        double seen = seen_with(s->size, every), stands_for = (double)s->size / seen;
        r->test = s->test;
        r->site = s->site;
        r->type = s->type;
        r->samples++;
        r->survivors += s->born != now;
        r->proven += s->born < full;
        r->bytes += stands_for;
        r->variance += stands_for * stands_for * (1 - seen);
    }
    return rooms;
}

static int larger(const void *a, const void *b) {
    double x = ((const struct row *)a)->bytes, y = ((const struct row *)b)->bytes;
    return x < y ? 1 : x > y ? -1 : 0;
}

#define WORDS 8     /* in the order of HeapSamples' constants */

/* Writes the largest rows, of now or of what is frozen, into `out`; how many. */
JAVA(jint, rows)(JNIEnv *env, jclass own, jobject buffer, jint room, jboolean frozen) {
    (void)own;
    int64_t *out = (*env)->GetDirectBufferAddress(env, buffer);
    uint32_t filled = 0;
    if (!heap || !out) return 0;
    pthread_mutex_lock(&lock);
    uint32_t used = frozen ? frozen_used : ever_used;
    int64_t every = frozen ? frozen_interval : atomic_load(&interval);
    memcpy(heap->copy, frozen ? heap->frozen : heap->samples, used * sizeof *heap->samples);
    if (frozen && frozen_used) frozen_texts = KEPT_WHILE_READ;
    else if (frozen_texts == KEPT_WHILE_READ) use_frozen(-1);
    pthread_mutex_unlock(&lock);
    uint32_t rooms = sum_up(used, every);
    for (uint32_t i = 0; i < rooms; i++) {
        if (heap->rows[i].samples) heap->rows[filled++] = heap->rows[i];
    }
    qsort(heap->rows, filled, sizeof *heap->rows, larger);
    if (filled > (uint32_t)room) filled = (uint32_t)room;
    for (uint32_t i = 0; i < filled; i++) {
        const struct row *r = &heap->rows[i];
        int64_t *words = out + i * WORDS;
        words[0] = r->test;
        words[1] = r->site;
        words[2] = r->type;
        words[3] = (int64_t)r->bytes;
        memcpy(&words[4], &r->variance, sizeof r->variance);
        words[5] = r->samples;
        words[6] = r->survivors;
        words[7] = r->proven;
    }
    return (jint)filled;
}

JAVA(jlong, interval)(JNIEnv *env, jclass own) {
    (void)env, (void)own;
    return atomic_load(&interval);
}

/* Identifies the text of a place: it is given to another one when it has no samples left. */
JAVA(jlong, hash)(JNIEnv *env, jclass own, jboolean type, jint at) {
    (void)env, (void)own;
    return (jlong)(type ? heap->type_hashes[at] : heap->site_hashes[at]);
}

JAVA(jbyteArray, text)(JNIEnv *env, jclass own, jboolean type, jint at) {
    char copy[SITE_ROOM];
    (void)own;
    pthread_mutex_lock(&lock);
    strcpy(copy, type ? heap->types[at] : heap->sites[at]);
    pthread_mutex_unlock(&lock);
    jsize length = (jsize)strlen(copy);
    jbyteArray bytes = (*env)->NewByteArray(env, length);
    if (bytes) (*env)->SetByteArrayRegion(env, bytes, 0, length, (const jbyte *)copy);
    return bytes;
}
