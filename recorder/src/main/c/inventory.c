// SPDX-License-Identifier: Apache-2.0
/*
 * What was there before the agent was: objects on the Java heap, through the tool interface of the JVM
 * (JVM TI), and how the C library's malloc stands.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <jni.h>
#include <jvmti.h>
#include <stdint.h>
#include <unistd.h>

#include "old_glibc.h"

#ifdef __GLIBC__
OF_OLD_GLIBC(dlsym);
#endif

#define MARK 0x6d656d72 /* tags are this environment's own: any value will do */

static jint JNICALL visit(jlong class_tag, jlong size, jlong *tag, jint length, void *data) {
    (void)class_tag, (void)size, (void)length, (void)data;
    if (class_tag == MARK) *tag = MARK + 1;
    return JVMTI_VISIT_OBJECTS;
}

/* ---- for Java: io.memreport.recorder.nativeheap.Inventory ------------------------------------------ */

#define JAVA(type, method) \
    JNIEXPORT type JNICALL Java_io_memreport_recorder_nativeheap_Inventory_##method

/*
 * The instances of exactly these classes, dead ones that were not collected yet among them. Walks the heap
 * once, at a safepoint. NULL if this JVM can't.
 */
JAVA(jobjectArray, instances)(JNIEnv *env, jclass type, jobjectArray classes) {
    JavaVM *vm;
    jvmtiEnv *tools = NULL;
    jvmtiCapabilities wanted = {.can_tag_objects = 1};
    jvmtiHeapCallbacks callbacks = {.heap_iteration_callback = visit};
    jlong found_tag = MARK + 1;
    jint count = 0;
    jobject *objects = NULL;
    jobjectArray found = NULL;
    (void)type;
    if ((*env)->GetJavaVM(env, &vm) || (*vm)->GetEnv(vm, (void **)&tools, JVMTI_VERSION_1_1)) return NULL;
    if ((*tools)->AddCapabilities(tools, &wanted)) goto end;
    for (jsize i = 0, all = (*env)->GetArrayLength(env, classes); i < all; i++) {
        jobject of = (*env)->GetObjectArrayElement(env, classes, i);
        (*tools)->SetTag(tools, of, MARK);
        (*env)->DeleteLocalRef(env, of);
    }
    if ((*tools)->IterateThroughHeap(tools, JVMTI_HEAP_FILTER_CLASS_UNTAGGED, NULL, &callbacks, NULL)
        || (*tools)->GetObjectsWithTags(tools, 1, &found_tag, &count, &objects, NULL)) goto end;
    jclass object = (*env)->FindClass(env, "java/lang/Object");
    found = object ? (*env)->NewObjectArray(env, count, object, NULL) : NULL;
    for (jint i = 0; found && i < count; i++) {
        (*env)->SetObjectArrayElement(env, found, i, objects[i]);
        (*env)->DeleteLocalRef(env, objects[i]);
    }
    (*tools)->Deallocate(tools, (unsigned char *)objects);
end:
    (*tools)->DisposeEnvironment(tools);
    return found;
}

/* A class and the loaded ones that extend it. NULL if this JVM can't tell. */
JAVA(jobjectArray, subclasses)(JNIEnv *env, jclass type, jclass of) {
    JavaVM *vm;
    jvmtiEnv *tools = NULL;
    jint count = 0, kept = 0;
    jclass *classes = NULL;
    jobjectArray found = NULL;
    (void)type;
    if ((*env)->GetJavaVM(env, &vm) || (*vm)->GetEnv(vm, (void **)&tools, JVMTI_VERSION_1_1)) return NULL;
    if ((*tools)->GetLoadedClasses(tools, &count, &classes)) goto end;
    for (jint i = 0; i < count; i++) {
        if ((*env)->IsAssignableFrom(env, classes[i], of)) classes[kept++] = classes[i];
        else (*env)->DeleteLocalRef(env, classes[i]);
    }
    jclass class_class = (*env)->FindClass(env, "java/lang/Class");
    found = class_class ? (*env)->NewObjectArray(env, kept, class_class, NULL) : NULL;
    for (jint i = 0; i < kept; i++) {
        if (found) (*env)->SetObjectArrayElement(env, found, i, classes[i]);
        (*env)->DeleteLocalRef(env, classes[i]);
    }
    (*tools)->Deallocate(tools, (unsigned char *)classes);
end:
    (*tools)->DisposeEnvironment(tools);
    return found;
}

/* As in mallinfo(3); glibc has it in these sizes from 2.33 on. */
struct malloc_sizes {
    size_t arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost;
};

/* What malloc took from the system in arenas and maps, and what of it is free; false if it does not say. */
JAVA(jboolean, mallocFigures)(JNIEnv *env, jclass type, jlongArray out) {
    struct malloc_sizes (*ask)(void) = (struct malloc_sizes (*)(void))dlsym(RTLD_DEFAULT, "mallinfo2");
    (void)type;
    if (!ask) return JNI_FALSE;
    struct malloc_sizes sizes = ask();
    jlong figures[] = {(jlong)sizes.arena, (jlong)sizes.hblkhd, (jlong)sizes.fordblks};
    (*env)->SetLongArrayRegion(env, out, 0, 3, figures);
    return JNI_TRUE;
}

/* Keeps this library's file open, so that SQLite can load it once more after its name is gone. */
JAVA(jint, open)(JNIEnv *env, jclass type, jstring path) {
    const char *name = (*env)->GetStringUTFChars(env, path, NULL);
    (void)type;
    if (!name) return -1;
    int file = open(name, O_RDONLY | O_CLOEXEC);
    (*env)->ReleaseStringUTFChars(env, path, name);
    return file;
}

JAVA(void, close)(JNIEnv *env, jclass type, jint file) {
    (void)env, (void)type;
    close(file);
}
