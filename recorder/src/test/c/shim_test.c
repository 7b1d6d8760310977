// SPDX-License-Identifier: Apache-2.0
/*
 * The shim against libraries whose allocations are known: library.c, built with and without lazy
 * binding. Calls the functions that Java calls, with a JNI environment that has only what they use.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <jni.h>
#include <link.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SIZE 1999993 /* prime, so that a sum shows what was counted */

struct library {
    void *handle;
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void *(*reallocarray)(void *, size_t, size_t);
    void (*free)(void *);
    int (*posix_memalign)(void **, size_t, size_t);
    int (*start)(pthread_t *, void *(*)(void *), void *);
};

static int checks;
static int failures;

static void expect(const char *what, int64_t actual, int64_t expected) {
    checks++;
    if (actual != expected) {
        failures++;
        printf("FAILED %s: %lld instead of %lld\n", what, (long long)actual, (long long)expected);
    }
}

/* ---- as much of JNI as the shim uses ---- */

static const char *chars(JNIEnv *env, jstring string, jboolean *copied) {
    (void)env, (void)copied;
    return (const char *)string;
}
static void release(JNIEnv *env, jstring string, const char *text) {
    (void)env, (void)string, (void)text;
}
static jobject buffer(JNIEnv *env, void *address, jlong length) {
    (void)env, (void)length;
    return address;
}
static jstring new_string(JNIEnv *env, const char *text) {
    (void)env;
    return (jstring)text;
}
static void set_longs(JNIEnv *env, jlongArray array, jsize from, jsize count, const jlong *values) {
    (void)env;
    memcpy((jlong *)array + from, values, (size_t)count * sizeof *values);
}

static struct JNINativeInterface_ functions;
static const struct JNINativeInterface_ *environment = &functions;
#define ENV ((JNIEnv *)&environment)

static void (*scan)(JNIEnv *, jclass, jboolean, jboolean, jstring);
static jobject (*current_record)(JNIEnv *, jclass);
static jint (*slots)(JNIEnv *, jclass);
static jstring (*slot_name)(JNIEnv *, jclass, jint);
static jstring (*slot_refusal)(JNIEnv *, jclass, jint);
static void (*slot_figures)(JNIEnv *, jclass, jint, jlongArray);

static jboolean (*taken_over)(JNIEnv *, jclass);

static void *symbol(void *handle, const char *name) {
    char full[128];
    snprintf(full, sizeof full, "Java_io_memreport_recorder_nativeheap_NativeHeap_%s", name);
    void *found = dlsym(handle, full);
    if (!found) {
        printf("FAILED no %s in the shim\n", full);
        exit(1);
    }
    return found;
}

static void patch(int all) { scan(ENV, NULL, (jboolean)all, 0, (jstring) "/no/java/here"); }
static void restore(void) { scan(ENV, NULL, 0, 1, (jstring) "/no/java/here"); }

static int slot_of(const char *name) {
    for (jint slot = 0; slot < slots(ENV, NULL); slot++) {
        if (!strcmp((const char *)slot_name(ENV, NULL, slot), name)) return slot;
    }
    return -1;
}

static int refused(const char *library) {
    int slot = slot_of(library);
    return slot >= 0 && slot_refusal(ENV, NULL, slot) != NULL;
}

static int64_t figure(const char *library, int which) {
    jlong figures[3] = {0, 0, 0};
    int slot = slot_of(library);
    if (slot >= 0) slot_figures(ENV, NULL, slot, (jlongArray)figures);
    return figures[which];
}

static int64_t held(const char *library) { return figure(library, 0); }

struct counters {
    int64_t allocated, freed, peak, adopted_allocated, adopted_freed;
};
static volatile struct counters *own(void) {
    return (volatile struct counters *)current_record(ENV, NULL);
}
static int64_t thread_held(volatile struct counters *c) {
    return c->allocated - c->freed + c->adopted_allocated - c->adopted_freed;
}

static struct library load(const char *path) {
    struct library l;
    l.handle = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
    if (!l.handle) {
        printf("FAILED %s\n", dlerror());
        exit(1);
    }
    *(void **)&l.malloc = dlsym(l.handle, "lib_malloc");
    *(void **)&l.calloc = dlsym(l.handle, "lib_calloc");
    *(void **)&l.realloc = dlsym(l.handle, "lib_realloc");
    *(void **)&l.reallocarray = dlsym(l.handle, "lib_reallocarray");
    *(void **)&l.free = dlsym(l.handle, "lib_free");
    *(void **)&l.posix_memalign = dlsym(l.handle, "lib_posix_memalign");
    *(void **)&l.start = dlsym(l.handle, "lib_start");
    return l;
}

