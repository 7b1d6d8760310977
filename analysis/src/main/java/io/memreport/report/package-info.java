// SPDX-License-Identifier: Apache-2.0
/** One renderer per format. They show what was concluded and decide nothing. */
package io.memreport.report;
