// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

/**
 * Java objects of one class that one test allocated or left.
 *
 * @param className as source code names it, or null if unknown
 * @param site the line of the application that allocated most of them, or null if unknown
 * @param liveBytes what no collection had freed; by histograms of live objects (leaks=exact) what
 *     the test made the heap grow by
 * @param errorBytes two standard deviations of an estimate from samples, 0 of a histogram
 */
public record ClassUse(String className, String site, long liveBytes, long errorBytes) {}
