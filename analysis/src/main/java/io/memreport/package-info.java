// SPDX-License-Identifier: Apache-2.0

/** The way in: {@link io.memreport.Analysis}. */
package io.memreport;
