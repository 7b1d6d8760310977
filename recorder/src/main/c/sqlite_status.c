// SPDX-License-Identifier: Apache-2.0
/*
 * What SQLite itself says of a connection: sqlite3_db_status and its kin.
 *
 * sqlite-jdbc exports none of them, but SQLite hands the table of its functions to each extension
 * that it loads: https://www.sqlite.org/loadext.html. The entry point below is one, and keeps the
 * table's address. The table only ever grows at its end, so that a slot's number is the same in each
 * version that has it; numbers are those of sqlite3ext.h.
 *
 * The functions that need a connection's mutex are called only once it was had without waiting: a
 * step holds it as long as it runs.
 */
#include <jni.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
typedef struct sqlite3_mutex sqlite3_mutex;
typedef void *const *api_table;

#define SQLITE_OK 0

#define API(table, slot, type) ((type)(table)[slot])
#define EXEC(t) API(t, 55, int (*)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **))
#define LIBVERSION(t) API(t, 66, const char *(*)(void))
#define LIBVERSION_NUMBER(t) API(t, 67, int (*)(void))
#define GET_AUTOCOMMIT(t) API(t, 60, int (*)(sqlite3 *))
#define MEMORY_USED(t) API(t, 129, int64_t (*)(void))
#define MUTEX_LEAVE(t) API(t, 133, void (*)(sqlite3_mutex *))
#define MUTEX_TRY(t) API(t, 134, int (*)(sqlite3_mutex *))
#define NEXT_STMT(t) API(t, 152, sqlite3_stmt *(*)(sqlite3 *, sqlite3_stmt *))
#define SQL(t) API(t, 153, const char *(*)(sqlite3_stmt *))
#define DB_MUTEX(t) API(t, 164, sqlite3_mutex *(*)(sqlite3 *))
#define DB_STATUS(t) API(t, 165, int (*)(sqlite3 *, int, int *, int *, int))
#define STMT_STATUS(t) API(t, 170, int (*)(sqlite3_stmt *, int, int))
#define STMT_BUSY(t) API(t, 184, int (*)(sqlite3_stmt *))
#define TXN_STATE(t) API(t, 252, int (*)(sqlite3 *, const char *))
#define DB_STATUS64(t) API(t, 272, int (*)(sqlite3 *, int, int64_t *, int64_t *, int))
#define HAS_STMT_BUSY 3007010
#define HAS_TXN_STATE 3034000
#define HAS_DB_STATUS64 3051000

/* sqlite3_db_status */
enum { CACHE_USED = 1, SCHEMA_USED = 2, STMT_USED = 3, CACHE_HIT = 7, CACHE_MISS = 8,
       CACHE_WRITE = 9, CACHE_USED_SHARED = 11, CACHE_SPILL = 12 };
/* sqlite3_stmt_status */
enum { FULLSCAN_STEP = 1, SORT = 2, AUTOINDEX = 3, VM_STEP = 4, MEMUSED = 99 };

#define UNKNOWN INT64_MIN

static __thread api_table table_given;

/* What SQLite calls when it loads this library as an extension; it must be visible to it. */
__attribute__((visibility("default")))
int sqlite3_memreport_init(sqlite3 *db, char **error, api_table api) {
    (void)db, (void)error;
    table_given = api;
    return SQLITE_OK;
}

/*
 * A gauge or counter of a connection. Those of the cache are sums in 32 bits (sqlite3PagerMemUsed):
 * read as unsigned, they are right up to 4 GiB. From 3.51 on sqlite3_db_status cuts off the highest of
 * them, sqlite3_db_status64 does not.
 */
static int64_t status(api_table t, sqlite3 *db, int what) {
    if (LIBVERSION_NUMBER(t)() >= HAS_DB_STATUS64) {
        int64_t now = 0, highest = 0;
        return DB_STATUS64(t)(db, what, &now, &highest, 0) == SQLITE_OK ? now & UINT32_MAX : UNKNOWN;
    }
    int now = 0, highest = 0;
    return DB_STATUS(t)(db, what, &now, &highest, 0) == SQLITE_OK ? (int64_t)(uint32_t)now : UNKNOWN;
}

static int64_t steps(api_table t, sqlite3_stmt *statement, int what, int reset) {
    return (uint32_t)STMT_STATUS(t)(statement, what, reset);
}

