// SPDX-License-Identifier: Apache-2.0
/*
 * Space on a disk that a file will need: blocks behind its end, which fallocate(2) gives it without making
 * it longer. What is then appended can't meet a full disk.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <unistd.h>

#define JAVA(type, method) \
    JNIEXPORT type JNICALL Java_io_memreport_recorder_nativeheap_ReservedSpace_##method

/* Opens a file of this name, and no link, and tells its length. */
static int open_file(JNIEnv *env, jbyteArray name, off_t *length) {
    char path[4096];
    jsize room = (*env)->GetArrayLength(env, name);
    if (room >= (jsize)sizeof path) return -ENAMETOOLONG;
    (*env)->GetByteArrayRegion(env, name, 0, room, (jbyte *)path);
    path[room] = 0;
    int file = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) return -errno;
    *length = lseek(file, 0, SEEK_END);
    if (*length < 0) {
        close(file);
        return -EINVAL;
    }
    return file;
}

/* Gives the file as many blocks behind its end; 0, or the number of the error. */
JAVA(jint, reserve)(JNIEnv *env, jclass type, jbyteArray name, jlong bytes) {
    off_t length;
    (void)type;
    int file = open_file(env, name, &length);
    if (file < 0) return -file;
    int error = fallocate(file, FALLOC_FL_KEEP_SIZE, length, bytes) == 0 ? 0 : errno;
    close(file);
    return error;
}

/* Takes blocks behind its end from a file that nobody writes any more; 0, or the number of the error. */
JAVA(jint, release)(JNIEnv *env, jclass type, jbyteArray name) {
    off_t length;
    (void)type;
    int file = open_file(env, name, &length);
    if (file < 0) return -file;
    int error = ftruncate(file, length) == 0 ? 0 : errno;
    close(file);
    return error;
}
