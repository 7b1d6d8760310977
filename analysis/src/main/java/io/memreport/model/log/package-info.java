// SPDX-License-Identifier: Apache-2.0
/** What logs say of memory: kills, and what looks like one and is none. */
package io.memreport.model.log;
