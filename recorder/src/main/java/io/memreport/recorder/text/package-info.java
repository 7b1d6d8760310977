// SPDX-License-Identifier: Apache-2.0
/** The SQL texts of a run as they may be recorded, and how much of them that is. */
package io.memreport.recorder.text;
