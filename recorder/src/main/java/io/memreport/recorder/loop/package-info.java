// SPDX-License-Identifier: Apache-2.0
/** The threads of ours that do something again and again. */
package io.memreport.recorder.loop;