/* ---- what must hold ---- */

static void counts_each_way_to_allocate(const char *path, const char *name) {
    struct library l = load(path);
    void *before = l.malloc(SIZE);
    patch(0);
    patch(0);
    int64_t start = held(name);
    volatile struct counters *counters = own();
    int64_t thread_start = thread_held(counters);

    l.free(before);
    expect("a block from before the patch is not subtracted", held(name) - start, 0);

    void *one = l.malloc(SIZE);
    expect("malloc", held(name) - start, (int64_t)malloc_usable_size(one));
    void *two = l.calloc(SIZE, 2);
    void *three = NULL;
    expect("posix_memalign", l.posix_memalign(&three, 4096, SIZE), 0);
    int64_t all = (int64_t)(malloc_usable_size(one) + malloc_usable_size(two)
                            + malloc_usable_size(three));
    expect("calloc and posix_memalign", held(name) - start, all);
    expect("the thread's own counters agree", thread_held(counters) - thread_start, all);
    all -= (int64_t)malloc_usable_size(one);
    one = l.realloc(one, 3 * SIZE);
    all += (int64_t)malloc_usable_size(one);
    expect("realloc", held(name) - start, all);
    all -= (int64_t)malloc_usable_size(three);
    three = l.reallocarray(three, 3, SIZE);
    all += (int64_t)malloc_usable_size(three);
    expect("reallocarray", held(name) - start, all);
    expect("of too much", l.reallocarray(three, SIZE_MAX / 2, 4) == NULL, 1);
    expect("keeps the block", held(name) - start, all);
    counters->peak = thread_held(counters);
    void *four = l.malloc(5 * SIZE);
    int64_t four_size = (int64_t)malloc_usable_size(four);
    l.free(four);
    expect("the peak since it was set", counters->peak - thread_start, all + four_size);
    l.free(one);
    l.free(two);
    l.free(three);
    l.free(NULL);
    expect("everything was given back", held(name) - start, 0);

    void *foreign = malloc(SIZE);
    l.free(foreign);
    expect("a block of another library is not subtracted", held(name) - start, 0);
    void *grown = l.realloc(malloc(SIZE), 2 * SIZE);
    expect("a foreign block that grows is counted from then on", held(name) - start,
           (int64_t)malloc_usable_size(grown));
    l.free(grown);
    expect("and given back", held(name) - start, 0);
    expect("an impossible size gives nothing", l.malloc(SIZE_MAX / 2) == NULL, 1);
    expect("an impossible product gives nothing", l.calloc(SIZE_MAX / 2, 4) == NULL, 1);
    expect("and is not counted", held(name) - start, 0);

    restore();
    void *after = l.malloc(SIZE);
    expect("nothing is counted once the tables are restored", held(name) - start, 0);
    l.free(after);
    patch(0);
    void *again = l.malloc(SIZE);
    expect("and counted again once they are patched", held(name) - start > 0, 1);
    l.free(again);
    expect("to the last byte", held(name) - start, 0);
    dlclose(l.handle);
}

static void *free_in_thread(void *argument) {
    struct library *l = ((void **)argument)[0];
    l->free(((void **)argument)[1]);
    return NULL;
}

static void *allocate_in_worker(void *argument) {
    struct library *l = ((void **)argument)[0];
    ((void **)argument)[1] = l->malloc(SIZE);
    return NULL;
}

static void follows_blocks_across_threads_and_libraries(void) {
    struct library l = load("./libsqlite-now.so");
    struct library other = load("./libother.so");
    patch(1);
    const char *name = "libsqlite-now.so";
    int64_t start = held(name);
    int64_t other_start = held("libother.so");

    void *given[2] = {&l, l.malloc(SIZE)};
    pthread_t thread;
    pthread_create(&thread, NULL, free_in_thread, given);
    pthread_join(thread, NULL);
    expect("a block that another thread frees", held(name) - start, 0);

    void *block = l.malloc(SIZE);
    other.free(block);
    expect("a block that another library frees", held(name) - start, 0);
    expect("is no saving of that library", held("libother.so") - other_start, 0);

    volatile struct counters *counters = own();
    int64_t adopted = counters->adopted_allocated;
    void *worked[2] = {&l, NULL};
    counters->peak = thread_held(counters);
    int64_t peak = counters->peak;
    l.start(&thread, allocate_in_worker, worked);
    pthread_join(thread, NULL);
    int64_t size = (int64_t)malloc_usable_size(worked[1]);
    expect("a worker's bytes are its parent's", counters->adopted_allocated - adopted, size);
    expect("and part of its peak", counters->peak - peak, size);
    expect("and counted once in the process", held(name) - start, size);
    l.free(worked[1]);
    expect("until they are freed", held(name) - start, 0);
    expect("the process's peak", figure(name, 1) >= size, 1);
    dlclose(other.handle);
    dlclose(l.handle);
}

