// SPDX-License-Identifier: Apache-2.0
/**
 * Units of work beside the tests of the JUnit Platform: those of JUnit 4 and TestNG, and a
 * program's own spans.
 */
package io.memreport.recorder.unit;
