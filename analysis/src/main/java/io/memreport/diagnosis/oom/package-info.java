// SPDX-License-Identifier: Apache-2.0

/** What a process that was killed for its memory had taken, one rule a kind of memory. */
package io.memreport.diagnosis.oom;