static void accounts_a_library_that_was_loaded_again(void) {
    for (int i = 0; i < 3; i++) {
        struct library l = load("./libsqlite-lazy.so");
        patch(0);
        int64_t start = held("libsqlite-lazy.so");
        void *block = l.malloc(SIZE);
        expect("loaded again", held("libsqlite-lazy.so") - start,
               (int64_t)malloc_usable_size(block));
        l.free(block);
        dlclose(l.handle);
    }
}

/* ---- tables that the loader protected ---- */

static int permissions(uintptr_t address, char found[5]) {
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512];
    int known = 0;
    while (!known && fgets(line, sizeof line, maps)) {
        unsigned long from, to;
        known = sscanf(line, "%lx-%lx %4s", &from, &to, found) == 3 && address >= from
            && address < to;
    }
    fclose(maps);
    return known;
}

static int find_relro(struct dl_phdr_info *info, size_t size, void *start) {
    (void)size;
    for (int i = 0; strstr(info->dlpi_name, "libsqlite-now") && i < info->dlpi_phnum; i++) {
        if (info->dlpi_phdr[i].p_type == PT_GNU_RELRO) {
            *(uintptr_t *)start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
        }
    }
    return 0;
}

static void leaves_tables_as_protected_as_they_were(void) {
    struct library l = load("./libsqlite-now.so");
    uintptr_t relro = 0;
    char before[5] = "", after[5] = "";
    dl_iterate_phdr(find_relro, &relro);
    expect("a protected table", permissions(relro, before), 1);
    patch(0);
    permissions(relro, after);
    expect("is read-only before", strncmp(before, "r--", 3), 0);
    expect("and after", strncmp(after, "r--", 3), 0);
    uintptr_t size = (uintptr_t)sysconf(_SC_PAGESIZE);
    restore();
    expect("opened by another tool", mprotect((void *)(relro & ~(size - 1)), size, PROT_READ | PROT_WRITE), 0);
    patch(0);
    permissions(relro, after);
    expect("it stays open", strncmp(after, "rw-", 3), 0);
    restore();
    permissions(relro, after);
    expect("also when all is put back", strncmp(after, "rw-", 3), 0);
    dlclose(l.handle);
}

static void refuses_what_is_not_a_table(void) {
    struct library l = load("./libsqlite-constant.so");
    patch(0);
    int slot = slot_of("libsqlite-constant.so");
    expect("addresses among constants are refused",
           slot >= 0 && slot_refusal(ENV, NULL, slot) != NULL, 1);
    int64_t start = held("libsqlite-constant.so");
    l.free(l.malloc(SIZE));
    expect("and nothing is counted", figure("libsqlite-constant.so", 2) + start, 0);
    dlclose(l.handle);
}

/* ---- names ---- */

/* A copy, since the loader knows files by their inode. */
static struct library load_as(const char *file) {
    char path[256];
    snprintf(path, sizeof path, "./%s", file);
    FILE *from = fopen("libother.so", "r"), *to = fopen(path, "w");
    for (int c; (c = getc(from)) != EOF;) putc(c, to);
    fclose(from);
    expect("copied", fclose(to), 0);
    struct library l = load(path);
    unlink(path);
    return l;
}

static void names_libraries_the_same_in_each_run(void) {
    static const char *const named[][2] = {
        {"sqlite-3.50.3.0-0f8fad5b-d9cb-469f-a165-70867728950e-libsqlitejdbc.so", "libsqlitejdbc.so"},
        {"sqlite-3.7.2-libsqlitejdbc.so", "libsqlitejdbc.so"},
        {"libsqlitejdbc.so", "libsqlitejdbc.so"},
        {"libsqlite4java-linux-amd64.so", "libsqlite4java-linux-amd64.so"},
        {"libsqlite3.so.0", "libsqlite3.so.0"},
        {"libfoo2-0f8fad5b-d9cb-469f-a165-70867728950e.so", "libfoo2.so"},
        {"libzstd-jni-1.5.7-43287659187623458761.so", "libzstd-jni.so"},
        {"libnetty_transport_native_epoll_x86_641872364981723.so",
         "libnetty_transport_native_epoll_x86_64.so"},
        {"jna4876234876123948.tmp", "jna.tmp"},
        {"libfoo-1.2.so", "libfoo-1.2.so"},
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        struct library l = load_as(named[i][0]);
        patch(1);
        expect(named[i][0], slot_of(named[i][1]) >= 0, 1);
        dlclose(l.handle);
    }
}