/* ---- a growing text ------------------------------------------------------------------------------ */

struct text {
    char *at;
    size_t length;
    size_t room;
};

static void append(struct text *text, const char *what, size_t length) {
    if (text->length + length + 1 > text->room) {
        size_t room = 2 * (text->length + length + 64);
        char *moved = realloc(text->at, room);
        if (!moved) return;
        text->at = moved;
        text->room = room;
    }
    memcpy(text->at + text->length, what, length);
    text->length += length;
    text->at[text->length++] = 0;
}

static jbyteArray bytes_of(JNIEnv *env, struct text *text) {
    jbyteArray bytes = (*env)->NewByteArray(env, (jsize)text->length);
    if (bytes) {
        (*env)->SetByteArrayRegion(env, bytes, 0, (jsize)text->length, (const jbyte *)text->at);
    }
    free(text->at);
    return bytes;
}

/* ---- settings ------------------------------------------------------------------------------------ */

/*
 * A PRAGMA that is asked for would run as a program: its steps would count for the application's progress
 * handler, and could call it, on a thread that is not the application's. EXPLAIN lists the program instead
 * of running it, and the values that it would give stand in it: https://www.sqlite.org/opcode.html.
 */
struct row {
    char values[4][1024];
    int count;
};

enum { OPCODE = 1, P1 = 2, P3 = 4, P4 = 5, COLUMNS = 6 };

static void take(struct row *row, const char *value) {
    if (row->count < 4) snprintf(row->values[row->count++], sizeof row->values[0], "%s", value ? value : "");
}

/* Older versions have the number in P4, newer ones its lower half in P1 and its upper one in P3. */
static void take_int64(struct row *row, char **values) {
    char number[24];
    if (values[P4] && *values[P4]) {
        take(row, values[P4]);
    } else if (values[P1] && values[P3]) {
        uint64_t low = (uint32_t)atoi(values[P1]), high = (uint32_t)atoi(values[P3]);
        snprintf(number, sizeof number, "%lld", (long long)(high << 32 | low));
        take(row, number);
    }
}

/* Gathers what an instruction loads; false for one that loads nothing. */
static int loads(struct row *row, int columns, char **values) {
    if (columns < COLUMNS || !values[OPCODE]) return 0;
    if (!strcmp(values[OPCODE], "Int64")) take_int64(row, values);
    else if (!strcmp(values[OPCODE], "String8")) take(row, values[P4]);
    else if (!strcmp(values[OPCODE], "Integer")) take(row, values[P1]);
    else if (!strcmp(values[OPCODE], "Null")) take(row, "");
    else return 0;
    return 1;
}

struct asked {
    struct row row;
    char value[256];
};

static int take_value(void *out, int columns, char **values, char **names) {
    struct asked *asked = out;
    (void)names;
    if (!loads(&asked->row, columns, values) && columns >= COLUMNS && values[OPCODE]
        && !strcmp(values[OPCODE], "ResultRow") && asked->row.count && !*asked->value) {
        snprintf(asked->value, sizeof asked->value, "%.255s", asked->row.values[0]);
    }
    return 0;
}

static void setting(api_table t, sqlite3 *db, const char *schema, const char *name, struct text *out) {
    char sql[512], full[384];
    struct asked asked = {0};
    if (*schema) snprintf(sql, sizeof sql, "EXPLAIN PRAGMA \"%s\".%s", schema, name);
    else snprintf(sql, sizeof sql, "EXPLAIN PRAGMA %s", name);
    if (EXEC(t)(db, sql, take_value, &asked, NULL) != SQLITE_OK || !*asked.value) return;
    int main = !*schema || !strcmp(schema, "main");
    snprintf(full, sizeof full, "%s%s%s", main ? "" : schema, main ? "" : ".", name);
    append(out, full, strlen(full));
    append(out, asked.value, strlen(asked.value));
}

/* The attached databases: a name and a file each. */
struct databases {
    struct row row;
    struct text text;
};

static int take_database(void *out, int columns, char **values, char **names) {
    struct databases *all = out;
    (void)names;
    if (loads(&all->row, columns, values) || columns < COLUMNS || !values[OPCODE]
        || strcmp(values[OPCODE], "ResultRow")) {
        return 0;
    }
    const char *schema = all->row.values[1], *file = all->row.values[2];
    if (all->row.count >= 2 && strlen(schema) < 128 && !strchr(schema, '"')) {
        append(&all->text, schema, strlen(schema));
        append(&all->text, all->row.count > 2 ? file : "", all->row.count > 2 ? strlen(file) : 0);
    }
    all->row.count = 0;
    return 0;
}

