// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.heapdump;

/**
 * Objects of one class.
 *
 * @param className as source code names it, such as {@code byte[]}
 * @param bytes of the objects themselves, without what they refer to
 */
public record ClassBytes(String className, long objects, long bytes) {}
