// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.heapdump;

/**
 * One object that alone keeps others: a collection would free its retained bytes if it went. No
 * owner of this list lies below another one.
 *
 * @param name with the class, or the thread's name
 * @param bytes retained, its own included
 */
public record HeapOwner(String name, HeapChain chain, long bytes) {}
