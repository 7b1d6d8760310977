// SPDX-License-Identifier: Apache-2.0

/** What is concluded: verdict, findings, culprits and the evidence for them. */
@NullMarked
package io.memreport.model.verdict;

import org.jspecify.annotations.NullMarked;