static int take_option(void *options, int columns, char **values, char **names) {
    static const char *const wanted[] = {
        "DEFAULT_CACHE_SIZE", "DEFAULT_MEMSTATUS", "DEFAULT_MMAP_SIZE", "ENABLE_MEMORY_MANAGEMENT",
        "MAX_MMAP_SIZE", "MAX_WORKER_THREADS", "TEMP_STORE", "THREADSAFE"};
    struct text *text = options;
    (void)names;
    if (columns < COLUMNS || !values[OPCODE] || strcmp(values[OPCODE], "String8") || !values[P4]) return 0;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (!strncmp(values[P4], wanted[i], strlen(wanted[i]))) {
            if (text->length) text->at[text->length - 1] = ' ';
            append(text, values[P4], strlen(values[P4]));
        }
    }
    return 0;
}

/*
 * Asks only what SQLite answers from memory. Those that would have it read the schema first, and wait for
 * a lock on the file, come once the schema is there.
 */
static void settings(api_table t, sqlite3 *db, struct text *out) {
    static const char *const of_connection[] = {
        "busy_timeout", "cache_spill", "hard_heap_limit", "locking_mode", "query_only",
        "read_uncommitted", "soft_heap_limit", "temp_store", "threads", "wal_autocheckpoint"};
    static const char *const of_database[] = {"journal_size_limit", "mmap_size", "page_size"};
    static const char *const of_schema[] = {"auto_vacuum", "cache_size", "synchronous"};
    int schema_read = status(t, db, SCHEMA_USED) > 0;
    struct text options = {0};
    struct databases databases = {0};
    append(out, "library_version", 15);
    append(out, LIBVERSION(t)(), strlen(LIBVERSION(t)()));
    for (size_t i = 0; i < sizeof of_connection / sizeof *of_connection; i++) {
        setting(t, db, "", of_connection[i], out);
    }
    /* With an open connection something is in use: 0 says that SQLite does not count, and limits nothing. */
    append(out, "heap_limits_enforced", 20);
    append(out, MEMORY_USED(t)() ? "yes" : "no", MEMORY_USED(t)() ? 3 : 2);
    EXEC(t)(db, "EXPLAIN PRAGMA compile_options", take_option, &options, NULL);
    if (options.length) {
        append(out, "compile_options", 15);
        append(out, options.at, options.length - 1);
    }
    free(options.at);
    EXEC(t)(db, "EXPLAIN PRAGMA database_list", take_database, &databases, NULL);
    for (size_t at = 0; at < databases.text.length;) {
        const char *schema = databases.text.at + at, *file = schema + strlen(schema) + 1;
        char name[160];
        int main = !strcmp(schema, "main");
        snprintf(name, sizeof name, "%s%sfile", main ? "" : schema, main ? "" : ".");
        append(out, name, strlen(name));
        append(out, file, strlen(file));
        for (size_t i = 0; i < sizeof of_database / sizeof *of_database; i++) {
            setting(t, db, schema, of_database[i], out);
        }
        for (size_t i = 0; schema_read && i < sizeof of_schema / sizeof *of_schema; i++) {
            setting(t, db, schema, of_schema[i], out);
        }
        at = (size_t)(file - databases.text.at) + strlen(file) + 1;
    }
    free(databases.text.at);
}

/* ---- for Java: io.memreport.recorder.nativeheap.SqliteApi ----------------------------------------- */

#define JAVA(type, method) \
    JNIEXPORT type JNICALL Java_io_memreport_recorder_nativeheap_SqliteApi_##method

JAVA(jlong, tableGiven)(JNIEnv *env, jclass type) {
    (void)env, (void)type;
    jlong given = (jlong)(uintptr_t)table_given;
    table_given = NULL;
    return given;
}

