// SPDX-License-Identifier: Apache-2.0

/** What a heap dump holds, and who holds it. */
package io.memreport.model.heapdump;