/* Comes late: it takes all the names there are. */
static void counts_sqlite_even_behind_many_libraries(void) {
    char file[64];
    for (int i = 0; i < 40; i++) {
        snprintf(file, sizeof file, "libmany%d.so", i);
        load_as(file);
    }
    patch(1);
    struct library l = load_as("libsqlite-late.so");
    patch(1);
    volatile struct counters *counters = own();
    int64_t start = thread_held(counters);
    int64_t process = held("other SQLite libraries");
    int64_t others = held("other libraries");
    void *block = l.malloc(SIZE);
    expect("SQLite among many libraries", thread_held(counters) - start,
           (int64_t)malloc_usable_size(block));
    expect("and in the process", held("other SQLite libraries") - process,
           (int64_t)malloc_usable_size(block));
    expect("and apart from the others", held("other libraries") - others, 0);
    l.free(block);
    expect("until it is freed", thread_held(counters) - start, 0);
    dlclose(l.handle);
}

/* ---- workers ---- */

static struct library worked_for;

static void *one_large_block(void *argument) {
    worked_for.free(worked_for.malloc(4 * SIZE));
    return argument;
}

static void keeps_the_peak_of_workers(void) {
    worked_for = load("./libsqlite-now.so");
    patch(0);
    volatile struct counters *counters = own();
    int lost = 0;
    for (int i = 0; i < 1000; i++) {
        int64_t start = thread_held(counters);
        void *blocks[200];
        pthread_t thread;
        counters->peak = start;
        worked_for.start(&thread, one_large_block, NULL);
        for (int b = 0; b < 200; b++) blocks[b] = worked_for.malloc(100);
        for (int b = 0; b < 200; b++) worked_for.free(blocks[b]);
        pthread_join(thread, NULL);
        if (counters->peak - start < 4 * SIZE) lost++;
    }
    expect("peaks of workers that their parent overwrote", lost, 0);
    dlclose(worked_for.handle);
}

static volatile int stage; /* of the worker that outlives its parent */

static void reach(int next) { __atomic_store_n(&stage, next, __ATOMIC_SEQ_CST); }
static void await(int next) {
    while (__atomic_load_n(&stage, __ATOMIC_SEQ_CST) < next) usleep(100);
}

static void *outlive(void *argument) {
    own();
    reach(1);
    await(2);
    worked_for.free(worked_for.malloc(SIZE));
    reach(3);
    return argument;
}

static void *start_and_exit(void *thread) {
    own();
    worked_for.start(thread, outlive, NULL);
    await(1);
    return NULL;
}

static void *newcomer(void *charged) {
    volatile struct counters *counters = own();
    int64_t allocated = counters->allocated + counters->adopted_allocated;
    reach(2);
    await(3);
    *(int64_t *)charged = counters->allocated + counters->adopted_allocated - allocated;
    return NULL;
}

static void charges_nobody_for_a_worker_that_outlived_its_parent(void) {
    worked_for = load("./libsqlite-now.so");
    patch(0);
    pthread_t parent, worker, other;
    int64_t charged = -1;
    pthread_create(&parent, NULL, start_and_exit, &worker);
    pthread_join(parent, NULL);
    pthread_create(&other, NULL, newcomer, &charged);
    pthread_join(other, NULL);
    pthread_join(worker, NULL);
    expect("the next thread is not charged", charged, 0);
    dlclose(worked_for.handle);
}

/* ---- several threads ---- */

static void *load_many(void *argument) {
    char file[64];
    for (int i = 0; i < 8; i++) {
        snprintf(file, sizeof file, "libsqlite-racing%d.so", i);
        load_as(file);
    }
    reach(4);
    return argument;
}

static void misses_no_library_that_is_loaded_meanwhile(void) {
    char name[64];
    pthread_t thread;
    pthread_create(&thread, NULL, load_many, NULL);
    while (__atomic_load_n(&stage, __ATOMIC_SEQ_CST) < 4) patch(0);
    pthread_join(thread, NULL);
    patch(0);
    for (int i = 0; i < 8; i++) {
        snprintf(name, sizeof name, "libsqlite-racing%d.so", i);
        expect(name, slot_of(name) >= 0, 1);
    }
}

#define THREADS 4
#define ROUNDS 20000