/* Figures in the order of SqliteApi's constants; false if the connection is busy. */
JAVA(jboolean, connection)(JNIEnv *env, jclass type, jlong api, jlong pointer, jlongArray out) {
    api_table t = (api_table)(uintptr_t)api;
    sqlite3 *db = (sqlite3 *)(uintptr_t)pointer;
    sqlite3_mutex *mutex = DB_MUTEX(t)(db);
    (void)type;
    if (!mutex || MUTEX_TRY(t)(mutex) != SQLITE_OK) return JNI_FALSE;
    int64_t statements = 0, busy = 0;
    int knows_busy = LIBVERSION_NUMBER(t)() >= HAS_STMT_BUSY;
    for (sqlite3_stmt *s = NEXT_STMT(t)(db, NULL); s; s = NEXT_STMT(t)(db, s)) {
        statements++;
        if (knows_busy && STMT_BUSY(t)(s)) busy++;
    }
    jlong figures[] = {
        status(t, db, CACHE_USED), status(t, db, CACHE_USED_SHARED), status(t, db, SCHEMA_USED),
        status(t, db, STMT_USED), status(t, db, CACHE_HIT), status(t, db, CACHE_MISS),
        status(t, db, CACHE_WRITE), status(t, db, CACHE_SPILL),
        LIBVERSION_NUMBER(t)() >= HAS_TXN_STATE ? TXN_STATE(t)(db, NULL) : UNKNOWN,
        !GET_AUTOCOMMIT(t)(db), statements, knows_busy ? busy : UNKNOWN};
    MUTEX_LEAVE(t)(mutex);
    (*env)->SetLongArrayRegion(env, out, 0, sizeof figures / sizeof *figures, figures);
    return JNI_TRUE;
}

/*
 * The statements of a connection, or only the busy ones: their texts, each ended by a zero, and of each
 * its address, whether it is busy, its steps so far and its memory. NULL if the connection is busy.
 */
JAVA(jbyteArray, statements)(JNIEnv *env, jclass type, jlong api, jlong pointer, jboolean only_busy,
                             jlongArray out) {
    api_table t = (api_table)(uintptr_t)api;
    sqlite3 *db = (sqlite3 *)(uintptr_t)pointer;
    sqlite3_mutex *mutex = DB_MUTEX(t)(db);
    jsize room = (*env)->GetArrayLength(env, out) / 4, count = 0;
    struct text texts = {0};
    (void)type;
    if (!mutex || LIBVERSION_NUMBER(t)() < HAS_STMT_BUSY || MUTEX_TRY(t)(mutex) != SQLITE_OK) return NULL;
    for (sqlite3_stmt *s = NEXT_STMT(t)(db, NULL); s && count < room; s = NEXT_STMT(t)(db, s)) {
        int busy = STMT_BUSY(t)(s);
        const char *sql = SQL(t)(s);
        if (!sql || (only_busy && !busy)) continue;
        jlong figures[] = {(jlong)(uintptr_t)s, busy, steps(t, s, VM_STEP, 0), steps(t, s, MEMUSED, 0)};
        append(&texts, sql, strlen(sql));
        (*env)->SetLongArrayRegion(env, out, 4 * count++, 4, figures);
    }
    MUTEX_LEAVE(t)(mutex);
    return bytes_of(env, &texts);
}

/* Names and values, each ended by a zero; NULL if the connection is busy. */
JAVA(jbyteArray, settings)(JNIEnv *env, jclass type, jlong api, jlong pointer) {
    api_table t = (api_table)(uintptr_t)api;
    sqlite3 *db = (sqlite3 *)(uintptr_t)pointer;
    sqlite3_mutex *mutex = DB_MUTEX(t)(db);
    struct text text = {0};
    (void)type;
    if (!mutex || MUTEX_TRY(t)(mutex) != SQLITE_OK) return NULL;
    settings(t, db, &text);
    MUTEX_LEAVE(t)(mutex);
    return bytes_of(env, &text);
}

/* Adds what a statement did since it was last looked at to the record of the current thread, its own. */
JAVA(void, collect)(JNIEnv *env, jclass type, jlong api, jlong pointer) {
    api_table t = (api_table)(uintptr_t)api;
    sqlite3_stmt *statement = (sqlite3_stmt *)(uintptr_t)pointer;
    struct record *r = current_record();
    (void)env, (void)type;
    if (!r || !statement) return;
    r->full_scan_steps += steps(t, statement, FULLSCAN_STEP, 1);
    r->sorts += steps(t, statement, SORT, 1);
    r->auto_index_rows += steps(t, statement, AUTOINDEX, 1);
    r->vm_steps += steps(t, statement, VM_STEP, 1);
}
