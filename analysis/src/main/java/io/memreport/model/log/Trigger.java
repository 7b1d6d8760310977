// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

/**
 * The allocation that found no memory. It is seldom what used the memory up.
 *
 * @param name the first 15 bytes of the thread's name; for a Java thread that of the Java thread
 * @param tid number of the thread, not of its process
 * @param order the allocation was of 2^order pages; -1 if somebody asked for a kill
 * @param allocation flags of the allocation
 */
public record Trigger(String name, Long tid, Integer order, String allocation) {}