static void *churn(void *argument) {
    struct library *l = argument;
    void *blocks[16] = {0};
    unsigned random = (unsigned)(uintptr_t)&random;
    for (int i = 0; i < ROUNDS; i++) {
        random = random * 1103515245 + 12345;
        void **block = &blocks[(random >> 16) % 16];
        size_t size = (random >> 8) % 5000 + 1;
        if (*block && random % 3 == 0) {
            l->free(*block);
            *block = NULL;
        } else {
            void *moved = l->realloc(*block, size);
            *block = moved;
        }
    }
    for (int i = 0; i < 16; i++) l->free(blocks[i]);
    return NULL;
}

static void keeps_the_sum_under_load(void) {
    struct library l = load("./libsqlite-now.so");
    patch(0);
    int64_t start = held("libsqlite-now.so");
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, churn, &l);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    expect("threads that came and went", held("libsqlite-now.so") - start, 0);
    dlclose(l.handle);
}

static void *another_tool(size_t size) {
    (void)size;
    return NULL;
}

/* What another tool put into a table is left there, and the library refused. Comes last. */
static void leaves_a_table_alone_that_another_tool_changed(void) {
    restore();
    struct library l = load("./libother.so");
    void *(**entry)(size_t);
    *(void **)&entry = dlsym(l.handle, "lib_malloc_entry");
    *entry = another_tool;
    patch(1);
    int slot = slot_of("libother.so");
    expect("it is known", slot >= 0, 1);
    expect("it is refused", slot >= 0 && slot_refusal(ENV, NULL, slot) != NULL, 1);
    expect("its entry is untouched", *entry == another_tool, 1);
    int64_t start = held("libother.so");
    l.free(l.malloc(SIZE));
    expect("and so are all others", held("libother.so") - start, 0);
}

/* A tool that comes second, asks us for what it passes on, and has a table that it changed itself. */
static void notices_a_tool_that_takes_over(void) {
    static const char *const files[] = {"libsqlite-taken.so", "libtool.so", "libbystander.so"};
    struct library taken = load_as(files[0]), tool = load_as(files[1]), bystander = load_as(files[2]);
    patch(1);
    expect("nothing has happened yet", taken_over(ENV, NULL), 0);
    void *block = taken.malloc(SIZE);
    void *(**entry)(size_t);
    *(void **)&entry = dlsym(taken.handle, "lib_malloc_entry");
    *entry = tool.malloc;
    expect("it is noticed", taken_over(ENV, NULL), 1);
    expect("what was taken over is refused", refused(files[0]), 1);
    expect("and the tool, which hands out the memory of others", refused(files[1]), 1);
    expect("nobody else", refused(files[2]), 0);
    expect("the tool's entry is left to it", *entry == tool.malloc, 1);
    expect("once", taken_over(ENV, NULL), 0);
    taken.free(block);
    restore();
    expect("also when all else is put back", *entry == tool.malloc, 1);
    dlclose(taken.handle);
    dlclose(tool.handle);
    dlclose(bystander.handle);
}

int main(int count, char **arguments) {
    if (count < 3) return 2;
    functions.GetStringUTFChars = chars;
    functions.ReleaseStringUTFChars = release;
    functions.NewDirectByteBuffer = buffer;
    functions.NewStringUTF = new_string;
    functions.SetLongArrayRegion = set_longs;
    void *shim = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    if (!shim) {
        printf("FAILED %s\n", dlerror());
        return 1;
    }
    *(void **)&scan = symbol(shim, "scan");
    *(void **)&taken_over = symbol(shim, "takenOver");
    *(void **)&current_record = symbol(shim, "currentRecord");
    *(void **)&slots = symbol(shim, "slots");
    *(void **)&slot_name = symbol(shim, "slotName");
    *(void **)&slot_refusal = symbol(shim, "slotRefusal");
    *(void **)&slot_figures = symbol(shim, "slotFigures");
    counts_each_way_to_allocate("./libsqlite-lazy.so", "libsqlite-lazy.so");
    counts_each_way_to_allocate("./libsqlite-now.so", "libsqlite-now.so");
    follows_blocks_across_threads_and_libraries();
    accounts_a_library_that_was_loaded_again();
    leaves_tables_as_protected_as_they_were();
    refuses_what_is_not_a_table();
    keeps_the_peak_of_workers();
    charges_nobody_for_a_worker_that_outlived_its_parent();
    misses_no_library_that_is_loaded_meanwhile();
    keeps_the_sum_under_load();
    leaves_a_table_alone_that_another_tool_changed();
    notices_a_tool_that_takes_over();
    names_libraries_the_same_in_each_run();
    counts_sqlite_even_behind_many_libraries();
    printf("%s: %d checks, %d failed\n", arguments[2], checks, failures);
    return failures != 0;
}
