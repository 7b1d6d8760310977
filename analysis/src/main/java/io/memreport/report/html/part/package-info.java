// SPDX-License-Identifier: Apache-2.0

/** What all sections are made of: figures, links, rows, axes, escaped text. */
package io.memreport.report.html.part;
