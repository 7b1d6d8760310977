// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import java.util.List;

/**
 * What logs say.
 *
 * @param kernelLogs which times the kernel's logs among them cover
 */
public record LogFacts(List<LogEvent> events, List<KernelLogSpan> kernelLogs) {}
