// SPDX-License-Identifier: Apache-2.0
/* Where an object was allocated: the lines of the application, and the library that it went through. */
#define _GNU_SOURCE
#include "call_site.h"

#include <stdio.h>
#include <string.h>

#define SHOWN 3         /* frames of the application's own */
#define FRAME_ROOM 240

void class_name(const char *signature, char *name, size_t room) {
    static const char letters[] = "BCDFIJSZ";
    static const char *const primitives[] = {
        "byte", "char", "double", "float", "int", "long", "short", "boolean"};
    size_t dimensions = strspn(signature, "["), length = 0;
    const char *element = signature + dimensions;
    const char *letter = *element ? strchr(letters, *element) : NULL;
    if (letter) {
        length = (size_t)snprintf(name, room, "%s", primitives[letter - letters]);
    } else {
        if (*element == 'L') element++;
        for (; *element && *element != ';' && length + 1 < room; element++) {
            name[length++] = *element == '/' ? '.' : *element;
        }
        name[length] = 0;
    }
    for (; dimensions && length + 2 < room; dimensions--, length += 2) strcpy(name + length, "[]");
}

static int starts_with(const char *text, const char *prefix, size_t length) {
    return !strncmp(text, prefix, length);
}

static int ends_in(const char *text, size_t length, const char *end) {
    size_t tail = strlen(end);
    if (length <= tail || memcmp(text + length - tail, end, tail)) return 0;
    char before = text[length - tail - 1];
    return before == '.' || (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9');
}

/* As ApplicationCode.is says: a library's tests are its users. */
static int is_test(const char *name) {
    static const char *const ends[] = {"Test", "Tests", "TestCase", "IT", "ITCase", "Spec"};
    size_t length = strcspn(name, "$");
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (ends_in(name, length, ends[i])) return 1;
    }
    return 0;
}

static int is_application(const char *name, const char *libraries) {
    for (const char *prefix = libraries; *prefix;) {
        size_t length = strcspn(prefix, "\n");
        if (starts_with(name, prefix, length)) return is_test(name);
        prefix += length + (prefix[length] != 0);
    }
    return 1;
}

static int starts_with_one(const char *name, const char *const *prefixes) {
    for (; *prefixes; prefixes++) {
        if (starts_with(name, *prefixes, strlen(*prefixes))) return 1;
    }
    return 0;
}

static int is_jdk(const char *name) {
    static const char *const prefixes[] = {"java.", "javax.", "jdk.", "sun.", "com.sun.", NULL};
    return starts_with_one(name, prefixes);
}

/* Of the JVM, a proxy or a framework at run time: no source has it. */
static int is_generated(const char *name) {
    return strstr(name, "$$") || strstr(name, "$Proxy") || strstr(name, ".GeneratedMethodAccessor");
}

static int is_own(const char *name) {
    static const char *const prefixes[] = {"io.memreport.recorder.", "io.memreport.agent.", NULL};
    return starts_with_one(name, prefixes);
}

static void discard(jvmtiEnv *jvmti, void *memory) {
    if (memory) (*jvmti)->Deallocate(jvmti, memory);
}

static int line_of(jvmtiEnv *jvmti, jmethodID method, jlocation at) {
    jvmtiLineNumberEntry *lines = NULL;
    jint count = 0;
    int line = -1;
    if ((*jvmti)->GetLineNumberTable(jvmti, method, &count, &lines)) return -1;
    for (jint i = 0; i < count; i++) {
        if (lines[i].start_location <= at) line = lines[i].line_number;
    }
    discard(jvmti, lines);
    return line;
}

/* com.acme.Orders.load(Orders.java:42) */
static void frame_text(jvmtiEnv *jvmti, jclass type, const char *class, const jvmtiFrameInfo *frame,
                       char *text) {
    char *method = NULL, *file = NULL;
    (*jvmti)->GetMethodName(jvmti, frame->method, &method, NULL, NULL);
    if (!(*jvmti)->GetSourceFileName(jvmti, type, &file) && file) {
        snprintf(text, FRAME_ROOM, "%s.%s(%s:%d)", class, method ? method : "?", file,
                 line_of(jvmti, frame->method, frame->location));
    } else {
        snprintf(text, FRAME_ROOM, "%s.%s", class, method ? method : "?");
    }
    discard(jvmti, method);
    discard(jvmti, file);
}

static void class_of(jvmtiEnv *jvmti, jmethodID method, jclass *type, char *name) {
    char *signature = NULL;
    *name = 0;
    *type = NULL;
    if ((*jvmti)->GetMethodDeclaringClass(jvmti, method, type) || !*type) return;
    (*jvmti)->GetClassSignature(jvmti, *type, &signature, NULL);
    if (signature) class_name(signature, name, FRAME_ROOM);
    discard(jvmti, signature);
}

int describe(jvmtiEnv *jvmti, JNIEnv *env, const jvmtiFrameInfo *frames, jint count,
             const char *libraries, char *text) {
    char via[FRAME_ROOM] = "", shown[SHOWN][FRAME_ROOM], name[FRAME_ROOM];
    int found = 0, known = 0;
    for (jint i = 0; i < count && found < SHOWN; i++) {
        jclass type;
        class_of(jvmti, frames[i].method, &type, name);
        int own = !known && is_own(name);
        if (own) {
            (*env)->DeleteLocalRef(env, type);
            return 0;
        }
        if (*name && is_application(name, libraries) && !is_generated(name)) {
            frame_text(jvmti, type, name, &frames[i], shown[found++]);
            known = 1;
        } else if (*name && !known && !is_jdk(name)) {
            frame_text(jvmti, type, name, &frames[i], via);
            known = 1;
        }
        if (type) (*env)->DeleteLocalRef(env, type);
    }
    int length = snprintf(text, SITE_ROOM, "%s", via);
    for (int i = 0; i < found && length + 1 < SITE_ROOM; i++) {
        length += snprintf(text + length, (size_t)(SITE_ROOM - length), "\n%s", shown[i]);
    }
    return 1;
}
