// SPDX-License-Identifier: Apache-2.0

/** SQL texts without what they say of anybody: literals, passwords and comments. */
package io.memreport.recorder.sql;
