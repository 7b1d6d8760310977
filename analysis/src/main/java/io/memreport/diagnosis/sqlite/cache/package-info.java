// SPDX-License-Identifier: Apache-2.0

/** Page caches that are too large, too many, too small, or kept. */
package io.memreport.diagnosis.sqlite.cache;
