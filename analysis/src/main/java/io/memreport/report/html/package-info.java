// SPDX-License-Identifier: Apache-2.0
/**
 * The post-mortem as one HTML page. One template per section; the public records are what the
 * templates read, public because FreeMarker reads only those.
 */
package io.memreport.report.html;
