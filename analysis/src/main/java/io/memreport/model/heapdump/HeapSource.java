// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.heapdump;

import java.util.List;

/**
 * Where some of a suspect's objects come from, by the samples of a run.
 *
 * @param line of the application, or null
 * @param tests names of those of which that is proven alone
 * @param allTests how many tests allocated such objects there
 * @param bytes that lived of this class and line when the run ended, estimated
 * @param errorBytes two standard deviations of that
 * @param atLeastBytes of the suspect come from here even if all other objects of the class in the
 *     dump came from here too, and the estimate is as far off as that
 */
public record HeapSource(
    String line,
    List<String> tests,
    int allTests,
    String className,
    long bytes,
    long errorBytes,
    long atLeastBytes) {}
