// SPDX-License-Identifier: Apache-2.0
/**
 * What test frameworks call their tests, read by name: the boot loader sees none of their classes.
 */
package io.memreport.recorder.framework;
