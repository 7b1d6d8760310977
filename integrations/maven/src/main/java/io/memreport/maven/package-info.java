// SPDX-License-Identifier: Apache-2.0

/**
 * An extension of Maven's core: the agent in each JVM that runs tests, and a verdict at the end.
 */
package io.memreport.maven;
