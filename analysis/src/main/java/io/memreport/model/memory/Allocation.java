// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

/**
 * Java objects of one class that one test allocated at one line, whether they were freed or not,
 * estimated from samples of JFR. The largest ones of a run only.
 *
 * @param testId the test that ran on the thread that allocated; null outside of tests
 * @param line of the application, the innermost on the stack, as {@code com.acme.Orders.load:42};
 *     null if none is
 * @param className as source code names it, such as {@code byte[]}; null if unknown
 * @param bytes of one test never more in sum than its own thread allocated
 * @param samples from how many objects it is estimated
 */
public record Allocation(
    String runId, String testId, String line, String className, long bytes, long samples) {}
