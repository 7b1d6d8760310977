// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** An event with what it means. */
public record ExplainedEvent(
    @JsonUnwrapped Explanation explanation, @JsonUnwrapped LogEvent event) {}
