// SPDX-License-Identifier: Apache-2.0

/**
 * The Gradle plugin: the agent in each Test task, and a task that explains what they recorded. It
 * runs in Gradle 4.4 and newer, whose own JVM may be of Java 8.
 */
package io.memreport.gradle;
