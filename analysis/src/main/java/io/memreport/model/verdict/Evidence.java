// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One observation. {@code source} is recording, flight-box, kernel-log or the like. */
public record Evidence(String text, String source, @Nullable Instant at) {}
